"""Resolution by what other rows report: bare names, monarchs, and offices without a name."""

from collections.abc import Sequence

from service.importers.histstate.bearers import (
    bears_in_the_nearest,
    bears_on_both_sides,
    bears_the_title,
    holds,
)
from service.importers.histstate.names import Name, compare_names, may_reign_as
from service.importers.histstate.people_index import PeopleIndex
from service.importers.histstate.places import UNITED_STATES
from service.importers.histstate.sightings import Person, Sighting, Way
from service.importers.histstate.titles import Rank


def resolve_by_rows(index: PeopleIndex, sightings: Sequence[Sighting]) -> None:
    found = [(one, find_by_rows(index, one)) for one in sightings]
    for sighting, person in found:
        if person:
            index.assign(sighting, person, Way.ROWS)


def resolve_monarchs(index: PeopleIndex, sightings: Sequence[Sighting]) -> None:
    """Assign monarchs by regnal name, year after year, as long as rows continue to give the same title."""
    for sighting in sorted(sightings, key=lambda one: one.first):
        if sighting.rank is Rank.CROWN and (person := find_by_rows(index, sighting)):
            index.assign(sighting, person, Way.NAME)


def find_by_rows(index: PeopleIndex, sighting: Sighting) -> Person | None:
    fitting = [
        person
        for person in index.candidates(sighting)
        if any(_can_mean(index, sighting, index.reader.read(text)) for text in dict.fromkeys(person.names()))
        and bears_the_title(person, sighting)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _can_mean(index: PeopleIndex, sighting: Sighting, name: Name) -> bool:
    own = index.read_name(sighting)
    return bool(compare_names(own, name)) and (sighting.rank is not Rank.CROWN or may_reign_as(own, name))


def resolve_nameless(index: PeopleIndex, sightings: Sequence[Sighting]) -> None:
    """Assign "The Amir of Kuwait" to the holder of that title on that day by a table, other sets or nearby rows."""
    found = [(one, _find_bearers(index, one)) for one in sightings if one.state and one.state != UNITED_STATES]
    for sighting, fitting in found:
        if len(fitting) == 1:
            is_by_table = holds(fitting[0], sighting, is_exact=True)
            index.assign(sighting, fitting[0], Way.TABLE if is_by_table else Way.ROWS)


def _find_bearers(index: PeopleIndex, sighting: Sighting) -> list[Person]:
    if sighting.mention.is_former or sighting.mention.is_elect:
        return []
    holders = [one for one in index.candidates(sighting) if holds(one, sighting, is_exact=True)]
    if holders or not sighting.is_leading:
        return holders
    bearers = [one for one in index.candidates(sighting) if bears_on_both_sides(one, sighting)]
    leaders = [one for one in index.in_office(sighting) if bears_in_the_nearest(one, sighting)]
    return [*dict.fromkeys([*bearers, *leaders])]
