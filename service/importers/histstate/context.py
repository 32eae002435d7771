"""A row with what is known beside it: who its people are, and how its days, places and passages are cited."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from service.importers.histstate.citing import RowText
from service.importers.histstate.identity import Identities
from service.importers.histstate.places import UNITED_STATES, Places
from service.importers.histstate.presidents import Presidents
from service.importers.histstate.readings import Day, Encounter, Mention, Reading, RowSet
from service.importers.histstate.sightings import Person, Sighting
from service.importers.histstate.told import Citation
from service.store.enums import DateBasis, Factuality

MARKS = {Factuality.PROBABLE: "likely", Factuality.POSSIBLE: "maybe", Factuality.UNCOMMITTED: "told"}


@dataclass(frozen=True)
class Context:
    """What is known beside a row when it is told of."""

    identities: Identities
    presidents: Presidents
    places: Places
    countries: Mapping[str, str]
    """The English names of states by slug."""
    untold: frozenset[str] = frozenset()
    """The slugs of decisions that no row bears out."""
    usual: Mapping[str, str] = field(default_factory=dict)
    """What those are usually called of whom only the rows know, where these print another name, by slug."""

    def is_called_otherwise(self, person: Person, sighting: Sighting) -> bool:
        """Whether a row gives somebody a name that is none of those that he is known by."""
        return self.identities.is_called_otherwise(sighting, self.names_of(person))

    def names_of(self, person: Person) -> Sequence[str]:
        """What somebody is known as otherwise than by the rows."""
        usual = self.usual.get(person.slug)
        return person.known.names if person.known else [usual] if usual else []


@dataclass(frozen=True)
class RowContext:
    """One row with what is known beside it."""

    reading: Reading
    text: RowText
    context: Context

    @property
    def key(self) -> str:
        """`trip-2912`."""
        return self.reading.key

    @property
    def is_trip(self) -> bool:
        return self.text.row.set is RowSet.TRIP

    @property
    def home(self) -> str | None:
        """The state that a trip went to."""
        return self.reading.stay.to.slug if self.reading.stay.to else None

    @property
    def visiting_state(self) -> str | None:
        """The state of those who came or went."""
        travellers = self.reading.stay.travellers
        return travellers[0].state.slug if travellers and travellers[0].state else None

    def find_person(self, mention: Mention) -> Person | None:
        """Whom the row mentions; None where it cannot be told."""
        return self.context.identities.of(self.key, mention)

    def describe(self, mention: Mention, state: str | None) -> str:
        """Whom a row means whom nobody can name: its own words, with his state."""
        name = self.context.countries.get(state or "")
        is_told = (
            name is None
            or name in mention.words
            or (mention.state is not None and mention.state.words in mention.words)
        )
        return mention.words if is_told else f"{mention.words} of {name}"

    def cite_day(self, day: Day, address: str) -> Citation:
        """Where a day stands: in the row's own fields, else in the sentence; what follows from both, in the prose."""
        stay = self.reading.stay.days
        is_stated = day.basis is DateBasis.STATED
        marks = () if is_stated else (day.basis.value.lower(),)
        if stay is None or day.edtf in (stay.edtf, f"[{stay.edtf.replace('/', '..')}]"):
            cite = self.text.cite_days()
        else:
            told = self.text.cite(address) if is_stated else self.text.cite_prose()
            cite = replace(told, context=(self.text.days(),))
        return replace(cite, marks=marks)

    def find_place(self, words: str, address: str) -> tuple[str, Citation]:
        """The slug of the place that is told; else of that of the stay, its state where it has several."""
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
    """The citation with the mark of how certain the encounter is, before its own."""
    word = MARKS.get(encounter.factuality)
    marks = ("inferred",) if word == "likely" and not cite.marks else cite.marks
    return replace(cite, marks=(word, *marks)) if word else cite
