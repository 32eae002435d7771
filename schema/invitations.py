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
        "Null where the sources name nobody ('was invited'); then `issuerDescription` says who is meant.",
    )
    issuer_description: str | None = column("Who is meant, where the sources name nobody.")
    on_behalf_of: Actor | None = sql(one(ACTOR, "on_behalf_of_id"), "In whose name it was made.")
    carrier: Actor | None = sql(one(ACTOR, "carrier_id"), "Who brought it.")
    invitee: Actor = sql(one(ACTOR, "invitee_id"), "Who was invited.")
    destination: Place | None = sql(one(PLACE, "destination_id"), "Where to.")
    medium: Medium = column("By which medium it was made.")
    response: InvitationResponse = column("What the sources last told of the response.")
    responded_on: EdtfDate | None = sql(edtf("responded"), "When it was responded to.")
    made_at: Meeting | None = sql(one(MEETING, "made_at_id"), "The meeting at which it was made.")
    meeting: Meeting | None = sql(
        one(MEETING, "meeting_id"),
        "The meeting that it led to, held or not, only where a source links the two; never the one at which it was "
        "made.",
    )


@strawberry.input(description="Which invitations; all fields given must hold.")
class InvitationFilter(CommonFactFilter):
    slug: list[str] | None = filters.by_slug(slugs.INVITATIONS)
    issuer: list[str] | None = filters.by_involved_actor("issuer_id", "Made by one of these actors.")
    invitee: list[str] | None = filters.by_involved_actor("invitee_id", "Made to one of these actors.")
    carrier: list[str] | None = filters.by_involved_actor("carrier_id", "Brought by one of these actors.")
    destination: list[str] | None = filters.by_place("destination_id", "To one of these places, or within one.")
    meeting: list[str] | None = filters.by_meeting("meeting_id", "That led to one of these meetings.")
    response: list[InvitationResponse] | None = filters.by_term("response", "With one of these responses.")
    medium: list[Medium] | None = filters.by_term("medium", "By one of these media.")


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
