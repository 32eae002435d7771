"""Pages of a list: a subquery of its rows between two cursors, with a size. Other modules compose their JSON."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from service.errors import BadInput
from service.language.errors import ArgumentLocation, Path
from service.planner import cursors
from service.planner.arguments import Leaf
from service.planner.leads import leads_to, led_rows
from service.planner.parameters import DEFAULT_SIZE
from service.planner.relations import Row, Rows
from service.sql import (
    FALSE,
    NULL,
    Expression,
    Select,
    exists,
    func,
    int_literal,
    json_array,
    json_items,
    or_,
    select,
    sql_literal,
)

RANK = sql_literal('"#"')
KEY_PREFIX = "k"


@dataclass(frozen=True)
class Paging:
    """Requested part of a list: `size` rows from its beginning (forward) or its end, between two cursors."""

    size: int
    forward: bool
    after: Leaf | None
    before: Leaf | None


def read_paging(given: Mapping[str, Any], path: Path, refuse: Callable[[BadInput], None]) -> Paging:
    """Read the paging arguments, whose sizes have been checked."""
    first, last = given.get("first"), given.get("last")
    if first is not None and last is not None:
        refuse(ArgumentLocation(path, "last").refuse("FIRST_AND_LAST", "Use `first` or `last`, not both."))
    size = DEFAULT_SIZE if first is None else first
    return Paging(size if last is None else last, last is None, given.get("after"), given.get("before"))


class Page:
    """One page in a statement. `row` stands for each row of the page; `rows` are those of the whole list.

    `bounds`: the sort keys of the given cursors, by whether they are `after`. `fetches_one_more`: whether one row more
    than the page holds is read, to tell whether the list continues.
    """

    def __init__(self, rows: Rows, paging: Paging, bounds: Mapping[bool, list[Expression]], *, fetches_one_more: bool):
        self.rows, self.paging, self.fetches_one_more = rows, paging, fetches_one_more
        self.conditions = rows.all_conditions()
        self.all_rows = replace(rows.row, joins=dict(rows.row.joins))
        self.row = Row(rows.row.relation, rows.row.aliases, rows.row.as_of, page_columns={}, inner_row=rows.row)
        self._keys = bounds
        self.uses_rows = False

    @property
    def has_bounds(self) -> bool:
        return bool(self._keys)

    def query(self, value: Expression) -> Select:
        """Return a query of a value of the page as a whole."""
        statement = select(value)
        if self.uses_rows:
            statement.select_from(self._source())
        for name, query in reversed(self.rows.row.relation.ctes):
            statement.with_(name, query)
        return statement

    def _source(self) -> str:
        """Return the source of the page's rows.

        If it must be known whether the list continues, it has one more row, and rows are numbered in the page's own
        direction.
        """
        size = self.paging.size + self.fetches_one_more
        columns = [expression.label(name) for name, expression in (self.row.page_columns or {}).items()]

        def read(rows: Rows, source: str, *conditions: Expression) -> Select:
            keys = [key.label(f"{KEY_PREFIX}{index}") for index, (key, _) in enumerate(rows.order)]
            bounds = [cursors.after_condition(rows, bound, forward=is_after) for is_after, bound in self._keys.items()]
            query = select(*columns, *keys).select_from(source).where(*conditions, *bounds)
            return query.order_by(*rows.sort_keys(forward=self.paging.forward)).limit(size)

        leads = leads_to(self.rows)
        directions = [descends for _, descends in self.rows.order]
        order = [(sql_literal(f"{KEY_PREFIX}{index}"), descends) for index, descends in enumerate(directions)]
        sort_keys = Rows(self.rows.row, order=order).sort_keys(forward=self.paging.forward)
        if leads:
            rows = led_rows(self.rows, leads, read).order_by(*sort_keys).limit(size)
        else:
            rows = read(self.rows, self.rows.row.source(), *self.conditions)
        if self.fetches_one_more:
            rank = func.row_number().over(*sort_keys).label("#")
            rows = select(sql_literal("*"), rank).select_from(rows.subquery().alias(next(self.row.aliases)))
        return self.row.join(rows.subquery().alias(self.row.alias), self.row.joins)

    def _sort_keys(self, *, backwards: bool = False) -> list[Expression]:
        """Return the order of the list, or its reverse; rows without numbers are already sorted and need no second
        sort.
        """
        if self.fetches_one_more:
            return [RANK.desc() if backwards == self.paging.forward else RANK.asc()]
        directions = [descends != backwards for _, descends in self.rows.order]
        return [key.desc() if each else key.asc() for key, each in zip(self._page_keys(), directions, strict=True)]

    def _page_keys(self) -> list[Expression]:
        return [
            sql_literal(f"{self.row.alias}.{KEY_PREFIX}{index}", key.type)
            for index, (key, _) in enumerate(self.rows.order)
        ]

    def _cursor_condition(self, *, forward: bool) -> Expression:
        return cursors.after_condition(self.rows, self._keys[forward], forward=forward)

    def _aggregate(self, aggregate: Expression) -> Expression:
        """Restrict an aggregate to the page, without the extra row that only shows that there are more."""
        self.uses_rows = True
        return aggregate.filter(int_literal(self.paging.size) >= RANK) if self.fetches_one_more else aggregate

    def json_list(self, value: Expression) -> Expression:
        """Return the list of a value of each row of the page, in the order of the list."""
        return json_array(self._aggregate(json_items(value, self._sort_keys())))

    def cursor(self) -> Expression:
        """Return the cursor of a row of the page."""
        return cursors.encode(self.rows.order_name, self._page_keys())

    def cursor_at(self, *, end: bool) -> Expression:
        """Return the cursor of the first or the last row of the page."""
        order = ", ".join(key.sql for key in self._sort_keys(backwards=end))
        cursors_in_order = self._aggregate(Expression(f"array_agg({self.cursor()} ORDER BY {order})"))
        return cursors_in_order[1].with_type("text")

    def has_more(self, *, forward: bool) -> Expression:
        """Return whether the list continues after (or before) the page."""
        other = not forward
        behind = self._exists_before(forward=other) if other in self._keys else FALSE
        if forward != self.paging.forward:
            return behind
        self.uses_rows = True
        return or_(func.count() > int_literal(self.paging.size), behind)

    def _exists_before(self, *, forward: bool) -> Expression:
        outside = ~self._cursor_condition(forward=forward)
        return exists(select(sql_literal("1")).select_from(self.rows.row.source()).where(*self.conditions, outside))

    def copy_all_rows(self) -> Rows:
        """Return every row of the list, not only the page's, for counts."""
        return Rows(
            replace(self.all_rows, joins=dict(self.all_rows.joins)),
            list(self.conditions),
            typical_count=self.rows.typical_count,
            tally=self.rows.tally,
        )

    def total_count(self) -> Expression:
        counted = select(func.count()).select_from(self.all_rows.source()).where(*self.conditions).scalar()
        total = NULL if self.rows.tally is None else self.rows.tally.total()
        return counted if total is NULL else func.coalesce(total, counted)
