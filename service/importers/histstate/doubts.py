"""Places where a row contradicts itself or leaves open whom it means."""

import re
from collections.abc import Iterator
from datetime import date

from service.importers.histstate.notes import Notes
from service.importers.histstate.readings import Act, ActKind, Doubt, DoubtReason, Encounter
from service.importers.texts import address_of
from service.store.enums import DateBasis

_OF_A_BODY = re.compile(r"Secretary[- ]General|Quartet|European Commission|\bEC\b")


def find_doubts(notes: Notes) -> Iterator[Doubt]:
    """Yield what a person should check, in addition to what was not understood."""
    row = notes.row
    if row.end < row.start:
        yield Doubt(DoubtReason.END_BEFORE_START, f"{row.start} {row.end}", str(address_of(row.data, "start-date")))
    yield from _slips_of_the_pen(notes)
    yield from _days_outside(notes)
    for encounter in notes.encounters:
        yield from _states_unclear(encounter)


def _slips_of_the_pen(notes: Notes) -> Iterator[Doubt]:
    row = notes.row
    for name in ("visitor", row.prose_field):
        for written, meant in notes.tables.slips.items():
            if re.search(rf"\b{re.escape(written)}\b", row[name]):
                yield Doubt(DoubtReason.MISSPELLING, f"{written}: {meant}", str(address_of(row.data, name)))


def _days_outside(notes: Notes) -> Iterator[Doubt]:
    """Yield days of a meeting, signing or speech to Congress on which, by the same row, the visitor was away."""
    row = notes.row
    first, last = min(notes.arrived or row.start, row.start), max(notes.departed or row.end, row.end)
    acts = [act for act in notes.acts if act.kind is ActKind.SIGNED or "Congress" in act.object]
    dated: list[Encounter | Act] = [*notes.encounters, *acts]
    for one in dated:
        if one.day and not all(first <= day <= last for day in _stated_days(one)):
            yield Doubt(DoubtReason.DAY_OUTSIDE_STAY, one.day.edtf, one.address)
    if (notes.arrived and notes.arrived > row.start) or (notes.departed and notes.departed < row.end):
        words = f"{notes.arrived or '..'}/{notes.departed or '..'}"
        yield Doubt(DoubtReason.DAY_OUTSIDE_STAY, words, f"p{row.prose_paragraph}")


def _stated_days(one: Encounter | Act) -> list[date]:
    if one.day is None or one.day.basis is DateBasis.INFERRED:
        return []
    return [date.fromisoformat(day) for day in re.findall(r"\d{4}-\d\d-\d\d", one.day.edtf)]


def _states_unclear(encounter: Encounter) -> Iterator[Doubt]:
    for party in encounter.parties:
        for person in party.people:
            if person.state is None and not _OF_A_BODY.search(person.words):
                yield Doubt(DoubtReason.STATE_UNCLEAR, person.words, person.address)
        if party.state is not None and party.state.slug is None:
            yield Doubt(DoubtReason.STATE_UNKNOWN, party.state.words, encounter.address)
