"""Relationships between two people or two states, as reported and as counted."""

from collections.abc import Callable, Iterator
from typing import Any

import strawberry

from schema import filters
from schema.actors import Actor
from schema.agreements import AgreementConnection
from schema.claims import ClaimConnection
from schema.connections import Connection, connection
from schema.entries import EdtfDate, edtf
from schema.enums import Period, RelationshipOrder
from schema.events import EventConnection
from schema.facts import DateRange, Fact, FactConnection, FactFilter
from schema.invitations import InvitationConnection
from schema.meetings import SummitConnection, claims_of_change, history
from schema.quotes import QuoteConnection
from schema.scalars import Date
from schema.sources import SourceConnection
from schema.sql import conditions, slugs
from schema.sql.relations import (
    ACTOR,
    AGREEMENT,
    CHANGE,
    CLAIM,
    EDTF,
    EVENT,
    FACT,
    INVITATION,
    MEETING,
    PAIR_TALLY,
    QUOTE,
    RELATIONSHIP,
    SOURCE,
    SUMMIT,
    TONE_TALLY,
    actors,
    among,
    of_two,
)
from schema.sql.tallies import tally_of_relationship
from schema.tone import Tone, TonePeriod, tone_by_tally, tone_over_time
from service.planner.cost import Price
from service.planner.fields import ORDERS, Condition, Leads, Ordering, column, pages, relation, sql, where
from service.planner.filters import Filter
from service.planner.relations import Relation, Row, Rows
from service.sql import Expression, Select, and_, case, int_literal, or_, sql_literal, text_literal
from service.store.enums import PRESENT, Curation, MeetingSetting, RelationshipKind, WithinKind


def shared_facts(kind: Relation, relationship: Expression, row: Row, one: str = "", other: str = "") -> Rows:
    """Facts of a kind that involve both parties of a relationship, in these roles (in any role if none is given)."""
    facts = row.find(of_two(kind), lambda fact: fact.between_id == relationship)
    return facts.where(*_roles_overlap(facts.row.roles_of_one, one), *_roles_overlap(facts.row.roles_of_other, other))


def _shared_by_parties(kind: Relation, row: Row, one: str = "", other: str = "") -> Rows:
    return shared_facts(kind, row.fact_id, row, one, other)


def _roles_overlap(had: Expression, roles: str) -> list[Expression]:
    return [had.op("&&")(sql_literal(f"'{{{roles}}}'::text[]"))] if roles else []


TOGETHER = ",".join(role.value for role in PRESENT)
Settings = list[MeetingSetting] | None
PARTIES = ("one_id", "other_id")


def held_meetings(of_both: Callable[[], Rows], setting: Any = strawberry.UNSET, date: Any = strawberry.UNSET) -> Rows:
    """Held meetings at which both were present; only of these settings and in this range of days, if they are given.

    Meetings of several sides at which both were on the same side are excluded: whoever meets the other side need not
    meet the own side. A meeting in the programme of another of these meetings is not counted in addition to it.
    `of_both`: returns the meetings of two, or of each pair, as a new object on every call.
    """
    meetings, whole = (_meetings_that_count(of_both(), setting, date) for _ in range(2))
    meeting = meetings.row
    whole.where(whole.row.between_id == meeting.between_id, whole.row.fact_id == meeting.within_id)
    is_apart = meeting.within_kind == text_literal(WithinKind.MARGINS.value)
    return meetings.where(or_(meeting.within_kind.is_null(), is_apart, ~whole.exist()))


def _meetings_that_count(meetings: Rows, setting: Any, date: Any) -> Rows:
    meeting = meetings.row
    for roles in (meeting.roles_of_one, meeting.roles_of_other):
        meetings.where(*_roles_overlap(roles, TOGETHER))
    meetings.where(meeting.phase == text_literal("HELD"), ~meeting.is_withdrawn, ~meeting.is_on_one_side)
    if setting is not strawberry.UNSET:
        meetings.where(among(meeting.setting, setting))
    return conditions.only_dated_in(meetings, date)


def _held_meetings(row: Row, setting: Any = strawberry.UNSET, date: Any = strawberry.UNSET) -> Rows:
    return held_meetings(lambda: _shared_by_parties(MEETING, row), setting, date)


def _meeting_count(
    row: Row, setting: Settings = strawberry.UNSET, date: DateRange | None = strawberry.UNSET
) -> Expression:
    if all(given is strawberry.UNSET for given in (setting, date)):
        return _tally(row, "meetings")
    return _held_meetings(row, setting, date).count()


def _tally(row: Row, name: str) -> Expression:
    """What a load has counted for a relationship."""
    return row.find(PAIR_TALLY, lambda tally: tally.fact_id == row.fact_id).value(name)


def _claims(row: Row) -> Rows:
    """Claims about the relationship; if it is only counted, those about the facts that its two parties share."""
    own = row.find(CLAIM, lambda claim: claim.fact_id == row.fact_id)
    resting = _timeline(row).ids("fact_id")
    claims = row.find(CLAIM)
    is_own = claims.row.fact_id == row.fact_id
    return claims.where(or_(is_own, and_(~own.exist(), among(claims.row.fact_id, resting))))


def _sources(row: Row) -> Rows:
    return row.find(SOURCE, lambda source: among(source.id, _claims(row).ids("source_id")))


def _timeline(row: Row) -> Rows:
    """All facts that involve both, except those that only code another fact, and except their relationship itself."""
    facts = _shared_by_parties(FACT, row)
    return facts.where(~facts.row.is_coding, facts.row.typename != text_literal("Relationship"))


def _counted_timeline(row: Row) -> Rows:
    facts = _timeline(row)
    facts.tally = tally_of_relationship(row)
    return facts


def _events(row: Row) -> Rows:
    return _shared_by_parties(EVENT, row, "ACTOR,RECIPIENT", "ACTOR,RECIPIENT")


def tone_between(row: Row, date: DateRange | None = strawberry.UNSET) -> Rows:
    """Tone of the events of both parties; `row`: a relationship, or any row that has its `fact_id`."""
    return tone_by_tally(*_counted_events(row, date))


def _tone_over_time(row: Row, by: Period, date: DateRange | None = strawberry.UNSET) -> Rows:
    return tone_over_time(*_counted_events(row, date), by.value)


def _counted_events(row: Row, date: Any) -> tuple[Rows, Expression, Rows]:
    """What a load has counted for the events of both parties, whether it has done so, and these events."""
    tally, events = row.find(TONE_TALLY, lambda tally: tally.fact_id == row.fact_id), _events(row)
    has_counted = sql_literal("EXISTS (SELECT FROM tone_tally)", "boolean")
    is_known = and_(has_counted, *conditions.are_whole_months(date))
    return conditions.only_dated_in(tally, date), is_known, conditions.only_dated_in(events, date)


def _quotes(row: Row) -> Rows:
    return only_from_one_to_other(_shared_by_parties(QUOTE, row), "SPEAKER", "ADDRESSEE,ABOUT")


def only_from_one_to_other(facts: Rows, first: str, second: str) -> Rows:
    """Facts of two that involve one of them in one of the first roles and the other in one of the second roles."""
    return facts.where(or_(*each_way(facts.row, first, second)))


def each_way(fact: Row, first: str, second: str) -> Iterator[Expression]:
    """Whether a fact of two leads from the one to the other by these roles, and whether from the other to the one."""
    one, other = fact.roles_of_one, fact.roles_of_other
    for source, target in ((one, other), (other, one)):
        yield and_(*_roles_overlap(source, first), *_roles_overlap(target, second))


def _held_by_date(row: Row, setting: Any = strawberry.UNSET, *, last: bool) -> Rows:
    held = _held_meetings(row, setting)
    held.where(held.row.is_dated)
    held.order = [(held.row.first_on, last), (held.row.last_on, last), (held.row.slug, False)]
    return held


def _meeting_date(*, last: bool) -> Callable[..., Rows]:
    """Date of the first or the last held meeting."""

    def date(row: Row, setting: Settings = strawberry.UNSET) -> Rows:
        text, basis = (_held_by_date(row, setting, last=last).value(name) for name in ("date", "date_basis"))
        return row.find(EDTF, lambda date: date.text == text).with_computed(basis=basis)

    return date


def _parties(row: Row) -> Rows:
    parties = row.find(ACTOR, lambda actor: or_(actor.id == row.one_id, actor.id == row.other_id))
    return parties.order_by(parties.row.slug)


@strawberry.type(description="A reported state of a relationship.")
@relation(CHANGE)
class RelationshipState:
    state: str = column("Short English phrase in our words for what the source says.", "value")
    effective: EdtfDate | None = sql(edtf("effective"), "When the state began; null if no source says.")
    reported_on: Date = column("Day on which it was first reported.")
    claims: ClaimConnection = pages(claims_of_change, "Claims that report it.", rows=10)


@strawberry.type(
    description="How two people or two states relate to each other, as reported (claims with property `state`) and as "
    "counted (everything that involves both)."
)
@relation(RELATIONSHIP)
class Relationship(Fact):
    kind: RelationshipKind = column("Whether the parties are people or states.")
    parties: list[Actor] = sql(_parties, "Exactly two parties: two people or two states.", rows=2)
    claims: ClaimConnection = pages(
        _claims,
        "Claims about the relationship; if it is only counted, the claims about the facts that its two parties share.",
        rows=2_200,
        price=Price(per_row=5.0),
    )
    sources: SourceConnection = pages(
        _sources, "Sources that report the relationship, each listed once.", rows=400, price=Price(11_000.0)
    )
    history: list[RelationshipState] = sql(history, "Reported states of the relationship, oldest first.", rows=1)
    meeting_count: int = sql(
        _meeting_count,
        "Number of held meetings at which both were present, whether of two sides or of many, unless `setting` limits "
        "them. For a gathering, this says only that both were there, not that they met each other. Two who come for "
        "one state to meet another have not thereby met each other, and such a meeting does not count. A meeting in "
        "the programme of another meeting that counts is counted with that meeting, not in addition to it. Meetings "
        "that only withdrawn sources report do not count. With `date`, only meetings in this range count.",
        price=Price(1_200.0),
    )
    first_met: EdtfDate | None = sql(
        _meeting_date(last=False),
        "Date of the first dated meeting of those that `meetingCount` counts. Gatherings count by default; `setting: "
        "[BILATERAL]` leaves them out.",
        price=Price(1_500.0),
    )
    last_met: EdtfDate | None = sql(
        _meeting_date(last=True),
        "Date of the last dated meeting of those that `meetingCount` counts, chosen in the same way as for `firstMet`.",
        price=Price(1_500.0),
    )
    tone: Tone = sql(tone_between, "Tone of the events in which both act or are acted upon.", price=Price(1_300.0))
    tone_over_time: list[TonePeriod] = sql(
        _tone_over_time,
        "Tone of every period from the first to the last, including empty ones, so that a chart has no gaps to fill. "
        "An event counts in the period that contains its whole date; one whose date is wider or unknown counts in "
        "none, so the periods may add up to less than `tone`.",
        rows=24,
        price=Price(1_800.0),
    )
    timeline: FactConnection = pages(
        _counted_timeline, "All facts that involve both parties, except those that only code another fact.", rows=1_050
    )
    summits: SummitConnection = pages(
        lambda row: _shared_by_parties(SUMMIT, row),
        "Meetings at leaders' level that involve both parties.",
        rows=100,
        price=Price(400.0),
    )
    events: EventConnection = pages(
        _events, "Events in which both parties act or are acted upon.", rows=100, price=Price(500.0)
    )
    invitations: InvitationConnection = pages(
        lambda row: _shared_by_parties(INVITATION, row), "Invitations that involve both parties.", rows=20
    )
    agreements: AgreementConnection = pages(
        lambda row: _shared_by_parties(AGREEMENT, row), "Agreements to which both are parties.", rows=5
    )
    quotes: QuoteConnection = pages(
        _quotes, "Quotes by one party to or about the other.", rows=1_050, price=Price(per_row=0.9)
    )


def _is_party(row: Row, slugs: Expression) -> Expression:
    return or_(*(among(row[name], actors(row, slugs)) for name in PARTIES))


def _are_parties(row: Row, slugs: Expression) -> Expression:
    """Whether each of these actors is a party."""
    wanted = actors(row, slugs)
    one, other = (case((among(row[name], wanted), int_literal(1)), else_=int_literal(0)) for name in PARTIES)
    return and_(_is_party(row, slugs), conditions.matches_all(one + other, slugs))


def _leads(condition: Condition) -> Leads:
    """For a condition on the parties: the relationships that meet it."""

    def keys(row: Row, slugs: Expression) -> Select:
        return conditions.keys_of(row.find(PAIR_TALLY, lambda pair: condition(pair, slugs)), "fact_id")

    return Leads(keys)


def _shares_fact(row: Row, wanted: Filter) -> Expression:
    facts = _timeline(row)
    return facts.where(*wanted.conditions(facts.row)).exist()


@strawberry.input(description="Conditions on relationships, all of which must be met.")
class RelationshipFilter:
    kind: list[RelationshipKind] | None = filters.by_term(
        "kind", "Only relationships between people, or only those between states."
    )
    slug: list[str] | None = filters.by_slug(slugs.RELATIONSHIPS)
    curation: list[Curation] | None = filters.by_curation()
    involving: list[str] | None = where(
        _is_party,
        "Only relationships with at least one of these parties.",
        parameter=slugs.ACTORS,
        leads=_leads(_is_party),
    )
    involving_all: list[str] | None = where(
        _are_parties,
        "Only relationships with all of these parties.",
        parameter=slugs.ACTORS,
        price=Price(per_row=2.5),
        leads=_leads(_are_parties),
    )
    sharing: FactFilter | None = where(
        _shares_fact,
        "Only relationships whose parties share a fact that meets these conditions, for instance one dated in a range.",
        price=Price(per_row=3.0),
    )


ORDERS[RelationshipOrder] = {
    RelationshipOrder.FACTS_DESC: Ordering(lambda row: [(row.facts, True), (row.slug, False)]),
    RelationshipOrder.MEETINGS_DESC: Ordering(lambda row: [(row.meetings, True), (row.slug, False)]),
    RelationshipOrder.BILATERAL_MEETINGS_DESC: Ordering(
        lambda row: [(row.bilateral_meetings, True), (row.slug, False)]
    ),
    # pairs who never met come last
    RelationshipOrder.LAST_MET_DESC: Ordering(
        lambda row: [(row.last_met_from, True), (row.last_met_to, True), (row.slug, False)]
    ),
}


@connection("A relationship", "relationships", filter=RelationshipFilter, order=RelationshipOrder.FACTS_DESC)
class RelationshipConnection(Connection[Relationship]):
    pass
