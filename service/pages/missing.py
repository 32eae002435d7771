"""What is said where an answer has no entry: there is none, or it was not yet known on the day that is looked from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from service.pages.addresses import Address
from service.web.problems import RequestError


def not_found(address: Address, values: Mapping[str, str], warnings: Sequence[Mapping[str, Any]]) -> RequestError:
    """There is nothing at the address; with the addresses that may be meant.

    values: of the address's variables. warnings: of the answer, with what is like a slug that names nothing.
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
    return RequestError(
        404, "NOT_FOUND", f"There is nothing at {address.path.format(**values)}.{hint}", suggestions=near
    )


def not_yet_known(path: str, as_of: str, today: str, entry: Mapping[str, Any]) -> RequestError:
    """The register has the entry today, but nothing of it had been reported by a day.

    today: the absolute address of the entry as it is known today. entry: what stands there.
    """
    members = {"knownSince": entry["knownSince"]} if "knownSince" in entry else {}
    detail = f"The register knows what is at {path} today, but nothing of it had been reported by {as_of}."
    return RequestError(404, "NOT_YET_KNOWN", detail, None, asOf=as_of, today=today, **members)
