"""Building of the set from all rows: who people are, which rows report one meeting, what is left for human review."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from service.importers.decisions import read_decisions, read_unconfirmed
from service.importers.histstate.citing import RowText
from service.importers.histstate.conflicts import Comparison
from service.importers.histstate.context import Context
from service.importers.histstate.entries import Entries
from service.importers.histstate.facts import facts_of_row
from service.importers.histstate.gatherings import (
    describe_gatherings,
    split_gatherings,
)
from service.importers.histstate.identity import Identities, related_states
from service.importers.histstate.merging import Meeting, Merged, bounds, meeting_of, merge_meetings
from service.importers.histstate.names import NameReader
from service.importers.histstate.persons import assign_slugs, people_entries, state_of
from service.importers.histstate.places import UNITED_STATES, Places
from service.importers.histstate.presidents import Presidents
from service.importers.histstate.readings import EncounterKind, Mention, Reading, RowSet
from service.importers.histstate.register import Register, read_register
from service.importers.histstate.remarks import read
from service.importers.histstate.review import Review
from service.importers.histstate.row_facts import RowFact
from service.importers.histstate.row_titles import row_title
from service.importers.histstate.rows import read_rows
from service.importers.histstate.sightings import Sighting
from service.importers.histstate.tables import NAME, Tables, read_tables
from service.importers.seedset import SeedSet
from service.importers.texts import document_of, source_entry

SHARED = {
    "kind": "DATASET",
    "language": "en",
    "outlet": "office-of-the-historian",
    "outletBasis": "STATED",
    "publishedOnBasis": "STATED",
    "dataset": NAME,
}


@dataclass
class Building:
    """All intermediate results on the way from the rows to the set, each made from those above it."""

    data: Path
    seeds: Path
    readings: dict[str, Reading] = field(default_factory=dict)
    texts: dict[str, RowText] = field(default_factory=dict)
    sources: list[dict[str, Any]] = field(default_factory=list)

    def read(self) -> None:
        """Read the rows and interpret what they say."""
        for row in read_rows(self.data / NAME):
            cite = f"{NAME}-{row.key}"
            self.texts[row.key] = RowText(row, document_of(row.data, cite))
            own = {"suppliedTitle": row_title(self.tables, row, self.register.state_names), **SHARED}
            self.sources.append(source_entry(row.data, cite, row.last_modified.isoformat(), own))
            self.readings[row.key] = read(self.tables, row)

    @cached_property
    def tables(self) -> Tables:
        return read_tables(self.seeds)

    @cached_property
    def register(self) -> Register:
        return read_register(self.seeds, self.tables)

    @cached_property
    def decisions(self) -> Mapping[str, str]:
        return read_decisions(self.seeds, NAME)

    @cached_property
    def identities(self) -> Identities:
        reader = NameReader(self.register.spellings)
        identities = Identities(self.register.known_people, [*self._sightings()], reader, self.decisions)
        assign_slugs(identities, self.register.people)
        return identities

    def _sightings(self) -> Iterator[Sighting]:
        for key, reading in self.readings.items():
            seen: set[Mention] = set()
            travellers = reading.stay.travellers
            for mention, state, first, last in _mentions(reading, self.texts[key].row.set):
                if mention not in seen:
                    seen.add(mention)
                    states = related_states(self.register.successors, state) if state else frozenset()
                    # companions are named in the prose and may be of another state: the Queen in a row on Canada
                    is_own = (mention in travellers and mention.address == travellers[0].address) or (
                        mention.state is not None and mention.state.is_stated
                    )
                    yield Sighting(key, mention, state, states, first, last, is_own or state == UNITED_STATES)

    @cached_property
    def places(self) -> Places:
        tables = self.tables.places
        kinds = {slug: kind for kind, slugs in tables.kinds.items() for slug in slugs}
        places = Places(
            self.register.places,
            self.register.countries,
            tables.names,
            tables.heirs,
            tables.contested,
            tables.coordinates,
            kinds,
            tables.towns,
            tables.languages,
        )
        words = []
        for key, reading in self.readings.items():
            state = (reading.stay.to.slug if reading.stay.to else None) if _is_trip(key) else UNITED_STATES
            named = [*reading.stay.places, *(one.place for one in reading.encounters)]
            words += [(text, state) for text in dict.fromkeys(named) if text and state]
        places.prepare(words)
        return places

    @cached_property
    def row_facts(self) -> list[RowFact]:
        return [
            fact
            for key, reading in self.readings.items()
            for fact in facts_of_row(reading, self.texts[key], self.context)
        ]

    @cached_property
    def context(self) -> Context:
        """What is known in addition to each row."""
        names = {slug: names["en"] for slug, names in self.register.state_names.items()}
        unconfirmed = read_unconfirmed(self.seeds, NAME)
        return Context(
            self.tables, self.identities, Presidents(self.register.known_people), self.places, names, unconfirmed
        )

    @cached_property
    def gatherings(self) -> dict[str, list[RowFact]]:
        return split_gatherings(self.row_facts)[0]

    @cached_property
    def others(self) -> dict[str, RowFact]:
        return {fact.slug: fact for fact in split_gatherings(self.row_facts)[1]}

    @cached_property
    def encounters(self) -> Merged:
        rows = [meeting_of(fact, self._is_person) for fact in self.others.values() if fact.noun == "meetings"]
        meetings = [*self.register.meetings, *sorted(rows, key=_order)]
        return merge_meetings(meetings, self.decisions, self._country_of)

    def _is_person(self, slug: str) -> bool:
        return slug not in self.register.countries

    def _country_of(self, place: str) -> str | None:
        return self.places.country_of(place)

    @cached_property
    def states_of(self) -> dict[str, str]:
        """State of each person and of each state."""
        own = {one.slug: state for one in self.identities.people if one.seen and (state := state_of(one))}
        return {**{slug: slug for slug in self.register.countries}, **own}

    @cached_property
    def meetings(self) -> dict[str, list[RowFact]]:
        """What rows report of each meeting, by its slug."""
        return {
            slug: [self.others[one] for one in slugs if one in self.others]
            for slug, slugs in self.encounters.groups.items()
        }

    @cached_property
    def events(self) -> list[RowFact]:
        """What rows report of people who came and met nobody."""
        return [fact for fact in self.others.values() if fact.noun == "events"]

    def _entries(self) -> Entries:
        return Entries(
            self.register,
            self.gatherings,
            self.meetings,
            self.events,
            describe_gatherings(self.readings.values()),
            self.identities.people,
            self.states_of,
            self.places,
            {key: reading.last_modified for key, reading in self.readings.items()},
        )

    def _review(self) -> Review:
        return Review(
            self.encounters.candidates,
            {**self.gatherings, **self.meetings},
            self.events,
            self.readings,
            self.texts,
            self.context,
            Comparison(self._country_of, self.states_of).by_property(),
            self.decisions,
        )

    def make(self) -> SeedSet:
        """Return the complete set."""
        made = SeedSet(NAME)
        made.documents = {text.document.cite: text.document for text in self.texts.values()}
        made.entries["sources"] = [*self.sources]
        used: set[str] = set()
        for noun, entry in self._entries().write():
            made.entries.setdefault(noun, []).append(entry)
            used |= _actors_in(entry)
        usual = self.tables.usual_names
        for slug, person in people_entries(self.identities, self.texts, self.register.people, usual, used):
            made.add("people", slug, **person)
        for slug, place in self.places.entries():
            made.add("places", slug, **place)
        made.review = [line.write() for line in self._review().lines()]
        return made


def _mentions(reading: Reading, row_set: RowSet) -> Iterator[tuple[Mention, str | None, date, date]]:
    """Yield everybody whom a row mentions, with his state and the days to which the mention applies."""
    stay = bounds(reading.stay.days.edtf) if reading.stay.days else None
    for encounter in reading.encounters:
        span = bounds(encounter.day.edtf)
        if span:
            yield from ((one, UNITED_STATES, *span) for one in encounter.american)
            if encounter.kind is not EncounterKind.BODY:
                foreign = (one for party in encounter.parties for one in party.people)
                yield from ((one, one.state.slug if one.state else None, *span) for one in foreign)
            stay = stay or span
    for one in reading.stay.travellers if stay else ():
        own = UNITED_STATES if row_set is RowSet.TRIP else None
        assert stay
        yield one, one.state.slug if one.state else own, stay[0], stay[1]


def _is_trip(key: str) -> bool:
    return key.startswith(RowSet.TRIP.value)


def _order(meeting: Meeting) -> tuple[str, int, str]:
    kind, _, rest = meeting.slug.partition("-")
    number, _, last = rest.partition("-")
    return kind, int(number), last


def _actors_in(entry: Mapping[str, Any]) -> set[str]:
    fields = ("participants", "actors", "recipients", "designations")
    return {slug for name in fields for slug in entry.get(name, ())}
