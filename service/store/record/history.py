"""The steps of a history (a meeting's status, a relationship's state), merged from claims and in order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from service.store import dates
from service.store.record.decide import BASES, asserts, effective_day
from service.store.record.record import Claim


@dataclass(frozen=True, slots=True)
class Change:
    """One step: its value, when it took effect (EDTF; None where no source has it) and who tells it."""

    value: str
    effective: str | None
    effective_basis: str | None
    reported_on: date
    claims: tuple[Claim, ...]


def history(claims: Iterable[Claim]) -> list[Change]:
    """The changes that claims of one property tell, oldest first.

    Claims of one value whose effective ranges overlap, directly or by way of others, are one change. What is
    denied, or a slip, is none.
    """
    by_value: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.value is not None and asserts(claim):
            by_value.setdefault(claim.value, []).append(claim)
    groups = [group for same in by_value.values() for group in group_overlapping(same)]
    return [_merge_claims(group) for group in sorted(groups, key=_order_of_change)]


def group_overlapping(claims: Iterable[Claim]) -> list[list[Claim]]:
    """The claims in groups whose effective ranges overlap, directly or by way of others."""
    groups: list[list[Claim]] = []
    end = date.min
    for claim in sorted(claims, key=lambda claim: (_effective_range(claim), claim.reported_on, claim.slug)):
        start, last = _effective_range(claim)
        if groups and start <= end:
            groups[-1].append(claim)
            end = max(end, last)
        else:
            groups.append([claim])
            end = last
    return groups


def _effective_range(claim: Claim) -> tuple[date, date]:
    """First and last day of `effective`; without one, the day of the report."""
    if claim.effective is None:
        return claim.reported_on, claim.reported_on
    edtf = dates.parse(claim.effective)
    return edtf.earliest or date.min, edtf.latest or date.max


def _most_exact(claims: Sequence[Claim]) -> Claim | None:
    """The claim whose `effective` is shown."""

    def width(claim: Claim) -> tuple[object, ...]:
        first, last = _effective_range(claim)
        return (last - first, BASES.index(claim.basis), claim.reported_on, claim.source, claim.passage.start)

    return min((claim for claim in claims if claim.effective is not None), key=width, default=None)


def _earliest(claims: Sequence[Claim]) -> Claim:
    return min(claims, key=lambda claim: (claim.reported_on, claim.position, claim.slug))


def _order_of_change(claims: Sequence[Claim]) -> tuple[object, ...]:
    """By the last day on which it can have taken effect, HELD before CUT_SHORT, then as it was reported."""
    first, shown = _earliest(claims), _most_exact(claims)
    last = effective_day(shown) if shown else first.reported_on
    return last, first.value == "CUT_SHORT", first.reported_on, first.position, first.slug


def _merge_claims(claims: Sequence[Claim]) -> Change:
    first, shown = _earliest(claims), _most_exact(claims)
    return Change(
        value=first.value or "",
        effective=shown.effective if shown else None,
        effective_basis=shown.basis if shown else None,
        reported_on=first.reported_on,
        claims=tuple(sorted(claims, key=lambda claim: (claim.reported_on, claim.slug))),
    )
