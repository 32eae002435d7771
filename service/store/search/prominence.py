"""How well known an entry is, by the number of facts that name it, on a scale so coarse that it seldom changes."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from math import log2
from typing import NamedTuple

HIGHEST = 40
"""Level of an entry named by a million facts."""
LEAST = 0.75
"""Factor of the least known entries; that of the best known is 1."""


class Span(NamedTuple):
    """The days in which an entry has a level."""

    known_from: date
    known_until: date
    level: int

    @property
    def prominence(self) -> float:
        """The level as a factor of the rank."""
        return prominence(self.level)


def level(facts: int) -> int:
    """Return a level from 0 to 40, with two levels for each doubling."""
    return min(HIGHEST, round(2 * log2(1 + facts)))


def prominence(level_: int) -> float:
    """Return a level as a factor of the rank."""
    return round(LEAST + (1 - LEAST) * level_ / HIGHEST, 4)


def spans(known_since: date, days: Iterable[date], cuts: Iterable[date] = ()) -> Sequence[Span]:
    """Return the levels of what facts name on these days; `cuts`: days on which something else about it changes."""
    days_named = sorted(max(day, known_since) for day in days)
    starts = {known_since: level(0)}
    for count, day in enumerate(days_named, start=1):
        starts[day] = level(count)
    other_starts = {day for day in cuts if day > known_since}
    levels: list[Span] = []
    for start in sorted(starts.keys() | other_starts):
        level_now = starts.get(start, levels[-1].level if levels else 0)
        if levels and levels[-1].level == level_now and start not in other_starts:
            continue
        if levels:
            levels[-1] = levels[-1]._replace(known_until=start - timedelta(days=1))
        levels.append(Span(start, date.max, level_now))
    return levels
