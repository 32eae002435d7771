"""What parties agreed on: treaties, joint statements, armistices and others of their kind."""

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
    """The facts of a kind that are about the fact."""

    def facts(row: Row) -> Rows:
        links = row.find(ABOUT, lambda link: link.about_id == row.fact_id)
        return row.find(kind, lambda fact: among(fact.fact_id, links.ids("fact_id")))

    return facts


@strawberry.type(
    description="What parties agreed on or stated together, under a name: a treaty, a joint statement, an armistice."
)
@relation(AGREEMENT)
class Agreement(Fact):
    name: str = sql(in_language("names", "name"), "The display name: what it is called.")
    names: list[Name] = sql(names_of("fact_id"), "Every name of it that is recorded.", rows=3)
    kind: AgreementKind = column("What kind of agreement it is.")
    parties: list[Actor] = sql(
        actors_in("SIGNATORY"), "Who signed it or issued it, and in whose name; nobody where no source tells.", rows=3
    )
    signed_on: EdtfDate | None = sql(
        edtf("date"), "When it was signed or issued: the same as `date`; null where no source tells."
    )
    in_force: EdtfDate | None = sql(edtf("in_force"), "When it came into force; null where no source tells.")
    ended: EdtfDate | None = sql(edtf("ended"), "When it ceased to be in force; null where no source tells of an end.")
    concluded_at: Meeting | None = sql(one(MEETING, "concluded_at_id"), "The meeting at which it was concluded.")
    place: Place | None = sql(one(PLACE, "place_id"), "Where it was concluded.")
    text_source: Source | None = sql(
        one(SOURCE, "text_source_id"), "The document in which its text can be read; null where the register has none."
    )
    quotes: Annotated["QuoteConnection", strawberry.lazy("schema.quotes")] = pages(
        _about(QUOTE), "Words about it.", rows=10
    )
    events: Annotated["EventConnection", strawberry.lazy("schema.events")] = pages(
        _about(EVENT), "Events that are about it: what follows from it, or is done with it.", rows=10
    )


@strawberry.input(description="Which agreements; all fields given must hold.")
class AgreementFilter(CommonFactFilter):
    slug: list[str] | None = filters.by_slug(slugs.AGREEMENTS)
    kind: list[AgreementKind] | None = filters.by_term("kind", "Of one of these kinds.")
    party: list[str] | None = filters.by_role(
        "SIGNATORY", "At least one of these actors is a party to it.", price=conditions.COUNT_PRICE
    )
    concluded_at: list[str] | None = filters.by_meeting("concluded_at_id", "Concluded at one of these meetings.")
    place: list[str] | None = filters.by_place("place_id", "At one of these places, or within one.")
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
