"""Pages: a connection is a subquery of keys, cut by a cursor and a size, and what is asked of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from graphql import GraphQLObjectType, SelectionSetNode, get_named_type
from sqlalchemy import FromClause, Text, exists, false, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by

from service.errors import BadInput
from service.planner import cursors
from service.planner.arguments import Leaf, read
from service.planner.fields import ORDERS
from service.planner.rows import Row, Rows
from service.planner.selection import Selected
from service.planner.sql import Expression, json_array, json_object, number, raw, word, written

if TYPE_CHECKING:
    from service.planner.objects import Composer, Path

DEFAULT_SIZE = 20
MOST = 100
RANK = raw('"#"')


@dataclass(frozen=True)
class Cut:
    """What of a list is asked for: `size` rows from its beginning (forward) or its end, between two cursors."""

    size: int
    forward: bool
    after: Leaf | None
    before: Leaf | None


def cut(given: Mapping[str, Any], path: "Path") -> Cut:
    """The paging arguments, checked: never a clamped page."""
    first, last = given.get("first"), given.get("last")
    if first is not None and last is not None:
        raise _refused("last", "FIRST_AND_LAST", "Ask for `first` or for `last`, not for both.", path)
    argument, size = ("last", last) if last is not None else ("first", DEFAULT_SIZE if first is None else first)
    if size < 0:
        raise _refused(argument, "PAGE_SIZE_NEGATIVE", f"`{argument}` is {size}: it must be 0 to {MOST}.", path)
    if size > MOST:
        raise _refused(argument, "PAGE_TOO_LARGE", f"`{argument}` is {size}: a page has at most {MOST}.", path)
    return Cut(size, last is None, given.get("after"), given.get("before"))


def _refused(argument: str, reason: str, message: str, path: "Path") -> BadInput:
    return BadInput(message, argument=argument, reason=reason, path=path)


class Page:
    """One connection in a statement: its rows, its cut, and the row that stands for each of the page's."""

    def __init__(self, composer: "Composer", rows: Rows, cut_: Cut, *, looks_ahead: bool) -> None:
        self.composer, self.rows, self.cut, self.looks_ahead = composer, rows, cut_, looks_ahead
        self.conditions = rows.all_conditions()
        self.counted = replace(rows.row, joined=dict(rows.row.joined))
        self.row = Row(rows.row.relation, rows.row.names, rows.row.as_of, page={}, inner=rows.row)
        # composed whether or not the page is read: a cursor is checked even where only the total is asked for
        marks = [(cut_.after, True), (cut_.before, False)]
        self.bounds = [self._beyond(leaf, forward=forward) for leaf, forward in marks if leaf is not None]
        self.is_read = False

    def source(self) -> FromClause:
        """The page's rows; where somebody must know of one more, with it, and numbered in the page's own direction."""
        columns = [expression.label(name) for name, expression in (self.row.page or {}).items()]
        keys = [key.label(f"k{index}") for index, (key, _) in enumerate(self.rows.order)]
        found = (
            select(*columns, *keys)
            .select_from(self.rows.row.source())
            .where(*self.conditions, *self.bounds)
            .order_by(*self._directed([key for key, _ in self.rows.order]))
            .limit(number(self.cut.size + self.looks_ahead))
        )
        if not self.looks_ahead:
            return self.row.joining(found.subquery(self.row.alias), self.row.joined)
        names = [raw(f"k{index}") for index in range(len(keys))]
        rank = func.row_number().over(order_by=self._directed(names)).label("#")
        ranked = select(raw("*"), rank).select_from(found.subquery(next(self.row.names))).subquery(self.row.alias)
        return self.row.joining(ranked, self.row.joined)

    def _directed(self, keys: list[Expression]) -> list[Expression]:
        directions = [descends == self.cut.forward for _, descends in self.rows.order]
        return [key.desc() if falls else key.asc() for key, falls in zip(keys, directions, strict=True)]

    def _in_order(self, *, backwards: bool = False) -> list[Expression]:
        """The order of the list, or its reverse; rows that are not numbered come sorted and need no second sort."""
        if self.looks_ahead:
            return [RANK.desc() if backwards == self.cut.forward else RANK.asc()]
        falls = [descends != backwards for _, descends in self.rows.order]
        keys = [raw(f"{self.row.alias}.k{index}") for index in range(len(falls))]
        return [key.desc() if each else key.asc() for key, each in zip(keys, falls, strict=True)]

    def _beyond(self, leaf: Leaf, *, forward: bool) -> Expression:
        keys = cursors.placed(self.composer.placeholders, leaf, self.rows)
        return cursors.beyond(self.rows, keys, forward=forward)

    def _on_page(self, aggregate: Any) -> Any:
        """An aggregate over the page alone, without the row that only tells that there are more."""
        self.is_read = True
        return aggregate.filter(number(self.cut.size) >= RANK) if self.looks_ahead else aggregate

    def listed(self, value: Expression) -> Expression:
        """A value of each row of the page, in the order of the list."""
        return json_array(
            self._on_page(func.string_agg(written(value), aggregate_order_by(word(","), *self._in_order())))
        )

    def cursor(self) -> Expression:
        """The cursor of a row of the page."""
        keys: list[Expression] = [raw(f"{self.row.alias}.k{index}") for index in range(len(self.rows.order))]
        return cursors.sealed(self.rows.order_name, keys)

    def cursor_at(self, *, end: bool) -> Expression:
        """The cursor of the first or the last row of the page."""
        found = func.array_agg(aggregate_order_by(self.cursor(), *self._in_order(backwards=end)), type_=ARRAY(Text))
        return func.array_to_string(self._on_page(found)[raw("1:1")], word(""))

    def has_more(self, *, forward: bool) -> Expression:
        """Whether the list goes on after (or before) the page."""
        mark = self.cut.before if forward else self.cut.after
        behind = false() if mark is None else self._any_behind(mark, forward=not forward)
        if forward != self.cut.forward:
            return behind
        self.is_read = True
        return or_(func.count() > number(self.cut.size), behind)

    def _any_behind(self, mark: Leaf, *, forward: bool) -> Expression:
        outside = ~self._beyond(mark, forward=forward)
        source = self.rows.row.source()
        return exists(select(raw("1")).select_from(source).where(*self.conditions, outside))

    def all(self) -> Rows:
        """Every row of the list, not only the page's: what is counted."""
        return Rows(replace(self.counted, joined=dict(self.counted.joined)), list(self.conditions))

    def total(self) -> Expression:
        return select(func.count()).select_from(self.counted.source()).where(*self.conditions).scalar_subquery()


def page(
    composer: "Composer",
    type_: GraphQLObjectType,
    sets: list[SelectionSetNode],
    rows: Rows,
    given: Mapping[str, Any],
    path: "Path",
) -> Expression:
    """The JSON object of a connection."""
    checked = cut(given, path)
    if given.get("orderBy") is not None:
        order = given["orderBy"]
        rows.order, rows.order_name = ORDERS[type(order)][order](rows.row), f"{type_.name}.{order.value}"
    wanted = composer.selection.of(type_, sets)
    onward = "hasNextPage" if checked.forward else "hasPreviousPage"
    looks_ahead = any(item.name == "pageInfo" and _asks(composer, type_, item, onward) for item in wanted)
    page_ = Page(composer, rows, checked, looks_ahead=looks_ahead)
    value = json_object([(item.key, _member(page_, type_, item, (*path, item.key))) for item in wanted])
    once = rows.row.relation.once
    chosen = select(value) if once is None else select(value).add_cte(once, nest_here=True)
    return (chosen.select_from(page_.source()) if page_.is_read else chosen).scalar_subquery()


def _asks(composer: "Composer", type_: GraphQLObjectType, item: Selected, name: str) -> bool:
    inner: Any = get_named_type(type_.fields[item.name].type)
    return any(each.name == name for each in composer.selection.of(inner, item.selections))


def _member(page_: Page, type_: GraphQLObjectType, item: Selected, path: "Path") -> Expression:
    """What is asked of the connection itself."""
    composer = page_.composer
    if item.name == "__typename":
        return word(type_.name)
    field = type_.fields[item.name]
    inner: Any = get_named_type(field.type)
    if item.name == "totalCount":
        return page_.total()
    if item.name not in ("nodes", "edges", "pageInfo"):
        given = read(field, item.nodes[0], composer.variables, path)
        return composer.value(field, given, composer.resolved(field, given, page_.all(), path), item, path)
    if item.name == "nodes":
        return page_.listed(composer.entry(inner, item.selections, page_.row, path))
    members = composer.selection.of(inner, item.selections)
    if item.name == "edges":
        pairs = [(each.key, _of_edge(page_, inner, each, (*path, each.key))) for each in members]
        return page_.listed(json_object(pairs))
    return json_object([(each.key, _of_page_info(page_, each)) for each in members])


def _of_edge(page_: Page, type_: GraphQLObjectType, item: Selected, path: "Path") -> Expression:
    if item.name == "cursor":
        return page_.cursor()
    if item.name == "node":
        node = get_named_type(type_.fields["node"].type)
        return page_.composer.entry(node, item.selections, page_.row, path)
    return page_.composer.field(type_, item, page_.row, path)


def _of_page_info(page_: Page, item: Selected) -> Expression:
    return {
        "__typename": lambda: word("PageInfo"),
        "hasNextPage": lambda: page_.has_more(forward=True),
        "hasPreviousPage": lambda: page_.has_more(forward=False),
        "startCursor": lambda: page_.cursor_at(end=False),
        "endCursor": lambda: page_.cursor_at(end=True),
    }[item.name]()
