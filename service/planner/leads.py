"""Leads: how a page finds few rows among many, whoever is asked for.

One statement serves whom everything is told of and whom hardly anything is. Read in the order of the page, the first
has a page full at once, while for the second all rows are looked through. So each condition with an index of its own
tells the keys of the rows that can meet it, up to a bound, and the statement has arms, of which one runs: where some
condition has no more keys than that, the rows of the fewest are looked up and sorted; else the rows are read in their
order, those of the owner who has fewest where a condition leads to one, and no condition may lead, since many rows meet
each.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from service.planner.rows import Lead, Order, Owned, Relation, Row, Rows
from service.sql import (
    FALSE,
    Exists,
    Expression,
    Select,
    Union,
    any_,
    array_of,
    case,
    column,
    func,
    int_literal,
    select,
    sql_literal,
)

MOST = 3_000
"""So many rows are looked up at most. With ten times as many facts, three times as many would be right: the other arm
reads all rows by so many of them for each row of the page."""


class Read(Protocol):
    """Reads the first of the rows that come from a source and meet conditions."""

    def __call__(self, rows: Rows, source: str, *conditions: Expression) -> Select: ...


def leads_to(rows: Rows) -> list[Lead]:
    """What may lead to the rows of a list: of one that is asked for once, whose rows are found by their keys."""
    return rows.leads if rows.row.relation.is_found_by_key and rows.row.times == 1 else []


def led_rows(rows: Rows, leads: Sequence[Lead], read: Read) -> Select:
    """The first rows that meet all conditions, by what leads to fewest, or in their order; perhaps with others."""
    told, rarest = next(rows.row.aliases), next(rows.row.aliases)
    fewest, owner = (sql_literal(f"(SELECT {name} FROM {rarest})") for name in ("keys", "owner"))
    conditions = rows.all_conditions()
    by_row = {id(lead.condition): _row_by_row(lead.condition, lead) for lead in leads if lead.condition is not None}
    unled = [by_row.get(id(each), each) for each in conditions]
    key, source = rows.row[rows.row.relation.key], rows.row.source()
    given = {id(lead.condition): lead.row_by_row for lead in leads if lead.row_by_row is not None}
    looked_up = (given.get(id(each), each) for each in conditions)
    arms = [read(rows, source, fewest.is_not_null(), key == any_(f"{fewest}::integer[]"), *looked_up)]
    in_order = [fewest.is_null()]
    owned = next((lead.owned for lead in leads if lead.owned and _order(rows, lead.owned.relation, "")), None)
    if owned is not None:
        arms += _owned_rows(rows, owned, owner, read, [*in_order, owner.is_not_null(), *unled])
        in_order.append(owner.is_null())
    arms.append(read(rows, source, *in_order, *unled))
    union = Union(*arms).subquery(next(rows.row.aliases))
    return (
        select(sql_literal("*")).select_from(union).with_(rarest, _rarest(told)).with_(told, _lead_values(leads, owned))
    )


def _owned_rows(
    rows: Rows, owned: Owned, owner: Expression, read: Read, conditions: Sequence[Expression]
) -> Iterator[Select]:
    """The first of the rows that an owner has; of each type by itself, where an index has these in the order."""
    by_type = [column(rows.row.alias, name, "").sql for name in owned.order_by_type]
    types = owned.relation.typenames if [key.sql for key, _ in rows.order] == by_type else ()
    for typename in types or [None]:
        of_owner = rows.row.find(replace(owned.relation, typenames=() if typename is None else (typename,)))
        of_owner.where(of_owner.row[owned.owner_column] == owner)
        found = replace(rows, order=_order(rows, owned.relation, of_owner.row.alias))
        yield read(found, _through(rows.row, of_owner.row, owned), *of_owner.all_conditions(), *conditions)


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
    return row.join(f"{of_owner.source()} JOIN {row.relation.table.alias(row.alias)} ON {tie}", row.joins)


def _lead_values(leads: Sequence[Lead], owned: Owned | None) -> Select:
    """Of each lead the keys, and the only owner with how many there are of it, where rows are found through that."""
    told = ", ".join(f"({_keys(lead)}{_owner(lead, owned)})" for lead in leads)
    # fenced, or each array would be made for each of its uses
    given = f"(SELECT * FROM (VALUES {told}) AS given (keys, owner, count) OFFSET 0) AS lead"
    return select(sql_literal("*")).select_from(given)


def _rarest(told: str) -> Select:
    """The fewest keys, null where all have too many; and the owner of fewest rows, null where there is none."""
    keys = f"SELECT keys FROM {told} WHERE cardinality(keys) <= {MOST} ORDER BY cardinality(keys) LIMIT 1"
    owner = f"SELECT owner FROM {told} WHERE owner IS NOT NULL ORDER BY count LIMIT 1"
    return select(sql_literal(f"({keys})").label("keys"), sql_literal(f"({owner})").label("owner"))


def _owner(lead: Lead, owned: Owned | None) -> str:
    if owned is None or lead.owned is None or lead.owned.relation != owned.relation:
        return ", NULL::integer, NULL::bigint"
    return f", {lead.owned.owner}, {int_literal(0) if lead.count is None else lead.count}"


def _keys(lead: Lead) -> Expression:
    """The keys, up to one more than are looked up; null where they are known to be too many."""
    keys = array_of(lead.keys.limit(MOST + 1))
    return keys if lead.count is None else case((lead.count <= int_literal(MOST), keys))


def _row_by_row(condition: Expression, lead: Lead) -> Expression:
    """The condition of a lead in a form of which PostgreSQL expects that every other row meets it."""
    if lead.row_by_row is not None:
        return lead.row_by_row
    return condition.row_by_row() if isinstance(condition, Exists) else func.coalesce(condition, FALSE)
