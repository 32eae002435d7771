"""Holders of an office on the days of a row, according to the days of other sets, a table and other rows."""

from datetime import timedelta

from service.importers.histstate.sightings import Known, Person, Sighting, gap
from service.importers.histstate.titles import LEADING, Rank

UNTIL_OFFICE = timedelta(days=400)
"""Maximum time before taking office during which a person is called elect."""
SAME_TITLE = timedelta(days=8 * 365)
"""Maximum gap at which a bare name with one title means one person, if nobody else bears it."""


def bears_on_both_sides(person: Person, sighting: Sighting) -> bool:
    """Return whether rows of the years before and of the years after have a person in the office of a row."""
    near = [one for one, _ in person.seen if _is_title_near(one, sighting)]
    return any(one.last <= sighting.first for one in near) and any(one.first >= sighting.last for one in near)


def bears_in_the_nearest(person: Person, sighting: Sighting) -> bool:
    """Return whether the nearest row that has a person as a leader gives him the title of another row."""
    own = (one for one, _ in person.seen if one.is_leading)
    nearest = min(own, key=lambda one: gap(one, sighting), default=None)
    return nearest is not None and _is_title_near(nearest, sighting)


def _is_title_near(one: Sighting, other: Sighting) -> bool:
    is_same = one.mention.title == other.mention.title and one.state == other.state
    return is_same and one.is_leading and gap(one, other) <= SAME_TITLE


def holds(person: Person, sighting: Sighting, *, is_exact: bool = False) -> bool:
    """Return whether the table has a person in the office of a row on its days; `is_exact`: under exactly its title."""
    known = person.known
    if known is None or (sighting.state is not None and sighting.state not in known.states):
        return False
    title = sighting.mention.title
    fitting = [one for one in known.offices if one.is_of(title, sighting.first, sighting.last)]
    return any(one.title == title for one in fitting) if is_exact else bool(fitting)


def is_in_office(known: Known, sighting: Sighting) -> bool:
    spells = [spell for spell in known.spells if spell.state in sighting.states]
    if sighting.mention.is_elect:
        return any(timedelta() <= spell.first - sighting.last <= UNTIL_OFFICE for spell in spells)
    if sighting.mention.is_former:
        return any(spell.last is not None and spell.last < sighting.first for spell in spells)
    return any(spell.covers(sighting.first, sighting.last) for spell in spells)


def bears_the_title(person: Person, sighting: Sighting) -> bool:
    """Return whether nearby rows give the person the same title, or he had only recently led the state."""
    spells = person.known.spells if person.known else ()
    if sighting.mention.is_former:
        return any(own.rank is sighting.rank and own.last <= sighting.first for own, _ in person.seen)
    if sighting.rank in LEADING and any(
        spell.state in sighting.states and spell.covers(sighting.first, sighting.last, UNTIL_OFFICE) for spell in spells
    ):
        return True
    return any(is_same_office(own, sighting) and gap(own, sighting) <= SAME_TITLE for own, _ in person.seen)


def is_same_office(one: Sighting, other: Sighting) -> bool:
    """Return whether two titles belong to one office: the same words, or two titles of a head of government."""
    if one.mention.title == other.mention.title:
        return True
    is_elect = one.mention.is_elect or other.mention.is_elect
    return one.rank is other.rank and (one.rank is Rank.GOVERNMENT or (is_elect and gap(one, other) <= UNTIL_OFFICE))
