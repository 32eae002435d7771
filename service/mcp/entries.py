"""Find the entry for a permalink or a slug, and the operation that reads entries of its kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any
from urllib.parse import unquote, urlsplit

from service.language.errors import OperationError, operation_error
from service.mcp.content import to_content
from service.mcp.reading import Reading
from service.pages.addresses import path_of

MOST_SUGGESTIONS = 3
FACTS = ("Summit", "Talks", "Event", "Invitation", "Agreement", "Quote", "Relationship", "Office")
OPERATIONS = {
    **dict.fromkeys(FACTS, "Fact"),
    **{kind: kind for kind in ("Person", "Organisation", "Country", "Place", "Source", "Claim", "Conflict")},
}
"""The operation of entry.graphql that reads an entry, by its GraphQL type."""
FOLDERS = {path_of(kind, "").strip("/"): operation for kind, operation in OPERATIONS.items()}


async def read_entry(reading: Reading, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content of an entry; raises an OperationError if there is none, or more than one."""
    slug, as_of = slug_of(arguments["entry"]), arguments.get("as_of")
    operation = _operation_of(arguments["entry"])
    if operation is None:
        operation = _only_operation(reading, await _find(reading, slug, as_of), slug, as_of)
    variables = {
        "slug": slug,
        "language": arguments.get("language", "en"),
        "asOf": as_of,
        "first": arguments.get("limit", 5),
    }
    answer = await reading.read("entry", variables, operation)
    if answer["data"]["entry"] is None:
        raise _not_found(reading, await _find(reading, slug, as_of), slug, as_of)
    entry: dict[str, Any] = to_content(answer["data"]["entry"], reading.base_url)
    return entry


def slug_of(entry: str) -> str:
    """Return the slug in a permalink, with or without the host, or the slug itself."""
    return unquote(urlsplit(entry.strip()).path.rstrip("/").rpartition("/")[2])


def _operation_of(entry: str) -> str | None:
    """Return the operation that reads a permalink; None for a slug on its own."""
    folder = urlsplit(entry.strip()).path.rstrip("/").rpartition("/")[0].rpartition("/")[2]
    return FOLDERS.get(folder)


async def _find(reading: Reading, slug: str, as_of: str | None) -> dict[str, Any]:
    """Return the entries of every kind that have a slug, in `data`, and warnings about the kinds that have none."""
    return await reading.read("entry", {"slug": slug, "asOf": as_of}, "Find")


def _only_operation(reading: Reading, answer: Mapping[str, Any], slug: str, as_of: str | None) -> str:
    """Return the operation that reads the only entry found."""
    found = [each for each in answer["data"].values() if each is not None]
    if not found:
        raise _not_found(reading, answer, slug, as_of)
    if len(found) > 1:
        links = ", ".join(_links(reading, answer))
        message = f"Several entries have the slug `{slug}`: {links}; give one of these permalinks."
        raise operation_error(message, "AMBIGUOUS", argument="entry")
    return OPERATIONS[found[0]["__typename"]]


def _links(reading: Reading, answer: Mapping[str, Any]) -> list[str]:
    """Return the permalinks of the entries found."""
    return [to_content(each, reading.base_url)["url"] for each in answer["data"].values() if each is not None]


def _not_found(reading: Reading, answer: Mapping[str, Any], slug: str, as_of: str | None) -> OperationError:
    """Return the error for an entry that does not exist, with those that may be meant: of another kind than in the
    permalink, or with similar slugs or names.
    """
    warnings = answer.get("extensions", {}).get("warnings", [])
    meant = _links(reading, answer) or first_suggestions(warnings)
    then = f" as of {as_of}" if as_of else ""
    since = [f"; the first source on it is of {each['knownSince']}" for each in warnings if "knownSince" in each]
    hint = f" Did you mean {', '.join(f'`{each}`' for each in meant)}?" if meant and not since else ""
    message = f"There is no entry `{slug}`{then}{''.join(since[:1])}.{hint}"
    message += " `search` finds entries by their names and returns their permalinks."
    return operation_error(message, "NOT_FOUND", argument="entry", **({"suggestions": meant} if hint else {}))


def first_suggestions(warnings: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return at most three slugs similar to an unknown one: first the most similar of each kind."""
    ranks = zip_longest(*(each.get("suggestions", []) for each in warnings))
    return list(dict.fromkeys(slug for rank in ranks for slug in rank if slug))[:MOST_SUGGESTIONS]
