"""Meetings, held or only planned."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from schema import filters
from schema.claims import ClaimConnection
from schema.connections import Connection, connection
from schema.counting import Count, counts_by
from schema.entries import EdtfDate, Name, edtf, names_of
from schema.enums import MeetingGrouping, MeetingOrder
from schema.facts import CommonFactFilter, Fact, Involvement, UnnamedInvolvement, involvements_in
from schema.places import Place
from schema.scalars import ENGLISH, Date, LanguageTag
from schema.sql import conditions, groupings, slugs
from schema.sql.relations import (
    ACTOR,
    AGREEMENT,
    CHANGE,
    CHANGE_CLAIM,
    CLAIM,
    EVENT,
    INVITATION,
    INVOLVEMENT,
    MEETING,
    PLACE,
    PLACED,
    QUOTE,
    SUMMIT,
    TALKS,
    UNNAMED,
    among,
    many,
    of_actor,
    one,
)
from schema.sql.tallies import where_all_states_take_part, where_one_is_in, where_one_state_takes_part
from schema.sql.texts import text_in
from service.planner.cost import Price
from service.planner.fields import Resolver, column, pages, relation, sql, where
from service.planner.relations import Row, Rows
from service.sql import Expression, and_, func, int_literal, or_, text_literal
from service.store.enums import (
    PRESENT,
    MeetingFormat,
    MeetingLevel,
    MeetingOutcome,
    MeetingPhase,
    MeetingSetting,
    MeetingStatus,
    WithinKind,
)

if TYPE_CHECKING:
    from schema.agreements import AgreementConnection
    from schema.events import EventConnection
    from schema.invitations import InvitationConnection
    from schema.quotes import QuoteConnection


def history(row: Row) -> Rows:
    """The reported steps, oldest first."""
    changes = row.find(CHANGE, lambda change: change.fact_id == row.fact_id)
    step = changes.row
    is_cut_short = step.value == text_literal("CUT_SHORT")
    return changes.order_by(step.last_on, is_cut_short, step.reported_on, step.position, step.slug)


def _places(row: Row) -> Rows:
    places = row.find(PLACED, lambda place: place.snapshot_id == row.join_key)
    return places.order_by(places.row.position)


def _people(row: Row) -> Rows:
    """People who take part in a meeting."""
    present = row.find(INVOLVEMENT, lambda link: link.fact_id == row.fact_id)
    actor = row.find(ACTOR, lambda actor: actor.id == present.row.actor_id)
    actor.where(actor.row.typename == text_literal("Person"))
    return present.where(present.row.role.in_(PRESENT), actor.exist())


def _neighbour(*, is_next: bool) -> Resolver:
    """The nearest meeting before or after a meeting that all of its people attended; it must have at least two."""

    def neighbour(row: Row) -> Rows:
        first = _people(row)
        first.order_by(first.row.position)
        others = row.find(of_actor(MEETING), lambda presence: presence.actor_id == first.value("actor_id"))
        other, missing = others.row, _people(row)
        there = row.find(INVOLVEMENT, lambda link: link.fact_id == other.fact_id)
        there.where(there.row.actor_id == missing.row.actor_id, there.row.role.in_(PRESENT))
        others.where(
            row.is_dated,
            other.is_dated,
            other.phase != text_literal(MeetingPhase.OFF.value),
            ~other.is_withdrawn,
            # neither the meeting that it is part of nor a meeting that is part of it
            or_(row.within_id.is_null(), row.within_id != other.fact_id),
            or_(other.within_id.is_null(), other.within_id != row.fact_id),
            _is_before(row, other) if is_next else _is_before(other, row),
            _people(row).count("actor_id") >= int_literal(2),
            ~missing.where(~there.exist()).exist(),
        )
        others.order = [(other[name], not is_next) for name in DAYS]
        return row.find(MEETING, lambda meeting: meeting.fact_id == others.value("fact_id"))

    return neighbour


DAYS = ("first_on", "last_on", "slug")
"""Columns by which meetings follow one another."""


def _is_before(one: Row, other: Row) -> Expression:
    first, last, slug = DAYS
    same_first, same_last = one[first] == other[first], one[last] == other[last]
    later = or_(one[last] < other[last], and_(same_last, one[slug] < other[slug]))
    return or_(one[first] < other[first], and_(same_first, later))


def claims_of_change(row: Row) -> Rows:
    links = row.find(CHANGE_CLAIM, lambda link: link.fact_id == row.fact_id, lambda link: link.step == row.step)
    return row.find(CLAIM, lambda claim: among(claim.id, links.ids("claim_id")))


NEIGHBOUR = Price(15_000.0)
"""Price of searching the meetings of the first of its people."""


def _name(row: Row, language: LanguageTag | None = ENGLISH) -> Expression:
    if isinstance(language, str) and language == ENGLISH:
        return row.name
    return text_in(func.coalesce(row.names, row.labels), language, row.name)


@strawberry.interface(
    description="A meeting, held or only planned. A Summit is a meeting at leaders' level, Talks are a meeting at any "
    "other level. Which of the two a meeting is never depends on `asOf`."
)
@relation(MEETING)
class Meeting(Fact):
    name: str = sql(
        _name,
        "Display name: neutral, made of the place and the year. If the meeting has no name, it says who met and when, "
        "as first reported.",
    )
    names: list[Name] = sql(names_of("fact_id"), "All recorded names.", rows=3)
    level: MeetingLevel = column("Level of the lower side.")
    format: MeetingFormat = column("What kind of meeting the deciding source calls it.")
    status: MeetingStatus = column("Status that the sources last reported. This list of values grows.")
    phase: MeetingPhase = column(
        "One of the four kinds of status. This list of values does not grow, so branch on this field."
    )
    planned_date: EdtfDate | None = sql(
        edtf("planned"),
        "Date last planned; null if no source reports a plan. `date` holds only what is reported as having taken "
        "place.",
    )
    outcome: MeetingOutcome = column("Outcome of the meeting.")
    place: Place | None = sql(
        one(PLACE, "place_id"),
        "Where the meeting took place or is to take place; if there are several places, the main one or else the "
        "first.",
    )
    places: list[Place] = sql(_places, "All places where the meeting took place or is to take place, in order.", rows=1)
    setting: MeetingSetting = column(
        "How many sides meet, as stated by a source or otherwise derived by rule from the sides of those who take part."
    )
    within: "Meeting | None" = sql(
        one(MEETING, "within_id"), "Meeting on whose margins or in whose programme this one takes place."
    )
    within_kind: WithinKind | None = column("How this meeting is part of the `within` meeting; null if no source says.")
    parts: Annotated["MeetingConnection", strawberry.lazy("schema.meetings")] = pages(
        many(MEETING, "within_id", "fact_id"),
        "Meetings on the margins of this one or in its programme.",
        rows=20,
    )
    previous: "Meeting | None" = sql(
        _neighbour(is_next=False),
        "Last meeting before this one, held or still planned, in which all the people who take part in this one took "
        "part. They must be at least two; states and organisations do not count. The meeting that this one is part of "
        "and those that are part of this one are left out.",
        price=NEIGHBOUR,
    )
    next: "Meeting | None" = sql(
        _neighbour(is_next=True), "First such meeting after this one, held or still planned.", price=NEIGHBOUR
    )
    participants: list[Involvement] = sql(
        involvements_in(*PRESENT), "Actors named in a document as taking part, including delegates.", rows=2
    )
    interpreters: list[Involvement] = sql(
        involvements_in("INTERPRETER"), "Actors named in a document as interpreting. They do not take part.", rows=1
    )
    unnamed: list[UnnamedInvolvement] = sql(
        many(UNNAMED, "fact_id", "fact_id"), "People mentioned in a document without a name.", rows=1
    )
    history: list["StatusChange"] = sql(history, "Steps in the reported status of the meeting, oldest first.", rows=2)
    quotes: Annotated["QuoteConnection", strawberry.lazy("schema.quotes")] = pages(
        many(QUOTE, "meeting_id", "fact_id"), "Quotes said at the meeting.", rows=1_900, price=Price(per_row=4.0)
    )
    events: Annotated["EventConnection", strawberry.lazy("schema.events")] = pages(
        many(EVENT, "meeting_id", "fact_id"), "Events at the meeting.", rows=50
    )
    invitations: Annotated["InvitationConnection", strawberry.lazy("schema.invitations")] = pages(
        many(INVITATION, "meeting_id", "fact_id"), "Invitations that a source links to the meeting.", rows=10
    )
    agreements: Annotated["AgreementConnection", strawberry.lazy("schema.agreements")] = pages(
        many(AGREEMENT, "concluded_at_id", "fact_id"), "Agreements concluded at the meeting.", rows=2
    )


@strawberry.type(description="A meeting of heads of state, government or ruling party, in any format.")
@relation(SUMMIT)
class Summit(Meeting):
    pass


@strawberry.type(description="A meeting below leaders' level.")
@relation(TALKS)
class Talks(Meeting):
    pass


@strawberry.type(description="A step in the reported status of a meeting.")
@relation(CHANGE)
class StatusChange:
    status: MeetingStatus = column("Reported status, from claims with property `status`.", "value")
    effective: EdtfDate | None = sql(edtf("effective"), "When the status took effect; null if no source says.")
    reported_on: Date = column("Day on which it was first reported.")
    claims: ClaimConnection = pages(claims_of_change, "Claims that report it.", rows=10)


@strawberry.input(description="Conditions on meetings, all of which must be met.")
class MeetingFilter(CommonFactFilter):
    slug: list[str] | None = filters.by_slug(slugs.MEETINGS)
    participant: list[str] | None = where(
        conditions.involves,
        "Same as `involving`.",
        parameter=slugs.ACTORS,
        price=conditions.LOOKUP_PRICE,
        leads=conditions.BY_INVOLVED,
        tally=where_one_is_in,
    )
    level: list[MeetingLevel] | None = filters.by_term("level", "Only meetings at one of these levels.")
    format: list[MeetingFormat] | None = filters.by_term("format", "Only meetings in one of these formats.")
    status: list[MeetingStatus] | None = filters.by_term("status", "Only meetings with one of these statuses.")
    phase: list[MeetingPhase] | None = filters.by_term("phase", "Only meetings in one of these phases.")
    outcome: list[MeetingOutcome] | None = filters.by_term("outcome", "Only meetings with one of these outcomes.")
    place: list[str] | None = where(
        conditions.at_place,
        "Only meetings at one of these places, or within one. If a meeting has several places, one is enough.",
        parameter=slugs.PLACES,
        leads=conditions.BY_PLACE,
    )
    exact_place: list[str] | None = where(
        conditions.at_exact_place,
        "Only meetings with one of these places among their `places`. Unlike `place`, it does not match meetings at "
        "places within these. It finds what `counts(by: PLACE)` counts under a place.",
        parameter=slugs.PLACES,
        leads=conditions.BY_EXACT_PLACE,
    )
    country: list[str] | None = where(
        conditions.at_place_in_country,
        "Only facts at a place in one of these states (ISO codes or slugs).",
        parameter=slugs.COUNTRIES,
    )
    participant_country: list[str] | None = where(
        conditions.has_participant_of,
        "Only meetings in which one of these states (ISO codes or slugs), or somebody who belongs to one, takes part. "
        "The roles PARTICIPANT, HOST and DELEGATE count, INTERPRETER does not. What counts is the state to which the "
        "record assigns somebody (`Actor.country`), not on whose behalf somebody acts. It is the same for all days: "
        "Václav Havel counts for Czechia, also at meetings as President of Czechoslovakia.",
        parameter=slugs.COUNTRIES,
        price=conditions.LOOKUP_PRICE,
        leads=conditions.BY_PARTICIPANT_COUNTRY,
        tally=where_one_state_takes_part,
    )
    participant_country_all: list[str] | None = where(
        conditions.has_participants_of_all,
        "Only meetings in which each of these states, or somebody who belongs to it, takes part, as in "
        "`participantCountry`.",
        parameter=slugs.COUNTRIES,
        price=conditions.ALL_LOOKUP_PRICE,
        leads=conditions.BY_ALL_PARTICIPANT_COUNTRIES,
        tally=where_all_states_take_part,
    )
    setting: list[MeetingSetting] | None = filters.by_term("setting", "Only meetings in one of these settings.")
    within: list[str] | None = where(
        conditions.fact_in("within_id"),
        "Only meetings on the margins of one of these meetings, or in its programme.",
        parameter=slugs.MEETINGS,
    )


def _places_of_meeting(row: Row) -> Rows:
    places = row.find(PLACED, lambda place: place.snapshot_id == row.join_key)
    return places.with_computed(value=places.row.place_id)


def _countries_of_meeting(row: Row) -> Rows:
    """States in which the places of a meeting lie."""
    places = row.find(PLACED, lambda place: place.snapshot_id == row.join_key)
    return places.with_computed(value=places.row.country_id)


GROUPINGS = {
    MeetingGrouping.LEVEL: groupings.term("MeetingLevel", "level"),
    MeetingGrouping.FORMAT: groupings.term("MeetingFormat", "format"),
    MeetingGrouping.STATUS: groupings.term("MeetingStatus", "status"),
    MeetingGrouping.PHASE: groupings.term("MeetingPhase", "phase"),
    MeetingGrouping.OUTCOME: groupings.term("MeetingOutcome", "outcome"),
    MeetingGrouping.SETTING: groupings.term("MeetingSetting", "setting"),
    MeetingGrouping.PLACE: groupings.place(_places_of_meeting, tallied="place"),
    MeetingGrouping.COUNTRY: groupings.state(_countries_of_meeting, tallied="country"),
    MeetingGrouping.PARTICIPANT: groupings.involved_actor(*(role.value for role in PRESENT), tallied="participant"),
    MeetingGrouping.CURATION: groupings.term("Curation", "curation"),
    **groupings.periods(MeetingGrouping),
}


@connection("A meeting", "meetings", filter=MeetingFilter, order=MeetingOrder.DATE_ASC)
class MeetingConnection(Connection[Meeting]):
    counts: list[Count] = counts_by(GROUPINGS)


@connection("A summit", "summits", filter=MeetingFilter, order=MeetingOrder.DATE_ASC)
class SummitConnection(Connection[Summit]):
    counts: list[Count] = counts_by(GROUPINGS)
