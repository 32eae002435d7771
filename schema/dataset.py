"""The register itself: its size, its terms, its state."""

from typing import Any

import strawberry
from sqlalchemy import func, select, union_all

from schema.downloads import DOWNLOADS, Download
from schema.relations import FOREVER, linked, table
from schema.scalars import ENGLISH, Date, DateTime, LanguageTag
from schema.texts import any_of, chosen
from service.planner.fields import Resolve, column, relation, sql
from service.planner.rows import Relation, Row, Rows
from service.planner.sql import Expression, raw, word
from service.store import tables
from service.store.terms import EntryKind

NAME = "Gipfelbuch"
CONTRACT = "1.0"
LICENCE = "CC BY 4.0"


def _of(model: type, typename: str) -> Any:
    return select(word(typename).label("typename")).select_from(table(model))


ENTRIES = union_all(
    select(table(tables.Actor).c.typename),
    _of(tables.Place, "Place"),
    select(table(tables.Fact).c.typename),
    _of(tables.Source, "Source"),
    _of(tables.Claim, "Claim"),
    _of(tables.Conflict, "Conflict"),
).subquery("entries")
KINDS = Relation(
    select(func.upper(ENTRIES.c.typename).label("kind"), func.count().label("count"))
    .group_by(ENTRIES.c.typename)
    .subquery("kinds")
)
DATASET = Relation(table(tables.Dataset))


def _terms(column_: Any, source: Any, *conditions: Any) -> Relation:
    """The values of a column with their number."""
    counted = select(column_.label("term"), func.count().label("count")).select_from(source)
    return Relation(counted.where(column_.is_not(None), *conditions).group_by(column_).subquery("terms"))


def _most_frequent(of: Relation) -> Resolve:
    def rows(row: Row) -> Rows:
        found = row.find(of)
        found.order = [(found.row["count"], True), (found.row.term, False)]
        return found

    return rows


EVENT, READING = table(tables.Event), table(tables.Reading)
PROPERTIES = _terms(table(tables.Claim).c.property, table(tables.Claim))
# an event counts once, by the reading that holds now
MODES = _terms(EVENT.c.mode, EVENT.join(READING, READING.c.id == EVENT.c.reading_id), READING.c.known_until == FOREVER)


def _described(row: Row, language: LanguageTag | None = ENGLISH) -> Expression:
    found = row.find(linked(tables.Term), lambda term: term.term == row.term)
    texts = found.value("descriptions")
    return chosen(texts, language, any_of(texts))


def _extreme(pick: Any, name: str) -> Resolve:
    return lambda row: select(pick(raw(name))).select_from(table(tables.Source)).scalar_subquery()


def _languages(row: Row) -> Expression:
    found = select(table(tables.Source).c.language).distinct().order_by(table(tables.Source).c.language)
    return func.array(found.scalar_subquery())


def _downloads(row: Row) -> Rows:
    found = row.find(DOWNLOADS)
    return found.ordered(found.row.kind, found.row.format)


def _kinds(row: Row) -> Rows:
    found = row.find(KINDS)
    return found.ordered(found.row.kind)


@strawberry.type(description="How many entries there are of one kind.")
@relation(KINDS)
class KindCount:
    kind: EntryKind = column("The kind.")
    count: int = column("How many there are.")


@strawberry.type(description="An open term of the register and how often it is used.")
@relation(PROPERTIES)
class TermCount:
    term: str = column("The term.")
    description: str | None = sql(_described, "What it means.")
    count: int = column("How often it is used.")


@strawberry.type(description="The register itself.")
@relation(DATASET)
class Dataset:
    name: str = sql(lambda row: word(NAME), "Name of the register.")
    revision: int = column(
        "Grows with every load. An answer is reproducible from (revision, asOf): a load may add an old document, and "
        "so change what was known on a past day."
    )
    contract: str = sql(lambda row: word(CONTRACT), "Version of this contract.")
    updated_at: DateTime = column("When the register was last loaded with a change.")
    licence: str = sql(lambda row: word(LICENCE), "Licence of the record.")
    counts: list[KindCount] = sql(_kinds, "How many entries there are of each kind.")
    languages: list[LanguageTag] = sql(_languages, "Languages of the sources.")
    properties: list[TermCount] = sql(
        _most_frequent(PROPERTIES), "The properties that claims speak to, most frequent first."
    )
    modes: list[TermCount] = sql(_most_frequent(MODES), "The PLOVER modes that events have, most frequent first.")
    downloads: list[Download] = sql(_downloads, "The whole register as files, so that nobody has to page through it.")
    first_published: Date = sql(_extreme(func.min, "first_on"), "First day on which a source was published.")
    last_published: Date = sql(_extreme(func.max, "last_on"), "Last day on which a source was published.")
