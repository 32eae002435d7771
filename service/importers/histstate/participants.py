"""People in a fact according to a row: Americans, a President whom it implies, guests, and those nobody can name."""

from collections.abc import Iterator
from datetime import date

from service.importers.histstate.context import RowContext, mark
from service.importers.histstate.designations import designation_of
from service.importers.histstate.offices import find_doubt
from service.importers.histstate.places import UNITED_STATES
from service.importers.histstate.readings import AmericanSide, Day, Encounter, Mention, Party
from service.importers.histstate.row_facts import Citation, RowFact
from service.importers.histstate.sightings import Person, Sighting, Way
from service.importers.histstate.titles import LEADING, Rank, rank_of
from service.store import dates

LEVELS = {Rank.MINISTER: "MINISTERS", Rank.OTHER: "OFFICIALS"}
"""Level of a meeting by the rank of its lower side; LEADERS for all other ranks."""
_ORDER = ("OFFICIALS", "MINISTERS", "LEADERS")
BY_REFERENCE = "No row identifies this person; works of reference do."


def add_people(row: RowContext, fact: RowFact, encounter: Encounter) -> None:
    """Add everybody whom the row has in an encounter, and the level at which they met."""
    for mention in _americans(row, encounter):
        _add_mention(row, fact, encounter, mention, None)
    _add_president(row, fact, encounter)
    for party in encounter.parties:
        _add_party(row, fact, encounter, party)
    if fact.noun == "meetings":
        fact.plain["level"] = _level(row, encounter)


def _americans(row: RowContext, encounter: Encounter) -> Iterator[Mention]:
    # a president named by his office alone is the president of those days
    yield from (one for one in encounter.american if one.name)
    if encounter.side is AmericanSide.TRAVELLER and not encounter.american:
        yield from row.reading.stay.travellers


def _add_president(row: RowContext, fact: RowFact, encounter: Encounter) -> None:
    """Add a president whom the row does not name: by his office on those days, or implied by such a visit."""
    if encounter.side not in (AmericanSide.OFFICE, AmericanSide.IMPLIED):
        return
    president = row.context.presidents.on(*_bounds(encounter.day))
    cite = row.text.cite(encounter.address)
    by_office = encounter.side is AmericanSide.OFFICE
    if president:
        fact.add_actor(president, cite.as_inferred() if by_office else cite.as_likely())
    elif fact.noun == "meetings":
        phrase = "the President of the United States"
        fact.unnamed[phrase][f"PARTICIPANT for {UNITED_STATES}"].append(cite if by_office else cite.as_likely())


def _add_party(row: RowContext, fact: RowFact, encounter: Encounter, party: Party) -> None:
    state = party.state.slug if party.state else None
    if not party.people and state:
        fact.add_actor(state, mark(row.text.cite(encounter.address), encounter))
    for mention in party.people:
        _add_mention(row, fact, encounter, mention, state)


def _add_mention(row: RowContext, fact: RowFact, encounter: Encounter, mention: Mention, state: str | None) -> None:
    person = row.find_person(mention)
    own = row.text.cite_words(mention.address, mention.words)
    if person:
        add_person(row, fact, person, mention, mark(fact.existence, encounter))
    elif fact.noun == "meetings":
        _add_unnamed(row, fact, mention, mention.state.slug if mention.state else state, own)
    else:
        fact.add("details", row.describe(mention, state), own)


def add_person(row: RowContext, fact: RowFact, person: Person, mention: Mention, cite: Citation) -> None:
    """Add a person whom a passage of the row puts in a fact, and what the row calls him if it also has a title.

    He gets a citation of his own if the row does not identify him or is in doubt. A name that is none of his is
    recorded together with the title.
    """
    sighting, way = person.seen_in(row.key, mention)
    own = row.text.cite_words(mention.address, mention.words)
    is_called_otherwise = row.context.is_called_otherwise(person, sighting)
    notes = [f"The row calls this person {mention.name}."] if is_called_otherwise else []
    if _rests_on_reference(row, person, sighting, way) or (is_called_otherwise and not person.known):
        notes.append(BY_REFERENCE)
    is_inferred = notes or way in (Way.ROWS, Way.TABLE, Way.DECIDED)
    called = own.as_inferred() if is_inferred else own
    if doubt := find_doubt(row.context.identities, sighting):
        cite = called.with_note(f"This is what the row says, but {doubt}.")
    elif is_inferred:
        cite = called.with_note(" ".join(notes))
    fact.add_actor(person.slug, cite)
    if designation := designation_of(
        row.context.tables, mention, row.text.row.remarks, next(iter(row.context.names_of(person)), "")
    ):
        words = mention.words if is_called_otherwise else designation
        fact.designations[person.slug][words].append(called)
    elif row.is_trip and mention.is_elect and mention in row.reading.stay.travellers:
        # a note after the remarks says that the traveller was not yet in office
        note = row.text.cite_words(row.text.cite_prose().address, mention.title)
        fact.designations[person.slug][mention.title].append(note)


def _rests_on_reference(row: RowContext, person: Person, sighting: Sighting, way: Way) -> bool:
    """Return whether the identification rests on works of reference alone."""
    is_by_table = way is Way.TABLE and person.known is not None and not person.known.is_in_rows
    return is_by_table or (way is Way.DECIDED and sighting.slug in row.context.unconfirmed)


def _add_unnamed(row: RowContext, fact: RowFact, mention: Mention, state: str | None, cite: Citation) -> None:
    if not (mention.name or mention.title) and state:
        fact.add_actor(state, cite)
    elif mention.words:
        part = f"PARTICIPANT for {state}" if state else "PARTICIPANT"
        fact.unnamed[row.describe(mention, state)][part].append(cite)


def _level(row: RowContext, encounter: Encounter) -> str:
    """Return the level of the lower of the two highest sides; for a gathering, of those whom its name mentions."""
    if encounter.gathering:
        return encounter.gathering.level
    americans = [*_americans(row, encounter)]
    is_american = bool(americans) or encounter.side in (AmericanSide.OFFICE, AmericanSide.IMPLIED)
    sides = (
        [*([americans] if is_american else []), *(party.people for party in encounter.parties)]
        if encounter.parties
        else [[one] for one in americans]
    )
    levels = [max((_level_of(row, one) for one in side), default="LEADERS", key=_ORDER.index) for side in sides]
    return sorted(levels, key=_ORDER.index)[-2] if len(levels) > 1 else levels[0]


def _level_of(row: RowContext, mention: Mention) -> str:
    rank = rank_of(mention.title)
    if row.is_trip and mention in row.reading.stay.travellers:
        return "LEADERS"
    person = row.find_person(mention)
    leads = bool(person and row.context.identities.leads(person, person.seen_in(row.key, mention)[0]))
    if leads or (rank in LEADING and not (mention.is_former or mention.is_of_part)):
        return "LEADERS"
    return LEVELS.get(rank, "OFFICIALS")


def _bounds(day: Day) -> tuple[date, date]:
    """Return the first and the last possible day of days that have both."""
    parsed = dates.parse(day.edtf)
    first, last = parsed.earliest or parsed.latest, parsed.latest or parsed.earliest
    assert first
    assert last
    return first, last
