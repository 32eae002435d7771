"""Tallies: what a load has counted, so that nobody counts row by row what changes at a load only.

A tally has a row for each combination of values that the rows of a list have in some columns, and how many have it. A
count that speaks of these columns alone, in its conditions and in what it is counted by, is the sum of such rows; any
other looks at the rows of the list. The conditions are the same: they are asked of a row of the tally, and one that
has no column of theirs cannot tell.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from service.planner.relations import NoSuchColumn, Relation, Row, Rows
from service.sql import NULL, Expression, Select, and_, case, exists, func, int_literal, select, sql_literal

Value = Callable[[Row], Expression]
Sums = Callable[[Row], list[Expression]]
"""Aggregates of what a tally has besides its count, each with a name."""


@dataclass(frozen=True)
class Tally:
    """What some lists are counted by.

    `relation`: its rows, each with a `count`. `named`: what they have besides their columns. `several`: of these, that
    of which a row of the list may have several values; it is right only where one is given, or each has its own count.
    """

    relation: Relation
    named: Mapping[str, Value] = field(default_factory=dict)
    several: frozenset[str] = frozenset()
    single: str = ""


@dataclass(frozen=True)
class Tallied:
    """How many rows a list has, in the first of its tallies that can tell.

    `conditions`: of the rows of the list, as they are asked of those of a tally. `given`: the columns for which these
    give one value. `provided`: what must hold for that, which only the values of a request tell.
    """

    row: Row
    """From which the list is found."""
    tallies: Sequence[Tally]
    conditions: tuple[Value, ...] = ()
    given: frozenset[str] = frozenset()
    provided: tuple[Expression, ...] = ()

    otherwise: "Tallied | None" = None
    """The same rows by other columns, where these cannot tell, provided that something else holds."""

    def where(self, condition: Value) -> "Tallied":
        """Those for which a condition holds too."""
        otherwise = self.otherwise and self.otherwise.where(condition)
        return replace(self, conditions=(*self.conditions, condition), otherwise=otherwise)

    def where_one(self, name: str, condition: Value, *provided: Expression) -> "Tallied | None":
        """Those for which a column has one value; none where it must have another already."""
        otherwise = self.otherwise and self.otherwise.where_one(name, condition, *provided)
        if name in self.given:
            return otherwise
        given, conditions = self.given | {name}, (*self.conditions, condition)
        return replace(
            self, conditions=conditions, given=given, provided=(*self.provided, *provided), otherwise=otherwise
        )

    def total(self) -> Expression:
        """How many there are: null where no load has counted them, NULL itself where no tally can tell."""
        of_rows = []
        for _, is_known, rows in self._find(frozenset(), ()):
            total = func.coalesce(func.sum(rows.row["count"]), int_literal(0)).with_type("bigint")
            of_rows.append((is_known, rows.query(total).scalar()))
        return case(*of_rows) if of_rows else NULL

    def by(
        self, values: Mapping[str, Value], names: frozenset[str], sums: Sums = lambda row: []
    ) -> list[tuple[Expression, Select]]:
        """Where a load has counted how many have each combination of some values, these by their names, with the
        `count` and what else is summed; at most one of the conditions holds, and none is there where no tally can tell.

        `names`: the columns that these are, where a row may have several values of one.
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
        """The first tally that can tell, the condition under which it does and none before it, and its rows."""
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
        """Between a migration and the next load nothing has been counted."""
        is_counted = exists(select(sql_literal("1")).select_from(tally.relation.table.sql))
        return and_(is_counted, *self.provided)
