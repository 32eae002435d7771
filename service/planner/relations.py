"""Relations (tables as the planner joins them), a row of one in a statement, and sets of rows.

    row.find(QUOTE, lambda quote: quote.speaker_id == row.actor_id).order_by(...)

is the Rows of the quotes of the current actor; `row.slug`, an Expression, reads a column.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from service.planner.cost import Price
from service.sql import (
    FALSE,
    Exists,
    Expression,
    Select,
    Table,
    Union,
    array_of,
    column,
    exists,
    func,
    select,
    sql_literal,
    text_literal,
)

if TYPE_CHECKING:
    from service.planner.tallies import Tallied


@dataclass(frozen=True)
class JoinedTable:
    """Further table of a relation, joined when one of its columns is first read."""

    table: Table
    column: str = "snapshot_id"
    """Column of this table that equals the relation's `join_column`."""


Visible = Callable[["Row"], Expression | None]


@dataclass(frozen=True)
class Relation:
    """Source of rows: a base table and the tables that are joined to it. A row has the columns of all of them.

    A type of the schema is declared with its relation; `subtype`, `via` and `narrow_to` derive one from another. A
    relation is only a description: `row.find(relation)` puts it into a statement.
    """

    table: Table
    joined: tuple[JoinedTable, ...] = ()
    typename: str | None = None
    """The GraphQL type of the rows; None if the column `typename` says it."""
    key: str = "id"
    """The name that foreign keys have for it; if the relation has no such column, its key is `id`."""
    visibility: Visible = field(default=lambda row: None)
    """The condition under which a row is known on the day that it is seen from; None if all rows are."""
    typenames: tuple[str, ...] = ()
    """The values of the column `typename` that belong to the relation, or that references can have; empty: all."""
    is_reference: bool = False
    """Whether the rows only name an entry, by type and slug."""
    join_column: str = "id"
    """The column of the base table that further tables are joined by."""
    ctes: tuple[tuple[str, Select | Union], ...] = ()
    """Queries by the names that the table reads them by: run once for a page and all counts of its list. Each query may
    read those before it.
    """
    origin: "Relation | None" = None
    """The same rows without the table that they are found through, if that table has no index of their key: see
    `service.planner.leads`.
    """
    rows: float = 1_000.0
    """Usual number of rows in a large store: see `service.planner.cost`."""

    def subtype(self, table: Table | None, *typenames: str, rows: float | None = None) -> "Relation":
        """Return a narrower relation: the same base with one more table, limited to some types."""
        joined = self.joined if table is None else (*self.joined, JoinedTable(table))
        typename = typenames[0] if len(typenames) == 1 else None
        return replace(self, joined=joined, typenames=typenames, typename=typename, rows=rows or self.rows)

    def via(self, table: Table, join_column: str, *, is_found_by_key: bool = False) -> "Relation":
        """Return the same rows, found through a table that holds some of their columns."""
        joined = (JoinedTable(self.table, self.join_column), *self.joined)
        origin = None if is_found_by_key else self
        return replace(self, table=table, join_column=join_column, joined=joined, origin=origin)

    def narrow_to(self, to: "Relation") -> "Relation":
        """Return this relation narrowed to another, including the tables of that one."""
        joined = (*self.joined, *(each for each in to.joined if each not in self.joined))
        return replace(self, joined=joined, typename=to.typename)


class NoSuchColumn(AttributeError):
    """A relation has no column of this name."""


@dataclass(eq=False)
class Row:
    """One row of a relation in a statement.

    `row.title` and `row["title"]` return the Expression of a column, `t3.title`, and join the table that has it. Raises
    NoSuchColumn for a column that no table of the relation has.
    """

    relation: Relation
    aliases: Iterator[str]
    """Names for the tables of the statement, each used once."""
    as_of: Expression | None = None
    """The day that the row is seen from; None: the plain snapshot."""
    alias: str = ""
    computed: Mapping[str, Expression] = field(default_factory=dict)
    """Values that the row has in addition to its columns."""
    page_columns: dict[str, Expression] | None = None
    """For a row that reads from a page: the page's columns, added as they are read."""
    inner_row: "Row | None" = None
    joins: dict[JoinedTable, str] = field(default_factory=dict)
    times: float = 1.0
    """How many such rows a response has at most: see `service.planner.cost`."""
    repeats: float = 1.0
    """How many of these may be the same row."""

    def __post_init__(self) -> None:
        self.alias = self.alias or next(self.aliases)

    def __getattr__(self, name: str) -> Expression:
        if name.startswith("__"):
            raise AttributeError(name)
        return self[name]

    def __getitem__(self, name: str) -> Expression:
        if name in self.computed:
            return self.computed[name]
        if name == "typename" and self.relation.typename is not None:
            return text_literal(self.relation.typename)
        return self.stored_column(name)

    def stored_column(self, name: str) -> Expression:
        """Return the stored column of this name, even if the relation declares one value of it for all its rows."""
        table = self.relation.table
        if name == self.relation.key and name not in table.columns:
            name = "id"
        if name in table.columns:
            return self._base_column(name)
        for joined in self.relation.joined:
            if name in joined.table.columns:
                return column(self._join_alias(joined), name, joined.table.columns[name])
        raise NoSuchColumn(f"{table} has no column {name}")

    def _base_column(self, name: str) -> Expression:
        if self.page_columns is not None and self.inner_row is not None:
            self.page_columns[name] = self.inner_row[name]
        return column(self.alias, name, self.relation.table.columns[name])

    def _join_alias(self, joined: JoinedTable) -> str:
        if joined not in self.joins:
            self._base_column(self.relation.join_column)
            self.joins[joined] = next(self.aliases)
        return self.joins[joined]

    def source(self) -> str:
        """Return the source of the row: its table and those joined so far. Call it after all columns have been read."""
        return self.join(self.base(), self.joins)

    def base(self) -> str:
        """Return the base table with its alias."""
        return self.relation.table.alias(self.alias)

    def join(self, source: str, joins: Mapping[JoinedTable, str], how: str = "JOIN") -> str:
        for joined, alias in joins.items():
            source += f" {how} {joined.table.alias(alias)} ON {self.join_condition(joined, alias)}"
        return source

    def join_to_found(self) -> str:
        """Return the source, joined to rows that are found by their keys.

        PostgreSQL leaves out a table from which nothing is read, since that table has exactly one row for each.
        """
        return self.join(self.base(), self.joins, "LEFT JOIN")

    def join_one_by_one(self) -> str:
        """Return the source, joined to one row after the other.

        However few rows PostgreSQL expects to meet a condition, it neither joins all of them first nor begins with the
        joined table.
        """
        source = self.base()
        for joined, alias in self.joins.items():
            query = f"SELECT * FROM {joined.table.alias(alias)} WHERE {self.join_condition(joined, alias)} OFFSET 0"
            source += f" JOIN LATERAL ({query}) AS {alias} ON true"
        return source

    def join_condition(self, joined: JoinedTable, alias: str) -> Expression:
        """Return the condition that joins a further table to the row."""
        return column(alias, joined.column, "") == column(self.alias, self.relation.join_column, "")

    def find(self, relation: Relation, *wheres: Callable[["Row"], Expression]) -> "Rows":
        """Return the rows of a relation for which all conditions hold, seen from the same day."""
        row = Row(relation, self.aliases, self.as_of, times=self.times, repeats=self.repeats)
        return Rows(row, [where(row) for where in wheres])

    @property
    def join_key(self) -> Expression:
        """The value that further tables are joined by: for a fact, the snapshot."""
        return self[self.relation.join_column]

    def narrow_to(self, relation: Relation) -> "Row":
        """Return the same row as one of a narrower relation, whose tables it may read."""
        return replace(self, relation=self.relation.narrow_to(relation), joins=dict(self.joins))


Order = tuple[Expression, bool]
"""A sort key and whether it descends."""


@dataclass(frozen=True)
class Owned:
    """Where the rows of a list are stored by owner and, for each owner, in the order of the list.

    That is either a table of their own, or the table of the list with an index that begins with the owner.

    `owner_column`: the owner of a row; without it, all rows belong to one owner. `owner`: the only owner whose rows can
    meet a condition, null if several owners' rows can. `join_column`: the row of the list that a row refers to; empty
    in the list's own table. `orders_by_type`: the columns of the orders that are held for each type separately; in all
    other orders, rows of all types are mixed. `types`: these types, if the relation does not name them. `given`: the
    types that are requested. `splits_undated`: whether rows with a date are read before rows without one, since the
    index does not separate them. `condition`: what must hold for a row of the owner so that the condition is met; None
    if unknown.
    """

    relation: Relation
    owner_column: str
    join_column: str
    owner: Expression
    orders_by_type: tuple[tuple[str, ...], ...] = ()
    types: tuple[str, ...] = ()
    given: Expression | None = None
    splits_undated: bool = False
    condition: Callable[[Row], Expression] | None = None

    @property
    def place(self) -> tuple[Relation, str]:
        """Key that distinguishes such tables or indexes."""
        return self.relation, self.owner_column


@dataclass(frozen=True)
class Late:
    """Where an index holds what became known on or after a day, by type and by step of lateness.

    `order`: the columns by which the index sorts the rows of a step; `step`: the step of a row; `within`: the
    conditions under which the date of a row of a step allows it to have become known on or after the day, and up to
    another day if there is one.
    """

    order: tuple[str, ...]
    types: tuple[str, ...]
    steps: int
    step: Callable[[Row], Expression]
    within: Callable[[Row, Expression, Expression | None], list[Expression]]


@dataclass(frozen=True)
class Lead:
    """Keys of the only rows that can meet a condition: see `service.planner.leads`."""

    keys: Select | None = None
    """None where there are always too many."""
    condition: Expression | None = None
    """None where the condition is the one that the day imposes."""
    row_by_row: Expression | None = None
    """The condition in a form for evaluating one row after the other; None where the form is the same."""
    count: Expression | None = None
    """The minimum number of keys, where that is known without reading them; null where they are too many."""
    entries: Select | None = None
    """Index entries of the keys, where counting these is faster than listing the keys; perhaps more than there are
    keys.
    """
    owned: Owned | None = None
    """Where the rows are stored in the order of the list."""
    is_exact: bool = False
    """Whether every row with these keys meets the condition."""
    column: str = ""
    """The only column that the condition applies to, if it is a range."""
    last_day: Expression | None = None
    """The end of that range, where it is a range of the days since which rows are known."""
    late: Late | None = None
    """Where the rows are stored by lateness, if the condition is that they became known on or after a day."""
    has_slow_keys: bool = False
    """Whether listing the keys takes as long as looking up rows, so that a larger store does not raise their limit."""


@dataclass
class Rows:
    """Rows of a relation for which conditions hold: what a resolver returns for a list, a page or one object.

    `row` stands for each of them and gives access to its columns. `where`, `order_by` and `with_computed` modify the
    set and return it; `count`, `exist`, `value` and `ids` return an Expression for use in another row's expression.
    """

    row: Row
    conditions: list[Expression] = field(default_factory=list)
    order: list[Order] = field(default_factory=list)
    order_name: str = ""
    """The name of the order in cursors."""
    typical_count: float = 0.0
    """How many rows each owner has: for a plain list the usual number, for a connection the largest."""
    tally: "Tallied | None" = None
    """The number of rows where it is known without scanning them; dropped when a condition is added."""
    listed: "Tallied | None" = None
    """The number of rows in the whole list, before any filter."""
    leads: list[Lead] = field(default_factory=list)
    """Leads to the rows, any of which may be used."""
    names_terms: bool = False
    """Whether a condition names terms of a vocabulary; PostgreSQL knows how many rows have each."""
    price: Price | None = None
    """The cost of finding the rows, where that depends on what is requested: see `service.planner.cost`."""

    def estimate_count(self, most: float | None = None) -> float:
        """Return how many rows all owners have together, or at most `most` each; never more than all existing rows."""
        each = self.typical_count if most is None else min(most, self.typical_count)
        return min(self.row.times * each, self.row.repeats * self.row.relation.rows)

    def where(self, *conditions: Expression) -> "Rows":
        self.tally = None if conditions else self.tally
        self.conditions.extend(conditions)
        return self

    def order_by(self, *keys: Expression) -> "Rows":
        self.order = [(key, False) for key in keys]
        return self

    def with_computed(self, **computed: Expression) -> "Rows":
        """Return the same rows with values in addition to their columns."""
        self.row.computed = {**self.row.computed, **computed}
        return self

    @property
    def computed_columns(self) -> list[Expression]:
        """What is counted for each row."""
        return list(self.row.computed.values())

    def query(self, *columns: Expression) -> Select:
        """Return a query of expressions over these rows; every column that they use must have been read before."""
        conditions = self.all_conditions()
        return select(*columns).select_from(self.row.source()).where(*conditions)

    def sort_keys(self, *, forward: bool = True) -> list[Expression]:
        return [key.desc() if descends == forward else key.asc() for key, descends in self.order]

    def value(self, name: str) -> Expression:
        """Return one column of the only row, or of the first in its order, as a value in another row's expression."""
        return self._query_column(name).scalar()

    def _query_column(self, name: str) -> Select:
        query, keys = self.query(self.row[name]), self.sort_keys()
        return query.order_by(*keys).limit(1) if keys else query

    def count(self, name: str | None = None) -> Expression:
        """Return the number of rows, or of distinct values in one column."""
        return self.query(func.count() if name is None else func.count(self.row[name].distinct())).scalar()

    def ids(self, name: str) -> Expression:
        """Return one column of all rows as an array, computed once whichever row it is compared with."""
        return array_of(self._query_column(name))

    def exist(self) -> Exists:
        return exists(self.query(sql_literal("1")))

    def all_conditions(self, *, finds_type: bool = True) -> list[Expression]:
        """Return the conditions of the set, of its relation and of the day.

        Without `finds_type`, PostgreSQL expects half of the rows to be of these types, and looks for no index on them.
        """
        relation = self.row.relation
        visible = relation.visibility(self.row)
        among: list[Expression] = []
        if relation.typenames and not relation.is_reference:
            of_type = self.row.stored_column("typename").in_([text_literal(name) for name in relation.typenames])
            among.append(of_type if finds_type else func.coalesce(of_type, FALSE))
        return [*self.conditions, *among, *([] if visible is None else [visible])]
