"""Agreements between parties: treaties, joint statements, armistices and the like."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import strawberry

from schema import filters
from schema.actors import Actor
from schema.connections import Connection, connection
from schema.counting import Count, counts_by
from schema.entries import EdtfDate, Name, edtf, names_of
from schema.enums import AgreementGrouping, FactOrder
from schema.facts import CommonFactFilter, Fact, actors_in
from schema.meetings import Meeting
from schema.places import Place
from schema.sources import Source
from schema.sql import conditions, groupings, slugs
from schema.sql.relations import ABOUT, AGREEMENT, EVENT, MEETING, PLACE, QUOTE, SOURCE, among, one
from schema.sql.texts import in_language
from service.planner.fields import column, pages, relation, sql
from service.planner.relations import Relation, Row, Rows
from service.store.enums import AgreementKind

if TYPE_CHECKING:
    from schema.events import EventConnection
    from schema.quotes import QuoteConnection


def _about(kind: Relation) -> Callable[[Row], Rows]:
    """Facts of a kind that are about the fact."""

    def facts(row: Row) -> Rows:
        links = row.find(ABOUT, lambda link: link.about_id == row.fact_id)
        return row.find(kind, lambda fact: among(fact.fact_id, links.ids("fact_id")))

    return facts


@strawberry.type(
    description="Something that parties agreed or stated jointly under a name, such as a treaty, a joint statement or "
    "an armistice."
)
@relation(AGREEMENT)
class Agreement(Fact):
    name: str = sql(in_language("names", "name"), "Display name: what the agreement is called.")
    names: list[Name] = sql(names_of("fact_id"), "All recorded names.", rows=3)
    kind: AgreementKind = column("Kind of agreement.")
    parties: list[Actor] = sql(
        actors_in("SIGNATORY"),
        "Actors who signed or issued the agreement, and those in whose name they did so. Empty if no source names any.",
        rows=3,
    )
    signed_on: EdtfDate | None = sql(
        edtf("date"), "When the agreement was signed or issued, the same as `date`; null if no source says."
    )
    in_force: EdtfDate | None = sql(edtf("in_force"), "When the agreement came into force; null if no source says.")
    ended: EdtfDate | None = sql(
        edtf("ended"), "When the agreement ceased to be in force; null if no source reports an end."
    )
    concluded_at: Meeting | None = sql(one(MEETING, "concluded_at_id"), "Meeting at which the agreement was concluded.")
    place: Place | None = sql(one(PLACE, "place_id"), "Place where the agreement was concluded.")
    text_source: Source | None = sql(
        one(SOURCE, "text_source_id"),
        "Document in which the text of the agreement can be read; null if the register has none.",
    )
    quotes: Annotated["QuoteConnection", strawberry.lazy("schema.quotes")] = pages(
        _about(QUOTE), "Quotes about the agreement.", rows=10
    )
    events: Annotated["EventConnection", strawberry.lazy("schema.events")] = pages(
        _about(EVENT), "Events about the agreement: what follows from it or is done with it.", rows=10
    )


@strawberry.input(description="Conditions on agreements, all of which must be met.")
class AgreementFilter(CommonFactFilter):
    slug: list[str] | None = filters.by_slug(slugs.AGREEMENTS)
    kind: list[AgreementKind] | None = filters.by_term("kind", "Only agreements of one of these kinds.")
    party: list[str] | None = filters.by_role(
        "SIGNATORY", "Only agreements to which at least one of these actors is a party.", price=conditions.COUNT_PRICE
    )
    concluded_at: list[str] | None = filters.by_meeting(
        "concluded_at_id", "Only agreements concluded at one of these meetings."
    )
    place: list[str] | None = filters.by_place(
        "place_id", "Only agreements concluded at one of these places, or within one."
    )
    country: list[str] | None = filters.by_country_of_place("place_id")


@connection("An agreement", "agreements", filter=AgreementFilter, order=FactOrder.DATE_ASC)
class AgreementConnection(Connection[Agreement]):
    counts: list[Count] = counts_by(
        {
            AgreementGrouping.KIND: groupings.term("AgreementKind", "kind"),
            AgreementGrouping.PARTY: groupings.involved_actor("SIGNATORY"),
            AgreementGrouping.PLACE: groupings.place("place_id"),
            AgreementGrouping.CURATION: groupings.term("Curation", "curation"),
            **groupings.periods(AgreementGrouping),
        }
    )
