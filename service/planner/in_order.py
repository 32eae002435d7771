"""Rows that an index has in the order of a list: read until a page is full, they are neither looked up nor sorted."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from service.planner.relations import Late, Lead, Order, Owned, Relation, Row, Rows
from service.sql import TRUE, Expression, Select, any_, column, func, row_of, select, sql_literal, text_literal

Span = tuple[list[Expression], Sequence[Order]]
"""Conditions under which an index has rows in an order."""


class Read(Protocol):
    """Reads the first of the rows that come from a source and meet conditions."""

    def __call__(self, rows: Rows, source: str, *conditions: Expression) -> Select: ...


def owned_in_order(rows: Rows, lead: Lead) -> Owned | None:
    """Where the rows that a lead leads to stand in the order of the list, if they do."""
    return lead.owned if lead.owned and _order(rows, lead.owned.relation, "") else None


def is_by_type(rows: Rows, owned: Owned) -> bool:
    """Whether an owner's rows of each type stand in the order of the list by themselves."""
    names = [[column(rows.row.alias, name, "").sql for name in names] for names in owned.orders_by_type]
    return [key.sql for key, _ in rows.order] in names


def is_earliest_first(rows: Rows) -> bool:
    """Whether a list begins with the earliest, as an actor's rows of each type stand by themselves."""
    return rows.order[0][0].sql == column(rows.row.alias, "first_on", "").sql


def read_owned(
    rows: Rows, owned: Owned, owner: Expression, read: Read, conditions: Sequence[Expression]
) -> Iterator[Select]:
    """The first of the rows that an owner has, of each span and, where an index has it, of each type by itself."""
    types = (owned.relation.typenames or owned.types) if is_by_type(rows, owned) else ()
    for typename in types or (None,):
        found = _find_owned(rows.row, owned, owner, typename)
        source = _through(rows.row, found.row, owned) if owned.join_column else rows.row.join_one_by_one()
        order = _order(rows, owned.relation, found.row.alias)
        spans = _spans(found.row, order, _last_day(rows), owned)
        of_owner = found.all_conditions(finds_type=not owned.join_column or is_earliest_first(rows))
        yield from _read_spans(rows, source, spans, read, [*of_owner, *conditions])


def read_all(rows: Rows, source: str, read: Read, conditions: Sequence[Expression]) -> Iterator[Select]:
    """The first of all rows that come from a source and meet the conditions, of each span by itself."""
    late, order = next((lead.late for lead in rows.leads if lead.late), None), [key.sql for key, _ in rows.order]
    # of what few meet, all steps would be read where the first of them fill the page
    is_only = len(rows.conditions) == 1
    if late and is_only and order == [column(rows.row.alias, name, "").sql for name in late.order]:
        return iter([_read_late(rows, source, late, read, conditions)])
    return _read_spans(rows, source, _spans(rows.row, rows.order, _last_day(rows)), read, conditions)


def _read_late(rows: Rows, source: str, late: Late, read: Read, conditions: Sequence[Expression]) -> Select:
    """The first of the rows that were told from a day on, of each type and step of lateness by itself: these begin no
    more than that step before the day.
    """
    typename, step = sql_literal("late.typename"), sql_literal("steps.step")
    row, alias = rows.row, next(rows.row.aliases)
    of_step = [row.stored_column("typename") == typename, late.step(row) == step]
    of_each = read(rows, source, *conditions, *of_step, *late.within(row, step, _last_day(rows)))
    types = ", ".join(text_literal(name).sql for name in row.relation.typenames or late.types)
    of_types = f"unnest(ARRAY[{types}]) AS late(typename)"
    steps = f"JOIN LATERAL generate_series(-1, {late.steps}) AS steps(step) ON true"
    given = f"{of_types} {steps} JOIN LATERAL {of_each.subquery().alias(alias)} ON true"
    return select(sql_literal(f"{alias}.*")).select_from(given)


def _read_spans(
    rows: Rows, source: str, spans: Sequence[Span], read: Read, conditions: Sequence[Expression]
) -> Iterator[Select]:
    for span, order in spans:
        yield read(replace(rows, order=list(order)), source, *conditions, *span)


def _last_day(rows: Rows) -> Expression | None:
    """The day on which all rows of a list were known: that from which it is seen, or the end of a range that is asked
    for, whichever is first.
    """
    days = [day for day in (rows.row.as_of, *(lead.last_day for lead in rows.leads)) if day is not None]
    return func.least(*days) if days[1:] else days[0] if days else None


def _spans(row: Row, order: Sequence[Order], day: Expression | None, owned: Owned | None = None) -> list[Span]:
    """The spans in which rows can be that were known on a day.

    Where an index does not part what has a date from what has none, each is one. Of what was known on a day, latest
    first, all that has been known since then would be read before what is behind the day: so what was foretold is one,
    and what is behind the day the other.
    """
    first, is_dated = order[0][0].sql, column(row.alias, "is_dated", "boolean")
    first_on, known_since = column(row.alias, "first_on", "date"), column(row.alias, "known_since", "date")
    if first == is_dated.sql and owned and owned.splits_undated:
        parts = ((is_dated, "true"), (~is_dated, "false"))
        return [([part], [(sql_literal(f"{value}::boolean"), True), *order[1:]]) for part, value in parts]
    if day is not None and known_since.sql == first:
        return [([known_since <= day], order)]
    if day is not None and is_dated.sql == first and "known_since" in row.relation.table.columns:
        date, last = row_of([is_dated, first_on]), row_of([TRUE, day])
        return [([is_dated, first_on > known_since, date > last], order), ([date <= last], order)]
    return [([], order)]


def _find_owned(row: Row, owned: Owned, owner: Expression, typename: str | None) -> Rows:
    """What an owner has, of one type or of all."""
    relation = replace(owned.relation, typenames=() if typename is None else (typename,))
    found = row.find(relation) if owned.join_column else Rows(replace(row, relation=relation))
    if typename is not None and owned.given is not None:
        found.where(text_literal(typename) == any_(owned.given))
    if owned.owner_column:
        own = column(found.row.alias, owned.owner_column, "")
        found.where(own == owner.cast(owned.relation.table.columns[owned.owner_column]))
    if owned.condition is not None:
        found.where(owned.condition(found.row))
    return found


def _order(rows: Rows, relation: Relation, alias: str) -> list[Order]:
    """The order of the rows by the columns of another relation; none where it has not all of them."""
    names = {column(rows.row.alias, name, "").sql: name for name in relation.table.columns}
    if any(key.sql not in names for key, _ in rows.order):
        return []
    return [(column(alias, names[key.sql], key.type), descends) for key, descends in rows.order]


def _through(row: Row, of_owner: Row, owned: Owned) -> str:
    """Where a row comes from, found through what an owner has."""
    name = row.relation.join_column
    tie = f"{column(row.alias, name, '')} = {column(of_owner.alias, owned.join_column, '')}"
    return row.join(f"{of_owner.source()} JOIN {row.base()} ON {tie}", row.joins)
