"""Leads: how a page finds few rows among many, whoever is asked for.

One statement serves whom everything is told of and whom hardly anything is. Read in the order of the page, the first
has a page full at once, while for the second all rows are looked through. So each condition with an index of its own
tells the keys of the rows that can meet it, up to a bound, and the statement has two arms, of which one runs: where
some condition has no more keys than that, the rows of the fewest are looked up and sorted; else the rows are read in
their order, and no condition may lead, since many rows meet each.
"""

from collections.abc import Callable, Sequence

from service.planner.rows import Lead, Rows
from service.sql import (
    FALSE,
    Exists,
    Expression,
    Select,
    Union,
    any_,
    array_of,
    case,
    func,
    int_literal,
    select,
    sql_literal,
)

MOST = 3_000
"""So many rows are looked up at most. With ten times as many facts, three times as many would be right: the other arm
reads all rows by so many of them for each row of the page."""


def leads_to(rows: Rows) -> list[Lead]:
    """What may lead to the rows of a list: of one that is asked for once, whose rows are found by their keys."""
    return rows.leads if rows.row.relation.is_found_by_key and rows.row.times == 1 else []


def led_rows(
    rows: Rows, leads: Sequence[Lead], read: Callable[..., Select], conditions: Sequence[Expression]
) -> Select:
    """What `read(*conditions)` gives, the first rows that meet them all, by what leads to fewest, or in their order."""
    name = next(rows.row.aliases)
    fewest = sql_literal(f"(SELECT keys FROM {name})", "integer[]")
    by_row = {id(lead.condition): _row_by_row(lead.condition, lead) for lead in leads if lead.condition is not None}
    unled = [by_row.get(id(each), each) for each in conditions]
    key = rows.row[rows.row.relation.key]
    looked_up = read(fewest.is_not_null(), key == any_(f"{fewest}::integer[]"), *conditions)
    in_order = read(fewest.is_null(), *unled)
    # one arm gives nothing, so that the rows of the other come as they are
    arms = Union(looked_up, in_order).subquery(next(rows.row.aliases))
    return select(sql_literal("*")).select_from(arms).with_(name, _fewest(leads))


def _fewest(leads: Sequence[Lead]) -> Select:
    """The keys of the lead that has fewest, as an array; no row where all have too many."""
    arrays = ", ".join(f"({_keys(lead)})" for lead in leads)
    number = sql_literal("cardinality(keys)", "integer")
    # fenced, or each array would be made for each of its uses
    few = select(sql_literal("keys")).select_from(f"(SELECT * FROM (VALUES {arrays}) AS given (keys) OFFSET 0) AS lead")
    return few.where(number <= int_literal(MOST)).order_by(number).limit(1)


def _keys(lead: Lead) -> Expression:
    """The keys, up to one more than are looked up; null where they are known to be too many."""
    keys = array_of(lead.keys.limit(MOST + 1))
    return keys if lead.count is None else case((lead.count <= int_literal(MOST), keys))


def _row_by_row(condition: Expression, lead: Lead) -> Expression:
    """The condition of a lead in a form of which PostgreSQL expects that every other row meets it."""
    if lead.row_by_row is not None:
        return lead.row_by_row
    return condition.row_by_row() if isinstance(condition, Exists) else func.coalesce(condition, FALSE)
