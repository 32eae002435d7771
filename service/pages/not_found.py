"""Responses if no entry is found: it does not exist, was not yet known on the day, or has another address."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from service.pages.addresses import Address
from service.web.problems import RequestError

STATE_CODE = re.compile("[A-Za-z]{2,3}")
BETWEEN = "--"
"""Joins the slugs of two parties in the slug of their relationship."""


class Elsewhere(RequestError):
    """There is nothing at an address, but the requested entry is at another `path`."""

    def __init__(self, path: str) -> None:
        super().__init__(404, "NOT_FOUND", f"The entry is at {path}.")
        self.path = path


def pair_named(values: Mapping[str, str]) -> list[str]:
    """Return the slugs or codes of the two parties in a path, or an empty list if it does not name two."""
    if len(values) == 1 and "slug" in values:
        parts = values["slug"].split(BETWEEN)
        return parts if len(parts) == 2 and all(parts) else []
    return list(values.values()) if set(values) == {"slug", "other"} else []


def pair_meant(values: Mapping[str, str], slugs: Mapping[str, str]) -> dict[str, str]:
    """Return the path variables of the intended pair.

    slugs: slugs of states, by code. In the slug of a relationship, the two slugs are in alphabetical order.
    """
    pair = [slugs.get(each.upper(), each) for each in pair_named(values)]
    return {"slug": BETWEEN.join(sorted(pair))} if len(values) == 1 else dict(zip(values, pair, strict=True))


def not_found(
    address: Address, values: Mapping[str, str], warnings: Sequence[Mapping[str, Any]], states: Sequence[str] = ()
) -> RequestError:
    """Return the error for an address without an entry, with the suggested addresses.

    values: values of the path variables. warnings: warnings of the answer, with slugs similar to the unknown one.
    states: slugs of the two states that the path names, if they have no relationship.
    """
    near = [slug for warning in warnings for slug in warning["suggestions"]]
    paths = [
        address.path.format(**{**values, name: slug})
        for warning in warnings
        for slug in warning["suggestions"]
        for name, value in values.items()
        if value == warning["value"]
    ]
    hint = f" Did you mean {' or '.join(paths)}?" if paths else ""
    detail = f"There is nothing at {address.path.format(**values)}.{hint}"
    members: dict[str, Any] = {"states": list(states)} if states else {}
    return RequestError(404, "NOT_FOUND", detail, suggestions=near, addresses=paths, **members)


def words_of(address: str) -> str:
    """Return the words in the last segment of an address, for a search; empty if there are none."""
    return " ".join(re.findall(r"[^\W_]+", unquote(urlsplit(address).path).rpartition("/")[2]))[:200]


def not_yet_known(path: str, as_of: str, today: str, entry: Mapping[str, Any]) -> RequestError:
    """Return the error for an entry that exists today but of which nothing had been reported by the given day.

    today: absolute URL of the entry as known today. entry: the entry at that URL.
    """
    members = {"knownSince": entry["knownSince"]} if "knownSince" in entry else {}
    detail = f"The entry at {path} is in the register today, but nothing about it had been reported by {as_of}."
    return RequestError(404, "NOT_YET_KNOWN", detail, None, asOf=as_of, today=today, **members)
