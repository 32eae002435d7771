"""Parts of GraphQL responses, made from the few words that a test of a drawing is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from service.pages.addresses import ADDRESSES
from service.pages.operations import stored_operation
from service.pages.view import View

Entry = dict[str, Any]


def view_of(operation: str, data: Mapping[str, Any], **variables: object) -> View:
    """Return the view of a stored operation's response."""
    return View(
        address=next(each for each in ADDRESSES if each.operation == operation),
        operation=stored_operation(operation),
        path="/here",
        parameters=[],
        variables={"language": "en", **variables},
        language="en",
        site="https://register.example",
        data=data,
    )


def day(earliest: str | None, latest: str | None = None, **changes: object) -> Entry:
    """Return a date: one day; some day within two; or open if an end is None and `open_end` or no `earliest`
    is given.
    """
    same = latest is None and "extent" not in changes
    return {
        "edtf": f"{earliest}/{latest}",
        "label": f"{earliest}/{latest}",
        "earliest": earliest,
        "latest": earliest if same else latest,
        "precision": "DAY" if same else "SET",
        "extent": "SOMETIME",
        "isApproximate": False,
        "isUncertain": False,
        **changes,
    }


def fact(slug: str, date: Entry | None, typename: str = "Quote", **fields: object) -> Entry:
    """Return a fact of a lane."""
    return {"__typename": typename, "slug": slug, "label": slug, "isWithdrawn": False, "date": date, **fields}


def lane(facts: Sequence[Entry], *, is_cut: bool = False) -> Entry:
    """Return a connection of facts."""
    return {"totalCount": len(facts), "pageInfo": {"hasNextPage": is_cut}, "nodes": list(facts)}


def timeline(**lanes: Entry) -> dict[str, Any]:
    """Return the response of `timeline`."""
    empty = {name: lane([]) for name in ("meetings", "quotes", "events", "invitations", "agreements", "offices")}
    return {
        "person": {"__typename": "Person", "slug": "a", "label": "A", "eventsByYear": {"counts": []}, **empty, **lanes}
    }
