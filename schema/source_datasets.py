"""The published data sets that sources are taken from; the register itself is a Dataset of its own."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from schema.dataset import KindCount
from schema.entries import EdtfDate, printed_date
from schema.facts import FactConnection
from schema.scalars import URI, Date
from schema.sql.relations import CLAIM, FACT, SOURCE, SOURCE_DATASET, SOURCE_DATASET_COUNT, among
from service.planner.cost import Price
from service.planner.fields import column, pages, relation, sql
from service.planner.relations import Row, Rows

if TYPE_CHECKING:
    from schema.sources import SourceConnection


def _sources(row: Row) -> Rows:
    return row.find(SOURCE, lambda source: source.dataset == row.slug)


def _facts(row: Row) -> Rows:
    claims = row.find(CLAIM, lambda claim: among(claim.source_id, _sources(row).ids("id")))
    return row.find(FACT, lambda fact: among(fact.fact_id, claims.ids("fact_id")))


def _counts(row: Row) -> Rows:
    counts = row.find(SOURCE_DATASET_COUNT, lambda count: count.dataset == row.slug)
    return counts.order_by(counts.row.kind)


@strawberry.type(
    description="A published data set that sources of the register are taken from. (`Dataset` is the register itself.)"
)
@relation(SOURCE_DATASET)
class SourceDataset:
    slug: str = column("Names it, for filters.")
    name: str = column("What its publisher calls it.")
    licence: str = column("The licence under which it is published.")
    url: URI = column("Where it stands on the web.")
    version: str | None = column("The version that was taken; null where it has none.")
    attribution: str | None = column("How its publisher wants to be named; null where nothing is asked for.")
    retrieved_on: Date | None = column("The day on which it was taken; null where that is not recorded.")
    covers: EdtfDate | None = sql(
        printed_date("covers"),
        "Period that it covers: from the first to the last day of its rows, or the day of a snapshot. Null if that is "
        "not recorded.",
    )
    counts: list[KindCount] = sql(
        _counts,
        "How many entries of each kind its sources tell of; of people, organisations and states those who are in a "
        "fact by their word.",
        rows=14,
    )
    sources: Annotated["SourceConnection", strawberry.lazy("schema.sources")] = pages(
        _sources, "The sources that belong to it.", rows=400
    )
    facts: FactConnection = pages(_facts, "The facts that these tell of.", rows=1_800, price=Price(per_row=2.0))
