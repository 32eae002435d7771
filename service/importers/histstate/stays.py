"""The trip or visit itself: clauses about its kind, its companions and its days, and what they add up to."""

import re
from dataclasses import replace
from datetime import date

from service.importers.histstate.clauses import Clause
from service.importers.histstate.days import DAYS, find_runs, span, within
from service.importers.histstate.meetings import read_attended, read_named_gathering
from service.importers.histstate.mentions import foreign_parties, row_state, travellers
from service.importers.histstate.notes import Notes
from service.importers.histstate.occasions import find_gatherings
from service.importers.histstate.people import read_people
from service.importers.histstate.readings import ActKind, Day, Encounter, RowSet, Stay, StayKind
from service.importers.histstate.tables import Phrase
from service.store.enums import DateBasis

_IMPLYING = {StayKind.STATE, StayKind.OFFICIAL, StayKind.OFFICIAL_WORKING, StayKind.WORKING}


def read_kind(notes: Notes, clause: Clause, phrase: Phrase) -> None:
    """Read a kind of visit ("State visit at Washington"), and where it was received."""
    if notes.row.set is RowSet.VISIT and notes.kinds and _is_excursion(clause, phrase):
        return
    notes.add_kinds(clause, phrase.stay)
    place = _place_received(notes, clause)
    if notes.implied is None and _implies_president(notes, clause, phrase, place):
        notes.implied = clause
    read_named_gathering(notes, clause)
    notes.add_attendance(clause, clause.body)
    if place:
        notes.places.append(place)


def _is_excursion(clause: Clause, phrase: Phrase) -> bool:
    """Return whether the clause reports a journey on from the visit itself.

    Examples are "Private visit to New York City May 21–23" and "Hunting trip in Alaska".
    """
    if {StayKind.TRANSIT, StayKind.VACATION} & set(phrase.stay):
        return True
    return {StayKind.PRIVATE, StayKind.UNOFFICIAL} >= set(phrase.stay) and clause.body.startswith("to ")


def _place_received(notes: Notes, clause: Clause) -> str:
    text = clause.words if clause.opening.lower().startswith("visited") else clause.body or clause.words
    match = re.match(r"(?:at|in|to|visited) ", text, re.IGNORECASE)
    is_aside = notes.row.set is RowSet.TRIP or (clause.phrase and StayKind.MEDICAL in clause.phrase.stay)
    if is_aside or match is None:
        return ""
    return notes.find_place(f"at {text[match.end() :]}")


def _implies_president(notes: Notes, clause: Clause, phrase: Phrase, place: str) -> bool:
    """Return whether the visit is of a kind that the President receives, is as his guest, or is to one of his homes."""
    is_guest = StayKind.GUEST in phrase.stay and "president" in clause.words.lower()
    return (
        bool(_IMPLYING & set(phrase.stay)) or is_guest or any(home in place for home in notes.tables.presidents_homes)
    )


def read_travel(notes: Notes, clause: Clause, phrase: Phrase) -> None:
    """Read "In U.S. March 8–16", "Arrived in U.S. May 13" or "Departed U.S. May 31"."""
    runs = list(find_runs(clause.words, notes.row.start))
    opening = clause.words.lower()
    if notes.row.set is RowSet.VISIT and opening.startswith("afterward"):
        notes.onward = clause.address
    if notes.row.set is RowSet.TRIP or not runs:
        return
    if re.match(r"(was )?in (the )?u|u\.s|visited u\.s", opening):
        notes.arrived = runs[0].first
        notes.departed = None if runs[0].is_day else runs[0].last
    elif opening.startswith("arrived"):
        notes.arrived = notes.arrived or runs[0].first
    elif opening.startswith(("departed", "left", "final departure")):
        notes.departed = runs[-1].last


def read_companions(notes: Notes, clause: Clause, phrase: Phrase) -> None:
    """Read "Accompanied by Prime Minister Mariategui", "Vacationed with King Juan Carlos I": both were there."""
    notes.add_kinds(clause, phrase.stay)
    for party in foreign_parties(notes.tables, notes.row, read_people(notes.tables, clause.body).items, clause.address):
        notes.companions += party.people


def read_act(notes: Notes, clause: Clause, phrase: Phrase) -> None:
    """Read another act: signing, addressing, visiting ... Whoever addresses a gathering abroad attends it too."""
    if clause.words.startswith("Visited U.S."):
        read_travel(notes, clause, phrase)
    found = list(find_gatherings(notes.tables, clause.body, notes.row.start))
    if phrase.act == ActKind.ADDRESSED and _is_address_to_another_gathering(notes, clause):
        read_attended(notes, clause, phrase)
        # "addressed the Rio de Janeiro Conference and the Brazilian Congress"
        behind = clause.body[found[-1][1].end() :]
        others = behind.partition(" and ")[2]
        notes.add_act(clause, ActKind.ADDRESSED, clause.body.removesuffix(f" and {others}"))
        if others:
            notes.add_act(clause, ActKind.ADDRESSED, others)
        return
    if phrase.act == ActKind.SIGNED and found:
        read_attended(notes, clause, phrase)
        return
    notes.add_private(clause, clause.body)
    if phrase.act == ActKind.VISITED and _is_abroad(notes, clause):
        return
    notes.add_act(clause, ActKind(phrase.act), clause.body if phrase.done else "")


def _is_abroad(notes: Notes, clause: Clause) -> bool:
    """Return whether a visitor to the United States went to another state ("visited Canada March 9–13")."""
    words = re.sub(rf",? {DAYS}$", "", clause.body).removeprefix("the ")
    return notes.row.set is RowSet.VISIT and notes.tables.state_slug(words, notes.row.start) is not None


def _is_address_to_another_gathering(notes: Notes, clause: Clause) -> bool:
    """Return whether a trip was to a gathering that is addressed; two without days of their own may be the same."""
    if notes.row.set is RowSet.VISIT or not any(find_gatherings(notes.tables, clause.body, notes.row.start)):
        return False
    is_first = not any(one.gathering for one in notes.encounters)
    return is_first or any(find_runs(clause.body, notes.row.start))


def read_accompanied(notes: Notes, clause: Clause, phrase: Phrase) -> None:
    """Read "Accompanied King George VI": it names whose visit it was; both came."""
    notes.add_act(clause, ActKind.OTHER)
    notes.accompanied = foreign_parties(
        notes.tables, notes.row, read_people(notes.tables, clause.body).items, clause.address
    )
    notes.companions += [person for party in notes.accompanied for person in party.people]


def widen_occasions(notes: Notes) -> None:
    """Date what a visitor attended without its own day to some day of the longer stay that the row reports."""
    first, last = notes.arrived or notes.row.start, notes.departed or notes.row.end
    if notes.row.set is RowSet.VISIT and first <= notes.row.start <= notes.row.end <= last:
        days = within(first, last)
        notes.encounters = [
            replace(one, day=Day(days, DateBasis.INFERRED)) if _is_undated_occasion(one) else one
            for one in notes.encounters
        ]


def _is_undated_occasion(encounter: Encounter) -> bool:
    is_occasion = encounter.gathering is not None and encounter.gathering.is_occasion
    return is_occasion and encounter.day.basis is DateBasis.INFERRED


def ignore(notes: Notes, clause: Clause, phrase: Phrase) -> None:
    """Ignore what says nothing of the visit itself ("First visit by a foreign Chief of State ...")."""


def to_stay(notes: Notes) -> Stay:
    """Return what the clauses and the fields say of the trip or visit."""
    row = notes.row
    is_trip = row.set is RowSet.TRIP
    has_in_country = notes.arrived or notes.departed
    return Stay(
        travellers=(*travellers(notes.tables, row), *notes.companions),
        to=row_state(notes.tables, row) if is_trip else None,
        days=Day(span(row.start, row.end), DateBasis.STATED) if row.start <= row.end else None,
        kinds=tuple(notes.kinds),
        places=row.localities if is_trip else tuple(notes.places or _places_of_occasion(notes)),
        in_country=Day(_interval(notes.arrived, notes.departed), DateBasis.STATED) if has_in_country else None,
    )


def _places_of_occasion(notes: Notes) -> list[str]:
    """Return the place of an act of attending, or of a ceremony, if a row reports nothing else of a visit.

    An example is "a rally in Houston, Texas".
    """
    is_all = len(notes.acts) == 1 and not (notes.encounters or notes.kinds)
    if not is_all or notes.acts[0].kind not in (ActKind.ATTENDED, ActKind.CEREMONY):
        return []
    return [place] if (place := notes.find_place(notes.acts[0].object)) else []


def _interval(first: date | None, last: date | None) -> str:
    if first and last and first <= last:
        return span(first, last)
    return f"{first or '..'}/{last if last and not first else '..'}"
