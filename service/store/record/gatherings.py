"""What follows for a meeting from who takes part in it and where: its sides, its setting and its places."""

from collections.abc import Iterator

from service.store.enums import PRESENT, MeetingSetting, OrganisationKind
from service.store.record.decide import asserts
from service.store.record.record import Record
from service.store.record.snapshots import Snapshot, involved_since, principal

OF_A_STATE = (OrganisationKind.GOVERNMENT.value, OrganisationKind.MINISTRY.value)
"""The kinds of organisations that are on the side of their state."""


def setting(record: Record, meeting: Snapshot) -> MeetingSetting:
    """What a source tells, else what follows from the format or the sides; UNKNOWN where neither shows it."""
    told = meeting.value("setting")
    if told:
        return MeetingSetting[told]
    if any(claim.value == "MULTILATERAL" and asserts(claim) for claim in meeting.claims("format")):
        return MeetingSetting.MULTILATERAL
    sides = set(_sides(record, meeting))
    if len(sides - {None}) > 2:
        return MeetingSetting.MULTILATERAL
    return MeetingSetting.BILATERAL if len(sides) == 2 and None not in sides else MeetingSetting.UNKNOWN


def _sides(record: Record, meeting: Snapshot) -> Iterator[str | None]:
    """The side of everybody who takes part, None where it is not known."""
    for involvement in meeting.involvements():
        if involvement.role in PRESENT:
            told = principal(meeting.fact, involvement)
            yield side(record, told[0] if told and told[1] <= meeting.known_from else involvement.actor)
    for unnamed in meeting.fact.unnamed:
        since = involved_since(meeting.fact, unnamed)
        if unnamed.role in PRESENT and unnamed.on_behalf_of and since and since <= meeting.known_from:
            yield side(record, unnamed.on_behalf_of)


def side(record: Record, slug: str) -> str | None:
    """The state that an actor is of; an organisation of no state is a side of its own. None where it is not known."""
    actor = record.actors[slug]
    if actor.typename == "Country":
        return slug
    if actor.typename == "Person" or actor.organisation_kind in OF_A_STATE:
        return actor.country
    return None if actor.country else slug


def places(meeting: Snapshot) -> list[str]:
    """Where it takes place, in order: what is told as `places`, else its one place."""
    told = [claim.value for claim in meeting.claims("places") if claim.value and asserts(claim)]
    plain = meeting.fact.fields.get("places")
    in_order = told or (list(plain) if isinstance(plain, tuple) else [])
    one = meeting.value("place")
    return list(dict.fromkeys(in_order)) or ([one] if one else [])
