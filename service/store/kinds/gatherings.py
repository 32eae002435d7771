"""What follows for a meeting from its participants, its place and what it is within: setting, places and mistakes."""

from collections.abc import Iterator
from datetime import date, timedelta

from service.store.enums import PRESENT, MeetingSetting, OrganisationKind
from service.store.kinds.kind import slugs_in, values_of
from service.store.record.decide import as_date, asserts
from service.store.record.record import Fact, Record
from service.store.record.snapshots import Snapshot

OF_A_STATE = (OrganisationKind.GOVERNMENT.value, OrganisationKind.MINISTRY.value)
"""Kinds of organisations that are on the side of their state."""


def setting_of(record: Record, meeting: Snapshot) -> MeetingSetting:
    """Return what a source gives, else what follows from the format or the sides; UNKNOWN if neither shows it."""
    setting = meeting.value("setting")
    if setting:
        return MeetingSetting[setting]
    if any(claim.value == "MULTILATERAL" and asserts(claim) for claim in meeting.claims("format")):
        return MeetingSetting.MULTILATERAL
    sides = _all_sides(record, meeting)
    if len(sides - {None}) > 2:
        return MeetingSetting.MULTILATERAL
    return MeetingSetting.BILATERAL if len(sides) == 2 and None not in sides else MeetingSetting.UNKNOWN


def sides_of(record: Record, meeting: Snapshot) -> dict[str, str]:
    """Return the side of each participant, if it is known and single; of nobody if all are on one side."""
    if len(_all_sides(record, meeting)) < 2:
        return {}
    sides: dict[str, set[str | None]] = {}
    for actor, side in _sides(record, meeting):
        sides.setdefault(actor, set()).add(side)
    return {actor: side for actor, (side, *others) in sides.items() if side and not others}


def _all_sides(record: Record, meeting: Snapshot) -> set[str | None]:
    """Return all sides of a meeting, including those of unnamed participants; None for a side that is not known."""
    sides = {side for _, side in _sides(record, meeting)}
    for unnamed in meeting.unnamed_involvements():
        if unnamed.role in PRESENT and unnamed.on_behalf_of:
            sides.add(_side_of(record, unnamed.on_behalf_of))
    return sides


def _sides(record: Record, meeting: Snapshot) -> Iterator[tuple[str, str | None]]:
    """Yield every participant with his side, None if it is not known."""
    for involvement in meeting.involvements():
        if involvement.role in PRESENT:
            yield involvement.actor, _side_of(record, meeting.principal_of(involvement) or involvement.actor)


def _side_of(record: Record, slug: str) -> str | None:
    """Return an actor's state; an organisation of no state is a side of its own. None if it is not known."""
    actor = record.actors[slug]
    if actor.typename == "Country":
        return slug
    if actor.typename == "Person" or actor.organisation_kind in OF_A_STATE:
        return actor.country
    return None if actor.country else slug


def participant_countries(record: Record, meeting: Snapshot) -> list[str]:
    """Return the states that participants belong to in the record, or are, whoever they act for; each once."""
    present = [one.actor for one in meeting.involvements() if one.role in PRESENT]
    states = (slug if record.actors[slug].typename == "Country" else record.actors[slug].country for slug in present)
    return list(dict.fromkeys(filter(None, states)))


def places_of(meeting: Snapshot) -> list[str]:
    """Return where it takes place, in order: the `places` given, else its single place."""
    slugs = [claim.value for claim in meeting.claims("places") if claim.value and asserts(claim)]
    one = meeting.value("place")
    return list(dict.fromkeys(slugs or slugs_in(meeting.fact, "places"))) or ([one] if one else [])


# ------------------------------------------------------------------ mistakes


def check_within(record: Record, meeting: Fact) -> Iterator[str]:
    """Yield the mistakes in what a meeting is within.

    A meeting must not be within itself, and the outer meeting must be able to contain its day.
    """
    if values_of(meeting, "withinKind") and not values_of(meeting, "within"):
        yield "withinKind: within is missing"
    if meeting.slug in _all_around(record, meeting):
        yield "within: the meeting is within itself"
    for slug in sorted(values_of(meeting, "within") - {meeting.slug}):
        outer = record.facts.get(slug)
        if outer and not _can_contain(outer, meeting):
            yield f"within: none of the days reported for it is a day of {slug}"


def _all_around(record: Record, meeting: Fact) -> set[str]:
    """Return the meetings that a meeting is within, directly or indirectly."""
    around: set[str] = set()
    slugs = values_of(meeting, "within")
    while new := slugs - around:
        around |= new
        slugs = {outer for slug in new & record.facts.keys() for outer in values_of(record.facts[slug], "within")}
    return around


def _can_contain(outer: Fact, inner: Fact) -> bool:
    """Return whether some day given for one may be one of the other; the margins reach a day beyond both ends."""
    reach = timedelta(days="MARGINS" in values_of(inner, "withinKind"))
    pairs = [(one, other) for one in _spans(inner) for other in _spans(outer)]
    return not pairs or any(_distance(one, other) <= reach for one, other in pairs)


Span = tuple[date, date]


def _distance(one: Span, other: Span) -> timedelta:
    """Return how long before the beginning of one span of days the other ends."""
    earlier, later = sorted((one, other))
    return later[0] - earlier[1]


def _spans(meeting: Fact) -> list[Span]:
    """Return the first and last possible day of each date given for it."""
    days = [as_date("date", value) for value in values_of(meeting, "date")]
    return [(day.earliest or date.min, day.latest or date.max) for day in days if day]
