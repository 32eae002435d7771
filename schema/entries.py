"""What every page of the register has: an ID, a slug and a label; also the dates and names that many pages have."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import strawberry

from schema.scalars import EDTF as EdtfText
from schema.scalars import Date, LanguageTag
from schema.sql.relations import EDTF, NAME, SOURCE, among, link_table
from schema.sql.texts import in_language
from service.planner import ids
from service.planner.fields import column, pages, relation, sql
from service.planner.relations import Row, Rows
from service.sql import func, text_literal
from service.store.enums import DateBasis, DateExtent, DatePrecision, NameKind

if TYPE_CHECKING:
    from schema.sources import SourceConnection


@strawberry.interface(description="Any object that can be refetched by its ID.")
class Node:
    id: strawberry.ID = sql(
        ids.expression,
        "Opaque global ID of this object, including its `asOf` day if one was given. Pass it to `node(id:)` to "
        "refetch the object.",
        is_word=True,
    )


@strawberry.interface(
    description="Anything that has a page in the register. A single fragment on this interface renders any list, "
    "including search results."
)
class Entry(Node):
    slug: str = column("Identifier for URLs, filters and comparison, the same on every `asOf` day.", is_word=True)
    label: str = sql(
        in_language("labels"), "One-line label for a list, a link or a page title. Never empty.", length=80
    )


def printed_date(name: str) -> Callable[[Row], Rows]:
    """A date that a column holds in EDTF, as works of reference or the rows of a data set print it."""
    return lambda row: row.find(EDTF, lambda date: date.text == row[name]).with_computed(basis=text_literal("STATED"))


def edtf(name: str, basis: str | None = None) -> Callable[[Row], Rows]:
    """A date that a column holds in EDTF; its basis is in another column."""

    def date(row: Row) -> Rows:
        dates = row.find(EDTF, lambda date: date.text == row[name])
        return dates.with_computed(basis=row[basis or f"{name}_basis"])

    return date


@strawberry.type(description="A date exactly as precise as it is known, never more precise.")
@relation(EDTF)
class EdtfDate:
    edtf: EdtfText = column("The date in EDTF.", "text", is_word=True)
    label: str = sql(
        in_language("labels"),
        "Date as a reader would write it: 27-28 February 2019, 23 or 24 April 2019, about September 2019.",
    )
    earliest: Date | None = column("First possible day; null if open.")
    latest: Date | None = column("Last possible day; null if open.")
    precision: DatePrecision = column("Precision of the date.")
    extent: DateExtent = column("Whether it lasted from the first to the last day or falls on some day between them.")
    is_approximate: bool = column("Whether the date is approximate (EDTF `~`).")
    is_uncertain: bool = column("Whether the date is uncertain (EDTF `?`).")
    basis: DateBasis = column("How the date was obtained: printed, relative to the source's own day, or worked out.")


def names_of(owner: str) -> Callable[..., Rows]:
    """Names of the row that the column `owner` of `name` refers to, limited to some kinds or languages."""

    def names(
        row: Row, kind: list[NameKind] | None = strawberry.UNSET, language: list[LanguageTag] | None = strawberry.UNSET
    ) -> Rows:
        rows = row.find(NAME, lambda each: each[owner] == row[owner])
        if kind is not strawberry.UNSET:
            rows.where(among(rows.row.kind, kind))
        if language is not strawberry.UNSET:
            rows.where(among(func.lower(rows.row.language), language))
        return rows.order_by(rows.row.position)

    return names


def _sources(row: Row) -> Rows:
    spellings = row.find(link_table("name_source"), lambda link: link.name_id == row.name_id)
    return row.find(SOURCE, lambda source: among(source.id, spellings.ids("source_id")))


@strawberry.type(description="One spelling of a name, in one language.")
@relation(NAME)
class Name:
    text: str = column("The name as spelt.")
    language: LanguageTag = column("Language of the name.")
    kind: NameKind = column("Kind of name.")
    sources: Annotated["SourceConnection", strawberry.lazy("schema.sources")] = pages(
        _sources, "Sources that contain exactly this spelling.", rows=10
    )
