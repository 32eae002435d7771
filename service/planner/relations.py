"""Relations (tables as the planner joins them), a row of one in a statement, and sets of rows.

    row.find(QUOTE, lambda quote: quote.speaker_id == row.actor_id).order_by(...)

is the Rows of the quotes of the actor at hand: from `row.slug`, an Expression, one learns a column.
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
    """A further table of a relation, joined when one of its columns is first read."""

    table: Table
    column: str = "snapshot_id"
    """Column of it that equals the relation's `join_column`."""


Visible = Callable[["Row"], Expression | None]


@dataclass(frozen=True)
class Relation:
    """What rows are read from: a base table and those that are joined to it, whose columns are the row's.

    A type of the schema is declared with its relation; `subtype`, `via` and `narrow_to` make one from another. A
    relation is only a description: `row.find(relation)` puts it into a statement.
    """

    table: Table
    joined: tuple[JoinedTable, ...] = ()
    typename: str | None = None
    """The GraphQL type of its rows; None where the column `typename` tells."""
    key: str = "id"
    """What foreign keys call it; a relation without such a column is named by its `id`."""
    visibility: Visible = field(default=lambda row: None)
    """The condition under which a row is known on the day that it is seen from; None where all are."""
    typenames: tuple[str, ...] = ()
    """The values of the column `typename` that belong to it, or that references can have; empty: all."""
    is_reference: bool = False
    """Whether its rows only name an entry, by type and slug."""
    join_column: str = "id"
    """The column of its own table that further tables are joined by."""
    ctes: tuple[tuple[str, Select | Union], ...] = ()
    """Queries by the names that its table reads them by: made once for a page and for all that is counted of its list.
    Each may read those before it."""
    origin: "Relation | None" = None
    """The same rows without the table that they are found through, where that has no index of their key: see
    `service.planner.leads`."""
    rows: float = 1_000.0
    """How many there usually are in a large store: see `service.planner.cost`."""

    def subtype(self, table: Table | None, *typenames: str, rows: float | None = None) -> "Relation":
        """A narrower relation: the same base, with a table more, of some types only."""
        joined = self.joined if table is None else (*self.joined, JoinedTable(table))
        typename = typenames[0] if len(typenames) == 1 else None
        return replace(self, joined=joined, typenames=typenames, typename=typename, rows=rows or self.rows)

    def via(self, table: Table, join_column: str, *, is_found_by_key: bool = False) -> "Relation":
        """The same rows, found through a table that holds some of their columns."""
        joined = (JoinedTable(self.table, self.join_column), *self.joined)
        origin = None if is_found_by_key else self
        return replace(self, table=table, join_column=join_column, joined=joined, origin=origin)

    def narrow_to(self, to: "Relation") -> "Relation":
        """This relation as a narrower one, whose tables come with it."""
        joined = (*self.joined, *(each for each in to.joined if each not in self.joined))
        return replace(self, joined=joined, typename=to.typename)


class NoSuchColumn(AttributeError):
    """A relation has no column of a name."""


@dataclass(eq=False)
class Row:
    """One row of a relation in a statement.

    `row.title` and `row["title"]` give the Expression of a column, `t3.title`, and join the table that has it. Raises
    NoSuchColumn for a column that no table of the relation has.
    """

    relation: Relation
    aliases: Iterator[str]
    """Names for the tables of the statement, each used once."""
    as_of: Expression | None = None
    """The day it is seen from; None: the plain snapshot."""
    alias: str = ""
    computed: Mapping[str, Expression] = field(default_factory=dict)
    """Values that the row has besides its columns."""
    page_columns: dict[str, Expression] | None = None
    """For a row that reads from a page: the page's columns, added as they are read."""
    inner_row: "Row | None" = None
    joins: dict[JoinedTable, str] = field(default_factory=dict)
    times: float = 1.0
    """How many of it there are in an answer, at most: see `service.planner.cost`."""
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
        """The column of the name, where the relation says that all its rows have one value too."""
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
        """Where the row comes from: its table and those joined so far. Call it when all is read."""
        return self.join(self.base(), self.joins)

    def base(self) -> str:
        """Its own table."""
        return self.relation.table.alias(self.alias)

    def join(self, source: str, joins: Mapping[JoinedTable, str], how: str = "JOIN") -> str:
        for joined, alias in joins.items():
            source += f" {how} {joined.table.alias(alias)} ON {self.join_condition(joined, alias)}"
        return source

    def join_to_found(self) -> str:
        """The same, joined to rows that are found by their keys: PostgreSQL leaves out a table of which nothing is
        read, since it has just one row for each.
        """
        return self.join(self.base(), self.joins, "LEFT JOIN")

    def join_one_by_one(self) -> str:
        """The same, joined to one row after the other: however few rows PostgreSQL expects to meet a condition, it
        neither joins all of them first nor begins with what is joined.
        """
        source = self.base()
        for joined, alias in self.joins.items():
            query = f"SELECT * FROM {joined.table.alias(alias)} WHERE {self.join_condition(joined, alias)} OFFSET 0"
            source += f" JOIN LATERAL ({query}) AS {alias} ON true"
        return source

    def join_condition(self, joined: JoinedTable, alias: str) -> Expression:
        """What ties a further table to the row."""
        return column(alias, joined.column, "") == column(self.alias, self.relation.join_column, "")

    def find(self, relation: Relation, *wheres: Callable[["Row"], Expression]) -> "Rows":
        """The rows of a relation for which all conditions hold, seen from the same day."""
        row = Row(relation, self.aliases, self.as_of, times=self.times, repeats=self.repeats)
        return Rows(row, [where(row) for where in wheres])

    @property
    def join_key(self) -> Expression:
        """What its further tables are joined by: for a fact, the snapshot."""
        return self[self.relation.join_column]

    def narrow_to(self, relation: Relation) -> "Row":
        """The same row as one of a narrower relation, whose tables it may read."""
        return replace(self, relation=self.relation.narrow_to(relation), joins=dict(self.joins))


Order = tuple[Expression, bool]
"""A sort key and whether it descends."""


@dataclass(frozen=True)
class Owned:
    """Where the rows of a list stand by owner, and of each owner in the order of the list: in a table of their own, or
    in that of the list, of which an index begins with the owner.

    `owner_column`: whose a row is; `owner`: the only one whose rows can meet a condition, null where these may be of
    several. Without a column all rows are of one. `join_column`: which row of the list it is; empty in its own table.
    `orders_by_type`: the columns of the orders that it has for each type by itself; in the others its rows are those of
    all types. `types`: these types, where the relation does not name them. `given`: those of which rows are looked for.
    `splits_undated`: whether what has a date is read before what has none, since the index does not part them.
    `condition`: what the row that is the owner's must be, so that the condition is met; None where that is not told.
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
        """Tells one such table or index from another."""
        return self.relation, self.owner_column


@dataclass(frozen=True)
class Late:
    """Where an index has, of each type and of each of some steps of lateness, what was told from a day on.

    `order`: the columns by which it has the rows of a step; `step`: that of a row; `within`: that the date of a row of
    a step is such that it can have been told from the day on, and up to another, if there is one.
    """

    order: tuple[str, ...]
    types: tuple[str, ...]
    steps: int
    step: Callable[[Row], Expression]
    within: Callable[[Row, Expression, Expression | None], list[Expression]]


@dataclass(frozen=True)
class Lead:
    """Keys of rows that alone can meet a condition: see `service.planner.leads`."""

    keys: Select | None = None
    """None where there are always too many."""
    condition: Expression | None = None
    """None where it is what the day lets through."""
    row_by_row: Expression | None = None
    """The condition, where it is asked of one row after the other; None where it is asked in the same way."""
    count: Expression | None = None
    """How many keys there are at least, where that is known without reading them; null where they are too many."""
    entries: Select | None = None
    """What an index has for them, where they are sooner counted so than told; perhaps more than they are."""
    owned: Owned | None = None
    """Where they stand in the order of the list."""
    is_exact: bool = False
    """Whether each row of these keys meets the condition."""
    column: str = ""
    """The only one that the condition is on, if it is a range."""
    last_day: Expression | None = None
    """The end of that range, where it is one of the days since which rows are known."""
    late: Late | None = None
    """Where what it leads to stands by lateness, if it is told from a day on."""
    has_slow_keys: bool = False
    """Whether they take as long to tell as rows to look up, so that no more are told of a larger store."""


@dataclass
class Rows:
    """The rows of a relation for which conditions hold: what a resolver returns for a list, a page or one object.

    `row` stands for each of them, to speak of its columns. `where`, `order_by` and `with_computed` add to the set and
    give it back; `count`, `exist`, `value` and `ids` give an Expression for use in another row's.
    """

    row: Row
    conditions: list[Expression] = field(default_factory=list)
    order: list[Order] = field(default_factory=list)
    order_name: str = ""
    """Names the order in cursors."""
    typical_count: float = 0.0
    """How many each owner has: of a plain list usually, of a connection the one who has most."""
    tally: "Tallied | None" = None
    """How many there are, where that is known without looking at them: until a condition is put on them."""
    listed: "Tallied | None" = None
    """How many the whole list has, whatever a filter leaves of it."""
    leads: list[Lead] = field(default_factory=list)
    """What leads to them, of which any may be taken."""
    names_terms: bool = False
    """Whether a condition names terms of a vocabulary, of which PostgreSQL knows how many rows have each."""
    price: Price | None = None
    """What it costs to find them, where that hangs on what is asked: see `service.planner.cost`."""

    def estimate_count(self, most: float | None = None) -> float:
        """How many there are of all owners together, or of at most so many each; no row has more than all there are."""
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
        """The same rows with values that they have besides their columns."""
        self.row.computed = {**self.row.computed, **computed}
        return self

    @property
    def computed_columns(self) -> list[Expression]:
        """What is counted of each row."""
        return list(self.row.computed.values())

    def query(self, *columns: Expression) -> Select:
        """A query of expressions over these rows; what they read must have been read before."""
        conditions = self.all_conditions()
        return select(*columns).select_from(self.row.source()).where(*conditions)

    def sort_keys(self, *, forward: bool = True) -> list[Expression]:
        return [key.desc() if descends == forward else key.asc() for key, descends in self.order]

    def value(self, name: str) -> Expression:
        """One column of the only row, or of the first in its order, as a value in another row's expression."""
        return self._query_column(name).scalar()

    def _query_column(self, name: str) -> Select:
        query, keys = self.query(self.row[name]), self.sort_keys()
        return query.order_by(*keys).limit(1) if keys else query

    def count(self, name: str | None = None) -> Expression:
        """How many rows there are, or different values in one column."""
        return self.query(func.count() if name is None else func.count(self.row[name].distinct())).scalar()

    def ids(self, name: str) -> Expression:
        """One column of all rows as an array: computed once, whatever row it is compared with."""
        return array_of(self._query_column(name))

    def exist(self) -> Exists:
        return exists(self.query(sql_literal("1")))

    def all_conditions(self, *, finds_type: bool = True) -> list[Expression]:
        """Its own conditions, with what its relation and the day let through.

        Without `finds_type` PostgreSQL expects that every other row is of its types, and looks for no index of these.
        """
        relation = self.row.relation
        visible = relation.visibility(self.row)
        among: list[Expression] = []
        if relation.typenames and not relation.is_reference:
            of_type = self.row.stored_column("typename").in_([text_literal(name) for name in relation.typenames])
            among.append(of_type if finds_type else func.coalesce(of_type, FALSE))
        return [*self.conditions, *among, *([] if visible is None else [visible])]
