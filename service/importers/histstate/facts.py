"""Facts that each row reports: its meetings, its part in gatherings, and the stay if that is a fact of its own."""

from collections import Counter
from collections.abc import Iterator, Sequence

from service.importers.histstate.acts import OFFICIAL_STAYS, VISITS, describe_act, name_of_ceremony, words_of_stay
from service.importers.histstate.citing import RowText
from service.importers.histstate.context import Context, RowContext
from service.importers.histstate.merging import bounds
from service.importers.histstate.participants import add_people, add_person
from service.importers.histstate.particulars import (
    add_particulars,
    add_programme,
    add_stay,
    is_of_stay,
    is_with_others,
)
from service.importers.histstate.parties import split_parties
from service.importers.histstate.places import UNITED_STATES
from service.importers.histstate.readings import AmericanSide, Encounter, EncounterKind, Reading
from service.importers.histstate.told import Told
from service.store.enums import DateBasis


def tell(reading: Reading, text: RowText, context: Context) -> list[Told]:
    """Return everything that a row reports, each fact under a slug of the row; a gathering has its `key`."""
    row, slugs = RowContext(reading, text, context), Counter[str]()
    told = [*_tell_encounters(row, slugs)]
    return [*told, _tell_stay(row, slugs)] if _is_stay_left(row, told) else told


def _tell_encounters(row: RowContext, slugs: Counter[str]) -> Iterator[Told]:
    has_home = False
    known: dict[tuple[object, ...], Told] = {}
    for encounter in split_parties(row.reading, row.context.identities):
        told = _begin(row, encounter, slugs)
        add_people(row, told, encounter)
        if told.noun == "meetings" and encounter.kind is not EncounterKind.GATHERING and not _is_between_two(told):
            continue
        # "Prime Minister Blair and Quartet Representative Blair" met once
        what = told.key, told.existence, told.actors(), *told.unnamed, encounter.day, encounter.place
        first = known.setdefault(what, told)
        if first is not told:
            first.add_designations(told.designations)
            continue
        add_particulars(row, told, encounter)
        if not has_home and _is_home(row, encounter):
            has_home = True
            add_stay(row, told)
        yield told


def _begin(row: RowContext, encounter: Encounter, slugs: Counter[str]) -> Told:
    gathering = encounter.gathering
    key = gathering.key if gathering else ""
    noun = "events" if gathering and gathering.is_occasion else "meetings"
    return Told(row.key, key or _slug(row, encounter, slugs), noun, row.text.cite(encounter.address), key=key)


def _slug(row: RowContext, encounter: Encounter, slugs: Counter[str]) -> str:
    states = [party.state.slug for party in encounter.parties if party.state and party.state.slug]
    state = next((one for one in states if one != UNITED_STATES), None)
    is_own = not row.is_trip and state in (None, row.visiting_state)
    slug = row.key if is_own else f"{row.key}-{state or 'others'}"
    slugs[slug] += 1
    return slug if slugs[slug] == 1 else f"{slug}-{slugs[slug]}"


def _is_between_two(told: Told) -> bool:
    return len(told.actors()) + len(told.unnamed) > 1


def _is_home(row: RowContext, encounter: Encounter) -> bool:
    """Return whether the stay was for this encounter: with the state of the trip, or of visitors with Americans."""
    if encounter.kind is not EncounterKind.MEETING:
        return False
    if row.is_trip:
        if _is_on_one_of_many_days(row, encounter):
            return False
        return any(party.state and party.state.slug == row.home for party in encounter.parties)
    people = [one for party in encounter.parties for one in party.people]
    return encounter.side is not AmericanSide.ABSENT and any(one in row.reading.stay.travellers for one in people)


def _is_on_one_of_many_days(row: RowContext, encounter: Encounter) -> bool:
    """Return whether the row dates it to some day of an official visit to the state, which is then more than it."""
    stay, day = row.reading.stay, encounter.day
    is_visit = any(one.kind in VISITS for one in stay.kinds)
    return is_visit and stay.days is not None and day.basis is DateBasis.STATED and day.edtf != stay.days.edtf


def _is_stay_left(row: RowContext, told: Sequence[Told]) -> bool:
    """Return whether the stay is a fact of its own.

    It is if nobody was met on it, or if it was for more, or of more people, than the facts in `told` report.
    """
    if not told or _is_anybody_left(row, told) or not any(_is_on_stay(row, one) for one in told):
        return True
    kinds = {one.kind for one in row.reading.stay.kinds}
    acts = [act for act in row.reading.acts if describe_act(act) and is_of_stay(row, act)]
    if any(_is_home(row, one) for one in row.reading.encounters):
        return any(is_with_others(row, act) for act in acts)
    if acts:
        return True
    return bool(kinds & VISITS if any(one.key and one.noun == "meetings" for one in told) else kinds)


def _is_on_stay(row: RowContext, told: Told) -> bool:
    """Return whether it may have been on the days of the stay; if those days are not known, it was."""
    stay = bounds(row.reading.stay.days.edtf) if row.reading.stay.days else None
    spans = [span for text in told.dates() if (span := bounds(text))]
    return stay is None or not spans or any(first <= stay[1] and stay[0] <= last for first, last in spans)


def _is_anybody_left(row: RowContext, told: Sequence[Told]) -> bool:
    """Return whether somebody came whom no encounter reports."""
    came = {person.slug for one in row.reading.stay.travellers if (person := row.find_person(one))}
    return not came <= {slug for one in told for slug in one.actors()}


def _tell_stay(row: RowContext, slugs: Counter[str]) -> Told:
    """Return the trip or visit as an event: who travelled, where, when and as what."""
    stay = row.reading.stay
    kinds = [kind.kind for kind in stay.kinds]
    cite = row.text.cite(stay.kinds[0].address) if stay.kinds else row.text.cite_prose()
    told = Told(row.key, f"{row.key}-stay" if slugs[row.key] else row.key, "events", cite)
    told.plain |= {"eventType": "CONSULT", "mode": "visit", "act": words_of_stay(kinds)}
    ceremony = None if kinds else name_of_ceremony(row.reading.acts)
    if ceremony:
        told.plain["act"] = {"en": ceremony}
    told.plain |= {"modality": "ACTUAL", "medium": "IN_PERSON"}
    _add_travellers(row, told)
    host = row.home if row.is_trip else UNITED_STATES
    if host and OFFICIAL_STAYS.intersection(kinds):
        told.add_role("recipients", host, "RECIPIENT", cite)
    if stay.days:
        told.add("date", stay.days.edtf, row.cite_day(stay.days, cite.address))
    place, where = row.find_place("", cite.address)
    if not row.is_trip and place != UNITED_STATES:
        where = row.text.cite_words(f"p{row.text.row.prose_paragraph}", stay.places[0])
    told.add("place", place, where)
    is_alone = not any(_is_home(row, one) for one in row.reading.encounters)
    acts = (act for act in row.reading.acts if is_alone or is_with_others(row, act))
    add_programme(row, told, (act for act in acts if is_of_stay(row, act)))
    return told


def _add_travellers(row: RowContext, told: Told) -> None:
    travellers = row.reading.stay.travellers
    if not any(row.find_person(one) for one in travellers):
        whom = ", ".join(row.describe(one, row.visiting_state) for one in travellers)
        told.plain["act"] = {"en": f"{told.plain['act']['en']} of {whom}"}
    for mention in travellers:
        if person := row.find_person(mention):
            add_person(row, told, person, mention, told.existence)
        else:
            told.add("details", row.describe(mention, row.visiting_state), row.text.cite(mention.address))
