"""Leads: how a page finds few rows among many, whoever is asked for.

One statement serves whom everything is told of and whom hardly anything is. Read in the order of the page, the first
has a page full at once, while for the second all rows are looked through. So each condition with an index of its own
tells the keys of the rows that can meet it, up to a bound, or that an index has just these in the order of the page.
The statement has arms, of which one runs: where some condition has few keys, the rows of the fewest are looked up and
sorted; else the rows are read in their order, those of the owner who has fewest where a condition leads to one, and no
condition may lead, since many rows meet each. The keys of what an index has in order are not told: to read these rows
until a page is full is never more than to look all of them up.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from service.planner.rows import Lead, Order, Owned, Relation, Row, Rows
from service.sql import (
    FALSE,
    NULL,
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
    text_literal,
)

MOST = 3_000
"""So many rows are looked up at most. With ten times as many facts, three times as many would be right: the other arm
reads all rows by so many of them for each row of the page."""
NO_KEYS = sql_literal("NULL::integer[]")
UNKNOWN = sql_literal("9223372036854775807")
"""How many rows an owner has of whom it is not counted."""
Place = tuple[Relation, str]


class Read(Protocol):
    """Reads the first of the rows that come from a source and meet conditions."""

    def __call__(self, rows: Rows, source: str, *conditions: Expression) -> Select: ...


def leads_to(rows: Rows) -> list[Lead]:
    """What may lead to the rows of a list: of one that is asked for once."""
    if rows.row.times != 1:
        return []
    leads = [lead for lead in rows.leads if lead.keys is not None or _in_order(rows, lead)]
    # what the list is sorted by is read from where it begins to meet a condition
    return [lead for lead in leads if not (lead.column and _is_sorted_by(rows, lead.column))]


def _is_sorted_by(rows: Rows, name: str) -> bool:
    """Whether a column comes first in the order of a list."""
    return rows.order[0][0].sql == column(rows.row.alias, name, "").sql


def led_rows(rows: Rows, leads: Sequence[Lead], read: Read) -> Select:
    """The first rows that meet all conditions, by what leads to fewest, or in their order; perhaps with others."""
    told, rarest = next(rows.row.aliases), next(rows.row.aliases)
    fewest, owner, place = (sql_literal(f"(SELECT {name} FROM {rarest})") for name in ("keys", "owner", "place"))
    conditions = rows.all_conditions()
    by_row = {id(lead.condition): _row_by_row(lead.condition, lead) for lead in leads if lead.condition is not None}
    unled = [by_row.get(id(each), each) for each in conditions]
    source = rows.row.source()
    given = {id(lead.condition): lead.row_by_row for lead in leads if lead.row_by_row is not None}
    with_keys = [lead for lead in leads if lead.keys is not None]
    # what tells the keys of all that are looked up is not asked of these again
    met = {id(lead.condition) for lead in with_keys if lead.is_exact and len(with_keys) == 1}
    looked_up = [given.get(id(each), each) for each in conditions if id(each) not in met]
    ordered = {owned.place: owned for owned in (_in_order(rows, lead) for lead in leads) if owned}
    places = {each: number for number, each in enumerate(ordered)}
    arms = []
    if with_keys:
        arms.append(read(rows, source, fewest.is_not_null(), _is_among(rows.row, f"{fewest}::integer[]"), *looked_up))
    for each, owned in ordered.items():
        is_chosen = [fewest.is_null(), place == int_literal(places[each])]
        arms += _owned_rows(rows, owned, owner, read, [*is_chosen, *unled])
    if all(owned.owner_column for owned in ordered.values()):
        # of what tells no keys there may be few, which PostgreSQL finds otherwise
        base, others = (rows.row.join_one_by_one(), unled) if with_keys else (source, conditions)
        arms.append(read(rows, base, fewest.is_null(), place.is_null(), *others))
    union = Union(*arms).subquery(next(rows.row.aliases))
    values = _lead_values(rows, leads, places)
    return select(sql_literal("*")).select_from(union).with_(rarest, _rarest(told)).with_(told, values)


def _in_order(rows: Rows, lead: Lead) -> Owned | None:
    """Where the rows that a lead leads to stand in the order of the list, if they do."""
    return lead.owned if lead.owned and _order(rows, lead.owned.relation, "") else None


def _owned_rows(
    rows: Rows, owned: Owned, owner: Expression, read: Read, conditions: Sequence[Expression]
) -> Iterator[Select]:
    """The first of the rows that an owner has; of each type, and of what is dated and what is not, by itself, where
    an index has these in the order.
    """
    types = (owned.relation.typenames or owned.types) if _is_by_type(rows, owned) else ()
    is_dated = column(rows.row.alias, "is_dated", "boolean").sql
    parts = ("true", "false") if owned.splits_undated and any(key.sql == is_dated for key, _ in rows.order) else ("",)
    for typename in types or (None,):
        for part in parts:
            of_type = replace(owned.relation, typenames=() if typename is None else (typename,))
            of_owner = rows.row.find(of_type) if owned.join_column else Rows(replace(rows.row, relation=of_type))
            alias = of_owner.row.alias
            if typename is not None and owned.given is not None:
                of_owner.where(text_literal(typename) == any_(owned.given))
            if owned.owner_column:
                own = column(alias, owned.owner_column, "")
                of_owner.where(own == owner.cast(owned.relation.table.columns[owned.owner_column]))
            order = _order(rows, owned.relation, alias)
            if part:
                held = column(alias, "is_dated", "boolean")
                of_owner.where(held if part == "true" else ~held)
                order = [(sql_literal(f"{part}::boolean") if key.sql == held.sql else key, down) for key, down in order]
            source = _through(rows.row, of_owner.row, owned) if owned.join_column else rows.row.join_one_by_one()
            yield read(replace(rows, order=order), source, *of_owner.all_conditions(), *conditions)


def _is_by_type(rows: Rows, owned: Owned) -> bool:
    """Whether an owner's rows of each type stand in the order of the list by themselves."""
    orders = [[column(rows.row.alias, name, "").sql for name in names] for names in owned.orders_by_type]
    return [key.sql for key, _ in rows.order] in orders


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


def _is_among(row: Row, keys: str) -> Expression:
    """Whether the key of a row is one of these; in a table of what owners have it is found by what that calls it."""
    relation = row.relation
    if relation.origin is None:
        return row[relation.key] == any_(keys)
    found = row.find(relation.origin, lambda each: each[relation.key] == any_(keys))
    return row.join_key == any_(found.ids(relation.origin.join_column))


def _lead_values(rows: Rows, leads: Sequence[Lead], places: Mapping[Place, int]) -> Select:
    """Of each lead the keys, or the only owner with where its rows stand in order and how many there are."""
    told = ", ".join(f"({_values(rows, lead, places)})" for lead in leads)
    # fenced, or each array would be made for each of its uses
    given = f"(SELECT * FROM (VALUES {told}) AS given (keys, owner, place, count) OFFSET 0) AS lead"
    return select(sql_literal("*")).select_from(given)


def _values(rows: Rows, lead: Lead, places: Mapping[Place, int]) -> str:
    keys, owned = _keys(rows, lead), _in_order(rows, lead)
    if owned is None:
        return f"{keys}, NULL::text, NULL::integer, NULL::bigint"
    # what is read in order besides, of other types, may be much more
    if keys is not NO_KEYS and (_is_by_type(rows, owned) or not owned.relation.typenames):
        keys = case((owned.owner.is_null(), keys))
    place = case((owned.owner.is_not_null(), int_literal(places[owned.place])))
    return f"{keys}, {owned.owner.cast('text')}, {place}, {UNKNOWN if lead.count is None else lead.count}::bigint"


def _rarest(told: str) -> Select:
    """The fewest keys, null where all have too many or an owner has less; and the owner of fewest rows, null where
    there is none.
    """
    owner = f"FROM {told} WHERE place IS NOT NULL ORDER BY count LIMIT 1"
    keys = (
        f"SELECT keys FROM {told} WHERE cardinality(keys) <= {MOST}"
        f" AND cardinality(keys) <= coalesce((SELECT count {owner}), {UNKNOWN}) ORDER BY cardinality(keys) LIMIT 1"
    )
    queries = {"keys": keys, "owner": f"SELECT owner {owner}", "place": f"SELECT place {owner}"}
    return select(*(sql_literal(f"({query})").label(name) for name, query in queries.items()))


def _keys(rows: Rows, lead: Lead) -> Expression:
    """The keys, up to one more than are looked up; null where they are known to be too many, or all rows of an owner to
    be no more than are looked up.
    """
    if lead.keys is None:
        return NO_KEYS
    keys = array_of(lead.keys.limit(MOST + 1))
    if lead.count is not None:
        return case((lead.count <= int_literal(MOST), keys))
    total = NULL if rows.row.relation.origin is None or rows.listed is None else rows.listed.total()
    return keys if total is NULL else case((total > int_literal(MOST), keys))


def _row_by_row(condition: Expression, lead: Lead) -> Expression:
    """The condition of a lead in a form of which PostgreSQL expects that every other row meets it."""
    if lead.row_by_row is not None:
        return lead.row_by_row
    return condition.row_by_row() if isinstance(condition, Exists) else func.coalesce(condition, FALSE)
