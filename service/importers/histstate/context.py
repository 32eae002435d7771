"""A row with its context: who its people are, and how its days, places and passages are cited."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from service.importers.histstate.citing import RowText
from service.importers.histstate.identity import Identities
from service.importers.histstate.places import UNITED_STATES, Places
from service.importers.histstate.presidents import Presidents
from service.importers.histstate.readings import Day, Encounter, Mention, Reading, RowSet
from service.importers.histstate.row_facts import Citation
from service.importers.histstate.sightings import Person, Sighting
from service.importers.histstate.tables import Tables
from service.store.enums import DateBasis, Factuality

MARKS = {Factuality.PROBABLE: "likely", Factuality.POSSIBLE: "maybe", Factuality.UNCOMMITTED: "told"}


@dataclass(frozen=True)
class Context:
    """What is known in addition to a row when its facts are written."""

    tables: Tables
    identities: Identities
    presidents: Presidents
    places: Places
    countries: Mapping[str, str]
    """English names of states by slug."""
    unconfirmed: frozenset[str] = frozenset()
    """Slugs of decisions that no row confirms."""

    def is_called_otherwise(self, person: Person, sighting: Sighting) -> bool:
        """Return whether a row gives a person a name that is none of those by which he is known."""
        return self.identities.is_called_otherwise(sighting, self.names_of(person))

    def names_of(self, person: Person) -> Sequence[str]:
        """Return the names by which a person is known from elsewhere than the rows."""
        usual = self.tables.usual_names.get(person.slug)
        return person.known.names if person.known else [usual] if usual else []


@dataclass(frozen=True)
class RowContext:
    """One row with its context."""

    reading: Reading
    text: RowText
    context: Context

    @property
    def key(self) -> str:
        """Key of the row, such as `trip-2912`."""
        return self.reading.key

    @property
    def is_trip(self) -> bool:
        return self.text.row.set is RowSet.TRIP

    @property
    def home(self) -> str | None:
        """State that a trip went to."""
        return self.reading.stay.to.slug if self.reading.stay.to else None

    @property
    def visiting_state(self) -> str | None:
        """State of those who came or went."""
        travellers = self.reading.stay.travellers
        return travellers[0].state.slug if travellers and travellers[0].state else None

    def find_person(self, mention: Mention) -> Person | None:
        """Return the person whom the row mentions; None if this cannot be determined."""
        return self.context.identities.of(self.key, mention)

    def describe(self, mention: Mention, state: str | None) -> str:
        """Return the row's own words, with the state, for a person whom nobody can identify."""
        name = self.context.countries.get(state or "")
        has_state = (
            name is None
            or name in mention.words
            or (mention.state is not None and mention.state.words in mention.words)
        )
        return mention.words if has_state else f"{mention.words} of {name}"

    def cite_day(self, day: Day, address: str) -> Citation:
        """Cite a day: in the row's own fields, else in the sentence; a day that follows from both, in the prose."""
        stay = self.reading.stay.days
        is_stated = day.basis is DateBasis.STATED
        marks = () if is_stated else (day.basis.value.lower(),)
        if stay is None or day.edtf in (stay.edtf, f"[{stay.edtf.replace('/', '..')}]"):
            cite = self.text.cite_days()
        else:
            passage = self.text.cite(address) if is_stated else self.text.cite_prose()
            cite = replace(passage, context=(self.text.days(),))
        return replace(cite, marks=marks)

    def find_place(self, words: str, address: str) -> tuple[str, Citation]:
        """Return the slug of a place, with its citation.

        It is the place named, else that of the stay, or the state of the stay if this has several places.
        """
        cite = self.text.cite(address)
        stay = self.reading.stay
        state = (self.home or UNITED_STATES) if self.is_trip else UNITED_STATES
        if words and (words not in stay.places or len(stay.places) > 1):
            if self.is_trip and words not in self.text.row.remarks:
                cite = self.text.cite_place()
            return self.context.places.find(words, state), cite
        if self.is_trip:
            place = self.context.places.find(stay.places[0], state) if len(stay.places) == 1 else state
            return self.context.places.country(place) if place == state else place, self.text.cite_place()
        if len(stay.places) == 1:
            return self.context.places.find(stay.places[0], state), cite.as_inferred()
        return self.context.places.country(state), cite.as_inferred()


def mark(cite: Citation, encounter: Encounter) -> Citation:
    """Return the citation with the mark of how certain the encounter is, placed before the citation's own mark."""
    word = MARKS.get(encounter.factuality)
    marks = ("inferred",) if word == "likely" and not cite.marks else cite.marks
    return replace(cite, marks=(word, *marks)) if word else cite
