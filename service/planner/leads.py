"""Leads: how a page finds few rows among many, whoever is asked for.

One statement serves whom everything is told of and whom hardly anything is. Read in the order of the page, the first
has a page full at once, while for the second all rows are looked through. So each condition with an index of its own
tells the keys of the rows that can meet it, up to a bound, or that an index has just these in the order of the page.
The statement has arms, of which one runs: where some condition has few keys, the rows of the fewest are looked up and
sorted, and not asked for what these keys tell; else the rows are read in their order, those of the owner who has
fewest where a condition leads to one, and no condition may lead, since many rows meet each. The keys of what an index
has in order are not told: to read these rows until a page is full is never more than to look all of them up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from service.planner.in_order import Read, is_by_type, is_earliest_first, owned_in_order, read_all, read_owned
from service.planner.relations import Lead, Relation, Row, Rows
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
)

MOST, MOST_BY_ROOT = 3_000, 10
"""How many rows are looked up at most: so many, or so many times the square root of all rows of the list, if that is
more. To look rows up takes as long as they are many; to read in order takes all rows by so many of them for each row of
the page, so that both take as long where they are some times that root.
"""
NO_KEYS = sql_literal("NULL::integer[]")
UNKNOWN = sql_literal("9223372036854775807")
"""How many rows an owner has of whom it is not counted."""
Numbers = Mapping[tuple[Relation, str], int]
"""What tells one arm that reads what an owner has from another."""


def leads_to(rows: Rows) -> list[Lead]:
    """What may lead to the rows of a list: of one that is asked for once."""
    if rows.row.times != 1:
        return []
    leads = [lead for lead in rows.leads if lead.keys is not None or _is_read_in_order(rows, lead)]
    # what the list is sorted by is read from where it begins to meet a condition
    first = rows.order[0][0].sql
    return [lead for lead in leads if not lead.column or first != column(rows.row.alias, lead.column, "").sql]


def _is_read_in_order(rows: Rows, lead: Lead) -> bool:
    """Whether an index has what it leads to in the order of the list; all that is in the list type by type only."""
    owned = owned_in_order(rows, lead)
    return owned is not None and (owned.owner_column != "" or is_by_type(rows, owned))


def led_rows(rows: Rows, leads: Sequence[Lead], read: Read) -> Select:
    """The first rows that meet all conditions, by what leads to fewest, or in their order; perhaps with others."""
    candidates, choice, union = (next(rows.row.aliases) for _ in range(3))
    keys, owner, number = (sql_literal(f"(SELECT {name} FROM {choice})") for name in ("keys", "owner", "number"))
    places = {owned.place: owned for owned in (owned_in_order(rows, lead) for lead in leads) if owned}
    numbers = {place: number for number, place in enumerate(places)}
    conditions, groups = rows.all_conditions(), _by_keys(leads)
    arms = []
    for arm, group in enumerate(groups):
        of_keys = [keys.is_not_null(), _is_among(rows.row, f"{keys}::integer[]")]
        of_group = [sql_literal(f"(SELECT arm FROM {choice})") == int_literal(arm)] if groups[1:] else []
        others = _of_each_row(_left_to_ask(conditions, group), leads)
        arms.append(read(rows, rows.row.join_to_found(), *of_group, *of_keys, *others))
    # of an owner of many kinds there may be too many of one to be sorted
    finds_type = rows.row.relation.origin is None or is_earliest_first(rows)
    each_row = rows.all_conditions(finds_type=finds_type)
    unled = _of_each_row(each_row, leads)
    for place, owned in places.items():
        of_place = [keys.is_null(), number == int_literal(numbers[place])]
        here = [lead for lead in leads if lead.owned and lead.owned.place == place]
        is_told = len(here) == 1 and owned.condition is not None
        others = [each for each in each_row if not is_told or each is not here[0].condition]
        of_owner = replace(owned, condition=owned.condition if is_told else None)
        arms += read_owned(rows, of_owner, owner, read, [*of_place, *_of_each_row(others, leads)])
    if all(owned.owner_column for owned in places.values()):
        # of what tells no keys there may be few, which PostgreSQL finds otherwise
        is_fenced = groups and not rows.names_terms
        base, others = (rows.row.join_one_by_one(), unled) if is_fenced else (rows.row.source(), conditions)
        arms += read_all(rows, base, read, [keys.is_null(), number.is_null(), *others])
    found = select(sql_literal("*")).select_from(Union(*arms).subquery(union))
    return found.with_(choice, _choose(candidates)).with_(candidates, _candidates(rows, leads, numbers))


def _by_keys(leads: Sequence[Lead]) -> list[list[Lead]]:
    """What tells keys, by the arm that looks these up: each whose keys meet its condition has one of its own."""
    with_keys = [lead for lead in leads if lead.keys is not None]
    others = [lead for lead in with_keys if not lead.is_exact]
    return [*([lead] for lead in with_keys if lead.is_exact), *([others] if others else [])]


def _left_to_ask(conditions: Sequence[Expression], group: Sequence[Lead]) -> list[Expression]:
    """The conditions that the keys of a group do not meet by themselves."""
    met = {id(lead.condition) for lead in group if lead.is_exact}
    return [each for each in conditions if id(each) not in met]


def _of_each_row(conditions: Sequence[Expression], leads: Sequence[Lead]) -> list[Expression]:
    """The conditions, those of leads in a form of which PostgreSQL expects that every other row meets it."""
    forms = {id(lead.condition): _form(lead, lead.condition) for lead in leads if lead.condition is not None}
    return [forms.get(id(each), each) for each in conditions]


def _form(lead: Lead, condition: Expression) -> Expression:
    if lead.row_by_row is not None:
        return lead.row_by_row
    return condition.row_by_row() if isinstance(condition, Exists) else func.coalesce(condition, FALSE)


def _is_among(row: Row, keys: str) -> Expression:
    """Whether the key of a row is one of these; in a table of what owners have it is found by what that calls it."""
    relation = row.relation
    if relation.origin is None:
        return row[relation.key] == any_(keys)
    found = row.find(relation.origin, lambda each: each[relation.key] == any_(keys))
    return row.join_key == any_(found.ids(relation.origin.join_column))


# ------------------------------------------------------------ which arm runs


def _choose(candidates: str) -> Select:
    """The fewest keys with the arm that looks them up, null where all have too many or an owner has less; and the owner
    of fewest rows, null where there is none.
    """
    owner = f"FROM {candidates} WHERE number IS NOT NULL ORDER BY count LIMIT 1"
    keys = (
        f"FROM {candidates} WHERE cardinality(keys) <= most"
        f" AND cardinality(keys) <= coalesce((SELECT count {owner}), {UNKNOWN}) ORDER BY cardinality(keys), arm LIMIT 1"
    )
    places = {"keys": keys, "arm": keys, "owner": owner, "number": owner}
    queries = {name: f"SELECT {name} {place}" for name, place in places.items()}
    return select(*(sql_literal(f"({query})").label(name) for name, query in queries.items()))


def _candidates(rows: Rows, leads: Sequence[Lead], numbers: Numbers) -> Select:
    """Of each lead the keys, which arm looks them up and how many at most, or the only owner, by which arm its rows are
    read, and how many there are.
    """
    arms = {id(lead): str(arm) for arm, group in enumerate(_by_keys(leads)) for lead in group}
    values = ", ".join(f"({arms.get(id(lead), 'NULL')}, {_values(rows, lead, numbers)})" for lead in leads)
    # fenced, or each array would be made for each of its uses
    given = f"(SELECT * FROM (VALUES {values}) AS given (arm, keys, most, owner, number, count) OFFSET 0) AS lead"
    return select(sql_literal("*")).select_from(given)


def _values(rows: Rows, lead: Lead, numbers: Numbers) -> str:
    most, owned = _most(rows, lead), owned_in_order(rows, lead)
    keys = _keys(rows, lead, most)
    if owned is None:
        return f"{keys}, {most}, NULL::text, NULL::integer, NULL::bigint"
    # what is read in order besides, of other types, may be much more
    if keys is not NO_KEYS and (is_by_type(rows, owned) or not owned.relation.typenames):
        keys = case((owned.owner.is_null(), keys))
    number = case((owned.owner.is_not_null(), int_literal(numbers[owned.place])))
    owner, size = owned.owner.cast("text"), UNKNOWN if lead.count is None else lead.count
    return f"{keys}, {most}, {owner}, {number}, {size}::bigint"


def _most(rows: Rows, lead: Lead) -> Expression:
    """How many rows are looked up at most; of what one owner has, a part of the table, not by the size of that."""
    relation, least, owned = rows.row.relation, int_literal(MOST), owned_in_order(rows, lead)
    if lead.keys is None or lead.has_slow_keys or relation.origin is not None:
        return least
    by_root = sql_literal(f"{MOST_BY_ROOT} * sqrt(greatest(reltuples, 0))")
    bound = select(func.greatest(least, by_root).cast("integer")).select_from("pg_class")
    most = bound.where(sql_literal(f"oid = '{relation.table.sql}'::regclass")).scalar()
    return case((owned.owner.is_not_null(), least), else_=most) if owned else most


def _keys(rows: Rows, lead: Lead, most: Expression) -> Expression:
    """The keys, up to one more than are looked up; null where they are known to be too many, or all rows of an owner to
    be no more than are looked up.
    """
    if lead.keys is None:
        return NO_KEYS
    keys = array_of(lead.keys.limit(most + 1))
    if lead.count is not None:
        return case((lead.count <= most, keys))
    if lead.entries is not None:
        entries = lead.entries.limit(most + 1).subquery("entries")
        return case((select(func.count()).select_from(entries).scalar() <= most, keys))
    total = NULL if rows.row.relation.origin is None or rows.listed is None else rows.listed.total()
    return keys if total is NULL else case((total > most, keys))
