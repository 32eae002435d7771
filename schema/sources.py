"""Documents: articles and official records."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from schema import conditions, filters, groupings, slugs
from schema.actors import Organisation
from schema.connections import Connection, connection
from schema.counting import Count, counts_by
from schema.entries import EdtfDate, Entry, edtf
from schema.enums import SourceGrouping, SourceOrder
from schema.facts import DateRange, FactConnection
from schema.relations import CLAIM, FACT, ORGANISATION, SOURCE, among, linked, many, one, timeless
from schema.scalars import URI, LanguageTag
from service.planner.cost import Price
from service.planner.fields import column, pages, relation, sql, where
from service.planner.rows import Row, Rows
from service.sql import Expression
from service.store import tables
from service.store.enums import DateBasis, SourceKind

if TYPE_CHECKING:
    from schema.claims import ClaimConnection


CREDITED = ORGANISATION.via(linked(tables.SourceCredit).table, "organisation_id")


def _credits(row: Row) -> Rows:
    found = row.find(CREDITED, lambda link: link.source_id == row.source_id)
    return found.order_by(found.row.position)


def _facts(row: Row) -> Rows:
    told = row.find(CLAIM, lambda claim: claim.source_id == row.source_id)
    return row.find(FACT, lambda fact: among(fact.fact_id, told.ids("fact_id")))


@strawberry.type(description="A document that the register rests on: an article, or an official record.")
@relation(SOURCE)
class Source(Entry):
    document: str = column("The document's path in the corpus.")
    kind: SourceKind = column("What sort of document it is.")
    title: str | None = column(
        "Its title as it prints it; null where it prints none: then `label` has one of ours in square brackets."
    )
    language: LanguageTag = column("Language of the document.")
    outlet: Organisation | None = sql(one(ORGANISATION, "outlet_id"), "Who published it; null where that is not known.")
    outlet_basis: DateBasis | None = column("Whether the outlet is named in the document or worked out.")
    published_on: EdtfDate = sql(edtf("published"), "When it was published.")
    sha256: str = column("SHA-256 of the document's bytes, in hexadecimal.")
    url: URI | None = column("Where it stands on the web, where the document says.")
    credits: list[Organisation] = sql(_credits, "Agencies and media that the document credits.", rows=2)
    claims: Annotated["ClaimConnection", strawberry.lazy("schema.claims")] = pages(
        many(CLAIM, "source_id", "source_id"), "What it says.", rows=1_800
    )
    facts: FactConnection = pages(_facts, "The facts that it tells of.", rows=1_800, price=Price(per_row=2.0))


def _credited(row: Row, slugs: Expression) -> Expression:
    return row.find(
        linked(tables.SourceCredit),
        lambda link: link.source_id == row.source_id,
        lambda link: among(link.organisation_id, timeless(row, tables.Actor, slugs)),
    ).exist()


@strawberry.input(description="Which sources; all fields given must hold.")
class SourceFilter:
    slug: list[str] | None = filters.by_slug(slugs.SOURCES, "One of these sources.")
    kind: list[SourceKind] | None = where(conditions.any_of("kind"), "Of one of these kinds.")
    language: list[LanguageTag] | None = where(conditions.languages("language"), "In one of these languages.")
    outlet: list[str] | None = filters.by_actor(
        "outlet_id", "Published by one of these organisations.", slugs.ORGANISATIONS
    )
    credits: list[str] | None = where(_credited, "Crediting one of these organisations.", parameter=slugs.ORGANISATIONS)
    document: list[str] | None = where(conditions.any_of("document"), "One of these paths in the corpus.")
    published_on: DateRange | None = where(conditions.published, "Published in this range of days.")
    text: str | None = filters.by_text("source_id")


@connection("A source", "sources", filter=SourceFilter, order=SourceOrder.PUBLISHED_ON_ASC)
class SourceConnection(Connection[Source]):
    counts: list[Count] = counts_by(
        {
            SourceGrouping.KIND: groupings.term("SourceKind", "kind"),
            SourceGrouping.LANGUAGE: groupings.text("language"),
            SourceGrouping.OUTLET: groupings.actor("outlet_id"),
            **groupings.periods(SourceGrouping),
        }
    )
