"""A whole list, for the forms that programs read which follow no links to further pages: asked page by page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple

from service.pages.addresses import Address
from service.pages.operations import StoredOperation

PAGE = 100
"""How many entries are asked for at once, which is the most that a page has."""
OPERATIONS = 10
"""A whole list may cost so many times what the limits allow one operation."""
MOST_TRIES = 3
"""How often it is begun anew where a load comes between two of its pages."""


class Page(NamedTuple):
    """`answer`: to an operation. `revision`: of the record that it is of. `work`: what it cost, as `Cost` has it."""

    answer: dict[str, Any]
    revision: int
    work: float


Ask = Callable[[str, Mapping[str, Any]], Awaitable[Page]]


def asks_for_whole(operation: StoredOperation, variables: Mapping[str, Any]) -> bool:
    """Whether a list is asked for, and no page of it by its size or from its end."""
    return {"first", "after"} <= operation.variable_names and not {"first", "last", "before"} & variables.keys()


async def read_whole(
    ask: Ask, address: Address, operation: StoredOperation, variables: Mapping[str, Any], *, most: int, work: float
) -> dict[str, Any]:
    """The answer to the operation with the further pages in its list, whose `pageInfo` is then that of the last one.

    most: entries. work: what the limits allow one operation. Where a load comes between its pages it is begun anew;
    where one comes each time, as the pages are.
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
