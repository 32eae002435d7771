"""An order of people in which those who are tied stand beside each other, the more strongly the nearer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

GAP = 0.6
"""Between those whom no tie leads to, as a share of the distance between neighbours."""

Tie = tuple[str, str, int]
"""Two people and the weight of what ties them."""


def arrange_by_ties(people: Sequence[str], ties: Iterable[Tie]) -> tuple[dict[str, float], float]:
    """The place of each in a row, and how long the row is; neighbours are 1 apart.

    The strongest ties join rows first, each so that the two whom it ties come as near as may be. people: the first are
    the first of the rows; all whom the ties name.
    """
    rows = {person: [person] for person in people}
    for one, other, _ in sorted(ties, key=lambda tie: -tie[2]):
        if rows[one] is not rows[other]:
            joined = [*_turn(rows[one], one, to_end=True), *_turn(rows[other], other, to_end=False)]
            rows |= dict.fromkeys(joined, joined)
    places: dict[str, float] = {}
    at = 0.0
    for person in people:
        if person not in places:
            places |= {each: at + index for index, each in enumerate(rows[person])}
            at += len(rows[person]) + GAP
    is_one_row = bool(people) and len(rows[people[0]]) == len(people)
    return places, float(len(people)) if is_one_row else at


def _turn(row: list[str], person: str, *, to_end: bool) -> list[str]:
    """A row, or its reverse: that in which somebody is nearer to its end, or to its beginning."""
    is_in_second_half = 2 * row.index(person) >= len(row)
    return row if is_in_second_half == to_end else row[::-1]
