"""Actors, which can act, speak or be spoken of: people, organisations and states."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from schema import filters
from schema.connections import Connection, connection
from schema.designations import Designation, designations
from schema.entries import EdtfDate, Entry, Name, names_of, printed_date
from schema.enums import InvitationDirection, OrganisationOrder, PersonOrder, QuoteRole
from schema.scalars import Date
from schema.sql import conditions, slugs
from schema.sql.relations import (
    ACTOR,
    AGREEMENT,
    COUNTED_RELATIONSHIP,
    COUNTRY,
    EDTF,
    EVENT,
    FACT,
    INVITATION,
    MEETING,
    OFFICE,
    ORGANISATION,
    PAIR_TALLY,
    PERSON,
    PLACE,
    QUOTE,
    RELATIONSHIP,
    SOURCE,
    SUMMIT,
    among,
    countries,
    link_table,
    many,
    of_actor,
)
from schema.sql.tallies import count_if_few, leads_by_day, tally_of, tally_of_actor
from schema.sql.texts import in_language
from service.planner.cost import Price
from service.planner.fields import Leads, column, pages, relation, sql, where
from service.planner.relations import Lead, Owned, Relation, Row, Rows
from service.sql import Expression, Select, and_, func, int_literal, or_, sql_literal, text_literal
from service.store.enums import OrganisationKind, PlaceKind

if TYPE_CHECKING:
    from schema.agreements import AgreementConnection
    from schema.events import EventConnection
    from schema.facts import FactConnection
    from schema.invitations import InvitationConnection
    from schema.meetings import MeetingConnection, SummitConnection
    from schema.offices import Office
    from schema.places import Place
    from schema.quotes import QuoteConnection
    from schema.relationships import RelationshipConnection
    from schema.sources import SourceConnection

REGIONAL_INDICATOR_OF_A = 0x1F1E6


def facts_of_actor(kind: Relation, row: Row) -> Rows:
    """Facts of a kind that involve the actor."""
    find, tally = partial(many(of_actor(kind), "actor_id", "actor_id"), row), partial(tally_of_actor, kind)
    facts = find()
    facts.tally, facts.leads = tally(row), leads_by_day(row, find, tally)
    if len(kind.typenames) > 1:
        # the facts of each actor are stored by date for each type
        facts.leads.append(Lead(owned=Owned(facts.row.relation, "", "", int_literal(0), (conditions.DATES,))))
    return facts


def _facts(row: Row) -> Rows:
    return facts_of_actor(FACT, row)


def _meetings(row: Row) -> Rows:
    return facts_of_actor(MEETING, row)


def _summits(row: Row) -> Rows:
    return facts_of_actor(SUMMIT, row)


def _events(row: Row) -> Rows:
    return facts_of_actor(EVENT, row)


def _quotes(row: Row, role: list[QuoteRole] | None = strawberry.UNSET) -> Rows:
    quotes = facts_of_actor(QUOTE, row)
    return quotes if role is strawberry.UNSET else quotes.where(quotes.row.roles.op("&&")(role))


def _invitations(row: Row, direction: InvitationDirection | None = strawberry.UNSET) -> Rows:
    invitations = facts_of_actor(INVITATION, row)
    sides = {InvitationDirection.ISSUED: "issuer_id", InvitationDirection.RECEIVED: "invitee_id"}
    return invitations.where(
        *(invitations.row[side] == row.actor_id for way, side in sides.items() if way is direction)
    )


def _agreements(row: Row) -> Rows:
    return facts_of_actor(AGREEMENT, row)


def _relationships(row: Row) -> Rows:
    def is_party(pair: Row) -> Expression:
        return or_(pair.one_id == row.actor_id, pair.other_id == row.actor_id)

    pairs = row.find(COUNTED_RELATIONSHIP, is_party)
    pairs.tally = tally_of_actor(RELATIONSHIP, row)
    pairs.leads = [Lead(conditions.keys_of(row.find(PAIR_TALLY, is_party), "fact_id"), pairs.conditions[0])]
    return pairs


def _country(row: Row) -> Rows:
    return row.find(COUNTRY, lambda state: state.id == row.country_id)


def _offices(row: Row, on: Date | None = strawberry.UNSET) -> Rows:
    offices = row.find(OFFICE, lambda office: office.person_id == row.actor_id)
    if on is not strawberry.UNSET:
        offices.where(is_held_on(offices.row, on))
    return offices.order_by(offices.row.first_on, offices.row.last_on, offices.row.slug)


def is_held_on(row: Row, day: Any) -> Expression:
    """Whether the day lies within the term of an office, if both ends are known, or within the span for which it is
    attested.
    """
    has_unknown_end = row.date.op("~", "boolean")("^/|/$")
    term = and_(row.is_dated, row.first_on <= day, row.last_on >= day, ~has_unknown_end)
    attested = row.find(EDTF, lambda d: d.text == row.attested, lambda d: d.earliest <= day, lambda d: d.latest >= day)
    return or_(term, attested.exist())


def _spans_with(row: Row, day: Expression) -> Rows:
    """Offices with a day between their first and last day, in every version of them that has ever been known."""
    offices = row.find(link_table("office"), lambda office: office.held_from.is_not_null())
    days = func.daterange(offices.row.held_from, offices.row.held_until, "[]")
    return offices.where(days.op("@>", "boolean")(day))


def _offices_held_on(row: Row, day: Expression) -> Select:
    """Select the keys of the offices held on a day."""
    spans = _spans_with(row, day)
    return conditions.keys_of(row.find(OFFICE, lambda office: among(office.id, spans.ids("snapshot_id"))), "fact_id")


def _count_held_on(row: Row, day: Expression) -> Expression:
    return count_if_few(_spans_with(row, day).count(), tally_of(OFFICE, row).total())


BY_DAY_HELD = Leads(_offices_held_on, count=_count_held_on)


@strawberry.interface(description="A person, organisation or state that can act, speak or be spoken of.")
@relation(ACTOR)
class Actor(Entry):
    label: str = sql(in_language("names", "name"), "One-line label for a list, a link or a page title. Never empty.")
    name: str = sql(in_language("names", "name"), "Display name.")
    names: list[Name] = sql(names_of("actor_id"), "All recorded names, in every recorded spelling.", rows=5)
    country: "Country | None" = sql(
        _country,
        "State that the actor belongs to; for a state, the state itself. It is the same for all days: somebody who led "
        "several states has only one of them here, or none.",
    )
    wikidata: str | None = column("Wikidata ID, given only if somebody has verified it.")
    facts: Annotated["FactConnection", strawberry.lazy("schema.facts")] = pages(
        _facts, "Facts that involve this actor, in any role.", rows=11_600
    )
    quotes: Annotated["QuoteConnection", strawberry.lazy("schema.quotes")] = pages(
        _quotes, "Quotes by, to or about this actor.", rows=8_500
    )
    meetings: Annotated["MeetingConnection", strawberry.lazy("schema.meetings")] = pages(
        _meetings, "Meetings in which this actor takes part or interprets.", rows=400, price=Price(500.0)
    )
    events: Annotated["EventConnection", strawberry.lazy("schema.events")] = pages(
        _events, "Events that involve this actor, in any role.", rows=400, price=Price(per_row=1.0)
    )
    invitations: Annotated["InvitationConnection", strawberry.lazy("schema.invitations")] = pages(
        _invitations, "Invitations that this actor made, received or carried.", rows=100, price=Price(per_row=1.0)
    )
    agreements: Annotated["AgreementConnection", strawberry.lazy("schema.agreements")] = pages(
        _agreements, "Agreements to which this actor is a party.", rows=20, price=Price(per_row=1.0)
    )


@strawberry.type(description="A person named in a source.")
@relation(PERSON)
class Person(Actor):
    is_leader: bool = column("Whether the person leads, or led, a state or its government.")
    offices: list[Annotated["Office", strawberry.lazy("schema.offices")]] = sql(
        _offices, "All offices of the person, or those held on a given day.", rows=4
    )
    designations: list[Designation] = sql(
        designations, "Words that sources use for the person, including those that do not name an office.", rows=4
    )
    relationships: Annotated["RelationshipConnection", strawberry.lazy("schema.relationships")] = pages(
        _relationships, "Relationships of the person to others.", rows=1_600
    )
    summits: Annotated["SummitConnection", strawberry.lazy("schema.meetings")] = pages(
        _summits, "Meetings at leaders' level that involve the person.", rows=400, price=Price(per_row=0.6)
    )


@strawberry.type(description="A news agency, an outlet, a government office or any other body that acts as one.")
@relation(ORGANISATION)
class Organisation(Actor):
    kind: OrganisationKind = column("Kind of organisation.", "organisation_kind")
    sources: Annotated["SourceConnection", strawberry.lazy("schema.sources")] = pages(
        many(SOURCE, "outlet_id", "actor_id"), "Sources that the organisation published.", rows=90
    )


def _leaders(row: Row, on: Date | None = strawberry.UNSET) -> Rows:
    offices = row.find(OFFICE, lambda office: office.of_id == row.actor_id, lambda office: office.leads)
    if on is not strawberry.UNSET:
        offices.where(is_held_on(offices.row, on))
    return row.find(PERSON, lambda person: person.is_leader, lambda person: among(person.id, offices.ids("person_id")))


def _succession(own: str, other: str) -> Callable[[Row], Rows]:
    def states(row: Row) -> Rows:
        links = row.find(link_table("succession"), lambda link: link[own] == row.actor_id)
        countries = row.find(COUNTRY, lambda state: among(state.id, links.ids(other)))
        return countries.order_by(countries.row.name_key, countries.row.slug)

    return states


def _as_place(row: Row) -> Rows:
    return row.find(
        PLACE,
        lambda place: place.country_id == row.actor_id,
        lambda place: place.kind == text_literal(PlaceKind.COUNTRY.value),
    )


def _flag(row: Row) -> Expression:
    """The two regional indicator symbols of the code (Unicode Technical Standard 51)."""
    first, second = (
        func.chr(
            func.ascii(func.substr(row.code, sql_literal(place))) + sql_literal(str(REGIONAL_INDICATOR_OF_A - ord("A")))
        )
        for place in ("1", "2")
    )
    return first.op("||")(second)


@strawberry.type(description="A state, which can itself act: 'North Korea demands ...'.")
@relation(COUNTRY)
class Country(Actor):
    code: str | None = column("ISO 3166-1 alpha-2 code; null for a state that has none or no longer exists.")
    alpha3: str | None = column("ISO 3166-1 alpha-3 code; null if `code` is null.")
    flag: str | None = sql(_flag, "Flag as an emoji; null if `code` is null.", length=8)
    former_code: str | None = column(
        "ISO 3166-3 code (four letters) of a state that no longer exists; null if it has none."
    )
    existed_from: EdtfDate | None = sql(
        printed_date("existed_from"), "When the state came into being; null if that is not recorded."
    )
    existed_until: EdtfDate | None = sql(
        printed_date("existed_until"), "When the state ceased to exist; null for a state that still exists."
    )
    predecessors: list["Country"] = sql(
        _succession("successor_id", "predecessor_id"), "States that this state succeeded, in whole or in part.", rows=1
    )
    successors: list["Country"] = sql(
        _succession("predecessor_id", "successor_id"), "States that succeeded this state, in whole or in part.", rows=1
    )
    meetings: Annotated["MeetingConnection", strawberry.lazy("schema.meetings")] = pages(
        _meetings,
        "Meetings in which the state itself takes part: a source names the state and nobody acting for it. "
        "`MeetingFilter.participantCountry` also finds meetings in which somebody who belongs to the state takes "
        "part.",
        rows=400,
        price=Price(500.0),
    )
    place: Annotated["Place", strawberry.lazy("schema.places")] | None = sql(
        _as_place, "The state as a place, with its coordinates; null if no document names it as a place."
    )
    people: "PersonConnection" = pages(
        many(PERSON, "country_id", "actor_id"), "People who belong to the state.", rows=420
    )
    leaders: "PersonConnection" = pages(
        _leaders,
        "People who led the state, or who led it on a given day. These are leaders with an office by which the state "
        "is led (`Office.leads`). The day is compared with the terms of the offices and with the spans for which "
        "sources show the leaders in them. On the day of a change, both the outgoing and the incoming leader are "
        "returned. For a day that no data set covers (`SourceDataset.covers`), an empty list does not mean that nobody "
        "led the state.",
        rows=30,
    )


def _is_former(row: Row, value: bool) -> Expression:
    return row.existed_until.is_not_null() if value else row.existed_until.is_null()


def _exists_on(row: Row, day: Expression) -> Expression:
    later = row.find(EDTF, lambda begin: begin.text == row.existed_from, lambda begin: begin.earliest > day)
    earlier = row.find(EDTF, lambda end: end.text == row.existed_until, lambda end: end.latest < day)
    return and_(~later.exist(), ~earlier.exist())


@strawberry.input(description="Conditions on people, all of which must be met.")
class PersonFilter:
    slug: list[str] | None = filters.by_slug(slugs.PEOPLE, "Only people with one of these slugs.")
    country: list[str] | None = filters.by_country(
        "country_id",
        "Only actors who belong to one of these states (ISO codes or slugs).",
        conditions.in_order_of("country_id", countries),
    )
    is_leader: bool | None = where(
        conditions.flag("is_leader"), "True for people who lead or led a state, false for all others."
    )
    source: list[str] | None = where(
        conditions.is_named_in,
        "Only people whose name one of these sources prints, or who are involved in a fact that one of them reports.",
        parameter=slugs.SOURCES,
        price=Price(7_000.0),
        leads=conditions.BY_MENTIONS,
    )
    text: str | None = filters.by_text("actor_id")


@strawberry.input(description="Conditions on organisations, all of which must be met.")
class OrganisationFilter:
    slug: list[str] | None = filters.by_slug(slugs.ORGANISATIONS, "Only organisations with one of these slugs.")
    kind: list[OrganisationKind] | None = filters.by_term(
        "organisation_kind", "Only organisations of one of these kinds."
    )
    country: list[str] | None = filters.by_country(
        "country_id", "Only actors who belong to one of these states (ISO codes or slugs)."
    )
    text: str | None = filters.by_text("actor_id")


@strawberry.input(description="Conditions on states, all of which must be met.")
class CountryFilter:
    code: list[str] | None = filters.by_country("actor_id", "Only these states (ISO codes or slugs).")
    is_former: bool | None = where(_is_former, "True for states that no longer exist, false for those that do.")
    existing_on: Date | None = where(
        _exists_on,
        "Only states that existed on this day. A state whose first or last day is not recorded is not excluded on "
        "that account.",
        price=Price(per_row=2.0),
    )
    text: str | None = filters.by_text("actor_id")


@connection("A person", "people", filter=PersonFilter, order=PersonOrder.NAME_ASC)
class PersonConnection(Connection[Person]):
    pass


@connection("An organisation", "organisations", filter=OrganisationFilter, order=OrganisationOrder.NAME_ASC)
class OrganisationConnection(Connection[Organisation]):
    pass


@connection("A state", "states", filter=CountryFilter)
class CountryConnection(Connection[Country]):
    pass
