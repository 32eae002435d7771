"""Where a row calls somebody a leader who was none on that day, as the record and other rows have it."""

from datetime import timedelta

from service.importers.histstate.identity import Identities, Sighting

SAME_TIME = timedelta(days=730)
"""Within so many days a title goes on to show who leads."""


def find_doubt(identities: Identities, sighting: Sighting) -> str | None:
    """Why somebody whom a row calls a leader cannot have been one on that day, as other rows and sets show."""
    person = identities.of(sighting.row, sighting.mention)
    if person is None or not sighting.is_leading:
        return None
    if identities.leads(person, sighting):
        return None
    others = [
        next(one.names())
        for one in identities.in_office(sighting)
        if any(own.is_leading and _is_of_the_time(own, sighting) for own, _ in one.seen)
    ]
    return f"other sources have {', '.join(sorted(others))} in this office on that day" if others else None


def _is_of_the_time(one: Sighting, other: Sighting) -> bool:
    """Whether two rows of the same years give the same title in the same state."""
    is_same = one.mention.title == other.mention.title and one.state == other.state
    return is_same and abs(one.first - other.first) <= SAME_TIME
