"""Invitations and their responses."""

import strawberry

from schema import filters
from schema.actors import Actor
from schema.connections import Connection, connection
from schema.counting import Count, counts_by
from schema.entries import EdtfDate, edtf
from schema.enums import FactOrder, InvitationGrouping
from schema.facts import CommonFactFilter, Fact
from schema.meetings import Meeting
from schema.places import Place
from schema.sql import groupings, slugs
from schema.sql.relations import ACTOR, INVITATION, MEETING, PLACE, one
from service.planner.fields import column, relation, sql
from service.store.enums import InvitationResponse, Medium


@strawberry.type(description="An invitation, with its response.")
@relation(INVITATION)
class Invitation(Fact):
    issuer: Actor | None = sql(
        one(ACTOR, "issuer_id"),
        "Actor who made the invitation. Null if the sources name nobody ('was invited'); `issuerDescription` then "
        "says who is meant.",
    )
    issuer_description: str | None = column("Who is meant, if the sources name nobody.")
    on_behalf_of: Actor | None = sql(one(ACTOR, "on_behalf_of_id"), "Actor in whose name the invitation was made.")
    carrier: Actor | None = sql(one(ACTOR, "carrier_id"), "Actor who brought the invitation.")
    invitee: Actor = sql(one(ACTOR, "invitee_id"), "Actor who was invited.")
    destination: Place | None = sql(one(PLACE, "destination_id"), "Place to which the invitee is invited.")
    medium: Medium = column("Medium by which the invitation was made.")
    response: InvitationResponse = column("Response that the sources last reported.")
    responded_on: EdtfDate | None = sql(edtf("responded"), "When the invitation was answered.")
    made_at: Meeting | None = sql(one(MEETING, "made_at_id"), "Meeting at which the invitation was made.")
    meeting: Meeting | None = sql(
        one(MEETING, "meeting_id"),
        "Meeting that the invitation led to, held or not; given only if a source links the two. Never the meeting at "
        "which the invitation was made.",
    )


@strawberry.input(description="Conditions on invitations, all of which must be met.")
class InvitationFilter(CommonFactFilter):
    slug: list[str] | None = filters.by_slug(slugs.INVITATIONS)
    issuer: list[str] | None = filters.by_involved_actor("issuer_id", "Only invitations made by one of these actors.")
    invitee: list[str] | None = filters.by_involved_actor("invitee_id", "Only invitations made to one of these actors.")
    carrier: list[str] | None = filters.by_involved_actor(
        "carrier_id", "Only invitations brought by one of these actors."
    )
    destination: list[str] | None = filters.by_place(
        "destination_id", "Only invitations to one of these places, or to a place within one."
    )
    meeting: list[str] | None = filters.by_meeting("meeting_id", "Only invitations that led to one of these meetings.")
    response: list[InvitationResponse] | None = filters.by_term(
        "response", "Only invitations with one of these responses."
    )
    medium: list[Medium] | None = filters.by_term("medium", "Only invitations made by one of these media.")


@connection("An invitation", "invitations", filter=InvitationFilter, order=FactOrder.DATE_ASC)
class InvitationConnection(Connection[Invitation]):
    counts: list[Count] = counts_by(
        {
            InvitationGrouping.ISSUER: groupings.actor("issuer_id", tallied="issuer"),
            InvitationGrouping.INVITEE: groupings.actor("invitee_id", tallied="invitee"),
            InvitationGrouping.RESPONSE: groupings.term("InvitationResponse", "response"),
            InvitationGrouping.MEDIUM: groupings.term("Medium", "medium"),
            InvitationGrouping.CURATION: groupings.term("Curation", "curation"),
            **groupings.periods(InvitationGrouping),
        }
    )
