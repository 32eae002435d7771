"""What a load has counted: how many facts there are, and how many somebody is in, without looking at each."""

from dataclasses import replace

from schema.relations import actors, among, during, table
from service.planner.pages import DEFAULT_SIZE
from service.planner.rows import Lead, Relation, Row, Rows
from service.sql import Expression, case, exists, func, int_literal, select, sql_literal, text_literal
from service.store import tables

FACT_TALLY = Relation(table(tables.FactTally), key="", visibility=during)
ACTOR_TALLY = Relation(table(tables.ActorTally), key="", visibility=during)
IS_TALLIED = exists(select(sql_literal("1")).select_from("fact_tally"))
"""Whether a load has counted: between a migration and the next load none has."""


def tally_of(kind: Relation, row: Row) -> Expression:
    """How many facts of a kind there are; null where no load has counted."""
    return _sum(kind, row.find(FACT_TALLY))


def tally_of_actor(kind: Relation, row: Row) -> Expression:
    """How many facts of a kind an actor is in; null where no load has counted."""
    return _sum(kind, row.find(ACTOR_TALLY, lambda tally: tally.actor_id == row.actor_id))


def tally_of_one(row: Row, slugs: Expression) -> Expression:
    """How many facts of the row's kind an actor is in; null where no load has counted, or not just one is given."""
    wanted = row.find(ACTOR_TALLY, lambda tally: among(tally.actor_id, actors(row, slugs)))
    return case((func.cardinality(slugs) == int_literal(1), _sum(row.relation, wanted)))


def tally_of_types(row: Row, typenames: Expression) -> Expression:
    """How many facts of some types there are; null where no load has counted."""
    return _sum(row.relation, row.find(FACT_TALLY, lambda tally: among(tally.typename, typenames)))


def leads_by_day(kind: Relation, row: Row) -> list[Lead]:
    """On an early day few facts of a kind were known, and these lead to a page of what was known then."""
    if row.as_of is None:
        return []
    # of a range with two ends PostgreSQL expects few rows, of one with one a third of all, for which it reads the table
    begin = sql_literal("'-infinity'::date", "date")
    facts = row.find(kind, lambda fact: fact.known_since >= begin, lambda fact: fact.known_since <= row.as_of)
    known, all_ = tally_of(kind, row), tally_of(kind, replace(row, as_of=None))
    # in the order of the page all are read by those that are known for each row of it
    is_shorter = known * known <= all_ * int_literal(DEFAULT_SIZE)
    # sorted, so that PostgreSQL reads the index of this order and no more of it
    return [Lead(facts.query(facts.row.fact_id).order_by(facts.row.known_since), count=case((is_shorter, known)))]


def _sum(kind: Relation, tallies: Rows) -> Expression:
    count = tallies.row["count"]
    if kind.typenames:
        tallies.where(tallies.row.typename.in_([text_literal(name) for name in kind.typenames]))
    total = tallies.query(func.coalesce(func.sum(count), int_literal(0)).with_type("bigint")).scalar()
    return case((IS_TALLIED, total))
