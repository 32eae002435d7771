"""Places where things happen."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import strawberry

from schema import filters
from schema.actors import Country
from schema.connections import Connection, connection
from schema.entries import Entry, Name, names_of
from schema.sql import slugs
from schema.sql.relations import AGREEMENT, COUNTRY, EVENT, MEETING, PLACE, among, link_table, one
from schema.sql.texts import in_language
from service.planner.cost import Price
from service.planner.fields import column, pages, relation, sql
from service.planner.relations import Relation, Row, Rows
from service.store.enums import PlaceKind

if TYPE_CHECKING:
    from schema.agreements import AgreementConnection
    from schema.events import EventConnection
    from schema.meetings import MeetingConnection


def _meetings(row: Row) -> Rows:
    """Meetings with a place here or anywhere within."""
    inside = row.find(link_table("place_within"), lambda link: link.container_id == row.place_id)
    placed = row.find(link_table("meeting_place"), lambda link: among(link.place_id, inside.ids("place_id")))
    return row.find(MEETING, lambda meeting: among(meeting.join_key, placed.ids("snapshot_id")))


def _within(kind: Relation) -> Callable[[Row], Rows]:
    """Facts of a kind whose only place is here or anywhere within."""

    def facts(row: Row) -> Rows:
        inside = row.find(link_table("place_within"), lambda link: link.container_id == row.place_id)
        return row.find(kind, lambda fact: among(fact.place_id, inside.ids("place_id")))

    return facts


@strawberry.type(description="A country, region, city or venue.")
@relation(PLACE)
class Place(Entry):
    label: str = sql(in_language("names", "name"), "One-line label for a list, a link or a page title. Never empty.")
    name: str = sql(in_language("names", "name"), "Display name.")
    names: list[Name] = sql(names_of("place_id"), "All recorded names, in every recorded spelling.", rows=5)
    kind: PlaceKind = column("Kind of place.")
    country: Country | None = sql(
        lambda row: row.find(COUNTRY, lambda state: state.id == row.country_id),
        "State in which the place lies; null if it lies in no state or in two.",
    )
    part_of: "Place | None" = sql(one(PLACE, "part_of_id"), "Place in which this place lies.")
    latitude: float | None = column(
        "Degrees north (WGS 84); for a state, those of a point in the middle of its largest landmass."
    )
    longitude: float | None = column("Degrees east (WGS 84), of the same point as the latitude.")
    timezone: str | None = column("Name of the time zone in the IANA database.")
    meetings: Annotated["MeetingConnection", strawberry.lazy("schema.meetings")] = pages(
        _meetings, "Meetings at this place or anywhere within it.", rows=320, price=Price(per_row=2.0)
    )
    events: Annotated["EventConnection", strawberry.lazy("schema.events")] = pages(
        _within(EVENT), "Events at this place or anywhere within it.", rows=320, price=Price(per_row=1.0)
    )
    agreements: Annotated["AgreementConnection", strawberry.lazy("schema.agreements")] = pages(
        _within(AGREEMENT),
        "Agreements concluded at this place or anywhere within it.",
        rows=10,
        price=Price(per_row=1.0),
    )


@strawberry.input(description="Conditions on places, all of which must be met.")
class PlaceFilter:
    slug: list[str] | None = filters.by_slug(slugs.PLACES, "Only places with one of these slugs.")
    kind: list[PlaceKind] | None = filters.by_term("kind", "Only places of one of these kinds.")
    country: list[str] | None = filters.by_country(
        "country_id", "Only places in one of these states (ISO codes or slugs)."
    )
    text: str | None = filters.by_text("place_id")


@connection("A place", "places", filter=PlaceFilter)
class PlaceConnection(Connection[Place]):
    pass
