"""Time axis: positions of days, and its ticks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

MOST_TICKS = 10
"""Maximum number of labels next to each other that do not overlap."""
LABEL_ROOM = 50.0
"""Space for the label to the right of a tick. This much is kept free after the end of the axis."""
STEPS = (1, 3, 6, *(12 * years for years in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)))
"""Possible intervals between ticks, in months."""


class Tick(NamedTuple):
    """`x`: position. `label`: the day that starts there, as precise as the tick interval."""

    x: float
    label: str


@dataclass(frozen=True)
class TimeAxis:
    """Days from `first` to `last`, both inclusive, drawn from `left` to `right`."""

    first: date
    last: date
    left: float
    right: float
    most_ticks: int = MOST_TICKS

    def start_of(self, day: date) -> float:
        """Return where a day starts and the previous one ends. Days outside the axis are moved to its edge."""
        return self._at(day.toordinal())

    def end_of(self, day: date) -> float:
        """Return where a day ends."""
        return self._at(day.toordinal() + 1)

    @cached_property
    def ticks(self) -> tuple[Tick, ...]:
        """Place ticks at starts of years, months or days: the smallest interval that leaves room for the labels."""
        return tuple(Tick(round(self.start_of(day), 1), label) for day, label in self._marked_days())

    def _at(self, ordinal: int) -> float:
        first, days = self.first.toordinal(), self.last.toordinal() + 1 - self.first.toordinal()
        share = min(1.0, max(0.0, (ordinal - first) / days))
        return self.left + share * (self.right - self.left)

    def _marked_days(self) -> Sequence[tuple[date, str]]:
        if (self.last - self.first).days < self.most_ticks:
            ordinals = range(self.first.toordinal(), self.last.toordinal() + 1)
            return [(day, day.isoformat()) for day in map(date.fromordinal, ordinals)]
        # the last month that starts before the axis, and the last that starts on it
        before = _number_of_month(self.first - timedelta(days=1)) if self.first > date.min else 0
        last = _number_of_month(self.last)
        step = next(step for step in STEPS if last // step - before // step <= self.most_ticks)
        months = [divmod(number, 12) for number in range((before // step + 1) * step, last + 1, step)]
        if step % 12 == 0:
            return [(date(year, 1, 1), str(year)) for year, _ in months]
        return [(date(year, month + 1, 1), f"{year}-{month + 1:02}") for year, month in months]


def _number_of_month(day: date) -> int:
    """Number of months since year 0."""
    return day.year * 12 + day.month - 1
