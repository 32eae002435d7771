"""Decide which of the given claims provides the value that a fact shows for a property.

Claims of withdrawn sources are left out beforehand: see `Snapshot.standing_claims`.
"""

from collections.abc import Callable, Iterable
from datetime import date

from service.store import dates
from service.store.record.record import Claim
from service.store.record.standing import Queue, SortKey, asserts

__all__ = ["Decider", "IsWithin", "as_date", "asserts", "candidates", "decide", "effective_day", "is_unvouched"]

IsWithin = Callable[[str, str], bool]
"""Whether the place of the first slug is part of the place of the second."""

CHANGING = frozenset({"status", "response", "state"})
"""Properties whose value changes: the claim that took effect last decides, not the one that was reported last."""

PLACES = frozenset({"place", "destination"})
"""Properties whose value is the slug of a place."""

DATES = frozenset({"date", "attested", "inForce", "ended"})
"""Properties whose value is a date, in addition to those whose name shows it."""

RANKS = ("PREFERRED", "NORMAL")
BASES = ("STATED", "RELATIVE", "INFERRED")

# For each property, the pairs (inner, outer) of values of which the first is a more exact form of the second.
FINER = {
    "status": {("CUT_SHORT", "HELD"), ("REINSTATED", "SCHEDULED")},
    "outcome": {(word, "UNDERSTANDING") for word in ("JOINT_STATEMENT", "DECLARATION", "AGREEMENT")},
}


def never_within(inner: str, outer: str) -> bool:
    """Return False: no place is part of another."""
    return False


def decide(property: str, claims: Iterable[Claim], within: IsWithin = never_within) -> Claim | None:
    """Return the claim whose value is shown, of a property's claims told by some day; None if none can decide."""
    asserted = [*filter(asserts, claims)]
    if len(asserted) < 2:
        return asserted[0] if asserted else None
    decider = Decider(property, within)
    for claim in asserted:
        decider.add(claim)
    return decider.deciding_claim()


class Decider:
    """The claims of one property as they come and go.

    The cost of deciding depends on what has changed, not on how many claims there are.
    """

    def __init__(self, property: str, within: IsWithin = never_within) -> None:
        self.property = property
        self._within = within
        order = _by_effective_day if property in CHANGING else _by_report
        self._ranks = [_Ranked(order) for _ in RANKS]
        self._refining: dict[tuple[str | None, str | None], bool] = {}

    def add(self, claim: Claim) -> None:
        if asserts(claim):
            self._ranks[RANKS.index(claim.rank)].add(claim)

    def remove(self, claim: Claim) -> None:
        if asserts(claim):
            self._ranks[RANKS.index(claim.rank)].remove(claim)

    def deciding_claim(self) -> Claim | None:
        """Return the claim whose value is shown, or None if none can decide."""
        ranked = next((ranked for ranked in self._ranks if ranked.winner), None)
        if ranked is None or ranked.winner is None:
            return None
        winner = ranked.winner
        while _has_parts(self.property, winner.value):
            finer = [first for first in ranked.first_of_each() if self._refines(first, winner)]
            if not finer:
                break
            winner = min(finer, key=ranked.order)
        return ranked.first_report(winner.value)

    def _refines(self, claim: Claim, winner: Claim) -> bool:
        """Return whether the winner gives way: the claim is as well vouched for, its value is inside the winner's."""
        if claim.value == winner.value or is_unvouched(claim) > is_unvouched(winner):
            return False
        pair = claim.value, winner.value
        if pair not in self._refining:
            self._refining[pair] = _is_finer(self.property, *pair, self._within)
        return self._refining[pair]


class _Ranked:
    """Claims of one rank, in classes of claims that say the same and are equally well vouched for."""

    def __init__(self, order: SortKey) -> None:
        self.order = order
        self._all = Queue(order)
        self._classes: dict[tuple[str | None, bool], tuple[Queue, Queue]] = {}

    def add(self, claim: Claim) -> None:
        class_ = _class_of(claim)
        if class_ not in self._classes:
            self._classes[class_] = Queue(self.order), Queue(_by_first_report)
        for queue in (self._all, *self._classes[class_]):
            queue.add(claim)

    def remove(self, claim: Claim) -> None:
        for queue in (self._all, *self._classes[_class_of(claim)]):
            queue.remove(claim)

    @property
    def winner(self) -> Claim | None:
        return self._all.first

    def first_of_each(self) -> Iterable[Claim]:
        """Return the first claim of each class."""
        return (first for queue, _ in self._classes.values() if (first := queue.first))

    def first_report(self, value: str | None) -> Claim | None:
        """Return the claim that is shown, of the claims of a value."""
        queues = (self._classes.get((value, unvouched)) for unvouched in (False, True))
        return next((first for own in queues if own and (first := own[1].first)), None)


def _class_of(claim: Claim) -> tuple[str | None, bool]:
    return claim.value, is_unvouched(claim)


def holds_dates(property: str) -> bool:
    """Return whether the values of a property are dates: properties in -Date or -On, and a few others."""
    return property in DATES or property.endswith(("Date", "On"))


def as_date(property: str, value: str | None) -> dates.Edtf | None:
    """Return the value as a date, for a property that holds dates."""
    if value is None or not holds_dates(property):
        return None
    try:
        return dates.parse(value)
    except dates.InvalidDate:
        return None


def effective_day(claim: Claim) -> date:
    """Return the last possible day of `effective`, or the day of the report if there is none."""
    latest = dates.parse(claim.effective).latest if claim.effective else None
    return latest or claim.reported_on


def candidates(claims: Iterable[Claim]) -> list[Claim]:
    """Return the claims that can decide: those that assert a value, of the highest rank present."""
    asserted = [claim for claim in claims if asserts(claim)]
    best = min((RANKS.index(claim.rank) for claim in asserted), default=0)
    return [claim for claim in asserted if claim.rank == RANKS[best]]


def is_unvouched(claim: Claim) -> bool:
    """Return whether the outlet tells the claim without vouching for it."""
    return claim.factuality not in ("CERTAIN", "PROBABLE")


def _by_effective_day(claim: Claim) -> tuple[object, ...]:
    return (
        claim.property == "status" and claim.value not in ("HELD", "CUT_SHORT"),
        -effective_day(claim).toordinal(),
        is_unvouched(claim),
        -claim.reported_on.toordinal(),
        claim.source,
        -claim.position,
        claim.passage.start,
        claim.slug,
    )


def _by_report(claim: Claim) -> tuple[object, ...]:
    return (
        is_unvouched(claim),
        -claim.reported_on.toordinal(),
        BASES.index(claim.basis),
        claim.source,
        claim.passage.start,
        claim.slug,
    )


def _by_first_report(claim: Claim) -> tuple[object, ...]:
    return (
        is_unvouched(claim),
        BASES.index(claim.basis),
        claim.reported_on,
        claim.source,
        claim.passage.start,
        claim.slug,
    )


def _has_parts(property: str, value: str | None) -> bool:
    """Return whether another value can lie inside this one."""
    if day := as_date(property, value):
        return dates.can_be_narrowed(day)
    return property in PLACES or property == "format" or any(outer == value for _, outer in FINER.get(property, ()))


def _is_finer(property: str, inner: str | None, outer: str | None, within: IsWithin) -> bool:
    """Return whether one value lies inside the other."""
    if inner is None or outer is None:
        return False
    finer, wider = as_date(property, inner), as_date(property, outer)
    if finer and wider:
        return dates.narrows(finer, wider)
    if property in PLACES:
        return within(inner, outer)
    if property == "format":
        return outer == "MEETING"
    return (inner, outer) in FINER.get(property, ())
