"""Where a row calls somebody a leader who was none on that day, as the record and other rows have it."""

from collections.abc import Iterable
from datetime import date, timedelta

from service.importers.histstate.bearers import holds
from service.importers.histstate.identity import Identities
from service.importers.histstate.sightings import HANDOVER, Death, Person, Sighting, gap

SAME_TIME = timedelta(days=730)
"""Within so many days a title goes on to show who leads."""
SAME_CUSTOM = timedelta(days=15 * 365)
"""Within so many days the leaders of a state bear one title, if all whom rows name do."""


def find_doubt(identities: Identities, sighting: Sighting) -> str | None:
    """Why somebody whom a row calls a leader cannot have been one on that day, as other rows and sets show."""
    person = identities.of(sighting.row, sighting.mention)
    if person is None or not sighting.is_leading or identities.decided.get(sighting.doubt_slug) == "as-told":
        return None
    if (death := find_death(person, sighting)) and not identities.leads(person, sighting):
        return f"other sources have him die on {death.on}"
    if identities.leads(person, sighting) or holds(person, sighting):
        return None
    if others := _find_leaders(identities, sighting):
        return f"other sources have {_list(others)} in this office on that day"
    if successors := _find_successors(identities, person, sighting):
        return f"other rows have {_list(successors)} in this office since"
    return None


def find_death(person: Person, sighting: Sighting) -> Death | None:
    """The death before the days of a row of somebody whom the row has then."""
    death = person.known.death if person.known else None
    return death if death and sighting.first > death.on + HANDOVER else None


def _find_leaders(identities: Identities, sighting: Sighting) -> list[Person]:
    """Those who led the state on that day under the title that the row gives to another."""
    leaders = identities.in_office(sighting)
    effective = [one for one in leaders if _led_in_effect(one, sighting)]
    if effective and _is_title_of_leaders(identities, sighting):
        return effective
    return [one for one in leaders if any(_is_of_the_time(own, sighting, SAME_TIME) for own, _ in one.seen)]


def _led_in_effect(person: Person, sighting: Sighting) -> bool:
    spells = person.known.spells if person.known else ()
    days = sighting.first, sighting.last
    return any(one.is_effective and one.state in sighting.states and one.covers(*days) for one in spells)


def _is_title_of_leaders(identities: Identities, sighting: Sighting) -> bool:
    """Whether rows call by this title, and by no other, whoever led the state in those years."""
    titles = [
        own.mention.title
        for person in identities.candidates(sighting)
        for own, _ in person.seen
        if own.is_leading and gap(own, sighting) <= SAME_CUSTOM and _led_in_effect(person, own)
    ]
    return len(titles) > 1 and {*titles} == {sighting.mention.title}


def _find_successors(identities: Identities, person: Person, sighting: Sighting) -> list[Person]:
    """Those whom rows have in the office between the last time that he is known to have held it and this row."""
    known = [own.last for own, _ in person.seen if own is not sighting and _is_of_the_office(own, sighting)]
    if person.known and _is_title_of_leaders(identities, sighting):
        known += [spell.last for spell in person.known.spells if spell.last]
    last = max((day for day in known if day < sighting.first), default=None)
    others = (one for one in identities.candidates(sighting) if one is not person)
    return [one for one in others if last and _is_seen_between(one, last, sighting)]


def _is_seen_between(person: Person, last: date, sighting: Sighting) -> bool:
    """Whether a row has somebody in the office of another row, after a day and before that row."""
    return any(
        last < own.first and own.last < sighting.first and _is_of_the_office(own, sighting) for own, _ in person.seen
    )


def _is_of_the_time(one: Sighting, other: Sighting, reach: timedelta) -> bool:
    """Whether two rows of the same years give the same title in the same state."""
    return _is_of_the_office(one, other) and abs(one.first - other.first) <= reach


def _is_of_the_office(one: Sighting, other: Sighting) -> bool:
    """Whether two rows call somebody a leader of the same state by the same title."""
    return one.is_leading and one.mention.title == other.mention.title and one.state == other.state


def _list(people: Iterable[Person]) -> str:
    return ", ".join(sorted(next(one.names()) for one in people))
