"""Resolution by state, office and day: to leaders of those days, and to people whom the table has in an office."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from service.importers.histstate.bearers import holds, is_same_office
from service.importers.histstate.names import (
    Agreement,
    Name,
    compare_names,
    is_alike,
    may_reign_as,
    share_surname,
    tokens_of,
)
from service.importers.histstate.people_index import PeopleIndex
from service.importers.histstate.sightings import Person, Sighting, Way, gap
from service.importers.histstate.titles import LEADING, Rank


def resolve_by_table(index: PeopleIndex, sightings: Iterable[Sighting]) -> None:
    for sighting in sightings:
        fitting = _find_holders(index, sighting)
        if len(fitting) == 1:
            index.assign(sighting, fitting[0], Way.NAME if _is_whole(sighting, fitting[0]) else Way.TABLE)


def _is_whole(sighting: Sighting, person: Person) -> bool:
    """Return whether a row prints a whole name from the table, so that the row itself identifies the person."""
    words = {*tokens_of(sighting.mention.name)}
    return any(words >= {*tokens_of(one)} for one in (person.known.names if person.known else ()))


def _find_holders(index: PeopleIndex, sighting: Sighting) -> list[Person]:
    """Return the people who, by the table, held the office of a row on its days and bear all words of its name."""
    words = set(tokens_of(sighting.mention.name))
    return [one for one in index.people if holds(one, sighting) and any(words <= {*tokens_of(n)} for n in one.names())]


def resolve_by_office(index: PeopleIndex, sightings: Sequence[Sighting]) -> None:
    found = [(one, _find_in_office(index, one)) for one in sightings]
    groups: defaultdict[int, Counter[Name]] = defaultdict(Counter)
    for sighting, person in found:
        if person and index.read_name(sighting).is_full:
            groups[id(person)][index.read_name(sighting)] += 1
    of_the_many = {one: _select_most(names) for one, names in groups.items()}
    for sighting, person in found:
        name = index.read_name(sighting)
        if person and (not name.is_full or name in of_the_many[id(person)]):
            index.assign(sighting, person, Way.OFFICE)


def _select_most(names: Counter[Name]) -> set[Name]:
    """Return the full name that agrees with most of those that rows give for one leader, and all that agree with it.

    This prevents two people from being mixed.
    """
    votes = {one: sum(names[other] for other in names if _go_together(one, other)) for one in names}
    best = max(names, key=lambda one: (votes[one], names[one], one.words))
    return {one for one in names if _go_together(one, best)}


def _go_together(one: Name, other: Name) -> bool:
    return compare_names(one, other, is_close=True) is not Agreement.NONE


def _find_in_office(index: PeopleIndex, sighting: Sighting) -> Person | None:
    if sighting.rank not in LEADING and sighting.mention.title:
        return None
    is_close = sighting.rank is not Rank.CROWN or index.read_name(sighting).is_full
    fitting = [one for one in index.in_office(sighting) if _agrees(index, one, sighting, is_close=is_close)]
    exact = [person for person in fitting if _agrees(index, person, sighting, is_close=False)]
    if not fitting and not sighting.is_of_state and index.read_name(sighting).is_full:
        exact = [*_find_elsewhere(index, sighting)]
    return next(iter(exact or fitting), None) if len(exact or fitting) == 1 else None


def _agrees(index: PeopleIndex, person: Person, sighting: Sighting, *, is_close: bool) -> Agreement:
    """Return how far the name in the row agrees with one of the names by which the person is known."""
    name = index.read_name(sighting)
    names = [index.reader.read(text) for text in (person.known.names if person.known else ())]
    if sighting.rank is Rank.CROWN:
        names = [one for one in names if may_reign_as(name, one)]
    agreement = max((compare_names(name, one, is_close=is_close) for one in names), default=Agreement.NONE)
    if sighting.rank is Rank.CROWN:
        return agreement
    return agreement or Agreement(any(share_surname(name, one) for one in names))


def resolve_elsewhere(index: PeopleIndex, sightings: Sequence[Sighting]) -> None:
    """Assign bare surnames to another state's leader, to whom nearby rows give the same title."""
    found = [(one, [*_find_elsewhere(index, one)]) for one in sightings if not one.is_of_state]
    for sighting, people in found:
        has_title = bool(sighting.mention.title)
        fitting = [one for one in people if not has_title or any(is_same_office(own, sighting) for own, _ in one.seen)]
        if len(fitting) == 1 and (not has_title or sighting.rank in LEADING):
            index.assign(sighting, fitting[0], Way.OFFICE)


def _find_elsewhere(index: PeopleIndex, sighting: Sighting) -> Iterator[Person]:
    """Yield leaders of other states, for a row that does not name the person's state: Merkel in a row on Italy."""
    for person in index.people:
        is_leading = person.known and any(
            spell.covers(sighting.first, sighting.last, timedelta()) for spell in person.known.spells
        )
        if is_leading and sighting.rank is not Rank.CROWN and _is_plainly(index, person, sighting):
            yield person


def _is_plainly(index: PeopleIndex, person: Person, sighting: Sighting) -> bool:
    """Return whether the row has the person's full name, or his surname and nothing else."""
    name = index.read_name(sighting)
    known = [index.reader.read(text) for text in (person.known.names if person.known else ())]
    if name.is_full:
        return any(compare_names(name, one) is Agreement.FULL for one in known)
    return any(name.words == one.words[-1:] for one in known)


def resolve_by_surname(index: PeopleIndex, sightings: Sequence[Sighting]) -> None:
    """Assign differently spelt given names to the only leader on that day with the same surname and title."""
    found = [(one, _find_by_surname(index, one)) for one in sightings if one.rank in LEADING[1:]]
    for sighting, person in found:
        if person:
            index.assign(sighting, person, Way.OFFICE)


def _find_by_surname(index: PeopleIndex, sighting: Sighting) -> Person | None:
    if not index.read_name(sighting).words:
        return None
    word = index.read_name(sighting).words[-1]
    fitting = [
        person
        for person in index.in_office(sighting)
        if (nearest := min((own for own, _ in person.seen), key=lambda own: gap(own, sighting), default=None))
        and is_same_office(nearest, sighting)
        and nearest.state == sighting.state
        and any(is_alike(word, index.reader.read(text).words[-1], True) for text in dict.fromkeys(person.names()))
    ]
    return fitting[0] if len(fitting) == 1 else None
