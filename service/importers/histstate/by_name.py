"""Resolution of full names in rows: to a known person, or to one known only from the rows."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from service.importers.histstate.bearers import SAME_TITLE, is_same_office
from service.importers.histstate.names import Agreement, Name, compare_names
from service.importers.histstate.people_index import PeopleIndex
from service.importers.histstate.sightings import Person, Sighting, Way, gap
from service.importers.histstate.titles import Rank, is_royal

REIGN = timedelta(days=70 * 365)
LIFE = timedelta(days=60 * 365)
"""Maximum gap between the rows of one person."""
ABSENCE = timedelta(days=30 * 365)
"""Maximum time without news of a person who returns; a name that returns later belongs to somebody else."""


def resolve_by_name(index: PeopleIndex, sightings: Sequence[Sighting]) -> None:
    of_no_state = [one for one in index.people if one.known and one.known.country is None]
    for sighting in sightings:
        fitting = _find_by_name(index, sighting, [*index.candidates(sighting), *of_no_state])
        if not fitting and not sighting.is_of_state:
            fitting = _find_by_name(index, sighting, index.people)
        if len(fitting) == 1:
            index.assign(sighting, fitting[0], Way.NAME)


def _find_by_name(index: PeopleIndex, sighting: Sighting, people: Iterable[Person]) -> list[Person]:
    """Return the people whom a full name can mean."""
    name = index.read_name(sighting)
    if not name.is_full:
        return []
    known = (one for one in people if one.known)
    return [one for one in known if _has_full_name(index, one, name) and _is_in_his_time(one, sighting)]


def _has_full_name(index: PeopleIndex, person: Person, name: Name) -> bool:
    names = [index.reader.read(text) for text in dict.fromkeys(person.names())]
    full = [one for one in names if one.is_full]
    return any(compare_names(name, one) is Agreement.FULL for one in full)


def _is_in_his_time(person: Person, sighting: Sighting) -> bool:
    reach = REIGN if is_royal(sighting.mention.title) else ABSENCE
    spells = person.known.spells if person.known else ()
    gaps = [gap(own, sighting) for own, _ in person.seen]
    is_heard_of = any(spell.covers(sighting.first, sighting.last, ABSENCE) for spell in spells)
    is_heard_of = is_heard_of or any(one <= reach for one in gaps) or not (spells or gaps)
    return is_heard_of and all(one <= max(reach, LIFE) for one in gaps)


def gather_full_names(index: PeopleIndex, sightings: Sequence[Sighting]) -> None:
    order = sorted(
        sightings, key=lambda one: (not one.is_of_state, -len(index.read_name(one).words), one.first, one.row)
    )
    for sighting in order:
        name = index.read_name(sighting)
        royal = is_royal(sighting.mention.title)
        if not (name.is_full or name.mark or (royal and sighting.rank is Rank.CROWN)):
            continue
        own = _find_own(index, sighting, name)
        if len(own) > 1:
            continue
        person = own[0] if own else index.add(sighting)
        index.assign(sighting, person, Way.NAME)


def _find_own(index: PeopleIndex, sighting: Sighting, name: Name) -> list[Person]:
    unknown = [one for one in index.candidates(sighting) if not one.known]
    found = [one for one in unknown if _is_the_same(index, one, sighting, name)]
    if found or sighting.is_of_state:
        return found
    return [one for one in index.people if not one.known and _is_the_same(index, one, sighting, name)]


def _is_the_same(index: PeopleIndex, person: Person, sighting: Sighting, name: Name) -> bool:
    royal = is_royal(sighting.mention.title)
    names = [index.read_name(own) for own, _ in person.seen]
    if (
        royal
        and all(is_royal(own.mention.title) for own, _ in person.seen)
        and all(compare_names(name, one) for one in names)
    ):
        reach = REIGN if any(name.words == one.words for one in names) else SAME_TITLE
        return person.is_near(sighting, reach)
    if any(name.words == one.words for one in names):
        return _is_in_his_time(person, sighting) and all(compare_names(name, one) for one in names)
    return _is_like(index, person, sighting, name)


def _is_like(index: PeopleIndex, person: Person, sighting: Sighting, name: Name) -> bool:
    """Return whether a name spelt differently is the same person's: near in time; the same title allows for more."""
    own = [one for one, _ in person.seen]
    same_title = any(is_same_office(one, sighting) for one in own)
    nearest = min(gap(one, sighting) for one in own)
    if nearest > (SAME_TITLE if same_title else SAME_TITLE / 2):
        return False
    return all(compare_names(name, index.read_name(one), is_close=same_title) is Agreement.FULL for one in own)
