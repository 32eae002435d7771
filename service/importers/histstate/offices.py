"""Rows that call a person a leader although, by the record and other rows, he was not one on that day."""

from collections.abc import Iterable
from datetime import date, timedelta

from service.importers.histstate.bearers import holds
from service.importers.histstate.identity import Identities
from service.importers.histstate.sightings import HANDOVER, Death, Person, Sighting, gap

SAME_TIME = timedelta(days=730)
"""Number of days within which a title still shows who leads."""
SAME_CUSTOM = timedelta(days=15 * 365)
"""Number of days within which the leaders of a state bear one title, if all those named in rows do."""


def find_doubt(identities: Identities, sighting: Sighting) -> str | None:
    """Return why a person called a leader in a row cannot have been one on that day, by other rows and sets."""
    person = identities.of(sighting.row, sighting.mention)
    if person is None or not sighting.is_leading or identities.decided.get(sighting.doubt_slug) == "as-told":
        return None
    if (death := find_death(person, sighting)) and not identities.leads(person, sighting):
        return f"other sources say that this person died on {death.on}"
    if identities.leads(person, sighting) or holds(person, sighting):
        return None
    if others := _find_leaders(identities, sighting):
        return f"according to other sources, {_list(others)} held this office on that day"
    if successors := _find_successors(identities, person, sighting):
        return f"other rows name {_list(successors)} in this office before that day"
    return None


def find_death(person: Person, sighting: Sighting) -> Death | None:
    """Return the death of a person before the days of a row that has him then."""
    death = person.known.death if person.known else None
    return death if death and sighting.first > death.on + HANDOVER else None


def _find_leaders(identities: Identities, sighting: Sighting) -> list[Person]:
    """Return those who led the state on that day under the title that the row gives to another person."""
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
    """Return whether rows call whoever led the state in those years by this title and by no other."""
    titles = [
        own.mention.title
        for person in identities.candidates(sighting)
        for own, _ in person.seen
        if own.is_leading and gap(own, sighting) <= SAME_CUSTOM and _led_in_effect(person, own)
    ]
    return len(titles) > 1 and {*titles} == {sighting.mention.title}


def _find_successors(identities: Identities, person: Person, sighting: Sighting) -> list[Person]:
    """Return those in the office in rows between his last known time in it and this row."""
    known = [own.last for own, _ in person.seen if own is not sighting and _is_of_the_office(own, sighting)]
    if person.known and _is_title_of_leaders(identities, sighting):
        known += [spell.last for spell in person.known.spells if spell.last]
    last = max((day for day in known if day < sighting.first), default=None)
    others = (one for one in identities.candidates(sighting) if one is not person)
    return [one for one in others if last and _is_seen_between(one, last, sighting)]


def _is_seen_between(person: Person, last: date, sighting: Sighting) -> bool:
    """Return whether a row has a person in the office of another row, after a day and before that row."""
    return any(
        last < own.first and own.last < sighting.first and _is_of_the_office(own, sighting) for own, _ in person.seen
    )


def _is_of_the_time(one: Sighting, other: Sighting, reach: timedelta) -> bool:
    """Return whether two rows of the same years give the same title in the same state."""
    return _is_of_the_office(one, other) and abs(one.first - other.first) <= reach


def _is_of_the_office(one: Sighting, other: Sighting) -> bool:
    """Return whether two rows call a person a leader of the same state by the same title."""
    return one.is_leading and one.mention.title == other.mention.title and one.state == other.state


def _list(people: Iterable[Person]) -> str:
    return ", ".join(sorted(next(one.names()) for one in people))
