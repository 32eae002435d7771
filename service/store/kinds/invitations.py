"""Invitations, with their responses."""

from collections.abc import Iterable, Iterator
from typing import Annotated

from service.errors import SeedsInvalid
from service.store import enums
from service.store.enums import EventType, Role
from service.store.kinds.kind import ExistingFactEntry, Kind, Search, check_medium, values_of
from service.store.notation import values
from service.store.notation.fields import OnlyCited, Property, Value
from service.store.notation.values import Actor, Date, Phrase, changing_value
from service.store.record.coding import (
    Act,
    ExtraClaim,
    asserting_claims,
    effective_dates,
    extra_claims_of,
    involvements_in,
    is_told_together,
    plain_value,
)
from service.store.record.record import Fact, Record
from service.store.record.snapshots import Snapshot, seed_mistake
from service.store.rows import Row, key_of

DECISIONS = {
    "ACCEPTED": ("AGREED", "SCHEDULED"),
    "DECLINED": ("CANCELLED", "DEFERRED"),
    "DEFERRED": ("CANCELLED", "DEFERRED"),
}
"""Statuses of a meeting that an answer to an invitation may bring about: the answer and the status are one act."""


class InvitationEntry(ExistingFactEntry):
    """An invitation, with its response."""

    issuer: Annotated[Value[Actor], Property(role=Role.ISSUER)] = None
    issuerDescription: Phrase | None = None
    onBehalfOf: Annotated[Value[Actor], Property(role=Role.ON_BEHALF_OF)] = None
    carrier: Annotated[Value[Actor], Property(role=Role.CARRIER)] = None
    invitee: Annotated[Value[Actor], Property(role=Role.INVITEE)] = None
    destination: Value[values.Place] = None
    medium: Value[enums.Medium] = None
    response: OnlyCited[Annotated[enums.InvitationResponse, changing_value(has_author=True)]] = None
    respondedOn: OnlyCited[Date] = None
    madeAt: Value[values.Meeting] = None
    meeting: Value[values.Meeting] = None


def check(invitation: Fact) -> Iterator[str]:
    if values_of(invitation, "madeAt") & values_of(invitation, "meeting"):
        yield "meeting and madeAt cannot be the same meeting"
    yield from check_medium(invitation)


def to_row(record: Record, snapshot: Snapshot) -> Row:
    responded, basis = snapshot.date_of("respondedOn")
    issuer, description = snapshot.actor_in("ISSUER"), snapshot.value("issuerDescription")
    invitee = snapshot.actor_in("INVITEE")
    if invitee is None or not (issuer or description):
        raise SeedsInvalid([seed_mistake(snapshot.fact, f"who invites whom is not yet known on {snapshot.known_from}")])
    return {
        "issuer_id": key_of("actor", issuer),
        "issuer_description": description,
        "on_behalf_of_id": key_of("actor", snapshot.actor_in("ON_BEHALF_OF")),
        "carrier_id": key_of("actor", snapshot.actor_in("CARRIER")),
        "invitee_id": key_of("actor", invitee),
        "destination_id": key_of("place", snapshot.value("destination")),
        "medium": snapshot.value("medium") or "UNKNOWN",
        "response": snapshot.value("response") or "UNKNOWN",
        "responded": responded,
        "responded_basis": basis,
        "made_at_id": key_of("fact", snapshot.value("madeAt")),
        "meeting_id": key_of("fact", snapshot.value("meeting")),
    }


# ------------------------------------------------------------------ the events that it is


def to_acts(record: Record, invitation: Fact) -> Iterable[Act]:
    return (*_act_of_issuing(invitation), *_acts_of_answering(record, invitation))


def _act_of_issuing(invitation: Fact) -> Iterable[Act]:
    issuer, invitee = involvements_in(invitation, "ISSUER"), involvements_in(invitation, "INVITEE")
    claims = asserting_claims(invitation, "existence")
    if claims:
        renamed = (("date", "date"), ("medium", "medium"), ("madeAt", "meeting"))
        extra = [each for name, own in renamed for each in extra_claims_of(invitation, name, own)]
        plain = {own: value for name, own in renamed[1:] if (value := plain_value(invitation, name))}
        yield Act("issued", "issued", EventType.AGREE, claims, issuer, invitee, extra_claims=extra, plain=plain)


def _acts_of_answering(record: Record, invitation: Fact) -> Iterable[Act]:
    """Yield the answer, unless the passage that reports it reports the same act of the meeting."""
    issuer, invitee = involvements_in(invitation, "ISSUER"), involvements_in(invitation, "INVITEE")
    meetings = [record.facts[slug] for slug in _meetings_of(invitation) if slug in record.facts]
    for response, statuses in DECISIONS.items():
        claims = asserting_claims(invitation, "response", response)
        is_yes = response == "ACCEPTED"
        decided = [c for one in meetings for c in asserting_claims(one, "status", *statuses) if is_yes or c.by]
        if not claims or is_told_together(claims, decided):
            continue
        kind, mode = (EventType.AGREE, None) if is_yes else (EventType.REJECT, "meet")
        days = answer_dates(invitation) or effective_dates(claims)
        name = response.lower()
        yield Act(name, name, kind, claims, invitee, issuer, mode=mode, extra_claims=days)


def answer_dates(invitation: Fact) -> list[ExtraClaim]:
    return extra_claims_of(invitation, "respondedOn", "date")


def invitations_to(record: Record, meeting: Fact) -> Iterable[Fact]:
    """Return the invitations that a source links to a meeting."""
    invitations = (record.facts[slug] for slug in record.invitations.get(meeting.slug, ()))
    return (invitation for invitation in invitations if meeting.slug in _meetings_of(invitation))


def _meetings_of(invitation: Fact) -> set[str]:
    linked = {claim.value for claim in asserting_claims(invitation, "meeting")} | {plain_value(invitation, "meeting")}
    return {slug for slug in linked if slug}


INVITATION = Kind(
    typenames=("Invitation",),
    file="invitations.yaml",
    entry=InvitationEntry,
    table="invitation",
    to_row=to_row,
    search=Search(lambda _: 0.9, is_whole=True, place="destination"),
    links_people=True,
    required=(("issuer", "issuerDescription"), ("invitee",)),
    check=check,
    to_acts=to_acts,
)
