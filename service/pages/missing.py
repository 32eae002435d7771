"""What is said where an answer has no entry: there is none, it was not yet known on a day, or it stands elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from service.pages.addresses import Address
from service.web.problems import RequestError

STATE_CODE = re.compile("[A-Za-z]{2,3}")
BETWEEN = "--"
"""What joins the slugs of two in the slug of their relationship."""


class Elsewhere(RequestError):
    """There is nothing at an address, but what is meant stands at the `path` of another."""

    def __init__(self, path: str) -> None:
        super().__init__(404, "NOT_FOUND", f"What is meant is at {path}.")
        self.path = path


def pair_named(values: Mapping[str, str]) -> list[str]:
    """The two that the variables of a path name, by slugs or codes; none where it is not of two."""
    if len(values) == 1 and "slug" in values:
        parts = values["slug"].split(BETWEEN)
        return parts if len(parts) == 2 and all(parts) else []
    return list(values.values()) if set(values) == {"slug", "other"} else []


def pair_meant(values: Mapping[str, str], slugs: Mapping[str, str]) -> dict[str, str]:
    """The variables of the path of two who are meant.

    slugs: of states by their codes. In the slug of a relationship the two stand in the order of the alphabet.
    """
    pair = [slugs.get(each.upper(), each) for each in pair_named(values)]
    return {"slug": BETWEEN.join(sorted(pair))} if len(values) == 1 else dict(zip(values, pair, strict=True))


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
    detail = f"There is nothing at {address.path.format(**values)}.{hint}"
    return RequestError(404, "NOT_FOUND", detail, suggestions=near, addresses=paths)


def words_of(address: str) -> str:
    """The words of the last part of an address, to search the register for; empty where it has none."""
    return " ".join(re.findall(r"[^\W_]+", unquote(urlsplit(address).path).rpartition("/")[2]))[:200]


def not_yet_known(path: str, as_of: str, today: str, entry: Mapping[str, Any]) -> RequestError:
    """The register has the entry today, but nothing of it had been reported by a day.

    today: the absolute address of the entry as it is known today. entry: what stands there.
    """
    members = {"knownSince": entry["knownSince"]} if "knownSince" in entry else {}
    detail = f"The register knows what is at {path} today, but nothing of it had been reported by {as_of}."
    return RequestError(404, "NOT_YET_KNOWN", detail, None, asOf=as_of, today=today, **members)
