"""Which claim decides the value that a fact shows for a property, of the claims that a caller gives.

The claims of withdrawn sources are left out before: see `Snapshot.standing_claims`.
"""

from collections.abc import Callable, Iterable
from datetime import date

from service.store import dates
from service.store.record.record import Claim

IsWithin = Callable[[str, str], bool]
"""Whether the place of the first slug is part of the place of the second."""

CHANGING = frozenset({"status", "response", "state"})
"""Properties whose value changes: what took effect last decides, not what was told last."""

PLACES = frozenset({"place", "destination"})
"""Properties whose value is the slug of a place."""

DATES = frozenset({"date", "attested", "inForce", "ended"})
"""Properties whose value is a date, besides those whose name says so."""

RANKS = ("PREFERRED", "NORMAL")
BASES = ("STATED", "RELATIVE", "INFERRED")

# For each property the pairs (inner, outer) of values of which the first says the second more exactly.
FINER = {
    "status": {("CUT_SHORT", "HELD"), ("REINSTATED", "SCHEDULED")},
    "outcome": {(word, "UNDERSTANDING") for word in ("JOINT_STATEMENT", "DECLARATION", "AGREEMENT")},
}


def never_within(inner: str, outer: str) -> bool:
    """No place is part of another."""
    return False


def decide(property: str, claims: Iterable[Claim], within: IsWithin = never_within) -> Claim | None:
    """The claim whose value is shown, of a property's claims told by some day; None where none can decide."""
    standing = candidates(claims)
    if not standing:
        return None
    order = _by_effective_day if property in CHANGING else _by_report
    winner = min(standing, key=order)
    while finer := [claim for claim in standing if _refines(property, claim, winner, within)]:
        winner = min(finer, key=order)
    return min((claim for claim in standing if claim.value == winner.value), key=_by_first_report)


def asserts(claim: Claim) -> bool:
    """Whether it says that something is so, and is no slip: neither DENIED nor DEPRECATED."""
    return claim.factuality != "DENIED" and claim.rank != "DEPRECATED"


def holds_dates(property: str) -> bool:
    """Whether the values of a property are dates: of those in -Date or -On, and of a few others."""
    return property in DATES or property.endswith(("Date", "On"))


def as_date(property: str, value: str | None) -> dates.Edtf | None:
    """The value as a date, of a property that holds dates."""
    if value is None or not holds_dates(property):
        return None
    try:
        return dates.parse(value)
    except dates.InvalidDate:
        return None


def effective_day(claim: Claim) -> date:
    """The last possible day of `effective`; without one, the day on which it was reported."""
    latest = dates.parse(claim.effective).latest if claim.effective else None
    return latest or claim.reported_on


def candidates(claims: Iterable[Claim]) -> list[Claim]:
    """The claims that can decide: those that assert a value, of the highest rank present."""
    asserted = [claim for claim in claims if asserts(claim)]
    best = min((RANKS.index(claim.rank) for claim in asserted), default=0)
    return [claim for claim in asserted if claim.rank == RANKS[best]]


def is_unvouched(claim: Claim) -> bool:
    """Whether the outlet tells it without vouching for it."""
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


def _refines(property: str, claim: Claim, winner: Claim, within: IsWithin) -> bool:
    """Whether the winner gives way: the claim is as well vouched for, its value lies inside the winner's."""
    inner, outer = claim.value, winner.value
    if inner is None or outer is None or inner == outer or is_unvouched(claim) > is_unvouched(winner):
        return False
    finer, wider = as_date(property, inner), as_date(property, outer)
    if finer and wider:
        return dates.narrows(finer, wider)
    if property in PLACES:
        return within(inner, outer)
    if property == "format":
        return outer == "MEETING"
    return (inner, outer) in FINER.get(property, ())
