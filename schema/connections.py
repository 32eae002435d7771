"""What every connection has: the pages of a list."""

import strawberry

from service.planner.fields import column


@strawberry.type(description="Where a page stands in its list. Both flags are exact in both directions.")
class PageInfo:
    has_next_page: bool = column("Whether the list goes on after this page.")
    has_previous_page: bool = column("Whether the list has something before this page.")
    start_cursor: str | None = column("Cursor of the page's first entry; null on an empty page.")
    end_cursor: str | None = column("Cursor of the page's last entry; null on an empty page.")


CURSOR = "Where the entry stands in the list: opaque, for `after` and `before`."
NODE = "The entry itself."
EDGES = "For endless lists: client caches join pages by edges."
NODES = "The same without cursors, for a single page."
PAGE_INFO = "Where the page stands in the list."
TOTAL_COUNT = "Exact, and computed only when asked for."
