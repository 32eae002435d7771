"""Index of the people whom rows may mean, by state, and of the person assigned to each mention; decides nothing."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from service.importers.histstate.bearers import is_in_office
from service.importers.histstate.names import Name, NameReader, compare_names, tokens_of
from service.importers.histstate.readings import Mention
from service.importers.histstate.sightings import Known, Person, Sighting, Way


class PeopleIndex:
    """People known from elsewhere and those known only from the rows, each with his mentions."""

    def __init__(self, known: Iterable[Known], reader: NameReader) -> None:
        self.reader = reader
        self.people: list[Person] = []
        self.by_state: defaultdict[str, list[Person]] = defaultdict(list)
        for one in known:
            self._add(Person(one), one.states)
        self._of: dict[tuple[str, Mention], Person] = {}

    def add(self, sighting: Sighting) -> Person:
        """Add a new person, of the states of a mention."""
        return self._add(Person(), sighting.states)

    def _add(self, person: Person, states: Iterable[str]) -> Person:
        self.people.append(person)
        for state in sorted(states):
            self.by_state[state].append(person)
        return person

    def of(self, row: str, mention: Mention) -> Person | None:
        """Return the person whom a row mentions; None if this cannot be determined."""
        return self._of.get((row, mention))

    def open(self, sightings: Sequence[Sighting]) -> list[Sighting]:
        """Return the mentions of which nobody knows yet whom they mean."""
        return [one for one in sightings if (one.row, one.mention) not in self._of]

    def assign(self, sighting: Sighting, person: Person, way: Way) -> None:
        """Assign a mention to a person, unless it is already assigned."""
        if (sighting.row, sighting.mention) not in self._of:
            self._of[sighting.row, sighting.mention] = person
            person.seen.append((sighting, way))

    def candidates(self, sighting: Sighting) -> list[Person]:
        """Return the people of the state, each once."""
        people = [person for state in sorted(sighting.states) for person in self.by_state[state]]
        return list({id(person): person for person in people}.values())

    def in_office(self, sighting: Sighting) -> list[Person]:
        """Return those who led the state on the days of a row, as far as the record knows."""
        return [one for one in self.candidates(sighting) if self.leads(one, sighting)]

    def leads(self, person: Person, sighting: Sighting) -> bool:
        """Return whether a person is known to have led the state of a row on its days."""
        return person.known is not None and is_in_office(person.known, sighting)

    def namesakes(self, sighting: Sighting) -> list[Person]:
        """Return the people of the state whose names agree with the name in a row."""
        name = self.read_name(sighting)
        names = ((person, map(self.reader.read, person.names())) for person in self.candidates(sighting))
        return [person for person, own in names if any(compare_names(name, one) for one in own)]

    def is_called_otherwise(self, sighting: Sighting, names: Collection[str]) -> bool:
        """Return whether the name that a row prints is none of these, in any spelling."""
        own, words = self.read_name(sighting), {*tokens_of(sighting.mention.name)}
        alike = (
            words <= {*tokens_of(one)} or compare_names(own, self.reader.read(one), is_close=True) for one in names
        )
        return bool(words and names) and not any(alike)

    def read_name(self, sighting: Sighting) -> Name:
        """Return the name that a row prints."""
        return self.reader.read(sighting.mention.name)
