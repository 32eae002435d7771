"""Sources: documents such as articles and official records."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from schema import filters
from schema.actors import Actor, Organisation
from schema.connections import Connection, connection
from schema.counting import Count, counts_by
from schema.entries import EdtfDate, Entry, edtf
from schema.enums import SourceGrouping, SourceOrder
from schema.facts import DateRange, FactConnection
from schema.scalars import URI, Date, LanguageTag
from schema.source_datasets import SourceDataset
from schema.sql import conditions, groupings, slugs
from schema.sql.relations import (
    ACTOR,
    CLAIM,
    FACT,
    ORGANISATION,
    SOURCE,
    SOURCE_DATASET,
    actors,
    among,
    ids_of_slugs,
    is_withdrawn_by_day,
    link_table,
    many,
    one,
)
from service.planner.cost import Price
from service.planner.fields import Resolver, column, pages, relation, sql, where
from service.planner.relations import Row, Rows
from service.sql import Expression, case
from service.store.enums import DateBasis, SourceKind, TextAccess

if TYPE_CHECKING:
    from schema.claims import ClaimConnection


CREDITED_ORGANISATION = ORGANISATION.via(link_table("source_credit").table, "organisation_id")


def _credits(row: Row) -> Rows:
    credits = row.find(CREDITED_ORGANISATION, lambda link: link.source_id == row.source_id)
    return credits.order_by(credits.row.position)


def _facts(row: Row) -> Rows:
    claims = row.find(CLAIM, lambda claim: claim.source_id == row.source_id)
    return row.find(FACT, lambda fact: among(fact.fact_id, claims.ids("fact_id")))


def _transcript_of(row: Row) -> Rows:
    return row.find(SOURCE, lambda source: source.id == row.transcript_of_id)


def _dataset(row: Row) -> Rows:
    return row.find(SOURCE_DATASET, lambda dataset: dataset.slug == row.dataset)


def _versions(owner: str, version: str) -> Resolver:
    """Sources at the other end of supersessions, oldest first."""

    def sources(row: Row) -> Rows:
        links = row.find(link_table("supersession"), lambda link: link[owner] == row.source_id)
        versions = row.find(SOURCE, lambda source: among(source.id, links.ids(version)))
        return versions.order_by(versions.row.reported_on, versions.row.slug)

    return sources


def _retracted_on(row: Row) -> Expression:
    day = row.retracted_on
    return day if row.as_of is None else case((day <= row.as_of, day))


@strawberry.type(
    description="A document on which the register is based, such as an article, an official record or a post. Its "
    "text is not part of the register: it can be obtained from the outlet by title and day, or at `url` if one is "
    "known. The operator of the service may show the text, as `textAccess` says."
)
@relation(SOURCE)
class Source(Entry):
    document: str = column(
        "Path of the document in the corpus, the folder of documents that the operator of the service may have."
    )
    kind: SourceKind = column("Kind of document.")
    title: str | None = column(
        "Title as printed in the document. Null if it prints none; `label` then has our own title in square brackets."
    )
    language: LanguageTag = column("Language of the document.")
    outlet: Organisation | None = sql(
        one(ORGANISATION, "outlet_id"), "Organisation that published the document; null if that is not known."
    )
    outlet_basis: DateBasis | None = column("Whether the outlet is named in the document or worked out.")
    author: Actor | None = sql(one(ACTOR, "author_id"), "Author of a post, if an actor in the register.")
    author_description: str | None = column("Author of a post, if not an actor in the register.")
    published_on: EdtfDate = sql(edtf("published"), "When the document was published.")
    sha256: str = column("SHA-256 of the document's bytes, in hexadecimal.")
    url: URI | None = column("Web address of the document, if the document gives one.")
    credits: list[Organisation] = sql(_credits, "News agencies and media that the document credits.", rows=2)
    transcript_of: "Source | None" = sql(_transcript_of, "Recording that the document transcribes.")
    dataset: SourceDataset | None = sql(_dataset, "Published data set from which the document is taken.")
    supersedes: list["Source"] = sql(
        _versions("source_id", "superseded_id"), "Older versions of the document, oldest first.", rows=1
    )
    superseded_by: list["Source"] = sql(
        _versions("superseded_id", "source_id"), "Newer versions of the document, oldest first.", rows=1
    )
    retracted_on: Date | None = sql(
        _retracted_on, "Day on which the publisher retracted the document; null if it was not retracted."
    )
    licence: str | None = column(
        "Licence of the document or of its data set; null if it has none, in which case the text belongs to the "
        "publisher."
    )
    text_access: TextAccess = column(
        "How much of the document is shown if the operator of the service has loaded it, as the document's licence "
        "and the operator allow."
    )
    text: str | None = sql(
        lambda row: row.text,
        "Whole text, in which passages count their code points; null if it is not loaded or not shown whole.",
        length=5_000,
    )
    is_withdrawn: bool = sql(
        is_withdrawn_by_day,
        "Whether the document is retracted or superseded. From that day on, it decides nothing about a fact that "
        "another source reports. What it said is kept.",
    )
    claims: Annotated["ClaimConnection", strawberry.lazy("schema.claims")] = pages(
        many(CLAIM, "source_id", "source_id"), "Claims that the source makes.", rows=1_800
    )
    facts: FactConnection = pages(_facts, "Facts that the source reports.", rows=1_800, price=Price(per_row=2.0))


def _credits_one_of(row: Row, slugs: Expression) -> Expression:
    return row.find(
        link_table("source_credit"),
        lambda link: link.source_id == row.source_id,
        lambda link: among(link.organisation_id, ids_of_slugs(row, "actor", slugs)),
    ).exist()


@strawberry.input(description="Conditions on sources, all of which must be met.")
class SourceFilter:
    slug: list[str] | None = filters.by_slug(slugs.SOURCES, "Only sources with one of these slugs.")
    kind: list[SourceKind] | None = filters.by_term("kind", "Only sources of one of these kinds.")
    language: list[LanguageTag] | None = where(
        conditions.in_languages("language"), "Only sources in one of these languages."
    )
    outlet: list[str] | None = filters.by_actor(
        "outlet_id",
        "Only sources published by one of these organisations.",
        slugs.ORGANISATIONS,
        conditions.in_order_of("outlet_id", actors),
    )
    credits: list[str] | None = where(
        _credits_one_of, "Only sources that credit one of these organisations.", parameter=slugs.ORGANISATIONS
    )
    author: list[str] | None = filters.by_actor("author_id", "Only posts by one of these actors.")
    dataset: list[str] | None = filters.by_dataset(
        conditions.is_one_of("dataset"), "Only sources taken from one of these data sets."
    )
    is_withdrawn: bool | None = where(
        conditions.is_withdrawn, "True for sources that are retracted or superseded, false for all others."
    )
    document: list[str] | None = where(
        conditions.is_one_of("document"), "Only sources with one of these paths in the corpus."
    )
    published_on: DateRange | None = where(conditions.is_published_in, "Only sources published in this range of days.")
    text: str | None = filters.by_text("source_id")


@connection("A source", "sources", filter=SourceFilter, order=SourceOrder.PUBLISHED_ON_ASC)
class SourceConnection(Connection[Source]):
    counts: list[Count] = counts_by(
        {
            SourceGrouping.KIND: groupings.term("SourceKind", "kind"),
            SourceGrouping.LANGUAGE: groupings.term("LanguageTag", "language"),
            SourceGrouping.OUTLET: groupings.actor("outlet_id"),
            SourceGrouping.DATASET: groupings.text("dataset"),
            **groupings.periods(SourceGrouping),
        }
    )
