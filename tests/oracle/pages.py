"""Connections: a list that is filtered, sorted and cut according to the paging arguments."""

from collections import Counter
from collections.abc import Mapping
from functools import cmp_to_key
from typing import Any

from tests.oracle.counting import Count, Tone, counts
from tests.oracle.filters import holds
from tests.oracle.things import SortKeys


class Cursor(str):
    """Position of an entry in a list: its sort keys, not the bytes that the service returns."""

    order: str
    keys: SortKeys

    def __new__(cls, order: str, keys: SortKeys) -> "Cursor":
        found = super().__new__(cls, f"{order} {[key for key, _ in keys]}")
        found.order, found.keys = order, keys
        return found


def compare_keys(one: SortKeys, other: SortKeys) -> int:
    for (left, descends), (right, _) in zip(one, other, strict=True):
        if left != right:
            return 1 if (left > right) is not descends else -1
    return 0


Item = tuple[SortKeys, Any]


def _compared_items(one: Item, other: Item) -> int:
    return compare_keys(one[0], other[0])


class Connection:
    """`cursors`: those that the service returned, with their meaning."""

    def __init__(
        self,
        typename: str,
        entries: list[Any],
        given: Mapping[str, Any],
        filter_type: str,
        cursors: Mapping[str, Cursor],
    ) -> None:
        self.typename, self._order = typename, given.get("orderBy") or "NONE"
        wanted = given.get("filter") or {}
        kept = [entry for entry in entries if not wanted or holds(filter_type, wanted, entry)]
        keyed: list[Item] = [(entry.sort_keys(self._order), entry) for entry in kept]
        self._all = sorted(keyed, key=cmp_to_key(_compared_items))
        after, before = (cursors[given[name]].keys if given.get(name) else None for name in ("after", "before"))
        self._cut(after, before, given.get("first"), given.get("last"))

    def _cut(self, after: SortKeys | None, before: SortKeys | None, first: int | None, last: int | None) -> None:
        follows = [after is None or compare_keys(keys, after) > 0 for keys, _ in self._all]
        precedes = [before is None or compare_keys(keys, before) < 0 for keys, _ in self._all]
        flags = zip(self._all, follows, precedes, strict=True)
        between = [item for item, is_after, is_before in flags if is_after and is_before]
        size = last if last is not None else 20 if first is None else first
        is_cut = size < len(between)
        self._page = between[:size] if last is None else between[max(len(between) - size, 0) :]
        self._has_next = not all(precedes) or (is_cut and last is None)
        self._has_previous = not all(follows) or (is_cut and last is not None)

    def _cursor(self, item: Item) -> Cursor:
        return Cursor(f"{self.typename}.{self._order}", item[0])

    @property
    def total_count(self) -> int:
        return len(self._all)

    def counts(self, by: list[str], first: int | None) -> list[Count]:
        entries = [entry for _, entry in self._all]
        return counts(self.typename, entries, by)[: 100 if first is None else first]

    @property
    def tone(self) -> Tone:
        return Tone([entry for _, entry in self._all])

    @property
    def nodes(self) -> list[Any]:
        return [entry for _, entry in self._page]

    @property
    def edges(self) -> list[dict[str, Any]]:
        return [{"cursor": self._cursor(item), "node": item[1]} for item in self._page]

    @property
    def page_info(self) -> dict[str, Any]:
        return {
            "has_next_page": self._has_next,
            "has_previous_page": self._has_previous,
            "start_cursor": self._cursor(self._page[0]) if self._page else None,
            "end_cursor": self._cursor(self._page[-1]) if self._page else None,
        }


class EntryChangeConnection(Connection):
    """What loads did; the tests' register has logged its first load."""

    complete_since = 0


class SearchConnection(Connection):
    """What a search finds."""

    total_is_exact = True

    @property
    def nodes(self) -> list[Any]:
        return [found.node for _, found in self._page]

    @property
    def edges(self) -> list[dict[str, Any]]:
        told = ("node", "score", "matched", "matched_words", "has_all_words", "is_similar")
        return [{"cursor": self._cursor(item)} | {name: getattr(item[1], name) for name in told} for item in self._page]

    @property
    def counts(self) -> list[dict[str, Any]]:  # type: ignore[override]
        kinds = Counter(found.node.typename.upper() for _, found in self._all)
        return [{"kind": kind, "count": kinds[kind]} for kind in sorted(kinds)]
