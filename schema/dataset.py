"""The register itself: its size, its terms and its state."""

from typing import Any

import strawberry

from schema.downloads import DOWNLOADS, Download
from schema.scalars import ENGLISH, Date, DateTime, LanguageTag
from schema.sql.relations import FOREVER, link_table, table
from schema.sql.texts import any_text, text_in
from service.planner.cost import Price
from service.planner.fields import Resolver, column, relation, sql
from service.planner.relations import Relation, Row, Rows
from service.sql import Expression, Select, Union, array_of, func, select, sql_literal, text_literal
from service.store.enums import EntryKind
from service.version import VERSION

NAME = "Gipfelbuch"
CONTRACT = "1.3"
LICENCE = "CC BY 4.0"


def _typenames(name: str, typename: Expression) -> Select:
    return select(typename.label("typename")).select_from(table(name))


TYPENAME = sql_literal("typename", "text")
ENTRIES = Union(
    _typenames("actor", TYPENAME),
    _typenames("place", text_literal("Place")),
    _typenames("fact", TYPENAME),
    _typenames("source", text_literal("Source")),
    _typenames("claim", text_literal("Claim")),
    _typenames("conflict", text_literal("Conflict")),
).subquery("entries")
KINDS = Relation(
    select(func.upper(TYPENAME).label("kind"), func.count().label("count"))
    .select_from(ENTRIES)
    .group_by(TYPENAME)
    .subquery()
)
DATASET = Relation(table("dataset"))


def _terms(name: str, source: object, *conditions: Expression) -> Relation:
    """Values of a column, each with its number of rows."""
    term = sql_literal(name, "text")
    counted = select(term.label("term"), func.count().label("count")).select_from(source)
    return Relation(counted.where(term.is_not_null(), *conditions).group_by(term).subquery())


def _most_frequent(of: Relation) -> Resolver:
    def rows(row: Row) -> Rows:
        terms = row.find(of)
        terms.order = [(terms.row["count"], True), (terms.row.term, False)]
        return terms

    return rows


PROPERTIES = _terms("property", table("claim"))
# an event counts once, by the snapshot that is valid now
MODES = _terms(
    "mode",
    f"{table('event')} JOIN {table('snapshot')} ON snapshot.id = event.snapshot_id",
    sql_literal("snapshot.known_until") == FOREVER,
)


def _description(row: Row, language: LanguageTag | None = ENGLISH) -> Expression:
    terms = row.find(link_table("term"), lambda term: term.term == row.term)
    texts = terms.value("descriptions")
    return text_in(texts, language, any_text(texts))


def _extreme(pick: Any, name: str) -> Resolver:
    return lambda row: select(pick(sql_literal(name))).select_from(table("source")).scalar()


def _languages(row: Row) -> Expression:
    language = sql_literal("language", "text")
    return array_of(select(language.distinct()).select_from(table("source")).order_by(language))


def _downloads(row: Row) -> Rows:
    files = row.find(DOWNLOADS)
    return files.order_by(files.row.kind, files.row.format)


def _kinds(row: Row) -> Rows:
    kinds = row.find(KINDS)
    return kinds.order_by(kinds.row.kind)


@strawberry.type(description="Number of entries of one kind.")
@relation(KINDS)
class KindCount:
    kind: EntryKind = column("Kind of entry.")
    count: int = column("Number of entries.")


@strawberry.type(description="An open term of the register and how often it is used.")
@relation(PROPERTIES)
class TermCount:
    term: str = column("The term.")
    description: str | None = sql(_description, "Meaning of the term.")
    count: int = column("Number of times the term is used.")


@strawberry.type(description="The register itself.")
@relation(DATASET)
class Dataset:
    name: str = sql(lambda row: text_literal(NAME), "Name of the register.")
    revision: int = column(
        "Revision number of the register, which increases with every load that changes something. To reproduce an "
        "answer, both `revision` and `asOf` are needed, because a load may add an old document and so change what was "
        "known on a past day."
    )
    contract: str = sql(lambda row: text_literal(CONTRACT), "Version of this contract.")
    software_version: str = sql(lambda row: text_literal(VERSION), "Version of the service that answers.")
    updated_at: DateTime = column("When a load last changed the register.")
    licence: str = sql(lambda row: text_literal(LICENCE), "Licence of the record.")
    counts: list[KindCount] = sql(_kinds, "Number of entries of each kind.", rows=14, price=Price(60_000.0))
    languages: list[LanguageTag] = sql(_languages, "Languages of the sources.")
    properties: list[TermCount] = sql(
        _most_frequent(PROPERTIES),
        "Properties that claims are about, most frequent first.",
        rows=60,
        price=Price(40_000.0),
    )
    modes: list[TermCount] = sql(
        _most_frequent(MODES), "PLOVER modes of the events, most frequent first.", rows=30, price=Price(5_000.0)
    )
    downloads: list[Download] = sql(
        _downloads, "The whole register as files, as an alternative to paging through it.", rows=28
    )
    first_published: Date = sql(_extreme(func.min, "first_on"), "First day on which a source was published.")
    last_published: Date = sql(_extreme(func.max, "last_on"), "Last day on which a source was published.")
