"""Rows that an index holds in the order of a list: read until a page is full, without being looked up or sorted."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from service.planner.relations import Late, Lead, Order, Owned, Relation, Row, Rows
from service.sql import TRUE, Expression, Select, any_, column, func, row_of, select, sql_literal, text_literal

Span = tuple[list[Expression], Sequence[Order]]
"""Conditions under which an index holds rows in an order."""


class Read(Protocol):
    """Function that reads the first rows from a source that meet conditions."""

    def __call__(self, rows: Rows, source: str, *conditions: Expression) -> Select: ...


def owned_in_order(rows: Rows, lead: Lead) -> Owned | None:
    """Return where the rows of a lead are stored in the order of the list, if they are."""
    return lead.owned if lead.owned and _order(rows, lead.owned.relation, "") else None


def is_by_type(rows: Rows, owned: Owned) -> bool:
    """Return whether an owner's rows are stored in the order of the list for each type separately."""
    names = [[column(rows.row.alias, name, "").sql for name in names] for names in owned.orders_by_type]
    return [key.sql for key, _ in rows.order] in names


def is_earliest_first(rows: Rows) -> bool:
    """Return whether a list begins with the earliest rows, the order in which an actor's rows of each type
    are stored.
    """
    return rows.order[0][0].sql == column(rows.row.alias, "first_on", "").sql


def read_owned(
    rows: Rows, owned: Owned, owner: Expression, read: Read, conditions: Sequence[Expression]
) -> Iterator[Select]:
    """Read the first rows of an owner, for each span and, where an index has it so, for each type separately."""
    types = (owned.relation.typenames or owned.types) if is_by_type(rows, owned) else ()
    for typename in types or (None,):
        found = _find_owned(rows.row, owned, owner, typename)
        source = _through(rows.row, found.row, owned) if owned.join_column else rows.row.join_one_by_one()
        order = _order(rows, owned.relation, found.row.alias)
        spans = _spans(found.row, order, _last_day(rows), owned)
        of_owner = found.all_conditions(finds_type=not owned.join_column or is_earliest_first(rows))
        yield from _read_spans(rows, source, spans, read, [*of_owner, *conditions])


def read_all(rows: Rows, source: str, read: Read, conditions: Sequence[Expression]) -> Iterator[Select]:
    """Read the first of all rows from a source that meet the conditions, for each span separately."""
    late, order = next((lead.late for lead in rows.leads if lead.late), None), [key.sql for key, _ in rows.order]
    # if few rows meet further conditions, every step would be read to its end, where otherwise its first rows fill the
    # page
    is_only = len(rows.conditions) == 1
    if late and is_only and order == [column(rows.row.alias, name, "").sql for name in late.order]:
        return iter([_read_late(rows, source, late, read, conditions)])
    return _read_spans(rows, source, _spans(rows.row, rows.order, _last_day(rows)), read, conditions)


def _read_late(rows: Rows, source: str, late: Late, read: Read, conditions: Sequence[Expression]) -> Select:
    """Read the first rows that became known on or after a day, for each type and step of lateness separately.

    The rows of a step begin at most that step before the day.
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
    """Return the day by which all rows of a list were known.

    That is the `asOf` day or the end of a requested range, whichever is earlier.
    """
    days = [day for day in (rows.row.as_of, *(lead.last_day for lead in rows.leads)) if day is not None]
    return func.least(*days) if days[1:] else days[0] if days else None


def _spans(row: Row, order: Sequence[Order], day: Expression | None, owned: Owned | None = None) -> list[Span]:
    """Return the spans that can hold rows which were known on a day.

    Where an index does not separate rows with a date from rows without one, each of the two is a span. In an order with
    the latest first, all rows that have become known since the day would be read before the rows dated up to it. So
    rows that were foretold for after the day are one span, and rows dated up to the day the other.
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
    """Return the rows of an owner, of one type or of all."""
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
    """Return the order of the rows by the columns of another relation; empty if that relation lacks one of them."""
    names = {column(rows.row.alias, name, "").sql: name for name in relation.table.columns}
    if any(key.sql not in names for key, _ in rows.order):
        return []
    return [(column(alias, names[key.sql], key.type), descends) for key, descends in rows.order]


def _through(row: Row, of_owner: Row, owned: Owned) -> str:
    """Return the source of a row that is found through the rows of an owner."""
    name = row.relation.join_column
    tie = f"{column(row.alias, name, '')} = {column(of_owner.alias, owned.join_column, '')}"
    return row.join(f"{of_owner.source()} JOIN {row.base()} ON {tie}", row.joins)
