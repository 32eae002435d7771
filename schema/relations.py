"""What the types of the schema are in the database: one relation for each, and how they refer to each other.

`rows` is how many there are in the store of 40,000 quotes that the prices are fitted to.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy.dialects import postgresql

from service.planner.rows import JoinedTable, Relation, Row, Rows
from service.sql import Expression, Table, and_, any_, func, or_, select, sql_literal, text_literal
from service.store import kinds, tables

FOREVER = sql_literal("'infinity'::date", "date")
DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


def table(model: Any) -> Table:
    """The table of a model, with the SQL types of its columns."""
    columns = {each.name: str(each.type.compile(DIALECT)).lower() for each in model.__table__.columns}
    types = dict.fromkeys(("double precision", "float", "real"), "float8")
    return Table(model.__table__.name, {name: types.get(type_, type_) for name, type_ in columns.items()})


def since(name: str) -> Callable[[Row], Expression | None]:
    """Visible from a day on."""
    return lambda row: None if row.as_of is None else row[name] <= row.as_of


def during(row: Row) -> Expression:
    """Visible where the day lies between two others: the snapshot that holds on it."""
    if row.as_of is None:
        return row.known_until == FOREVER
    return and_(row.known_from <= row.as_of, row.known_until >= row.as_of)


def is_withdrawn_by_day(row: Row) -> Expression:
    """Whether a claim, or a source, is retracted or superseded by the day."""
    if row.as_of is None:
        return row.withdrawn_on.is_not_null()
    return func.coalesce(row.withdrawn_on <= row.as_of, sql_literal("false"))


ACTOR = Relation(table(tables.Actor), key="actor_id", visibility=since("known_since"), rows=2_000)
RANK = JoinedTable(table(tables.ActorRank), "actor_id")
PERSON = replace(ACTOR.subtype(None, "Person"), joined=(RANK,))
ORGANISATION = ACTOR.subtype(None, "Organisation", rows=50)
COUNTRY = ACTOR.subtype(None, "Country", rows=100)
PLACE = Relation(table(tables.Place), key="place_id", typename="Place", visibility=since("known_since"), rows=400)
NAME = Relation(table(tables.Name), key="name_id")
EDTF = Relation(table(tables.Edtf), key="text")

FACT = Relation(table(tables.Snapshot), key="fact_id", visibility=during, rows=75_000)
IDENTITY = Relation(table(tables.Fact), key="row_id", visibility=since("known_since"), rows=75_000)
"""The slugs of facts, without what is known of them."""
MEETING = FACT.subtype(table(kinds.Meeting), "Summit", "Talks", rows=12_000)
"""Of two types, for which the database may look through more than there are."""
SUMMIT = FACT.subtype(table(kinds.Meeting), "Summit", rows=2_000)
TALKS = FACT.subtype(table(kinds.Meeting), "Talks", rows=2_000)
QUOTE = FACT.subtype(table(kinds.Quote), "Quote", rows=40_000)
EVENT = FACT.subtype(table(kinds.Event), "Event", rows=2_000)
INVITATION = FACT.subtype(table(kinds.Invitation), "Invitation", rows=500)
AGREEMENT = FACT.subtype(table(kinds.Agreement), "Agreement", rows=500)
OFFICE = FACT.subtype(table(kinds.Office), "Office", rows=2_000)
RELATIONSHIP = FACT.subtype(table(kinds.Relationship), "Relationship", rows=28_000)

INVOLVEMENT = Relation(table(tables.Involvement), key="involvement_id", visibility=during)
UNNAMED = Relation(table(tables.Unnamed), key="unnamed_id", visibility=during)
SOURCE = Relation(table(tables.Source), key="source_id", typename="Source", visibility=since("reported_on"), rows=400)
CLAIM = Relation(table(tables.Claim), key="claim_id", typename="Claim", visibility=since("reported_on"), rows=94_000)
PASSAGE = Relation(table(tables.Passage), key="passage_id")
STEP = Relation(table(tables.AttributionStep), key="claim_id")
REPORT = Relation(
    table(tables.AttributionStep),
    (JoinedTable(CLAIM.table, "id"),),
    key="",
    visibility=since("reported_on"),
    join_column="claim_id",
)
"""Steps of claims, from the day on which the claim is told."""
CONFLICT = Relation(
    table(tables.Conflict), key="conflict_id", typename="Conflict", visibility=since("known_since"), rows=100
)
ABOUT = Relation(table(tables.FactAbout), key="fact_id", visibility=during)
SOURCE_DATASET_COUNT = Relation(table(tables.SourceDatasetCount), key="", visibility=during, rows=14)
SOURCE_DATASET = Relation(table(tables.SourceDataset), key="dataset", visibility=since("known_since"), rows=10)
DECIDED = Relation(table(tables.Decided), key="fact_id", visibility=during)
CHANGE = Relation(table(tables.Change), key="fact_id", visibility=during)
CHANGE_CLAIM = Relation(table(tables.ChangeClaim), key="fact_id", visibility=during)
ENTRY_CHANGE = Relation(table(tables.EntryChange), key="", rows=80_000)
SEARCH_TEXT = Relation(table(tables.SearchText), key="search_text_id", visibility=during)
PRESENCE = Relation(table(tables.Presence), key="fact_id", visibility=during)
CLAIM_OF_PRESENCE = Relation(
    PRESENCE.table,
    (JoinedTable(CLAIM.table, "fact_id"),),
    key="",
    visibility=during,
    join_column="fact_id",
)
"""Claims of facts, found through the actors that are in these; `id` is the claim's."""

PLACED = PLACE.via(
    Table("meeting_place", {"snapshot_id": "integer", "place_id": "integer", "position": "smallint"}), "place_id"
)
"""The places of a meeting, found through the snapshot; `position` gives their order. What else stands there is the
meeting's: its slug and when it was.
"""
REFERENCE = Relation(select(sql_literal("1")).subquery(), is_reference=True)
"""A row that only names an entry, by type and slug: both are values of the row at hand."""


def of_actor(relation: Relation) -> Relation:
    """Facts of a kind, found through the actors that are in them."""
    return relation.via(table(tables.Presence), "snapshot_id")


def of_two(relation: Relation) -> Relation:
    """Facts of a kind, found through the relationship of two that are in them."""
    return relation.via(table(tables.Shared), "snapshot_id")


PAIR_TALLY = Relation(table(tables.PairTally), key="fact_id", visibility=during, rows=RELATIONSHIP.rows)
COUNTED_RELATIONSHIP = replace(RELATIONSHIP.via(PAIR_TALLY.table, "snapshot_id", is_found_by_key=True), typenames=())
"""Relationships with what a load has counted of each, found through that: there is an index of each of their orders."""

TONE_TALLY = Relation(table(tables.ToneTally), key="", visibility=during)
NETWORK_TALLY = Relation(table(tables.NetworkTally), key="", visibility=during)


def link_table(model: Any) -> Relation:
    """A table that only links two others."""
    return Relation(table(model), key="")


def one(relation: Relation, name: str) -> Callable[[Row], Rows]:
    """The row that a foreign key names."""
    return lambda row: row.find(relation, lambda entry: entry[relation.key] == row[name])


def many(relation: Relation, name: str, by: str) -> Callable[[Row], Rows]:
    """The rows whose column `name` is this row's `by`."""
    return lambda row: row.find(relation, lambda entry: entry[name] == row[by])


def among(value: Expression, ids: Any) -> Expression:
    return value == any_(ids)


def ids_of_slugs(row: Row, model: Any, slugs: Expression) -> Expression:
    """The ids of the rows of a table that slugs name, as an array; whether they are visible is asked elsewhere."""
    return row.find(Relation(table(model), key="row_id"), lambda entry: among(entry.slug, slugs)).ids("id")


def actors(row: Row, slugs: Expression) -> Expression:
    return ids_of_slugs(row, tables.Actor, slugs)


def facts(row: Row, slugs: Expression) -> Expression:
    """The ids of the facts that slugs name, as an array: only of known ones, since a fact may name one that is not."""
    return row.find(IDENTITY, lambda fact: among(fact.slug, slugs)).ids("id")


def sources(row: Row, slugs: Expression) -> Expression:
    return ids_of_slugs(row, tables.Source, slugs)


def countries(row: Row, codes: Expression) -> Expression:
    """The ids of states by ISO 3166 code (two or three letters, four of a former state) or slug, as an array."""
    upper = row.find(Relation(table(tables.Actor), key="row_id"))
    entry = upper.row
    capitals = sql_literal(f"ARRAY(SELECT upper(code) FROM unnest({codes}) AS code)")
    upper.where(entry.typename == text_literal("Country"))
    codes_of = (entry.code, entry.alpha3, entry.former_code)
    upper.where(or_(among(entry.slug, codes), *(among(code, capitals) for code in codes_of)))
    return upper.ids("id")
