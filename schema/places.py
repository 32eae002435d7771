"""Where things happen."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import strawberry

from schema import conditions, slugs
from schema.actors import Country
from schema.connections import Connection, connection
from schema.entries import Entry, Name, names_of
from schema.relations import COUNTRY, EVENT, MEETING, PLACE, among, linked, one
from schema.searched import SEARCH
from schema.texts import localized
from service.planner.cost import Price
from service.planner.fields import column, paged, relation, sql, where
from service.planner.rows import Relation, Row, Rows
from service.store import tables
from service.store.enums import PlaceKind

if TYPE_CHECKING:
    from schema.events import EventConnection
    from schema.meetings import MeetingConnection


def _within(kind: Relation) -> Callable[[Row], Rows]:
    """The facts of a kind at the place or anywhere within it."""

    def found(row: Row) -> Rows:
        inside = row.find(linked(tables.PlaceWithin), lambda link: link.container_id == row.place_id)
        return row.find(kind, lambda fact: among(fact.place_id, inside.ids("place_id")))

    return found


@strawberry.type(description="A country, region, city or venue.")
@relation(PLACE)
class Place(Entry):
    label: str = sql(localized("names", "name"), "One line for a list, a link or a page's title; never empty.")
    name: str = sql(localized("names", "name"), "The display name.")
    names: list[Name] = sql(names_of("place_id"), "Every name of it, in every spelling that is recorded.", rows=5)
    kind: PlaceKind = column("What sort of place it is.")
    country: Country | None = sql(
        lambda row: row.find(COUNTRY, lambda state: state.id == row.country_id),
        "The state that it lies in; null where it lies in none or in two.",
    )
    part_of: "Place | None" = sql(one(PLACE, "part_of_id"), "The place that it lies in.")
    latitude: float | None = column("Degrees north, WGS 84.")
    longitude: float | None = column("Degrees east, WGS 84.")
    timezone: str | None = column("Name in the IANA time zone database.")
    meetings: Annotated["MeetingConnection", strawberry.lazy("schema.meetings")] = paged(
        _within(MEETING), "Meetings here, or anywhere within.", rows=320, price=Price(row=2.0)
    )
    events: Annotated["EventConnection", strawberry.lazy("schema.events")] = paged(
        _within(EVENT), "Events here, or anywhere within.", rows=320, price=Price(row=1.0)
    )


@strawberry.input(description="Which places; all fields given must hold.")
class PlaceFilter:
    slug: list[str] | None = where(
        conditions.any_of("slug"), "One of these places.", takes=slugs.PLACES, price=conditions.BY_KEY
    )
    kind: list[PlaceKind] | None = where(conditions.any_of("kind"), "Of one of these kinds.")
    country: list[str] | None = where(
        conditions.country_in("country_id"), "Lies in one of these states: ISO code or slug.", takes=slugs.COUNTRIES
    )
    text: str | None = where(
        conditions.found_by("place_id"), conditions.FOUND_BY, takes=SEARCH, price=conditions.SEARCHED
    )


@connection("A place", "places", filter=PlaceFilter)
class PlaceConnection(Connection[Place]):
    pass
