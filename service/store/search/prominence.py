"""How well known an entry is: by the facts that name it, so coarsely that it seldom changes."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from math import log2
from typing import NamedTuple

HIGHEST = 40
"""Of a million facts."""
LEAST = 0.75
"""What the least known counts as, beside 1 for the best known."""


class Span(NamedTuple):
    """From when until when a level held."""

    known_from: date
    known_until: date
    level: int

    @property
    def prominence(self) -> float:
        """The level as a factor of the rank."""
        return prominence(self.level)


def level(facts: int) -> int:
    """0 to 40: two levels for each doubling."""
    return min(HIGHEST, round(2 * log2(1 + facts)))


def prominence(level_: int) -> float:
    """A level as a factor of the rank."""
    return round(LEAST + (1 - LEAST) * level_ / HIGHEST, 4)


def spans(known_since: date, days: Iterable[date], cuts: Iterable[date] = ()) -> Sequence[Span]:
    """The levels of what facts name on these days; `cuts`: days on which something else of it changes."""
    named = sorted(max(day, known_since) for day in days)
    starts = {known_since: level(0)}
    for count, day in enumerate(named, start=1):
        starts[day] = level(count)
    also = {day for day in cuts if day > known_since}
    found: list[Span] = []
    for start in sorted(starts.keys() | also):
        reached = starts.get(start, found[-1].level if found else 0)
        if found and found[-1].level == reached and start not in also:
            continue
        if found:
            found[-1] = found[-1]._replace(known_until=start - timedelta(days=1))
        found.append(Span(start, date.max, reached))
    return found
