"""The conditions that fields of filters put on a row."""

from collections.abc import Callable
from typing import Any

from schema.enums import DateMatch
from schema.relations import (
    CLAIM,
    FACT,
    INVOLVEMENT,
    PRESENCE,
    SOURCE,
    actors,
    among,
    countries,
    facts,
    linked,
    of_types,
    sources,
    timeless,
)
from service.planner.cost import Price
from service.planner.rows import Row, Rows
from service.sql import Expression, and_, any_, func, sql_literal, text_literal
from service.store import kinds, tables

Condition = Callable[[Row, Any], Expression]


def any_of(name: str) -> Condition:
    """One of the values of a column."""
    return lambda row, values: among(row[name], values)


def is_(name: str) -> Condition:
    """A yes/no column."""
    return lambda row, value: row[name] if value else ~row[name]


def actor_in(name: str) -> Condition:
    """The actor that a column names is one of these slugs."""
    return lambda row, slugs: among(row[name], actors(row, slugs))


def fact_in(name: str) -> Condition:
    return lambda row, slugs: among(row[name], facts(row, slugs))


def country_in(name: str) -> Condition:
    return lambda row, codes: among(row[name], countries(row, codes))


def place_in(name: str) -> Condition:
    """A place, or one that lies within it."""

    def condition(row: Row, slugs: Expression) -> Expression:
        containers = timeless(row, tables.Place, slugs)
        inside = row.find(linked(tables.PlaceWithin), lambda link: among(link.container_id, containers))
        return among(row[name], inside.ids("place_id"))

    return condition


def at_place(row: Row, slugs: Expression) -> Expression:
    """A meeting at a place, or at one that lies within it: of its places one is enough."""
    return _at(row, place_in("place_id"), slugs)


def at_place_in_country(row: Row, codes: Expression) -> Expression:
    """A meeting at a place in one of these states."""
    return _at(row, place_country("place_id"), codes)


def _at(row: Row, condition: Condition, given: Expression) -> Expression:
    places = row.find(linked(kinds.MeetingPlace), lambda link: condition(link, given))
    return among(row.join_key, places.ids("snapshot_id"))


def place_country(name: str) -> Condition:
    """A place that lies in one of these states."""

    def condition(row: Row, codes: Expression) -> Expression:
        inside = row.find(linked(tables.Place), lambda place: among(place.country_id, countries(row, codes)))
        return among(row[name], inside.ids("id"))

    return condition


def involving(row: Row, slugs: Expression) -> Expression:
    """At least one of these actors is in it."""
    return _present(row, lambda found: among(found.actor_id, actors(row, slugs)))


def involving_all(row: Row, slugs: Expression) -> Expression:
    """Each of these actors is in it; of none: no fact."""
    present = row.find(PRESENCE, lambda found: found.snapshot_id == row.join_key)
    present.where(among(present.row.actor_id, actors(row, slugs)))
    return all_of(present.count(), slugs)


def all_of(found: Expression, slugs: Expression) -> Expression:
    """As many were found as there are different slugs, and there are some."""
    wanted = sql_literal(f"(SELECT count(DISTINCT slug) FROM unnest({slugs}) AS slug)")
    return and_(found == wanted, sql_literal(f"cardinality({slugs}) > 0"))


def in_role(role: str) -> Condition:
    """One of these actors is in it in a role."""

    def condition(row: Row, slugs: Expression) -> Expression:
        roles = sql_literal(f"ARRAY['{role}']::text[]")
        return _present(row, lambda found: and_(among(found.actor_id, actors(row, slugs)), found.roles.op("@>")(roles)))

    return condition


def _present(row: Row, condition: Callable[[Row], Expression]) -> Expression:
    return row.find(PRESENCE, lambda found: found.snapshot_id == row.join_key, condition).exist()


def _telling(row: Row, slugs: Expression) -> Rows:
    told = row.find(CLAIM, lambda claim: claim.fact_id == row.fact_id)
    return told.where(among(told.row.source_id, sources(row, slugs)))


def told_by(row: Row, slugs: Expression) -> Expression:
    """At least one of these sources tells of it."""
    return _telling(row, slugs).exist()


def told_by_all(row: Row, slugs: Expression) -> Expression:
    """Each of these sources tells of it; of none: no fact."""
    return all_of(_telling(row, slugs).count("source_id"), slugs)


def reported_by(row: Row, slugs: Expression) -> Expression:
    """One of these actors passed the words on: a witness, a relay, an agency or the outlet."""
    steps = row.find(
        linked(tables.AttributionStep),
        lambda step: among(step.actor_id, actors(row, slugs)),
        lambda step: step.role != text_literal("UTTERER"),
    )
    return row.find(
        CLAIM,
        lambda claim: claim.fact_id == row.fact_id,
        lambda claim: claim.property == text_literal("text"),
        lambda claim: among(claim.id, steps.ids("claim_id")),
    ).exist()


def dated(row: Row, wanted: dict[str, Any]) -> Expression:
    """The fact's date lies in, or touches, a range of days."""
    return and_(row.is_dated, *_ranged(row.first_on, row.last_on, wanted))


def published(row: Row, wanted: dict[str, Any]) -> Expression:
    return and_(*_ranged(row.first_on, row.last_on, wanted))


def on_day(name: str) -> Condition:
    """A column that is one day lies in a range."""
    return lambda row, wanted: and_(*_ranged(row[name], row[name], wanted))


def between(name: str) -> Condition:
    """A column lies in a range of numbers."""

    def condition(row: Row, wanted: dict[str, Any]) -> Expression:
        low = [row[name] >= wanted["from"]] if "from" in wanted else []
        high = [row[name] <= wanted["to"]] if "to" in wanted else []
        return and_(*low, *high)

    return condition


def _ranged(first: Expression, last: Expression, wanted: dict[str, Any]) -> list[Expression]:
    is_within = wanted.get("match") is DateMatch.WITHIN
    low = [(first if is_within else last) >= wanted["from"]] if "from" in wanted else []
    high = [(last if is_within else first) <= wanted["to"]] if "to" in wanted else []
    return low + high


def named_in(row: Row, slugs: Expression) -> Expression:
    """One of these sources prints a name of the actor, or tells a fact that involves it."""
    wanted = row.find(SOURCE, lambda source: among(source.slug, slugs)).ids("id")
    names = row.find(linked(tables.NameSource), lambda found: among(found.source_id, wanted)).ids("name_id")
    spelt = row.find(
        linked(tables.Name), lambda name: name.actor_id == row.actor_id, lambda name: among(name.id, names)
    )
    told = row.find(CLAIM, lambda claim: among(claim.source_id, wanted)).ids("id")
    links = row.find(linked(tables.InvolvementClaim), lambda link: among(link.claim_id, told))
    involved = row.find(
        INVOLVEMENT,
        lambda found: found.actor_id == row.actor_id,
        lambda found: among(found.id, links.ids("involvement_id")),
    )
    return spelt.exist() | involved.exist()


def claims_of_outlet(row: Row, slugs: Expression) -> Expression:
    outlets = row.find(linked(tables.Source), lambda source: among(source.outlet_id, actors(row, slugs)))
    return among(row.source_id, outlets.ids("id"))


def passage_in_role(row: Row, roles: Expression) -> Expression:
    passages = row.find(
        linked(tables.Passage), lambda passage: passage.id == row.passage_id, lambda p: among(p.role, roles)
    )
    return passages.exist()


def claim_involving(row: Row, slugs: Expression) -> Expression:
    """The claim is of a fact that one of these actors is in."""
    return row.find(FACT, lambda fact: fact.fact_id == row.fact_id, lambda fact: involving(fact, slugs)).exist()


def claim_involving_all(row: Row, slugs: Expression) -> Expression:
    """The claim is of a fact that each of these actors is in."""
    return row.find(FACT, lambda fact: fact.fact_id == row.fact_id, lambda fact: involving_all(fact, slugs)).exist()


SEARCHED = Price(35_000.0)
BY_KEY = Price(1_000.0, max_rows=1_000.0)
"""Of a filter that an index answers, whatever number of rows there are."""
LOOKED_UP = Price(per_row=1.5)
"""Of one for which each row is looked up elsewhere."""
ALL_LOOKED_UP = Price(per_row=4.0)
COMPARED = Price(per_row=6.0)
"""Of one for which all is counted that each row has elsewhere."""
FOUND_BY = 'A search for this text finds it: words, "phrases", -not, or; the last word as the beginning of one.'


def found_by(owner: str) -> Condition:
    """A search for a text finds it; `owner`: the key of a search text that names the row."""

    def condition(row: Row, asked: Expression) -> Expression:
        """`asked`: the queries of SearchQueries."""
        wanted: Any = sql_literal(f"({asked})[1]")
        if types := row.relation.typenames or tuple(filter(None, [row.relation.typename])):
            wanted = wanted.op("&&")(of_types(types))
        found = row.find(linked(tables.SearchText), lambda text: text.lexemes.op("@@")(wanted))
        return among(row.join_key if owner == "snapshot_id" else row[owner], found.ids(owner))

    return condition


def languages(name: str) -> Condition:
    return lambda row, tags: func.lower(row[name]) == any_(tags)
