"""Whole lists, read page by page, for formats whose readers do not follow links to further pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple

from service.pages.addresses import Address
from service.pages.operations import StoredOperation

PAGE = 100
"""Number of entries per request, which is the maximum size of a page."""
OPERATIONS = 10
"""A whole list may cost this many times the limit of one operation."""
MOST_TRIES = 3
"""Maximum number of attempts if a load runs between two pages."""


class Page(NamedTuple):
    """`answer`: answer to an operation. `revision`: revision of the record. `work`: its cost, as in `Cost`."""

    answer: dict[str, Any]
    revision: int
    work: float


Ask = Callable[[str, Mapping[str, Any]], Awaitable[Page]]


def asks_for_whole(operation: StoredOperation, variables: Mapping[str, Any]) -> bool:
    """Whether a whole list is requested, that is, no page by size or from its end."""
    return {"first", "after"} <= operation.variable_names and not {"first", "last", "before"} & variables.keys()


async def read_whole(
    ask: Ask, address: Address, operation: StoredOperation, variables: Mapping[str, Any], *, most: int, work: float
) -> dict[str, Any]:
    """Return the answer with the further pages added to its list. Its `pageInfo` is that of the last page.

    most: maximum number of entries. work: limit of one operation. If a load runs between pages, reading starts again;
    if that happens on every attempt, the pages read so far are returned.
    """
    for _ in range(MOST_TRIES):
        answer, is_of_one_revision = await _read_pages(ask, address, operation, variables, most, OPERATIONS * work)
        if is_of_one_revision:
            break
    return answer


async def _read_pages(
    ask: Ask, address: Address, operation: StoredOperation, variables: Mapping[str, Any], most: int, work: float
) -> tuple[dict[str, Any], bool]:
    assert address.root is not None
    answer, revision, spent = await ask(operation.text_for(variables), {**variables, "first": min(most, PAGE)})
    listed = answer["data"][address.root]
    further = operation.further_page_text(variables, address.root, address.items)
    while listed["pageInfo"]["hasNextPage"] and (size := min(PAGE, most - len(listed[address.items]))) > 0:
        page = await ask(further, {**variables, "first": size, "after": listed["pageInfo"]["endCursor"]})
        if page.revision != revision:
            return answer, False
        following = page.answer["data"][address.root]
        listed[address.items] += following[address.items]
        listed["pageInfo"] |= following["pageInfo"]
        spent += page.work
        if spent + page.work > work:
            break
    return answer, True
