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
from service.importers.histstate.row_facts import RowFact
from service.store.enums import DateBasis


def facts_of_row(reading: Reading, text: RowText, context: Context) -> list[RowFact]:
    """Return everything that a row reports, each fact under a slug of the row; a gathering has its `key`."""
    row, slugs = RowContext(reading, text, context), Counter[str]()
    facts = [*_facts_of_encounters(row, slugs)]
    return [*facts, _fact_of_stay(row, slugs)] if _is_stay_left(row, facts) else facts


def _facts_of_encounters(row: RowContext, slugs: Counter[str]) -> Iterator[RowFact]:
    has_home = False
    before: RowFact | None = None
    known: dict[tuple[object, ...], RowFact] = {}
    for encounter in split_parties(row.reading, row.context.identities):
        fact = _begin(row, encounter, slugs)
        add_people(row, fact, encounter)
        if fact.noun == "meetings" and encounter.kind is not EncounterKind.GATHERING and not _is_between_two(fact):
            continue
        # "Prime Minister Blair and Quartet Representative Blair" met once
        what = fact.key, fact.existence, fact.actors(), *fact.unnamed, encounter.day, encounter.place
        first = known.setdefault(what, fact)
        if first is not fact:
            first.add_designations(fact.designations)
            continue
        add_particulars(row, fact, encounter)
        if not has_home and _is_home(row, encounter):
            has_home = True
            add_stay(row, fact, before if encounter.is_beside else None)
        before = fact
        yield fact


def _begin(row: RowContext, encounter: Encounter, slugs: Counter[str]) -> RowFact:
    gathering = encounter.gathering
    key = gathering.key if gathering else ""
    noun = "events" if gathering and gathering.is_occasion else "meetings"
    return RowFact(row.key, key or _slug(row, encounter, slugs), noun, row.text.cite(encounter.address), key=key)


def _slug(row: RowContext, encounter: Encounter, slugs: Counter[str]) -> str:
    states = [party.state.slug for party in encounter.parties if party.state and party.state.slug]
    state = next((one for one in states if one != UNITED_STATES), None)
    is_own = not row.is_trip and state in (None, row.visiting_state)
    slug = row.key if is_own else f"{row.key}-{state or 'others'}"
    slugs[slug] += 1
    return slug if slugs[slug] == 1 else f"{slug}-{slugs[slug]}"


def _is_between_two(fact: RowFact) -> bool:
    return len(fact.actors()) + len(fact.unnamed) > 1


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


def _is_stay_left(row: RowContext, facts: Sequence[RowFact]) -> bool:
    """Return whether the stay is a fact of its own.

    It is if nobody was met on it, or if it was for more, or of more people, than `facts` report.
    """
    if not facts or _is_anybody_left(row, facts) or not any(_is_on_stay(row, one) for one in facts):
        return True
    kinds = {one.kind for one in row.reading.stay.kinds}
    acts = [act for act in row.reading.acts if describe_act(act) and is_of_stay(row, act)]
    if any(_is_home(row, one) for one in row.reading.encounters):
        return any(is_with_others(row, act) for act in acts)
    if acts:
        return True
    return bool(kinds & VISITS if any(one.key and one.noun == "meetings" for one in facts) else kinds)


def _is_on_stay(row: RowContext, fact: RowFact) -> bool:
    """Return whether it may have been on the days of the stay; if those days are not known, it was."""
    stay = bounds(row.reading.stay.days.edtf) if row.reading.stay.days else None
    spans = [span for text in fact.dates() if (span := bounds(text))]
    return stay is None or not spans or any(first <= stay[1] and stay[0] <= last for first, last in spans)


def _is_anybody_left(row: RowContext, facts: Sequence[RowFact]) -> bool:
    """Return whether somebody came whom no encounter reports."""
    came = {person.slug for one in row.reading.stay.travellers if (person := row.find_person(one))}
    return not came <= {slug for one in facts for slug in one.actors()}


def _fact_of_stay(row: RowContext, slugs: Counter[str]) -> RowFact:
    """Return the trip or visit as an event: who travelled, where, when and as what."""
    stay = row.reading.stay
    kinds = [kind.kind for kind in stay.kinds]
    cite = row.text.cite(stay.kinds[0].address) if stay.kinds else row.text.cite_prose()
    fact = RowFact(row.key, f"{row.key}-stay" if slugs[row.key] else row.key, "events", cite)
    fact.plain |= {"eventType": "CONSULT", "mode": "visit", "act": words_of_stay(kinds)}
    ceremony = None if kinds else name_of_ceremony(row.reading.acts)
    if ceremony:
        fact.plain["act"] = {"en": ceremony}
    fact.plain |= {"modality": "ACTUAL", "medium": "IN_PERSON"}
    _add_travellers(row, fact)
    host = row.home if row.is_trip else UNITED_STATES
    if host and OFFICIAL_STAYS.intersection(kinds):
        fact.add_role("recipients", host, "RECIPIENT", cite)
    if stay.days:
        fact.add("date", stay.days.edtf, row.cite_day(stay.days, cite.address))
    place, where = row.find_place("", cite.address)
    if not row.is_trip and place != UNITED_STATES:
        where = row.text.cite_words(f"p{row.text.row.prose_paragraph}", stay.places[0])
    fact.add("place", place, where)
    is_alone = not any(_is_home(row, one) for one in row.reading.encounters)
    acts = (act for act in row.reading.acts if is_alone or is_with_others(row, act))
    add_programme(row, fact, (act for act in acts if is_of_stay(row, act)))
    return fact


def _add_travellers(row: RowContext, fact: RowFact) -> None:
    travellers = row.reading.stay.travellers
    if not any(row.find_person(one) for one in travellers):
        whom = ", ".join(row.describe(one, row.visiting_state) for one in travellers)
        fact.plain["act"] = {"en": f"{fact.plain['act']['en']} of {whom}"}
    for mention in travellers:
        if person := row.find_person(mention):
            add_person(row, fact, person, mention, fact.existence)
        else:
            fact.add("details", row.describe(mention, row.visiting_state), row.text.cite(mention.address))
