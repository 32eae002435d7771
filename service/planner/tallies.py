"""Tallies: counts made by a load, so that values which change only at a load are not counted row by row.

A tally has a row for each combination of values that the rows of a list have in some columns, with the number of rows
that have it. If the conditions and the groups of a count use these columns alone, the count is the sum of such rows.
Any other count scans the rows of the list. The conditions are the same: they are evaluated on a row of the tally, and a
tally that lacks one of their columns cannot be used.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from service.planner.relations import NoSuchColumn, Relation, Row, Rows
from service.sql import NULL, Expression, Select, and_, case, exists, func, int_literal, select, sql_literal

Value = Callable[[Row], Expression]
Sums = Callable[[Row], list[Expression]]
"""Aggregates of the values that a tally has in addition to its count, each with a name."""


@dataclass(frozen=True)
class Tally:
    """Table that some lists are counted by.

    `relation`: its rows, each with a `count`. `named`: values that they have in addition to their columns. `several`:
    those values of which a row of the list may have several; the tally is only right where one value of each is given,
    or where each value gets its own count.
    """

    relation: Relation
    named: Mapping[str, Value] = field(default_factory=dict)
    several: frozenset[str] = frozenset()
    single: str = ""


@dataclass(frozen=True)
class Tallied:
    """Number of rows of a list, from the first of its tallies that can tell.

    `conditions`: those on the rows of the list, as evaluated on rows of a tally. `given`: the columns for which the
    conditions give one value. `provided`: what must also hold for that, which only the values of a request decide.
    """

    row: Row
    """The row from which the list is found."""
    tallies: Sequence[Tally]
    conditions: tuple[Value, ...] = ()
    given: frozenset[str] = frozenset()
    provided: tuple[Expression, ...] = ()

    otherwise: "Tallied | None" = None
    """The same rows by other columns, if these cannot tell, provided that something else holds."""

    def where(self, condition: Value) -> "Tallied":
        """Return those rows for which a further condition holds."""
        otherwise = self.otherwise and self.otherwise.where(condition)
        return replace(self, conditions=(*self.conditions, condition), otherwise=otherwise)

    def where_one(self, name: str, condition: Value, *provided: Expression) -> "Tallied | None":
        """Return those rows for which a column has one value; None if it must have another value already."""
        otherwise = self.otherwise and self.otherwise.where_one(name, condition, *provided)
        if name in self.given:
            return otherwise
        given, conditions = self.given | {name}, (*self.conditions, condition)
        return replace(
            self, conditions=conditions, given=given, provided=(*self.provided, *provided), otherwise=otherwise
        )

    def total(self) -> Expression:
        """Return the number of rows: null if no load has counted them, the object NULL if no tally can tell."""
        of_rows = []
        for _, is_known, rows in self._find(frozenset(), ()):
            total = func.coalesce(func.sum(rows.row["count"]), int_literal(0)).with_type("bigint")
            of_rows.append((is_known, rows.query(total).scalar()))
        return case(*of_rows) if of_rows else NULL

    def by(
        self, values: Mapping[str, Value], names: frozenset[str], sums: Sums = lambda row: []
    ) -> list[tuple[Expression, Select]]:
        """Return the counts of each combination of some values, where a load has counted them.

        Each query has the values under their names, the `count` and any other sums. At most one of the conditions
        holds; the list is empty where no tally can tell.

        `names`: the columns behind the values, where a row may have several values of one.
        """
        counts = []
        for tally, is_known, rows in self._find(names, (*values.values(), sums)):
            columns = [value(rows.row).label(name) for name, value in values.items()]
            if tally.single and len(columns) == 1 and names == {tally.single}:
                counts.append((is_known, rows.query(*columns, rows.row["count"].label("count"))))
                continue
            count = func.sum(rows.row["count"]).with_type("bigint").label("count")
            keys = [int_literal(index + 1) for index in range(len(columns))]
            counts.append((is_known, rows.query(*columns, count, *sums(rows.row)).group_by(*keys)))
        return counts

    def _find(
        self, names: frozenset[str], values: Iterable[Value | Sums], *unless: Expression
    ) -> Iterator[tuple[Tally, Expression, Rows]]:
        """Yield the first tally that can tell, its rows, and the condition under which it can and no earlier
        one can.
        """
        for tally in self.tallies:
            if tally.several <= self.given | names:
                rows = self.row.find(tally.relation)
                rows.with_computed(**{name: value(rows.row) for name, value in tally.named.items()})
                with suppress(NoSuchColumn):
                    for value in values:
                        value(rows.row)
                    met = [condition(rows.row) for condition in self.conditions]
                    is_known = self._is_known(tally)
                    yield tally, and_(is_known, *(~other for other in unless)), rows.where(*met)
                    unless = (*unless, is_known)
                    break
        if self.otherwise:
            yield from self.otherwise._find(names, values, *unless)

    def _is_known(self, tally: Tally) -> Expression:
        """Return whether rows have been counted: between a migration and the next load, nothing is."""
        is_counted = exists(select(sql_literal("1")).select_from(tally.relation.table.sql))
        return and_(is_counted, *self.provided)
