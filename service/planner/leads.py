"""Leads: how a page finds few rows among many, whichever entry is requested.

One statement serves entries with a great many facts as well as entries with hardly any. Reading in the order of the
page fills a page at once for the first, but scans all rows for the second. So each condition with an index of its own
returns the keys of the rows that can meet it, up to a bound, or says that an index holds exactly these rows in the
order of the page.

The statement has several arms, only one of which runs:
* If some condition has few keys, the rows of the condition with the fewest are looked up and sorted. Conditions that
  these keys already meet are not checked.
* Otherwise the rows are read in their order. If conditions lead to owners, the rows of the owner with the fewest are
  read. It may also be that no condition leads, because many rows meet each.

Keys of rows that an index holds in order are not listed: reading these rows until a page is full never takes more than
looking all of them up.
"""

from collections.abc import Iterator, Mapping, Sequence
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
"""How many rows are looked up at most: MOST, or MOST_BY_ROOT times the square root of all rows of the list if that is
more. Looking rows up takes time in proportion to their number. Reading in order takes, for each row of the page, all
rows divided by that number, so that both take equally long at some multiple of the square root.
"""
NO_KEYS = sql_literal("NULL::integer[]")
UNKNOWN = sql_literal("9223372036854775807")
"""Stands for the number of rows of an owner whose rows are not counted."""
Numbers = Mapping[tuple[Relation, str], int]
"""Numbers that distinguish the arms that read the rows of an owner."""


def leads_to(rows: Rows) -> list[Lead]:
    """Return the leads to the rows of a list that is requested only once."""
    if rows.row.times != 1:
        return []
    leads = [lead for lead in rows.leads if lead.keys is not None or _is_read_in_order(rows, lead)]
    # rows sorted by a column can be read from where that column begins to meet a condition
    first = rows.order[0][0].sql
    return [lead for lead in leads if not lead.column or first != column(rows.row.alias, lead.column, "").sql]


def _is_read_in_order(rows: Rows, lead: Lead) -> bool:
    """Return whether an index holds the rows of a lead in the order of the list; rows of the whole list only
    by type.
    """
    owned = owned_in_order(rows, lead)
    return owned is not None and (owned.owner_column != "" or is_by_type(rows, owned))


def led_rows(rows: Rows, leads: Sequence[Lead], read: Read) -> Select:
    """Return the first rows that meet all conditions, by the lead with the fewest or in their order; perhaps with
    others.
    """
    candidates, choice, union = (next(rows.row.aliases) for _ in range(3))
    arms = _Arms(rows, leads, read, choice)
    all_arms = Union(*arms.by_keys(), *arms.by_owner(), *arms.in_order())
    found = select(sql_literal("*")).select_from(all_arms.subquery(union))
    return found.with_(choice, _choose(candidates)).with_(candidates, _candidates(rows, leads, arms.numbers))


class _Arms:
    """The arms of the statement, which read the rows of a list in different ways; the columns of `choice` say which
    one runs.
    """

    def __init__(self, rows: Rows, leads: Sequence[Lead], read: Read, choice: str) -> None:
        self._rows, self._leads, self._read = rows, leads, read
        self._keys, self._arm, self._owner, self._number = (
            sql_literal(f"(SELECT {name} FROM {choice})") for name in ("keys", "arm", "owner", "number")
        )
        self._places = {owned.place: owned for owned in (owned_in_order(rows, lead) for lead in leads) if owned}
        self._conditions, self._groups = rows.all_conditions(), _by_keys(leads)
        self.numbers: Numbers = {place: number for number, place in enumerate(self._places)}

    def by_keys(self) -> Iterator[Select]:
        """Yield an arm for each group of leads: it looks up the rows with the keys of one lead of the group."""
        row = self._rows.row
        for number, group in enumerate(self._groups):
            has_keys = [self._keys.is_not_null(), _is_among(row, f"{self._keys}::integer[]")]
            is_chosen = [self._arm == int_literal(number)] if self._groups[1:] else []
            others = _of_each_row(_left_to_ask(self._conditions, group), self._leads)
            yield self._read(self._rows, row.join_to_found(), *is_chosen, *has_keys, *others)

    def by_owner(self) -> Iterator[Select]:
        """Yield the arms that read the rows of an owner in the order of the page."""
        conditions = self._conditions_of_each_row()
        for place, owned in self._places.items():
            is_chosen = [self._keys.is_null(), self._number == int_literal(self.numbers[place])]
            here = [lead for lead in self._leads if lead.owned and lead.owned.place == place]
            if len(here) == 1 and owned.condition is not None:
                # the rows of the owner meet the condition of the lead
                others = [each for each in conditions if each is not here[0].condition]
            else:
                others, owned = conditions, replace(owned, condition=None)
            checks = [*is_chosen, *_of_each_row(others, self._leads)]
            yield from read_owned(self._rows, owned, self._owner, self._read, checks)

    def in_order(self) -> Iterator[Select]:
        """Yield the arms that read all rows in the order of the page; none if an owner's rows are all rows."""
        if not all(owned.owner_column for owned in self._places.values()):
            return
        row = self._rows.row
        # conditions without keys may still have few rows, which PostgreSQL finds in another way
        if self._groups and not self._rows.names_terms:
            source, others = row.join_one_by_one(), _of_each_row(self._conditions_of_each_row(), self._leads)
        else:
            source, others = row.source(), self._conditions
        yield from read_all(self._rows, source, self._read, [self._keys.is_null(), self._number.is_null(), *others])

    def _conditions_of_each_row(self) -> list[Expression]:
        """Return the conditions for rows that are read in their order."""
        # an owner of many kinds may have too many rows of one kind to sort
        finds_type = self._rows.row.relation.origin is None or is_earliest_first(self._rows)
        return self._rows.all_conditions(finds_type=finds_type)


def _by_keys(leads: Sequence[Lead]) -> list[list[Lead]]:
    """Group the leads with keys by the arm that looks these up; each lead whose keys meet its condition has its own
    arm.
    """
    with_keys = [lead for lead in leads if lead.keys is not None]
    others = [lead for lead in with_keys if not lead.is_exact]
    return [*([lead] for lead in with_keys if lead.is_exact), *([others] if others else [])]


def _left_to_ask(conditions: Sequence[Expression], group: Sequence[Lead]) -> list[Expression]:
    """Return the conditions that the keys of a group do not already meet."""
    met = {id(lead.condition) for lead in group if lead.is_exact}
    return [each for each in conditions if id(each) not in met]


def _of_each_row(conditions: Sequence[Expression], leads: Sequence[Lead]) -> list[Expression]:
    """Return the conditions, those of leads in a form that PostgreSQL expects half of the rows to meet."""
    forms = {id(lead.condition): _form(lead, lead.condition) for lead in leads if lead.condition is not None}
    return [forms.get(id(each), each) for each in conditions]


def _form(lead: Lead, condition: Expression) -> Expression:
    if lead.row_by_row is not None:
        return lead.row_by_row
    return condition.row_by_row() if isinstance(condition, Exists) else func.coalesce(condition, FALSE)


def _is_among(row: Row, keys: str) -> Expression:
    """Return whether the key of a row is one of these keys.

    In a table of owners' rows, the row is found by the column that the table has for it.
    """
    relation = row.relation
    if relation.origin is None:
        return row[relation.key] == any_(keys)
    found = row.find(relation.origin, lambda each: each[relation.key] == any_(keys))
    return row.join_key == any_(found.ids(relation.origin.join_column))


# ------------------------------------------------------------ which arm runs


def _choose(candidates: str) -> Select:
    """Choose what to read.

    That is the fewest keys with the arm that looks them up, null if all leads have too many or an owner has fewer rows;
    and the owner with the fewest rows, null if there is none.
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
    """Return for each lead the keys, the arm that looks them up and how many it may look up at most.

    Or else: the only owner, the arm that reads the owner's rows, and their number.
    """
    arms = {id(lead): str(arm) for arm, group in enumerate(_by_keys(leads)) for lead in group}
    values = ", ".join(f"({arms.get(id(lead), 'NULL')}, {_values(rows, lead, numbers)})" for lead in leads)
    # fenced, since otherwise each array would be computed once for each use
    given = f"(SELECT * FROM (VALUES {values}) AS given (arm, keys, most, owner, number, count) OFFSET 0) AS lead"
    return select(sql_literal("*")).select_from(given)


def _values(rows: Rows, lead: Lead, numbers: Numbers) -> str:
    most, owned = _most(rows, lead), owned_in_order(rows, lead)
    keys = _keys(rows, lead, most)
    if owned is None:
        return f"{keys}, {most}, NULL::text, NULL::integer, NULL::bigint"
    # other types are read in order as well, and may have many more rows
    if keys is not NO_KEYS and (is_by_type(rows, owned) or not owned.relation.typenames):
        keys = case((owned.owner.is_null(), keys))
    number = case((owned.owner.is_not_null(), int_literal(numbers[owned.place])))
    owner, size = owned.owner.cast("text"), UNKNOWN if lead.count is None else lead.count
    return f"{keys}, {most}, {owner}, {number}, {size}::bigint"


def _most(rows: Rows, lead: Lead) -> Expression:
    """Return how many rows are looked up at most; for the rows of one owner, this does not depend on the
    table's size.
    """
    relation, least, owned = rows.row.relation, int_literal(MOST), owned_in_order(rows, lead)
    if lead.keys is None or lead.has_slow_keys or relation.origin is not None:
        return least
    by_root = sql_literal(f"{MOST_BY_ROOT} * sqrt(greatest(reltuples, 0))")
    bound = select(func.greatest(least, by_root).cast("integer")).select_from("pg_class")
    most = bound.where(sql_literal(f"oid = '{relation.table.sql}'::regclass")).scalar()
    return case((owned.owner.is_not_null(), least), else_=most) if owned else most


def _keys(rows: Rows, lead: Lead, most: Expression) -> Expression:
    """Return the keys, up to one more than may be looked up.

    Null if they are known to be too many. For a relation with an origin, null also if the whole list is not larger than
    what may be looked up.
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
