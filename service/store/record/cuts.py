"""The days on which what is shown of a fact may change, and what decides from each of them on.

A claim that repeats what another has said changes nothing that is shown, unless it decides now. A fact that a thousand
sources tell of therefore has few of these days.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from service.store.record.decide import Decider, IsWithin, as_date
from service.store.record.record import Claim, Fact
from service.store.record.standing import Queue, Tally, Turn

OF_PRINCIPALS = "onBehalfOf"


@dataclass(frozen=True, slots=True)
class Sayings:
    """What standing claims say in words, each statement once, in the order of the record; and their `Tally`."""

    claims: Sequence[Claim]
    count: int
    sources: int


@dataclass(frozen=True, slots=True)
class Cut:
    """A day on which what is shown may change; `decided` maps properties to the claims that decide from then on."""

    day: date
    decided: dict[str, Claim | None]
    sayings: Sayings


def find_cuts(fact: Fact, within: IsWithin, turns: Sequence[Turn], also: Iterable[date] = ()) -> Iterator[Cut]:
    """Yield the days on which what is shown of a fact may change, in order.

    `also` are more such days, which count from the first turn on.
    """
    standing = _Standing(fact, within)
    turn_on = {turn.day: turn for turn in turns}
    further = (
        {day for day in also if day >= turns[0].day} | {turns[0].day} | ({turns[-1].day} if fact.summary else set())
    )
    is_withdrawn = False
    for day in sorted(turn_on.keys() | further):
        turn = turn_on.get(day)
        is_other = turn is not None and (standing.change(turn) or turn.is_withdrawn != is_withdrawn)
        is_withdrawn = turn.is_withdrawn if turn else is_withdrawn
        if is_other or day in further:
            yield Cut(day, dict(standing.decided), standing.sayings())


class _Standing:
    """The standing claims, what they say and what they decide."""

    def __init__(self, fact: Fact, within: IsWithin) -> None:
        self._within = within
        self._place = {id(claim): place for place, claim in enumerate(fact.claims)}
        self._queues: dict[tuple[Any, ...], Queue] = {}
        self._said: dict[tuple[Any, ...], Claim] = {}
        self._in_words: dict[tuple[Any, ...], Claim] = {}
        self._deciders: dict[tuple[str, ...], Decider] = {}
        self._decided: dict[tuple[str, ...], Claim | None] = {}
        self._namings: dict[int, Claim] = {}
        self._tally = Tally()
        self.decided: dict[str, Claim | None] = {}

    def change(self, turn: Turn) -> bool:
        """Add and remove claims; return whether what they say or decide has changed."""
        self._tally.change(turn)
        sayings: set[tuple[Any, ...]] = set()
        properties: set[tuple[str, ...]] = set()
        for claims, is_told in ((turn.gone, False), (turn.told, True)):
            for claim in claims:
                sayings.add(self._say(claim, is_told=is_told))
                properties.update(self._decide(claim, is_told=is_told))
        changes = [self._renew_saying(each) for each in sayings] + [self._renew_decision(each) for each in properties]
        return any(changes)

    def sayings(self) -> Sayings:
        claims = sorted(self._in_words.values(), key=lambda claim: self._place[id(claim)])
        return Sayings(claims, self._tally.claims, self._tally.sources)

    def _say(self, claim: Claim, *, is_told: bool) -> tuple[Any, ...]:
        saying = _saying_of(claim)
        if saying not in self._queues:
            self._queues[saying] = Queue(lambda claim: (self._place[id(claim)],))
        queue = self._queues[saying]
        (queue.add if is_told else queue.remove)(claim)
        return saying

    def _decide(self, claim: Claim, *, is_told: bool) -> Iterator[tuple[str, ...]]:
        """Pass the claim to the deciders it affects: of its property, and of whom somebody acts for in the fact."""
        own: list[tuple[tuple[str, ...], Claim]] = [((claim.property,), claim)]
        if claim.on_behalf_of:
            naming = self._namings.setdefault(id(claim), replace(claim, value=claim.on_behalf_of))
            own.append(((OF_PRINCIPALS, claim.property, claim.value or ""), naming))
        for key, each in own:
            if key not in self._deciders:
                self._deciders[key] = Decider(key[0], self._within)
            decider = self._deciders[key]
            (decider.add if is_told else decider.remove)(each)
            yield key

    def _renew_saying(self, saying: tuple[Any, ...]) -> bool:
        first, before = self._queues[saying].first, self._said.pop(saying, None)
        self._in_words.pop(saying, None)
        if first:
            self._said[saying] = first
        if first and is_in_words(first):
            self._in_words[saying] = first
        return first is not before

    def _renew_decision(self, key: tuple[str, ...]) -> bool:
        claim, before = self._deciders[key].deciding_claim(), self._decided.get(key)
        self._decided[key] = claim
        if len(key) == 1:
            self.decided[key[0]] = claim
        return claim is not before


def is_in_words(claim: Claim) -> bool:
    """Return whether the claim says something of the fact itself that is neither a day nor an entry."""
    is_value = claim.value is not None and not claim.designates and not claim.value_typename
    return is_value and as_date(claim.property, claim.value) is None


def first_to_say(claims: Iterable[Claim]) -> Iterable[Claim]:
    """Return the first of each set of claims that say the same."""
    first: dict[tuple[Any, ...], Claim] = {}
    for claim in claims:
        first.setdefault(_saying_of(claim), claim)
    return first.values()


def _saying_of(claim: Claim) -> tuple[Any, ...]:
    """Return what claims that say the same share: everything shown of them except who tells it, where and when."""
    trust = claim.rank, claim.factuality, claim.basis
    return claim.property, claim.value, claim.on_behalf_of, claim.designates is not None, *trust
