"""What the types of the schema are in the database: one relation for each, and how they refer to each other.

`rows` is how many there are in the store of 40,000 quotes that the prices are fitted to.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from service.planner.relations import JoinedTable, Relation, Row, Rows
from service.sql import Expression, Table, and_, any_, func, or_, select, sql_literal, text_literal
from service.store.layout import TABLES

FOREVER = sql_literal("'infinity'::date", "date")


def table(name: str) -> Table:
    """Return a table, with the SQL types of its columns."""
    return Table(name, TABLES[name].columns)


def since(name: str) -> Callable[[Row], Expression | None]:
    """Visible from a day on."""
    return lambda row: None if row.as_of is None else row[name] <= row.as_of


def during(row: Row) -> Expression:
    """Visible if the day lies between two others: the snapshot that is valid on that day."""
    if row.as_of is None:
        return row.known_until == FOREVER
    return and_(row.known_from <= row.as_of, row.known_until >= row.as_of)


def is_withdrawn_by_day(row: Row) -> Expression:
    """Return whether a claim, or a source, is retracted or superseded by the day."""
    if row.as_of is None:
        return row.withdrawn_on.is_not_null()
    return func.coalesce(row.withdrawn_on <= row.as_of, sql_literal("false"))


ACTOR = Relation(table("actor"), key="actor_id", visibility=since("known_since"), rows=2_000)
RANK = JoinedTable(table("actor_rank"), "actor_id")
PERSON = replace(ACTOR.subtype(None, "Person"), joined=(RANK,))
ORGANISATION = ACTOR.subtype(None, "Organisation", rows=50)
COUNTRY = ACTOR.subtype(None, "Country", rows=100)
PLACE = Relation(table("place"), key="place_id", typename="Place", visibility=since("known_since"), rows=400)
NAME = Relation(table("name"), key="name_id")
EDTF = Relation(table("edtf"), key="text")

FACT = Relation(table("snapshot"), key="fact_id", visibility=during, rows=75_000)
IDENTITY = Relation(table("fact"), key="row_id", visibility=since("known_since"), rows=75_000)
"""The slugs of facts, without what is known of them."""
MEETING = FACT.subtype(table("meeting"), "Summit", "Talks", rows=12_000)
"""Covers two types, so the database may scan more rows than there are."""
SUMMIT = FACT.subtype(table("meeting"), "Summit", rows=2_000)
TALKS = FACT.subtype(table("meeting"), "Talks", rows=2_000)
QUOTE = FACT.subtype(table("quote"), "Quote", rows=40_000)
EVENT = FACT.subtype(table("event"), "Event", rows=2_000)
INVITATION = FACT.subtype(table("invitation"), "Invitation", rows=500)
AGREEMENT = FACT.subtype(table("agreement"), "Agreement", rows=500)
OFFICE = FACT.subtype(table("office"), "Office", rows=2_000)
RELATIONSHIP = FACT.subtype(table("relationship"), "Relationship", rows=28_000)

INVOLVEMENT = Relation(table("involvement"), key="involvement_id", visibility=during)
UNNAMED = Relation(table("unnamed"), key="unnamed_id", visibility=during)
SOURCE = Relation(table("source"), key="source_id", typename="Source", visibility=since("reported_on"), rows=400)
CLAIM = Relation(table("claim"), key="claim_id", typename="Claim", visibility=since("reported_on"), rows=94_000)
PASSAGE = Relation(table("passage"), key="passage_id")
STEP = Relation(table("attribution_step"), key="claim_id")
REPORT = Relation(
    table("attribution_step"),
    (JoinedTable(CLAIM.table, "id"),),
    key="",
    visibility=since("reported_on"),
    join_column="claim_id",
)
"""Steps of claims, from the day on which the claim is reported."""
CONFLICT = Relation(
    table("conflict"), key="conflict_id", typename="Conflict", visibility=since("known_since"), rows=100
)
ABOUT = Relation(table("fact_about"), key="fact_id", visibility=during)
SOURCE_DATASET_COUNT = Relation(table("source_dataset_count"), key="", visibility=during, rows=14)
SOURCE_DATASET = Relation(table("source_dataset"), key="dataset", visibility=since("known_since"), rows=10)
DECIDED = Relation(table("decided"), key="fact_id", visibility=during)
CHANGE = Relation(table("change"), key="fact_id", visibility=during)
CHANGE_CLAIM = Relation(table("change_claim"), key="fact_id", visibility=during)
ENTRY_CHANGE = Relation(table("entry_change"), key="", rows=80_000)
SEARCH_TEXT = Relation(table("search_text"), key="search_text_id", visibility=during)
PRESENCE = Relation(table("presence"), key="fact_id", visibility=during)
CLAIM_OF_PRESENCE = Relation(
    PRESENCE.table,
    (JoinedTable(CLAIM.table, "fact_id"),),
    key="",
    visibility=during,
    join_column="fact_id",
)
"""Claims of facts, found through the actors that these involve; `id` is the claim's."""

PLACED = PLACE.via(
    Table("meeting_place", {"snapshot_id": "integer", "place_id": "integer", "position": "smallint"}), "place_id"
)
"""The places of a meeting, found through the snapshot; `position` gives their order. Other columns of that table belong
to the meeting: its slug and its date.
"""
PARTICIPANT_COUNTRY = Relation(table("participant_country"), key="fact_id", join_column="snapshot_id")
"""The states of those who take part in meetings, whatever day these are seen from: the day is checked on the meeting.
"""
REFERENCE = Relation(select(sql_literal("1")).subquery(), is_reference=True)
"""A row that only names an entry, by type and slug: both are values of the current row."""


def of_actor(relation: Relation) -> Relation:
    """Return the facts of a kind, found through the actors that they involve."""
    return relation.via(table("presence"), "snapshot_id")


def of_two(relation: Relation) -> Relation:
    """Return the facts of a kind, found through the relationship of two that they involve."""
    return relation.via(table("shared"), "snapshot_id")


PAIR_TALLY = Relation(table("pair_tally"), key="fact_id", visibility=during, rows=RELATIONSHIP.rows)
COUNTED_RELATIONSHIP = replace(RELATIONSHIP.via(PAIR_TALLY.table, "snapshot_id", is_found_by_key=True), typenames=())
"""Relationships with their counts from a load, found through these, since each of their orders has an index."""

TONE_TALLY = Relation(table("tone_tally"), key="", visibility=during)
NETWORK_TALLY = Relation(table("network_tally"), key="", visibility=during)


def link_table(name: str) -> Relation:
    """Return a table that only links two others."""
    return Relation(table(name), key="")


def one(relation: Relation, name: str) -> Callable[[Row], Rows]:
    """Return the row that a foreign key refers to."""
    return lambda row: row.find(relation, lambda entry: entry[relation.key] == row[name])


def many(relation: Relation, name: str, by: str) -> Callable[[Row], Rows]:
    """Return the rows whose column `name` is this row's `by`."""
    return lambda row: row.find(relation, lambda entry: entry[name] == row[by])


def among(value: Expression, ids: Any) -> Expression:
    return value == any_(ids)


def ids_of_slugs(row: Row, name: str, slugs: Expression) -> Expression:
    """Return the ids of the rows of a table with these slugs, as an array; visibility is checked elsewhere."""
    return row.find(Relation(table(name), key="row_id"), lambda entry: among(entry.slug, slugs)).ids("id")


def actors(row: Row, slugs: Expression) -> Expression:
    return ids_of_slugs(row, "actor", slugs)


def facts(row: Row, slugs: Expression) -> Expression:
    """Return the ids of the facts with these slugs, as an array: only known ones, since a fact may name one that is
    not.
    """
    return row.find(IDENTITY, lambda fact: among(fact.slug, slugs)).ids("id")


def sources(row: Row, slugs: Expression) -> Expression:
    return ids_of_slugs(row, "source", slugs)


def countries(row: Row, codes: Expression) -> Expression:
    """Return the ids of states by ISO 3166 code (two or three letters, four for a former state) or slug, as
    an array.
    """
    upper = row.find(Relation(table("actor"), key="row_id"))
    entry = upper.row
    capitals = sql_literal(f"ARRAY(SELECT upper(code) FROM unnest({codes}) AS code)")
    upper.where(entry.typename == text_literal("Country"))
    codes_of = (entry.code, entry.alpha3, entry.former_code)
    upper.where(or_(among(entry.slug, codes), *(among(code, capitals) for code in codes_of)))
    return upper.ids("id")
