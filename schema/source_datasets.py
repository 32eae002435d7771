"""Published data sets from which sources are taken; the register itself is `Dataset`."""

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
    description="A published data set from which sources in the register are taken. (`Dataset` is the register itself.)"
)
@relation(SOURCE_DATASET)
class SourceDataset:
    slug: str = column("Identifier of the data set, for filters.")
    name: str = column("Name that the publisher gives the data set.")
    licence: str = column("Licence under which the data set is published.")
    url: URI = column("Web address of the data set.")
    version: str | None = column("Version that was taken; null if it has none.")
    attribution: str | None = column("Attribution that the publisher asks for; null if none.")
    retrieved_on: Date | None = column("Day on which the data set was retrieved; null if that is not recorded.")
    covers: EdtfDate | None = sql(
        printed_date("covers"),
        "Period that the data set covers: from the first to the last day of its rows, or the day of a snapshot. Null "
        "if that is not recorded.",
    )
    counts: list[KindCount] = sql(
        _counts,
        "Number of entries of each kind that the sources of the data set report. For people, organisations and "
        "states, the number that these sources show as involved in a fact.",
        rows=14,
    )
    sources: Annotated["SourceConnection", strawberry.lazy("schema.sources")] = pages(
        _sources, "Sources that belong to the data set.", rows=400
    )
    facts: FactConnection = pages(
        _facts, "Facts that the sources of the data set report.", rows=1_800, price=Price(per_row=2.0)
    )
