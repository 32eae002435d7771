"""How lists are sorted: the keys of each order, with ties broken by slug, so that cursors stay valid."""

from schema.enums import (
    ChangeOrder,
    ClaimOrder,
    EventOrder,
    FactOrder,
    MeetingOrder,
    OrganisationOrder,
    PersonOrder,
    QuoteOrder,
    SourceOrder,
)
from schema.sql.relations import FACT, PASSAGE, PRESENCE, SOURCE
from schema.sql.tallies import tally_of_actor
from service.planner.cost import Price
from service.planner.fields import ORDERS, Ordering
from service.planner.relations import Order, Row
from service.sql import func
from service.store.enums import Vocabulary, require_each


def by_date(row: Row) -> list[Order]:
    """Return the keys of an order by date. Rows without a date have infinity, so they come last by themselves."""
    return [(row.first_on, False), (row.last_on, False), (row.slug, False)]


def by_date_descending(row: Row) -> list[Order]:
    return [(row.is_dated, True), (row.first_on, True), (row.last_on, True), (row.slug, False)]


def by(name: str, *, descends: bool = False) -> Ordering:
    return Ordering(lambda row: [(row[name], descends), (row.slug, False)])


DATED = Ordering(by_date)
DATED_DESCENDING = Ordering(by_date_descending)
COUNTED = Price(per_row=80.0)
"""Price of an order by how many others each row has: all rows are counted before the first is known."""
LOOKED_UP = Price(per_row=5.0)
"""Price of an order by columns of other tables, which are looked up for each row."""


def by_facts(row: Row) -> list[Order]:
    if row.as_of is None:
        return [(row.facts, True), (row.actor_slug, False)]
    present = row.find(PRESENCE, lambda presence: presence.actor_id == row.actor_id)
    return [(func.coalesce(tally_of_actor(FACT, row).total(), present.count()), True), (row.slug, False)]


def by_sources(row: Row) -> list[Order]:
    return [(row.find(SOURCE, lambda source: source.outlet_id == row.actor_id).count(), True), (row.slug, False)]


def by_place(row: Row) -> list[Order]:
    source = row.find(SOURCE, lambda source: source.id == row.source_id)
    passage = row.find(PASSAGE, lambda passage: passage.id == row.passage_id)
    places = (source.value("slug"), passage.value("from_char"), passage.value("to_char"))
    return [(row.reported_on, False), *((place, False) for place in places), (row.slug, False)]


for order in (FactOrder, MeetingOrder, QuoteOrder, EventOrder):
    ORDERS[order] = {
        order["DATE_ASC"]: DATED,
        order["DATE_DESC"]: DATED_DESCENDING,
        order["KNOWN_SINCE_ASC"]: by("known_since"),
        order["KNOWN_SINCE_DESC"]: by("known_since", descends=True),
    }
ORDERS[EventOrder] = {
    **ORDERS[EventOrder],
    EventOrder.SCORE_ASC: by("score"),
    EventOrder.SCORE_DESC: by("score", descends=True),
}
ORDERS[PersonOrder] = {
    PersonOrder.NAME_ASC: by("name_key"),
    PersonOrder.NAME_DESC: by("name_key", descends=True),
    PersonOrder.FACTS_DESC: Ordering(by_facts, COUNTED),
}
ORDERS[OrganisationOrder] = {
    OrganisationOrder.NAME_ASC: by("name_key"),
    OrganisationOrder.NAME_DESC: by("name_key", descends=True),
    OrganisationOrder.SOURCES_DESC: Ordering(by_sources, COUNTED),
}
ORDERS[SourceOrder] = {
    SourceOrder.PUBLISHED_ON_ASC: DATED,
    SourceOrder.PUBLISHED_ON_DESC: Ordering(lambda row: [(row.first_on, True), (row.last_on, True), (row.slug, False)]),
}
ORDERS[ClaimOrder] = {
    ClaimOrder.REPORTED_ON_ASC: by("reported_on"),
    ClaimOrder.REPORTED_ON_DESC: by("reported_on", descends=True),
    ClaimOrder.PLACE_ASC: Ordering(by_place, LOOKED_UP),
}


def by_revision(*, descends: bool) -> Ordering:
    return Ordering(lambda row: [(row[name], descends) for name in ("revision", "typename", "slug")])


ORDERS[ChangeOrder] = {
    ChangeOrder.REVISION_DESC: by_revision(descends=True),
    ChangeOrder.REVISION_ASC: by_revision(descends=False),
}


def require_order(vocabulary: type[Vocabulary]) -> None:
    """Raise VocabularyIncomplete unless each value of an order has its keys."""
    require_each(ORDERS.get(vocabulary, ()), f"ORDERS[{vocabulary.__name__}]", vocabulary)
