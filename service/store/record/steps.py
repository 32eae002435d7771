"""The steps of a history (a meeting's status, a relationship's state) while the claims that tell of them come and go.

Claims of one value whose `effective` ranges overlap, directly or through others, form one step. A claim without
`effective` counts as effective on the day of its report. It does not add a step to the one that it continues: the step
of its value whose range contains that day, or else the last step before it if that has its value. Otherwise it forms
one step with all such claims, until another step with a day of its own follows.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any, TypeVar

from service.store import dates
from service.store.record.decide import BASES, FINER, asserts, effective_day
from service.store.record.record import Claim
from service.store.record.standing import Queue

OrderKey = tuple[date, bool, date, int, str]
"""Sort key of steps: see `Change`."""
Slot = tuple[str, OrderKey | None]
"""The value of a step, and the sort key of the step with a day of its own that it is or follows."""

Ranged = TypeVar("Ranged")
SayingKey = tuple[str, tuple[date, date], bool]
"""A value, the days in which it took effect, and whether these are told."""

STAGES = {inner: outer for pairs in FINER.values() for inner, outer in pairs}
"""More exact values, with the less exact value of each; the latter told after the former is not another step."""


@dataclass(frozen=True, slots=True)
class Change:
    """One step: its value, when it took effect (EDTF; None if no source says so) and since when it has been told.

    Steps are ordered by `last_on`, with CUT_SHORT after all others, then `reported_on`, `position` and `slug`.
    """

    value: str
    effective: str | None
    effective_basis: str | None
    reported_on: date
    last_on: date
    position: int
    slug: str
    """Slug of the claim that told it first."""

    @property
    def order(self) -> OrderKey:
        return self.last_on, self.value == "CUT_SHORT", self.reported_on, self.position, self.slug


def effective_range(claim: Claim) -> tuple[date, date]:
    """Return the first and last day of `effective`, or the day of the report if there is none."""
    if claim.effective is None:
        return claim.reported_on, claim.reported_on
    edtf = dates.parse(claim.effective)
    return edtf.earliest or date.min, edtf.latest or date.max


def _by_report(claim: Claim) -> tuple[Any, ...]:
    return claim.reported_on, claim.position, claim.slug


def _by_exactness(claim: Claim) -> tuple[Any, ...]:
    first, last = effective_range(claim)
    return last - first, BASES.index(claim.basis), claim.reported_on, claim.source, claim.passage.start


@dataclass(eq=False)
class Saying:
    """The claims that say the same: that a value took effect in a range of days or, without a range, on some day."""

    value: str
    days: tuple[date, date]
    is_timed: bool
    step: "Step | None" = None
    claims: dict[int, Claim] = field(default_factory=dict)
    first: Queue = field(default_factory=lambda: Queue(_by_report))
    most_exact: Queue = field(default_factory=lambda: Queue(_by_exactness))

    def add(self, claim: Claim) -> None:
        self.claims[id(claim)] = claim
        self.first.add(claim)
        if self.is_timed:
            self.most_exact.add(claim)

    def remove(self, claim: Claim) -> None:
        del self.claims[id(claim)]
        self.first.remove(claim)
        self.most_exact.remove(claim)


@dataclass(eq=False)
class Step:
    """A step on some day; `order` is its sort key if it has a day of its own."""

    sayings: list[Saying] = field(default_factory=list)
    order: OrderKey | None = None
    _first: Claim | None = None
    _shown: Claim | None = None

    def take(self, saying: Saying) -> None:
        """Take account of what one of the step's sayings says now."""
        first, shown = saying.first.first, saying.most_exact.first
        if first and (self._first is None or _by_report(first) < _by_report(self._first)):
            self._first = first
        if shown and (self._shown is None or _by_exactness(shown) < _by_exactness(self._shown)):
            self._shown = shown

    def add(self, saying: Saying) -> None:
        saying.step = self
        self.sayings.append(saying)
        self.take(saying)

    def count_again(self) -> None:
        self._first = self._shown = None
        for saying in self.sayings:
            self.take(saying)

    def claims(self) -> Iterator[Claim]:
        return (claim for saying in self.sayings for claim in saying.claims.values())

    def change(self) -> Change:
        """Return what is told of the step; there must be a claim."""
        first, shown = self._first, self._shown
        assert first is not None
        return Change(
            value=first.value or "",
            effective=shown.effective if shown else None,
            effective_basis=shown.basis if shown else None,
            reported_on=first.reported_on,
            last_on=effective_day(shown) if shown else first.reported_on,
            position=first.position,
            slug=first.slug,
        )


class Steps:
    """The steps that the standing claims tell of; `update` returns those that have changed."""

    def __init__(self) -> None:
        self._sayings: dict[SayingKey, Saying] = {}
        self._timed: list[tuple[OrderKey, str]] = []
        self._ranges: dict[str, list[tuple[date, date, OrderKey]]] = {}
        self._slots: dict[Slot, Step] = {}

    def all(self) -> list[tuple[Change, Step]]:
        """Return every step, oldest first."""
        steps = ((step.change(), step) for step in self._slots.values())
        return sorted(steps, key=lambda each: each[0].order)

    def step_of(self, claim: Claim) -> Step | None:
        """Return the step that a claim tells of, or None if the claim is denied or a slip."""
        saying = self._sayings.get(_key_of(claim))
        return saying.step if saying and id(claim) in saying.claims else None

    def update(self, told: Iterable[Claim], gone: Iterable[Claim] = ()) -> tuple[Collection[Step], bool]:
        """Add and remove claims; return the steps that may have changed, and whether claims may have moved."""
        touched: dict[Step, None] = {}
        moved = [self._remove(claim, touched) for claim in gone]
        moved += [self._add(claim, touched) for claim in told if claim.value is not None and asserts(claim)]
        if any(moved) or any(step.order and step.change().order != step.order for step in touched):
            self._arrange()
            return self._slots.values(), True
        return touched.keys(), False

    def _add(self, claim: Claim, touched: dict[Step, None]) -> bool:
        """Add a claim; return whether the steps have to be arranged again."""
        key = _key_of(claim)
        saying = self._sayings.get(key) or self._sayings.setdefault(key, Saying(*key))
        saying.add(claim)
        if saying.step is None and saying.is_timed:
            return True
        if saying.step is None:
            saying.step = self._place(saying)
        saying.step.take(saying)
        touched[saying.step] = None
        return False

    def _remove(self, claim: Claim, touched: dict[Step, None]) -> bool:
        """Remove a claim; return whether the steps have to be arranged again."""
        key = _key_of(claim)
        saying = self._sayings.get(key)
        if saying is None or id(claim) not in saying.claims:
            return False
        saying.remove(claim)
        if not saying.claims:
            del self._sayings[key]
            return True
        if saying.step:
            saying.step.count_again()
            touched[saying.step] = None
        return False

    def _arrange(self) -> None:
        """Determine all steps: first those with a day of their own, then the claims that continue them."""
        self._slots, self._ranges, self._timed = {}, {}, []
        timed = sorted((one for one in self._sayings.values() if one.is_timed), key=lambda one: (one.value, one.days))
        for value, sayings in groupby(timed, key=lambda one: one.value):
            for group in _overlapping(sayings, lambda one: one.days):
                self._add_timed_step(value, group)
        self._timed.sort()
        for saying in self._sayings.values():
            if not saying.is_timed:
                self._place(saying)

    def _add_timed_step(self, value: str, sayings: Iterable[Saying]) -> None:
        step = Step()
        for saying in sayings:
            step.add(saying)
        step.order = step.change().order
        days = step.sayings[0].days[0], max(saying.days[1] for saying in step.sayings)
        self._ranges.setdefault(value, []).append((*days, step.order))
        self._timed.append((step.order, value))
        self._slots[value, step.order] = step

    def _place(self, saying: Saying) -> Step:
        """Add a saying without a day of its own to its step."""
        step = self._slots.setdefault(self._slot_of(saying), Step())
        step.add(saying)
        return step

    def _slot_of(self, saying: Saying) -> Slot:
        day, ranges = saying.days[0], self._ranges.get(saying.value, ())
        held = bisect_right(ranges, day, key=lambda each: each[0]) - 1
        if held >= 0 and day <= ranges[held][1]:
            return saying.value, ranges[held][2]
        alone = Step()
        alone.take(saying)
        before = bisect_left(self._timed, alone.change().order, key=lambda each: each[0])
        while before and STAGES.get(self._timed[before - 1][1]) == saying.value:
            before -= 1
        return saying.value, self._timed[before - 1][0] if before else None


def _key_of(claim: Claim) -> SayingKey:
    return claim.value or "", effective_range(claim), claim.effective is not None


def group_overlapping(claims: Iterable[Claim]) -> list[list[Claim]]:
    """Return the claims in groups whose effective ranges overlap, directly or through others."""
    in_order = sorted(claims, key=lambda claim: (effective_range(claim), claim.reported_on, claim.slug))
    return [*_overlapping(in_order, effective_range)]


def _overlapping(in_order: Iterable[Ranged], days_of: Callable[[Ranged], tuple[date, date]]) -> Iterator[list[Ranged]]:
    """Yield groups of items that overlap, directly or through others."""
    group: list[Ranged] = []
    end = date.min
    for each in in_order:
        start, last = days_of(each)
        if group and start > end:
            yield group
            group, end = [], last
        group.append(each)
        end = max(end, last)
    if group:
        yield group
