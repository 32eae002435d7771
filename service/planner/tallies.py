"""Tallies: what a load has counted, so that nobody counts row by row what changes at a load only.

A tally has a row for each combination of values that the rows of a list have in some columns, and how many have it. A
count that speaks of these columns alone, in its conditions and in what it is counted by, is the sum of such rows; any
other looks at the rows of the list. The conditions are the same: they are asked of a row of the tally, and one that
has no column of theirs cannot tell.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from service.planner.rows import NoSuchColumn, Relation, Row
from service.sql import NULL, Expression, Select, and_, case, exists, func, int_literal, select, sql_literal

Value = Callable[[Row], Expression]


@dataclass(frozen=True)
class Tally:
    """What some lists are counted by.

    `relation`: its rows, each with a `count`. `named`: what they have besides their columns. `several`: of these, that
    of which a row of the list may have several values; it is right only where one is given, or each has its own count.
    """

    relation: Relation
    named: Mapping[str, Value] = field(default_factory=dict)
    several: frozenset[str] = frozenset()


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

    def where(self, condition: Value) -> "Tallied":
        """Those for which a condition holds too."""
        return replace(self, conditions=(*self.conditions, condition))

    def where_one(self, name: str, condition: Value, *provided: Expression) -> "Tallied | None":
        """Those for which a column has one value; none where it must have another already."""
        if name in self.given:
            return None
        return replace(self.where(condition), given=self.given | {name}, provided=(*self.provided, *provided))

    def total(self) -> Expression:
        """How many there are: null where no load has counted them, NULL itself where no tally can tell."""
        for tally, row, conditions in self._found(frozenset()):
            total = func.coalesce(func.sum(row["count"]), int_literal(0)).with_type("bigint")
            return case((self._is_known(tally), select(total).select_from(row.source()).where(*conditions).scalar()))
        return NULL

    def by(self, values: Mapping[str, Value], names: frozenset[str]) -> tuple[Expression, Select] | None:
        """How many have each combination of some values, by what these are called, with the `count`; and whether a
        load has counted them. None where no tally can tell.

        `names`: the columns that these are, where a row may have several values of one.
        """
        for tally, row, conditions in self._found(names, values.values()):
            columns = [value(row).label(name) for name, value in values.items()]
            counted = func.sum(row["count"]).with_type("bigint").label("count")
            query = select(*columns, counted).select_from(row.source()).where(*conditions)
            keys = [int_literal(index + 1) for index in range(len(columns))]
            return self._is_known(tally), query.group_by(*keys)
        return None

    def _found(
        self, names: frozenset[str], values: Iterable[Value] = ()
    ) -> Iterator[tuple[Tally, Row, list[Expression]]]:
        """Each tally that can tell, with a row of it and what must hold for that."""
        for tally in self.tallies:
            if tally.several <= self.given | names:
                rows = self.row.find(tally.relation)
                rows.with_computed(**{name: value(rows.row) for name, value in tally.named.items()})
                with suppress(NoSuchColumn):
                    rows.where(*(condition(rows.row) for condition in self.conditions))
                    for value in values:
                        value(rows.row)
                    yield tally, rows.row, rows.all_conditions()

    def _is_known(self, tally: Tally) -> Expression:
        """Between a migration and the next load nothing has been counted."""
        is_counted = exists(select(sql_literal("1")).select_from(tally.relation.table.sql))
        return and_(is_counted, *self.provided)
