"""A line of days: where a day lies on it, and where its ticks are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

MOST_TICKS = 10
"""So many labels stand beside each other and do not touch."""
STEPS = (1, 3, 6, *(12 * years for years in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)))
"""How many months ticks may be apart."""


class Tick(NamedTuple):
    """`x`: where it is. `label`: the day that begins there, as precisely as the ticks are apart."""

    x: float
    label: str


@dataclass(frozen=True)
class TimeAxis:
    """Days from `first` to `last`, both whole, drawn from `left` to `right`."""

    first: date
    last: date
    left: float
    right: float
    most_ticks: int = MOST_TICKS

    def start_of(self, day: date) -> float:
        """Where a day begins, which is where the day before ends; what lies outside is moved to the edge."""
        return self._at(day.toordinal())

    def end_of(self, day: date) -> float:
        """Where a day ends."""
        return self._at(day.toordinal() + 1)

    def ticks(self) -> tuple[Tick, ...]:
        """At beginnings of years, of months or of days: the finest of these that leaves room for labels."""
        return tuple(Tick(round(self.start_of(day), 1), label) for day, label in self._marked_days())

    def _at(self, ordinal: int) -> float:
        first, days = self.first.toordinal(), self.last.toordinal() + 1 - self.first.toordinal()
        share = min(1.0, max(0.0, (ordinal - first) / days))
        return self.left + share * (self.right - self.left)

    def _marked_days(self) -> Sequence[tuple[date, str]]:
        if (self.last - self.first).days < self.most_ticks:
            ordinals = range(self.first.toordinal(), self.last.toordinal() + 1)
            return [(day, day.isoformat()) for day in map(date.fromordinal, ordinals)]
        step = next(step for step in STEPS if len(self._beginnings(step)) <= self.most_ticks)
        written = "%Y" if step % 12 == 0 else "%Y-%m"
        return [(day, day.strftime(written)) for day in map(_first_of_month, self._beginnings(step))]

    def _beginnings(self, step: int) -> range:
        """The months that begin on the axis, counted from the year 0, each so many after the one before."""
        before = _number_of_month(self.first - timedelta(days=1)) if self.first > date.min else 0
        return range(-(-(before + 1) // step) * step, _number_of_month(self.last) + 1, step)


def _number_of_month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first_of_month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)
