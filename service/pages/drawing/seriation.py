"""Ordering of people in which those with ties are close together, the closer the stronger the tie."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

GAP = 0.6
"""Gap between rows that no tie connects, as a fraction of the distance between neighbours."""

Tie = tuple[str, str, int]
"""Two people and the weight of their tie."""


def arrange_by_ties(people: Sequence[str], ties: Iterable[Tie]) -> tuple[dict[str, float], float]:
    """Return the position of each person in a row, and the length of the row. Neighbours are 1 apart.

    Starting with the strongest ties, rows are joined so that the two tied people are as close as possible. people: the
    first are in the first rows; includes everyone named in ties.
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
    """Return a row or its reverse: the one in which somebody is nearer to its end, or to its start."""
    is_in_second_half = 2 * row.index(person) >= len(row)
    return row if is_in_second_half == to_end else row[::-1]
