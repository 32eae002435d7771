"""The steps of a history as in the notes on the record, derived from what is known on the day."""

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

from tests.oracle.register import Row

EXACTNESS = ("STATED", "RELATIVE", "INFERRED")
MORE_EXACT = {"CUT_SHORT": "HELD", "REINSTATED": "SCHEDULED"}


def steps(fact: Any, property: str) -> list[Row]:
    """Return the steps, oldest first, each with the rows of its claims."""
    claims = [each.row for each in fact.all_claims if each.row.property == property and _stands(fact, each.row)]
    values = dict.fromkeys(claim.value for claim in claims)
    dated = [_step(fact, group) for value in values for group in _dated_groups(fact, claims, value)]
    groups: dict[object, list[Row]] = {id(step): list(step.claims) for step in dated}
    for claim in claims:
        if claim.effective is None:
            on_its_day = [
                each for each in claims if each.value == claim.value and _days(fact, each) == _days(fact, claim)
            ]
            place = _step(fact, [each for each in on_its_day if each.effective is None]).order
            groups.setdefault(_goes_on_with(fact, claim, place, dated), []).append(claim)
    return sorted((_step(fact, group) for group in groups.values()), key=lambda step: step.order)


def _stands(fact: Any, claim: Row) -> bool:
    is_said = claim.value is not None and claim.factuality != "DENIED" and claim.rank != "DEPRECATED"
    return is_said and (fact.row.is_withdrawn or not fact.view.is_withdrawn(claim))


def _days(fact: Any, claim: Row) -> tuple[date, date]:
    if claim.effective is None:
        return claim.reported_on, claim.reported_on
    edtf = fact.view.row("edtf", claim.effective, "text")
    return edtf.earliest or date.min, edtf.latest or date.max


def _dated_groups(fact: Any, claims: list[Row], value: str) -> Iterator[list[Row]]:
    """Return the claims of a value that have a day, in overlapping groups: each includes everything that it touches."""
    groups: list[list[Row]] = []
    for claim in claims:
        if claim.value == value and claim.effective is not None:
            touched = [group for group in groups if any(_overlap(fact, claim, other) for other in group)]
            groups = [group for group in groups if group not in touched]
            groups.append([claim, *(other for group in touched for other in group)])
    yield from groups


def _overlap(fact: Any, one: Row, other: Row) -> bool:
    (first, last), (start, end) = _days(fact, one), _days(fact, other)
    return first <= end and start <= last


def _goes_on_with(fact: Any, claim: Row, place: tuple[Any, ...], dated: list[Row]) -> object:
    """Return the step with its own day that says the same as a claim without one; else the value and what it
    follows.
    """
    for step in dated:
        days = [_days(fact, each) for each in step.claims]
        first, last = min(start for start, _ in days), max(end for _, end in days)
        if step.value == claim.value and first <= claim.reported_on <= last:
            return id(step)
    before = sorted((step for step in dated if step.order < place), key=lambda step: step.order)
    while before and MORE_EXACT.get(before[-1].value) == claim.value:
        before.pop()
    if before and before[-1].value == claim.value:
        return id(before[-1])
    return claim.value, id(before[-1]) if before else None


def _step(fact: Any, claims: list[Row]) -> Row:
    """Return what the claims of one step say together."""

    def exactness(claim: Row) -> tuple[Any, ...]:
        first, last = _days(fact, claim)
        start = fact.view.row("passage", claim.passage_id).from_char
        source = fact.view.row("source", claim.source_id).slug
        return last - first, EXACTNESS.index(claim.basis), claim.reported_on, source, start

    first = min(claims, key=lambda claim: (claim.reported_on, claim.position, claim.slug))
    shown = min((claim for claim in claims if claim.effective is not None), key=exactness, default=None)
    last = first.reported_on if shown is None else _last_day(fact, shown)
    return SimpleNamespace(
        value=first.value,
        effective=shown and shown.effective,
        effective_basis=shown and shown.basis,
        reported_on=first.reported_on,
        claims=claims,
        order=(last, first.value == "CUT_SHORT", first.reported_on, first.position, first.slug),
    )


def _last_day(fact: Any, claim: Row) -> date:
    latest: date | None = fact.view.row("edtf", claim.effective, "text").latest
    return latest or claim.reported_on
