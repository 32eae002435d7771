"""Relations (what a row is made of), rows (one of them in a statement) and sets of rows."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from sqlalchemy import CTE, Boolean, FromClause, exists, func, literal_column, select

from service.planner.sql import Expression, column, word


class Columned(Protocol):
    """A table or a subquery: something with named columns."""

    @property
    def c(self) -> Any: ...
    def alias(self, name: str) -> Any: ...


@dataclass(frozen=True)
class Part:
    """A further table of a relation, joined when one of its columns is first touched."""

    table: Columned
    column: str = "reading_id"
    """Column of the part that equals the relation's `joint`."""


Visible = Callable[["Row"], Expression | None]


@dataclass(frozen=True)
class Relation:
    """What a row is made of: a table, its parts, what `asOf` lets through, and the columns that a key names it by."""

    table: Columned
    parts: tuple[Part, ...] = ()
    typename: str | None = None
    """The GraphQL type of its rows; None where the column `typename` tells."""
    key: str = "id"
    """What foreign keys call it; a relation without such a column is named by its `id`."""
    visible: Visible = field(default=lambda row: None)
    only: tuple[str, ...] = ()
    """The values of the column `typename` that belong to it; empty: all."""
    is_name: bool = False
    """Whether its rows only name an entry, by type and slug."""
    joint: str = "id"
    """The column of its own table that parts are joined by."""
    once: CTE | None = None
    """The query behind a table of its name: made once for a page and for all that is counted of its list."""

    def of(self, table: Columned | None, *only: str) -> "Relation":
        """A narrower relation: the same base, with a part more, of some types only."""
        parts = self.parts if table is None else (*self.parts, Part(table))
        return replace(self, parts=parts, only=only, typename=only[0] if len(only) == 1 else None)

    def through(self, table: Columned, joint: str) -> "Relation":
        """The same rows, found through a table that holds some of their columns."""
        return replace(self, table=table, joint=joint, parts=(Part(self.table, self.joint), *self.parts))

    def narrowed(self, to: "Relation") -> "Relation":
        """This relation as a narrower one, whose parts come with it."""
        parts = (*self.parts, *(part for part in to.parts if part not in self.parts))
        return replace(self, parts=parts, typename=to.typename)


@dataclass(eq=False)
class Row:
    """One row in a statement: an attribute is a column, and touching it joins what it needs."""

    relation: Relation
    names: Iterator[str]
    as_of: Expression | None = None
    """The day it is seen from; None: the plain reading."""
    alias: str = ""
    extras: Mapping[str, Expression] = field(default_factory=dict)
    """Values that the row has besides its columns."""
    page: dict[str, Expression] | None = None
    """For a row that reads from a page: the page's columns, taken in as they are touched."""
    inner: "Row | None" = None
    joined: dict[Part, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.alias = self.alias or next(self.names)

    def __getattr__(self, name: str) -> Expression:
        if name.startswith("__"):
            raise AttributeError(name)
        return self[name]

    def __getitem__(self, name: str) -> Expression:
        if name in self.extras:
            return self.extras[name]
        if name == "typename" and self.relation.typename is not None:
            return word(self.relation.typename)
        return self.stored(name)

    def stored(self, name: str) -> Expression:
        """The column of the name, where the relation says that all its rows have one value too."""
        if name == self.relation.key and name not in self.relation.table.c:
            name = "id"
        if name in self.relation.table.c:
            return self._base(name)
        for part in self.relation.parts:
            if name in part.table.c:
                return column(self._join(part), name, part.table.c[name].type)
        raise AttributeError(f"{self.relation.table} has no column {name}")

    def _base(self, name: str) -> Expression:
        if self.page is not None and self.inner is not None:
            self.page[name] = self.inner[name]
        return column(self.alias, name, self.relation.table.c[name].type)

    def _join(self, part: Part) -> str:
        if part not in self.joined:
            self._base(self.relation.joint)
            self.joined[part] = next(self.names)
        return self.joined[part]

    def source(self) -> FromClause:
        """Where the row comes from: its table and the parts touched so far. Call it when all is touched."""
        return self.joining(self.relation.table.alias(self.alias), self.joined)

    def joining(self, source: FromClause, parts: "Mapping[Part, str]") -> FromClause:
        for part, alias in parts.items():
            source = source.join(part.table.alias(alias), self.joins(part, alias))
        return source

    def joins(self, part: Part, alias: str) -> Expression:
        """The condition that ties a part to the row."""
        return literal_column(f"{alias}.{part.column} = {self.alias}.{self.relation.joint}", Boolean())

    def find(self, relation: Relation, *wheres: Callable[["Row"], Expression]) -> "Rows":
        """The rows of a relation for which all conditions hold, seen from the same day."""
        row = Row(relation, self.names, self.as_of)
        return Rows(row, [where(row) for where in wheres])

    @property
    def joint(self) -> Expression:
        """What its parts are joined by: for a fact, the reading."""
        return self[self.relation.joint]

    def narrowed(self, relation: Relation) -> "Row":
        """The same row as one of a narrower relation, whose parts it may touch."""
        return replace(self, relation=self.relation.narrowed(relation), joined=dict(self.joined))


Order = tuple[Expression, bool]
"""A sort key and whether it descends."""


@dataclass
class Rows:
    """A set of rows: conditions and, where it matters, an order."""

    row: Row
    conditions: list[Expression] = field(default_factory=list)
    order: list[Order] = field(default_factory=list)
    order_name: str = ""
    """Names the order in cursors."""

    def where(self, *conditions: Expression) -> "Rows":
        self.conditions.extend(conditions)
        return self

    def ordered(self, *keys: Expression) -> "Rows":
        self.order = [(key, False) for key in keys]
        return self

    def descending(self, *keys: Expression) -> "Rows":
        self.order = [(key, True) for key in keys]
        return self

    def having(self, **extras: Expression) -> "Rows":
        """The same rows with values that they have besides their columns."""
        self.row.extras = {**self.row.extras, **extras}
        return self

    @property
    def values(self) -> list[Expression]:
        """What is counted of each row."""
        return list(self.row.extras.values())

    def value(self, name: str) -> Any:
        """One column of the only row, or of the first in its order, as a value in another row's expression."""
        column, conditions = self.row[name], self.all_conditions()
        keys = [key.desc() if descends else key.asc() for key, descends in self.order]
        found = select(column).select_from(self.row.source()).where(*conditions)
        return (found.order_by(*keys).limit(literal_column("1")) if keys else found).scalar_subquery()

    def count(self, name: str | None = None) -> Any:
        """How many rows there are, or different values in one column."""
        counted = func.count() if name is None else func.count(self.row[name].distinct())
        conditions = self.all_conditions()
        return select(counted).select_from(self.row.source()).where(*conditions).scalar_subquery()

    def ids(self, name: str) -> Expression:
        """One column of all rows as an array: computed once, whatever row it is compared with."""
        return func.array(self.value(name))

    def exist(self) -> Expression:
        conditions = self.all_conditions()
        return exists(select(literal_column("1")).select_from(self.row.source()).where(*conditions))

    def all_conditions(self) -> list[Expression]:
        """Its own conditions, with what its relation and the day let through."""
        relation = self.row.relation
        visible = relation.visible(self.row)
        among = [self.row.stored("typename").in_([word(name) for name in relation.only])] if relation.only else []
        return [*self.conditions, *among, *([] if visible is None else [visible])]
