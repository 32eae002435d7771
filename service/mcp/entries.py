"""Find the entry for a permalink or a slug, and the operation that reads entries of its kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from service.language.errors import OperationError, operation_error
from service.mcp.content import to_content
from service.mcp.reading import Reading
from service.pages.addresses import path_of

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
    operation = _operation_of(arguments["entry"]) or await _find_operation(reading, slug, as_of)
    variables = {
        "slug": slug,
        "language": arguments.get("language", "en"),
        "asOf": as_of,
        "first": arguments.get("limit", 5),
    }
    answer = await reading.read("entry", variables, operation)
    if answer["data"]["entry"] is None:
        raise not_found(slug, as_of)
    entry: dict[str, Any] = to_content(answer["data"]["entry"], reading.base_url)
    return entry


def slug_of(entry: str) -> str:
    """Return the slug in a permalink, with or without the host, or the slug itself."""
    return unquote(urlsplit(entry.strip()).path.rstrip("/").rpartition("/")[2])


def not_found(slug: str, as_of: str | None) -> OperationError:
    """Return the error for an entry that does not exist."""
    then = f" as of {as_of}" if as_of else ""
    message = f"There is no entry `{slug}`{then}; `search` finds entries by their names and returns their permalinks."
    return operation_error(message, "NOT_FOUND", argument="entry")


def _operation_of(entry: str) -> str | None:
    """Return the operation that reads a permalink; None for a slug on its own."""
    folder = urlsplit(entry.strip()).path.rstrip("/").rpartition("/")[0].rpartition("/")[2]
    return FOLDERS.get(folder)


async def _find_operation(reading: Reading, slug: str, as_of: str | None) -> str:
    answer = await reading.read("entry", {"slug": slug, "asOf": as_of}, "Find")
    found = [each for each in answer["data"].values() if each is not None]
    if len(found) > 1:
        links = [to_content(each, reading.base_url)["url"] for each in found]
        message = f"Several entries have the slug `{slug}`: {', '.join(links)}; give one of these permalinks."
        raise operation_error(message, "AMBIGUOUS", argument="entry")
    if not found:
        raise not_found(slug, as_of)
    return OPERATIONS[found[0]["__typename"]]
