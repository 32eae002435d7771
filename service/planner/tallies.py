"""Tallies: what a load has counted, so that nobody counts row by row what changes at a load only.

A tally has a row for each combination of values that the rows of a list have in some columns, and how many have it. A
count that speaks of these columns alone, in its conditions and in what it is counted by, is the sum of such rows; any
other looks at the rows of the list. The conditions are the same: they are asked of a row of the tally, and one that
has no column of theirs cannot tell.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from service.planner.rows import NoSuchColumn, Relation, Row, Rows
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
        found = self._find(frozenset(), ())
        if found is None:
            return NULL
        tally, rows = found
        total = func.coalesce(func.sum(rows.row["count"]), int_literal(0)).with_type("bigint")
        return case((self._is_known(tally), rows.query(total).scalar()))

    def by(self, values: Mapping[str, Value], names: frozenset[str]) -> tuple[Expression, Select] | None:
        """Whether a load has counted how many have each combination of some values, and these by their names, with the
        `count`; None where no tally can tell.

        `names`: the columns that these are, where a row may have several values of one.
        """
        found = self._find(names, values.values())
        if found is None:
            return None
        tally, rows = found
        columns = [value(rows.row).label(name) for name, value in values.items()]
        count = func.sum(rows.row["count"]).with_type("bigint").label("count")
        keys = [int_literal(index + 1) for index in range(len(columns))]
        return self._is_known(tally), rows.query(*columns, count).group_by(*keys)

    def _find(self, names: frozenset[str], values: Iterable[Value]) -> tuple[Tally, Rows] | None:
        """The first tally that can tell, with its rows."""
        for tally in self.tallies:
            if tally.several <= self.given | names:
                rows = self.row.find(tally.relation)
                rows.with_computed(**{name: value(rows.row) for name, value in tally.named.items()})
                with suppress(NoSuchColumn):
                    for value in values:
                        value(rows.row)
                    return tally, rows.where(*(condition(rows.row) for condition in self.conditions))
        return None

    def _is_known(self, tally: Tally) -> Expression:
        """Between a migration and the next load nothing has been counted."""
        is_counted = exists(select(sql_literal("1")).select_from(tally.relation.table.sql))
        return and_(is_counted, *self.provided)
