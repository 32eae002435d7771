"""Which claims of a fact stand from one day to the next: new reports and withdrawals."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import heappop, heappush
from itertools import count
from typing import Any

from service.store.record.record import Claim, Fact

SortKey = Callable[[Claim], tuple[Any, ...]]
"""Sort key for claims."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A day on which claims begin or cease to stand."""

    day: date
    told: Sequence[Claim]
    gone: Sequence[Claim]
    is_withdrawn: bool
    """Whether each source that tells of the fact has been withdrawn by then; in that case all that was told stands."""


def asserts(claim: Claim) -> bool:
    """Return whether the claim says that something is so and is no slip: neither DENIED nor DEPRECATED."""
    return claim.factuality != "DENIED" and claim.rank != "DEPRECATED"


def turns(fact: Fact, first: date | None = None) -> list[Turn]:
    """Return the days on which the fact's claims are reported or withdrawn, in order; `first`: a day before all."""
    told_on, withdrawn_on = _group_by_day(fact.claims)
    days = told_on.keys() | withdrawn_on.keys() | ({first} if first else set())
    telling = lost = 0
    withdrawn: dict[str, Claim] = {}
    was = False
    made: list[Turn] = []
    for day in sorted(days):
        new, leaving = (by_day.get(day, []) for by_day in (told_on, withdrawn_on))
        telling += sum(_tells(fact, claim) for claim in new)
        lost += sum(_tells(fact, claim) for claim in leaving)
        # a relationship is counted, and never withdrawn
        now = 0 < telling == lost and fact.typename != "Relationship"
        before = [*withdrawn.values()]
        withdrawn |= {claim.slug: claim for claim in leaving}
        if now:
            told, gone = [*new, *(() if was else before)], []
        else:
            told = [claim for claim in new if claim.slug not in withdrawn]
            gone = [*(before if was else ()), *(claim for claim in leaving if claim.reported_on < day)]
        made.append(Turn(day, told, gone, now))
        was = now
    return made


def _group_by_day(claims: Iterable[Claim]) -> tuple[dict[date, list[Claim]], dict[date, list[Claim]]]:
    """Return the claims by the day on which they are reported, and those withdrawn by the day of withdrawal."""
    told: dict[date, list[Claim]] = {}
    withdrawn: dict[date, list[Claim]] = {}
    for claim in claims:
        told.setdefault(claim.reported_on, []).append(claim)
        if claim.withdrawn_on:
            withdrawn.setdefault(claim.withdrawn_on, []).append(claim)
    return told, withdrawn


def _tells(fact: Fact, claim: Claim) -> bool:
    return claim.property == fact.told_by and asserts(claim)


class Tally:
    """The number of standing claims that say something of the fact itself, and of sources that have said anything.

    What a source calls somebody in the fact says nothing of the fact.
    """

    def __init__(self) -> None:
        self.claims = 0
        self._by_source: Counter[str] = Counter()

    @property
    def sources(self) -> int:
        return len(self._by_source)

    def change(self, turn: Turn) -> None:
        """Count the claims that begin to stand on a day, and stop counting those that cease to."""
        for claim in turn.told:
            self.claims += not claim.designates
            self._by_source[claim.source] += 1
        for claim in turn.gone:
            self.claims -= not claim.designates
            self._by_source[claim.source] -= 1
            if not self._by_source[claim.source]:
                del self._by_source[claim.source]


class Queue:
    """A changing set of claims, of which the first in an order can be read."""

    def __init__(self, order: SortKey) -> None:
        self.order = order
        self._entries: list[tuple[tuple[Any, ...], int, Claim]] = []
        self._standing: set[int] = set()
        self._number = count()

    def add(self, claim: Claim) -> None:
        self._standing.add(id(claim))
        heappush(self._entries, (self.order(claim), next(self._number), claim))

    def remove(self, claim: Claim) -> None:
        self._standing.discard(id(claim))

    @property
    def first(self) -> Claim | None:
        """The first of the claims that have been added and not removed."""
        while self._entries and id(self._entries[0][2]) not in self._standing:
            heappop(self._entries)
        return self._entries[0][2] if self._entries else None
