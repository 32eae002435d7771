"""Whom the rows mention: first by state, office and day, then by name, then by what other rows tell; else nobody."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from service.importers.histstate.bearers import (
    SAME_TITLE,
    bears_in_the_nearest,
    bears_on_both_sides,
    bears_the_title,
    holds,
    is_in_office,
    is_same_office,
)
from service.importers.histstate.names import (
    Agreement,
    Name,
    NameReader,
    compare_names,
    is_alike,
    share_surname,
    tokens_of,
)
from service.importers.histstate.places import UNITED_STATES
from service.importers.histstate.readings import Mention
from service.importers.histstate.sightings import Known, Person, Sighting, Way, gap
from service.importers.histstate.titles import LEADING, Rank, is_royal

REIGN = timedelta(days=70 * 365)
LIFE = timedelta(days=60 * 365)
"""So far apart the rows of one person may be."""
ABSENCE = timedelta(days=30 * 365)
"""So long at most nothing is heard of somebody who comes back; a name that returns later is another's."""


class Identities:
    """The people of all rows; `of` says who a mention is."""

    def __init__(
        self,
        known: Iterable[Known],
        sightings: Sequence[Sighting],
        reader: NameReader,
        decided: Mapping[str, str] | None = None,
    ) -> None:
        self.reader = reader
        self.sightings = sightings
        self.decided = decided or {}
        self.people: list[Person] = [Person(one) for one in known]
        self._by_state: defaultdict[str, list[Person]] = defaultdict(list)
        for person in self.people:
            for state in sorted(person.known.states) if person.known else ():
                self._by_state[state].append(person)
        self._of: dict[tuple[str, Mention], Person] = {}
        named = [one for one in sightings if one.mention.name]
        self._take_decisions(sightings)
        self._resolve_by_table(self._open(named))
        named = self._open(named)
        self._resolve_by_office(named)
        self._resolve_elsewhere(self._open(named))
        self._resolve_by_surname(self._open(named))
        self._resolve_by_name(self._open(named))
        self._resolve_monarchs(self._open(named))
        self._gather_full_names(self._open(named))
        self._resolve_by_rows(self._open(named))
        self._resolve_nameless([one for one in sightings if not one.mention.name])

    def _take_decisions(self, sightings: Iterable[Sighting]) -> None:
        """Who people said that a name means; `nobody` leaves it a description."""
        by_slug = {person.known.slug: person for person in self.people if person.known}
        for sighting in sightings:
            word, _, slug = self.decided.get(sighting.slug, "").partition(" ")
            if word == "person":
                self._assign(sighting, by_slug[slug], Way.DECIDED)

    def of(self, row: str, mention: Mention) -> Person | None:
        """The person whom a row mentions; None where it cannot be told."""
        return self._of.get((row, mention))

    def _open(self, sightings: Sequence[Sighting]) -> list[Sighting]:
        return [one for one in sightings if (one.row, one.mention) not in self._of]

    def _assign(self, sighting: Sighting, person: Person, way: Way) -> None:
        if (sighting.row, sighting.mention) not in self._of:
            self._of[sighting.row, sighting.mention] = person
            person.seen.append((sighting, way))

    def candidates(self, sighting: Sighting) -> list[Person]:
        """The people of the state, each once."""
        people = [person for state in sorted(sighting.states) for person in self._by_state[state]]
        return list({id(person): person for person in people}.values())

    def in_office(self, sighting: Sighting) -> list[Person]:
        """Those who led the state on the days of a row, as far as the record knows."""
        return [one for one in self.candidates(sighting) if self.leads(one, sighting)]

    def leads(self, person: Person, sighting: Sighting) -> bool:
        """Whether somebody is known to have led the state of a row on its days."""
        return person.known is not None and is_in_office(person.known, sighting)

    def namesakes(self, sighting: Sighting) -> list[Person]:
        """The people of the state whose names go with the one in a row."""
        name = self._name(sighting)
        names = ((person, map(self.reader.read, person.names())) for person in self.candidates(sighting))
        return [person for person, own in names if any(compare_names(name, one) for one in own)]

    # ------------------------------------------------------------------ by the table of those who held an office

    def _resolve_by_table(self, sightings: Iterable[Sighting]) -> None:
        for sighting in sightings:
            fitting = self._find_holders(sighting)
            if len(fitting) == 1:
                self._assign(sighting, fitting[0], Way.TABLE)

    def _find_holders(self, sighting: Sighting) -> list[Person]:
        """Those who by the table held the office of a row on its days and bear all words of its name."""
        words = set(tokens_of(sighting.mention.name))
        return [
            one for one in self.people if holds(one, sighting) and any(words <= {*tokens_of(n)} for n in one.names())
        ]

    # ------------------------------------------------------------------ by state, office and day

    def _resolve_by_office(self, sightings: Sequence[Sighting]) -> None:
        found = [(one, self._find_in_office(one)) for one in sightings]
        groups: defaultdict[int, Counter[Name]] = defaultdict(Counter)
        for sighting, person in found:
            if person and self._name(sighting).is_full:
                groups[id(person)][self._name(sighting)] += 1
        of_the_many = {one: self._select_most(names) for one, names in groups.items()}
        for sighting, person in found:
            name = self._name(sighting)
            if person and (not name.is_full or name in of_the_many[id(person)]):
                self._assign(sighting, person, Way.OFFICE)

    def _resolve_by_surname(self, sightings: Sequence[Sighting]) -> None:
        """Given names that are written otherwise: the one leader on that day whose surname and title are the same."""
        found = [(one, self._find_by_surname(one)) for one in sightings if one.rank in LEADING[1:]]
        for sighting, person in found:
            if person:
                self._assign(sighting, person, Way.OFFICE)

    def _find_by_surname(self, sighting: Sighting) -> Person | None:
        if not self._name(sighting).words:
            return None
        word = self._name(sighting).words[-1]
        fitting = [
            person
            for person in self.in_office(sighting)
            if (nearest := min((own for own, _ in person.seen), key=lambda own: gap(own, sighting), default=None))
            and is_same_office(nearest, sighting)
            and nearest.state == sighting.state
            and any(is_alike(word, self.reader.read(text).words[-1], True) for text in dict.fromkeys(person.names()))
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _select_most(self, names: Counter[Name]) -> set[Name]:
        """Of the full names that rows give for one leader those that go with most, so that no two people are mixed."""
        votes = {one: sum(names[other] for other in names if self._go_together(one, other)) for one in names}
        best = max(names, key=lambda one: (votes[one], names[one], one.words))
        return {one for one in names if self._go_together(one, best)}

    def _name(self, sighting: Sighting) -> Name:
        return self.reader.read(sighting.mention.name)

    def _find_in_office(self, sighting: Sighting) -> Person | None:
        if sighting.rank not in LEADING and sighting.mention.title:
            return None
        is_close = sighting.rank is not Rank.CROWN or self._name(sighting).is_full
        fitting = [one for one in self.in_office(sighting) if self._agrees(one, sighting, is_close=is_close)]
        exact = [person for person in fitting if self._agrees(person, sighting, is_close=False)]
        if not fitting and not sighting.is_of_state and self._name(sighting).is_full:
            exact = [*self._find_elsewhere(sighting)]
        return next(iter(exact or fitting), None) if len(exact or fitting) == 1 else None

    def _resolve_elsewhere(self, sightings: Sequence[Sighting]) -> None:
        """A bare surname of another state's leader, to whom rows near by give the same title."""
        found = [(one, [*self._find_elsewhere(one)]) for one in sightings if not one.is_of_state]
        for sighting, people in found:
            has_title = bool(sighting.mention.title)
            fitting = [
                one for one in people if not has_title or any(is_same_office(own, sighting) for own, _ in one.seen)
            ]
            if len(fitting) == 1 and (not has_title or sighting.rank in LEADING):
                self._assign(sighting, fitting[0], Way.OFFICE)

    def _find_elsewhere(self, sighting: Sighting) -> Iterator[Person]:
        """Leaders of other states, where the row names no state of his: Merkel in a row on Italy."""
        for person in self.people:
            is_leading = person.known and any(
                spell.covers(sighting.first, sighting.last, timedelta()) for spell in person.known.spells
            )
            if is_leading and sighting.rank is not Rank.CROWN and self._is_plainly(person, sighting):
                yield person

    def _is_plainly(self, person: Person, sighting: Sighting) -> bool:
        """Whether the row has his full name, or his surname and nothing else."""
        name = self._name(sighting)
        known = [self.reader.read(text) for text in (person.known.names if person.known else ())]
        if name.is_full:
            return any(compare_names(name, one) is Agreement.FULL for one in known)
        return any(name.words == one.words[-1:] for one in known)

    def _agrees(self, person: Person, sighting: Sighting, *, is_close: bool) -> Agreement:
        """How far the name in the row is one of those that he is known by."""
        name = self._name(sighting)
        names = [self.reader.read(text) for text in (person.known.names if person.known else ())]
        if sighting.rank is Rank.CROWN:
            names = [one for one in names if _may_reign_as(name, one)]
        agreement = max((compare_names(name, one, is_close=is_close) for one in names), default=Agreement.NONE)
        if sighting.rank is Rank.CROWN:
            return agreement
        return agreement or Agreement(any(share_surname(name, one) for one in names))

    def _go_together(self, one: Name, other: Name) -> bool:
        return compare_names(one, other, is_close=True) is not Agreement.NONE

    # ------------------------------------------------------------------ by name

    def _resolve_by_name(self, sightings: Sequence[Sighting]) -> None:
        of_no_state = [one for one in self.people if one.known and one.known.country is None]
        for sighting in sightings:
            fitting = self._find_by_name(sighting, [*self.candidates(sighting), *of_no_state])
            if not fitting and not sighting.is_of_state:
                fitting = self._find_by_name(sighting, self.people)
            if len(fitting) == 1:
                self._assign(sighting, fitting[0], Way.NAME)

    def _find_by_name(self, sighting: Sighting, people: Iterable[Person]) -> list[Person]:
        """Those of the people whom a full name can mean."""
        name = self._name(sighting)
        if not name.is_full:
            return []
        known = (one for one in people if one.known)
        return [one for one in known if self._has_full_name(one, name) and self._is_in_his_time(one, sighting)]

    def _has_full_name(self, person: Person, name: Name) -> bool:
        names = [self.reader.read(text) for text in dict.fromkeys(person.names())]
        full = [one for one in names if one.is_full]
        return any(compare_names(name, one) is Agreement.FULL for one in full)

    def _is_in_his_time(self, person: Person, sighting: Sighting) -> bool:
        reach = REIGN if is_royal(sighting.mention.title) else ABSENCE
        spells = person.known.spells if person.known else ()
        gaps = [gap(own, sighting) for own, _ in person.seen]
        is_heard_of = any(spell.covers(sighting.first, sighting.last, ABSENCE) for spell in spells)
        is_heard_of = is_heard_of or any(one <= reach for one in gaps) or not (spells or gaps)
        return is_heard_of and all(one <= max(reach, LIFE) for one in gaps)

    def _resolve_monarchs(self, sightings: Sequence[Sighting]) -> None:
        """Monarchs by the name that they reign under, year after year as long as rows go on to give the same title."""
        for sighting in sorted(sightings, key=lambda one: one.first):
            if sighting.rank is Rank.CROWN and (person := self._find_by_rows(sighting)):
                self._assign(sighting, person, Way.NAME)

    # ------------------------------------------------------------------ full names that nobody else knows

    def _gather_full_names(self, sightings: Sequence[Sighting]) -> None:
        order = sorted(
            sightings, key=lambda one: (not one.is_of_state, -len(self._name(one).words), one.first, one.row)
        )
        for sighting in order:
            name = self._name(sighting)
            royal = is_royal(sighting.mention.title)
            if not (name.is_full or name.mark or (royal and sighting.rank is Rank.CROWN)):
                continue
            own = self._find_own(sighting, name)
            if len(own) > 1:
                continue
            person = own[0] if own else self._new(sighting)
            self._assign(sighting, person, Way.NAME)

    def _find_own(self, sighting: Sighting, name: Name) -> list[Person]:
        people = [one for one in self.candidates(sighting) if not one.known]
        found = [one for one in people if self._is_the_same(one, sighting, name)]
        if found or sighting.is_of_state:
            return found
        return [one for one in self.people if not one.known and self._is_the_same(one, sighting, name)]

    def _new(self, sighting: Sighting) -> Person:
        person = Person()
        self.people.append(person)
        for state in sorted(sighting.states):
            self._by_state[state].append(person)
        return person

    def _is_the_same(self, person: Person, sighting: Sighting, name: Name) -> bool:
        royal = is_royal(sighting.mention.title)
        names = [self._name(own) for own, _ in person.seen]
        if (
            royal
            and all(is_royal(own.mention.title) for own, _ in person.seen)
            and all(compare_names(name, one) for one in names)
        ):
            reach = REIGN if any(name.words == one.words for one in names) else SAME_TITLE
            return person.is_near(sighting, reach)
        if any(name.words == one.words for one in names):
            return self._is_in_his_time(person, sighting) and all(compare_names(name, one) for one in names)
        return self._is_like(person, sighting, name)

    def _is_like(self, person: Person, sighting: Sighting, name: Name) -> bool:
        """Whether a name written otherwise is the same person's: near in time, and all the more with the same title."""
        own = [one for one, _ in person.seen]
        same_title = any(is_same_office(one, sighting) for one in own)
        nearest = min(gap(one, sighting) for one in own)
        if nearest > (SAME_TITLE if same_title else SAME_TITLE / 2):
            return False
        return all(compare_names(name, self._name(one), is_close=same_title) is Agreement.FULL for one in own)

    # ------------------------------------------------------------------ bare names, by what other rows tell

    def _resolve_by_rows(self, sightings: Sequence[Sighting]) -> None:
        found = [(one, self._find_by_rows(one)) for one in sightings]
        for sighting, person in found:
            if person:
                self._assign(sighting, person, Way.ROWS)

    def _can_mean(self, sighting: Sighting, name: Name) -> bool:
        own = self._name(sighting)
        return bool(compare_names(own, name)) and (sighting.rank is not Rank.CROWN or _may_reign_as(own, name))

    def _find_by_rows(self, sighting: Sighting) -> Person | None:
        fitting = [
            person
            for person in self.candidates(sighting)
            if any(self._can_mean(sighting, self.reader.read(text)) for text in dict.fromkeys(person.names()))
            and bears_the_title(person, sighting)
        ]
        return fitting[0] if len(fitting) == 1 else None

    # ------------------------------------------------------------------ an office alone

    def _resolve_nameless(self, sightings: Sequence[Sighting]) -> None:
        """ "The Amir of Kuwait": who by a table, other sets or the rows around bore the title on that day."""
        found = [(one, self._find_bearers(one)) for one in sightings if one.state and one.state != UNITED_STATES]
        for sighting, fitting in found:
            if len(fitting) == 1:
                self._assign(sighting, fitting[0], Way.ROWS)

    def _find_bearers(self, sighting: Sighting) -> list[Person]:
        if not sighting.is_leading:
            return []
        if holders := [one for one in self.candidates(sighting) if holds(one, sighting, is_exact=True)]:
            return holders
        bearers = [one for one in self.candidates(sighting) if bears_on_both_sides(one, sighting)]
        leaders = [one for one in self.in_office(sighting) if bears_in_the_nearest(one, sighting)]
        return [*dict.fromkeys([*bearers, *leaders])]


def _may_reign_as(name: Name, known: Name) -> bool:
    """Whether somebody who reigns under a name can be known so: a given name is no surname (George V, Lloyd George)."""
    return name.is_full or (bool(known.words) and is_alike(name.words[0], known.words[0], True))


def related_states(successors: Mapping[str, Sequence[str]], state: str) -> frozenset[str]:
    """A state with those that it follows on, and those that follow on it."""
    before = {slug for slug, after in successors.items() if state in after}
    return frozenset({state, *before, *successors.get(state, ())})
