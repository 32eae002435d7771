"""Relay connections: the pages of a list, declared once for each noun."""

from collections.abc import Callable
from types import new_class
from typing import Any, Generic, TypeVar, cast, get_args

import strawberry

from schema.sql.orders import require_order
from service.planner.fields import LISTINGS, Listing, column

Node = TypeVar("Node")
C = TypeVar("C")


@strawberry.type(description="Position of a page in its list. Both flags are exact in both directions.")
class PageInfo:
    has_next_page: bool = column("Whether the list continues after this page.")
    has_previous_page: bool = column("Whether the list has entries before this page.")
    start_cursor: str | None = column("Cursor of the first entry on the page; null if the page is empty.")
    end_cursor: str | None = column("Cursor of the last entry on the page; null if the page is empty.")


@strawberry.type
class Edge(Generic[Node]):
    cursor: str = column("Opaque position of the entry in the list, for `after` and `before`.")
    node: Node = column("The entry itself.")


EDGES = "Entries of the page with their cursors, for infinite scrolling: client caches merge pages by their edges."


@strawberry.type
class Connection(Generic[Node]):
    edges: list[Edge[Node]] = column(EDGES)
    nodes: list[Node] = column("Entries of the page without cursors, for reading a single page.")
    page_info: PageInfo = column("Position of the page in the list.")
    total_count: int = column("Exact number of entries in the whole list, computed only if requested.")


def connection(one: str, many: str, *, filter: type | None = None, order: Any = None) -> Callable[[type[C]], type[C]]:
    """Turn a `class QuoteConnection(Connection[Quote])` into a GraphQL type, and create the type of its edges,
    `QuoteEdge`.

    `one`, `many`: nouns for the descriptions. Every field of this type takes `filter`, an input type, and `orderBy`,
    whose default is `order`.
    """
    if order is not None:
        require_order(type(order))

    def declare(cls: type[C]) -> type[C]:
        generic, declared = cast(Any, Edge), cast(Any, cls)
        (node,) = get_args(declared.__orig_bases__[0])
        edge = strawberry.type(new_class(f"{node.__name__}Edge", (generic[node],)), description=f"{one} in a list.")
        declared.__annotations__ = {**declared.__annotations__, "edges": list.__class_getitem__(edge)}
        declared.edges = column(EDGES)
        LISTINGS[cls] = Listing(filter, order)
        return strawberry.type(cls, description=f"A list of {many}.")

    return declare
