"""Invitations and their responses."""

import strawberry

from schema import conditions, slugs
from schema.actors import Actor
from schema.connections import Connection, connection
from schema.counting import Count
from schema.entries import EdtfDate, edtf
from schema.enums import FactOrder, InvitationGrouping
from schema.facts import Fact, OfFact, by_slug
from schema.groupings import counted_by
from schema.meetings import Meeting
from schema.places import Place
from schema.relations import ACTOR, INVITATION, MEETING, PLACE, one
from service.planner.fields import column, relation, sql, where
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
class InvitationFilter(OfFact):
    slug: list[str] | None = by_slug(slugs.INVITATIONS)
    issuer: list[str] | None = where(
        conditions.actor_in("issuer_id"), "Made by one of these actors.", takes=slugs.ACTORS
    )
    invitee: list[str] | None = where(
        conditions.actor_in("invitee_id"), "Made to one of these actors.", takes=slugs.ACTORS
    )
    carrier: list[str] | None = where(
        conditions.actor_in("carrier_id"), "Brought by one of these actors.", takes=slugs.ACTORS
    )
    destination: list[str] | None = where(
        conditions.place_in("destination_id"), "To one of these places, or within one.", takes=slugs.PLACES
    )
    meeting: list[str] | None = where(
        conditions.fact_in("meeting_id"), "That led to one of these meetings.", takes=slugs.MEETINGS
    )
    response: list[InvitationResponse] | None = where(conditions.any_of("response"), "With one of these responses.")
    medium: list[Medium] | None = where(conditions.any_of("medium"), "By one of these media.")


@connection("An invitation", "invitations", filter=InvitationFilter, order=FactOrder.DATE_ASC)
class InvitationConnection(Connection[Invitation]):
    counts: list[Count] = counted_by(InvitationGrouping)
