"""Conditions that fields of filters put on a row."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import strawberry

from schema.enums import DateMatch
from schema.sql.relations import (
    CLAIM,
    CLAIM_OF_PRESENCE,
    FACT,
    INVOLVEMENT,
    PAIR_TALLY,
    PARTICIPANT_COUNTRY,
    PRESENCE,
    RELATIONSHIP,
    REPORT,
    SEARCH_TEXT,
    SOURCE,
    actors,
    among,
    countries,
    during,
    facts,
    ids_of_slugs,
    is_withdrawn_by_day,
    link_table,
    since,
    sources,
    table,
)
from schema.sql.search_texts import owners, texts_of_types
from service.planner.cost import Price
from service.planner.fields import Leads
from service.planner.relations import Late, Owned, Relation, Row, Rows
from service.sql import (
    TRUE,
    Expression,
    Select,
    Union,
    and_,
    any_,
    array_of,
    case,
    func,
    int_literal,
    or_,
    select,
    sql_literal,
    text_literal,
)
from service.store.enums import FACT_TYPES
from service.store.kinds import typenames_where

Condition = Callable[[Row, Any], Expression]


def keys_of(rows: Rows, name: str) -> Select:
    """Return the column of rows that refers to another relation."""
    key = rows.row[name]
    return rows.query(key)


def is_one_of(name: str) -> Condition:
    """The column has one of these values."""
    return lambda row, values: among(row[name], values)


def is_term(name: str) -> Condition:
    """The column holds one of these terms of a vocabulary."""
    return lambda row, terms: row[name].in_([text_literal(each) for each in sorted({each.value for each in terms})])


def flag(name: str) -> Condition:
    """The boolean column has this value."""
    return lambda row, value: row[name] if value else ~row[name]


def is_withdrawn(row: Row, value: bool) -> Expression:
    """A claim or a source is, or is not, retracted or superseded by the day."""
    return is_withdrawn_by_day(row) if value else ~is_withdrawn_by_day(row)


def actor_in(name: str) -> Condition:
    """The column names an actor with one of these slugs."""
    return lambda row, slugs: among(row[name], actors(row, slugs))


def fact_in(name: str) -> Condition:
    return lambda row, slugs: among(row[name], facts(row, slugs))


def country_in(name: str) -> Condition:
    return lambda row, codes: among(row[name], countries(row, codes))


def place_in(name: str) -> Condition:
    """The column names one of these places, or one within them."""
    return lambda row, slugs: among(row[name], _places_within(row, slugs))


def _places_within(row: Row, slugs: Expression) -> Expression:
    """Return the ids of places and of those within them, as an array."""
    containers = ids_of_slugs(row, "place", slugs)
    return row.find(link_table("place_within"), lambda link: among(link.container_id, containers)).ids("place_id")


def at_place(row: Row, slugs: Expression) -> Expression:
    """A meeting is at one of these places, or at one within them; one of its places is enough."""
    return _at(row, place_in("place_id"), slugs)


def at_exact_place(row: Row, slugs: Expression) -> Expression:
    """A meeting is at one of these places itself; one of its places is enough."""
    return _at(row, lambda link, given: among(link.place_id, ids_of_slugs(row, "place", given)), slugs)


def at_place_in_country(row: Row, codes: Expression) -> Expression:
    """A meeting is at a place in one of these states."""
    return _at(row, place_country("place_id"), codes)


def _at(row: Row, condition: Condition, given: Expression) -> Expression:
    places = row.find(link_table("meeting_place"), lambda link: condition(link, given))
    return among(row.join_key, places.ids("snapshot_id"))


def has_participant_of(row: Row, codes: Expression) -> Expression:
    """Somebody from one of these states takes part in a meeting, or one of the states itself."""
    return _states_at(row, countries(row, codes)).exist()


def has_participants_of_all(row: Row, codes: Expression) -> Expression:
    """Somebody from each of these states, or the state itself, takes part in a meeting; without states: no meeting."""
    of_rarest = row.find(PARTICIPANT_COUNTRY, lambda link: link.country_id == _rarest_country(row, codes))
    return and_(row.join_key.in_(keys_of(of_rarest, "snapshot_id")), _has_states(row, codes))


def _states_at(row: Row, ids: Expression) -> Rows:
    """Return those of the states from which somebody takes part in a meeting."""
    links = row.find(PARTICIPANT_COUNTRY, lambda link: link.snapshot_id == row.join_key)
    return links.where(among(links.row.country_id, ids))


def _has_states(row: Row, codes: Expression) -> Expression:
    ids = all_countries(row, codes)
    return _states_at(row, ids).count() == func.cardinality(ids)


def all_countries(row: Row, codes: Expression) -> Expression:
    """Return the ids of these states as an array; null if one of them is unknown, or if there are none."""
    given = func.cardinality(countries(row, sql_literal("ARRAY[given]")))
    are_known = sql_literal(f"(SELECT bool_and({given} > 0) FROM unnest({codes}) AS given)", "boolean")
    return case((are_known, countries(row, codes)))


def _rarest_country(row: Row, codes: Expression) -> Expression:
    """Return the state that takes part in the fewest meetings, as counted by a load; null if one of them is unknown."""
    meetings = (
        "SELECT coalesce(sum(count), 0) FROM entry_tally WHERE actor_id = 0 AND grouping = 'PARTICIPANT_COUNTRY'"
        " AND known_until = 'infinity' AND entry_id = country"
    )
    found = f"SELECT country FROM unnest({all_countries(row, codes)}) AS country ORDER BY ({meetings}) LIMIT 1"
    return sql_literal(f"({found})", "integer")


def place_country(name: str) -> Condition:
    """The column names a place in one of these states."""

    def condition(row: Row, codes: Expression) -> Expression:
        inside = row.find(link_table("place"), lambda place: among(place.country_id, countries(row, codes)))
        return among(row[name], inside.ids("id"))

    return condition


def _facts_of_actors(row: Row, slugs: Expression) -> Select:
    """Return the keys of the facts that involve one of these actors, in any role."""
    return keys_of(_of_types(row, row.find(PRESENCE, lambda each: among(each.actor_id, actors(row, slugs)))), "fact_id")


def _facts_of_all(row: Row, slugs: Expression) -> Select:
    """Return the keys of the facts that involve each of these actors."""
    held = _snapshots_of_all(row, slugs).subquery("held")
    # one by one, since otherwise PostgreSQL reads all snapshots to find the first of these
    fact = sql_literal("(SELECT fact_id FROM snapshot WHERE id = snapshot_id)", "integer")
    return select(fact.label("fact_id")).select_from(held)


def _snapshots_of_all(row: Row, slugs: Expression) -> Select:
    """Return snapshots that include all those which involve each of these actors.

    They are the ones shared by both of the two pairs that share least. If no two of the actors can share anything, as
    with a person and a state, they are those that involve the actor with the fewest facts.

    These numbers have been counted: two actors share no more than each has, and two hubs often share little.
    """
    pairs, given = _closest_pairs(row, slugs), _first_actors(row, slugs)
    in_facts = "SELECT sum(count) FROM actor_tally WHERE actor_id = actor AND known_until = 'infinity'"
    rarest = f"SELECT actor FROM unnest({given}) AS actor ORDER BY ({in_facts}) LIMIT 1"
    types = _types_of(row)
    is_of_type = f" AND typename IN ({', '.join(map(str, types))})" if types else ""
    in_pairs = (
        f"SELECT snapshot_id FROM shared WHERE between_id = ANY (least.pairs){is_of_type}"
        " GROUP BY snapshot_id HAVING count(*) = cardinality(least.pairs)"
        " UNION ALL SELECT snapshot_id FROM presence"
        f" WHERE cardinality(least.pairs) = 0 AND actor_id = ({rarest}){is_of_type}"
    )
    # fenced, since otherwise the pairs are found again for each use
    source = f"(SELECT {pairs} AS pairs OFFSET 0) AS least JOIN LATERAL ({in_pairs}) AS held ON true"
    return select(sql_literal("held.snapshot_id", "integer")).select_from(source)


def _count_of_all(row: Row, slugs: Expression) -> Expression:
    """Return how many keys that gives, if they are all that two actors share; otherwise no minimum is known
    in advance.
    """
    pairs = _pairs(row, slugs)
    shared = pairs.query(func.max(pairs.row.facts)).scalar()
    return case(
        (_count_different(slugs) == int_literal(2), func.coalesce(shared, int_literal(0))), else_=int_literal(0)
    )


def _closest_pairs(row: Row, slugs: Expression) -> Expression:
    """Return the relationships of these actors whose two parties share least, at most two of them, as an array."""
    pairs = _pairs(row, slugs)
    return array_of(pairs.query(pairs.row.fact_id).order_by(pairs.row.facts).limit(2))


def _pairs(row: Row, slugs: Expression) -> Rows:
    """Return what a load has counted for each two of these actors."""
    given, now = _first_actors(row, slugs), replace(row, as_of=None)
    # for an actor with many relationships, the index of two parties finds the one
    found = now.find(RELATIONSHIP, lambda pair: among(pair.one_id, given), lambda pair: among(pair.other_id, given))
    return now.find(PAIR_TALLY, lambda pair: among(pair.fact_id, found.ids("fact_id")))


def _first_actors(row: Row, slugs: Expression) -> Expression:
    """Return the first ten of the actors, as an array."""
    return sql_literal(f"({actors(row, slugs)})[:10]", "integer[]")


def _types_of(row: Row) -> list[Expression]:
    """Return the types that a row may have; empty if it may have any."""
    return [text_literal(name) for name in row.relation.typenames]


def _of_types(row: Row, found: Rows) -> Rows:
    """Return the found rows that have one of the types that a row may have."""
    types = _types_of(row)
    return found.where(found.row.typename.in_(types)) if types else found


def _facts_of_sources(row: Row, slugs: Expression) -> Select:
    """Return the keys of the facts reported by one of these sources."""
    return keys_of(row.find(CLAIM, lambda claim: among(claim.source_id, sources(row, slugs))), "fact_id")


def _facts_of_outlets(row: Row, slugs: Expression) -> Select:
    """Return the keys of the facts reported by a source from one of these outlets."""
    return keys_of(row.find(CLAIM, lambda claim: among(claim.source_id, sources_of_outlets(row, slugs))), "fact_id")


def _facts_known_in(row: Row, wanted: dict[str, Any]) -> Select:
    """Return the keys of the facts that became known in a range of days."""
    facts = _of_types(row, row.find(FACT, lambda fact: on_day("known_since")(fact, wanted)))
    if row.as_of is not None:
        # the index has this column as well
        facts.where(facts.row.known_since <= row.as_of)
    # sorted, so that PostgreSQL reads the index in this order and no more of it
    return keys_of(facts, "fact_id").order_by(facts.row.known_since)


def _snapshots_known_in(row: Row, wanted: dict[str, Any]) -> Select:
    """Return the index entries of these days, which takes no reading of snapshots."""
    of_any_day = Relation(FACT.table, typenames=row.relation.typenames, visibility=since("known_since"))
    snapshots = row.find(of_any_day, lambda snapshot: on_day("known_since")(snapshot, wanted))
    return keys_of(snapshots, "known_since").order_by(snapshots.row.known_since)


def _claims_of_sources(row: Row, slugs: Expression) -> Select:
    return keys_of(row.find(CLAIM, lambda claim: among(claim.source_id, sources(row, slugs))), "id")


def _claims_of_actors(row: Row, slugs: Expression) -> Select:
    """Return the keys of the claims of the facts that involve one of these actors."""
    claims = row.find(CLAIM_OF_PRESENCE, lambda presence: among(presence.actor_id, actors(row, slugs)))
    return keys_of(claims, "id")


def _only(ids: Expression) -> Expression:
    """Return the only one of these ids; null if there are several, or none."""
    given = f"(SELECT {ids} AS ids OFFSET 0) AS given"
    return sql_literal(f"(SELECT ids[1] FROM {given} WHERE cardinality(ids) = 1)", "integer")


def _count_facts_of_actors(row: Row, slugs: Expression) -> Expression:
    """Return the number of facts of the actor with the most, as counted by a load: a minimum for all of them
    together.
    """
    tally = Relation(table("actor_tally"), visibility=during)
    counted = _of_types(row, row.find(tally, lambda each: among(each.actor_id, actors(row, slugs))))
    of_each = counted.query(func.sum(counted.row["count"]).label("count")).group_by(counted.row.actor_id)
    most = select(sql_literal("max(count)", "bigint")).select_from(of_each.subquery("counted"))
    return func.coalesce(most.scalar(), int_literal(0))


DATES, LATEST, KNOWN = (
    ("first_on", "last_on", "slug"),
    ("is_dated", "first_on", "last_on", "slug"),
    ("known_since", "slug"),
)
"""The columns by which facts are sorted."""


def _by_actors(presence: Callable[[Row], Expression] | None = None, *, is_exact: bool = False) -> Leads:
    """Return leads to facts that involve one of some actors.

    `presence`: the condition on how an actor is involved, if that is the whole condition; `is_exact`: whether any
    involvement meets the condition.
    """

    def in_order(row: Row, slugs: Expression) -> Owned | None:
        if row.relation.table != FACT.table:
            return None
        of_types, owner = replace(PRESENCE, typenames=row.relation.typenames), _only(actors(row, slugs))
        return Owned(of_types, "actor_id", "snapshot_id", owner, (DATES,), condition=presence)

    return Leads(_facts_of_actors, count=_count_facts_of_actors, owned=in_order, is_exact=is_exact)


def _in_order_of_two(row: Row, slugs: Expression) -> Owned | None:
    """The facts that two actors share are stored in the orders of facts by date."""
    if row.relation.table != FACT.table:
        return None
    shared = Relation(table("shared"), key="", visibility=during, typenames=row.relation.typenames)
    pair = case((_count_different(slugs) == int_literal(2), _closest_pairs(row, slugs)[1]))
    return Owned(shared, "between_id", "snapshot_id", pair)


def _in_order_of_day(row: Row, wanted: dict[str, Any]) -> Owned | None:
    """The facts that became known on one day are stored by date, type by type."""
    first, last = ends_of_range(wanted)
    if row.relation.table != FACT.table or not (first and last):
        return None
    day = case((first[0] == last[0], first[0]))
    of_types = replace(FACT, typenames=row.relation.typenames)
    return Owned(of_types, "known_since", "", day, (DATES, LATEST, KNOWN), FACT_TYPES, splits_undated=True)


def _last_day(row: Row, wanted: dict[str, Any]) -> Expression | None:
    return next(iter(ends_of_range(wanted)[1]), None)


LATEST_STEP = 8
"""The last step that `lateness` returns: see service/store/functions/lateness.sql."""


def _by_lateness(row: Row, wanted: dict[str, Any]) -> Late | None:
    """The facts that became known on or after a day are stored by date, separately for each lateness and type."""
    days = ends_of_range(wanted)[0]
    if not days or row.relation.table != FACT.table:
        return None

    def step(fact: Row) -> Expression:
        return func.lateness(fact.first_on, fact.known_since)

    def within(fact: Row, step: Expression, day: Expression | None) -> list[Expression]:
        least = f"CASE WHEN {step} BETWEEN 0 AND {LATEST_STEP - 1} THEN {days[0]} - (4 ^ {step})::integer + 1"
        most = f"CASE WHEN {step} > 0 THEN {day} - (4 ^ ({step} - 1))::integer"
        ends = [] if day is None else [fact.first_on <= sql_literal(f"{most} ELSE 'infinity' END")]
        return [fact.first_on >= sql_literal(f"{least} ELSE '-infinity' END"), *ends]

    return Late(DATES, FACT_TYPES, LATEST_STEP, step, within)


def _in_order_of_kind(row: Row, given: Expression) -> Owned | None:
    """The facts of each kind are stored in the orders of facts."""
    if row.relation.table != FACT.table:
        return None
    return Owned(FACT, "", "", int_literal(0), (DATES, LATEST, KNOWN), FACT_TYPES, given)


def in_order_of(name: str, ids: Condition) -> Leads:
    """Return leads to rows whose column names one of these entries, if an index holds the rows of each in
    their order.
    """

    def keys(row: Row, given: Any) -> Select:
        return keys_of(row.find(row.relation, lambda each: among(each[name], ids(row, given))), row.relation.key)

    return Leads(keys, owned=lambda row, given: Owned(row.relation, name, "", _only(ids(row, given))))


def by_index(
    condition: Condition, value: Callable[[Row], Expression] | None = None, count: Condition | None = None
) -> Leads:
    """Return leads to rows that meet an indexed condition. `value`: the indexed value, if many rows share one."""

    def keys(row: Row, given: Any) -> Select:
        relation = row.relation.origin or row.relation
        found = row.find(relation, lambda each: condition(each, given))
        # sorted, so that PostgreSQL reads the index in this order, however many rows it expects
        return keys_of(found, relation.key).order_by(*([value(found.row)] if value else []))

    return Leads(keys, count=count, is_exact=True)


def in_order_of_link(table: str, name: str, ids: Condition) -> Leads:
    """Return leads to facts whose snapshots a table links with these entries, if it has an index by entry and date."""
    link = link_table(table)

    def is_linked(row: Row, given: Any) -> Expression:
        links = row.find(link, lambda each: each.snapshot_id == row.join_key)
        return links.where(among(links.row[name], ids(row, given))).exist().row_by_row()

    def in_order(row: Row, given: Any) -> Owned | None:
        if row.relation.table != FACT.table:
            return None
        return Owned(link, name, "snapshot_id", _only(ids(row, given)), splits_undated=True)

    return Leads(row_by_row=is_linked, owned=in_order)


def _in_order_of_country(country: Condition) -> Callable[[Row, Any], Owned | None]:
    """The meetings in which somebody from a state takes part are stored in the orders of facts by date."""

    def in_order(row: Row, codes: Any) -> Owned | None:
        if row.relation.table != FACT.table:
            return None
        return Owned(PARTICIPANT_COUNTRY, "country_id", "snapshot_id", country(row, codes))

    return in_order


def _meetings_of_states(row: Row, codes: Expression) -> Select:
    """Return the keys of the meetings in which somebody from one of these states takes part."""
    links = row.find(PARTICIPANT_COUNTRY, lambda link: among(link.country_id, countries(row, codes)))
    return keys_of(links, "fact_id")


def _meetings_of_all_states(row: Row, codes: Expression) -> Select:
    """Return the keys of the meetings in which somebody from each of these states takes part."""
    links = row.find(PARTICIPANT_COUNTRY, lambda link: link.country_id == _rarest_country(row, codes))
    return keys_of(links.where(_has_states(links.row, codes)), "fact_id")


BY_ACTORS, BY_INVOLVED = _by_actors(), _by_actors(lambda presence: TRUE, is_exact=True)
BY_SOURCES, BY_ALL_SOURCES = Leads(_facts_of_sources, is_exact=True), Leads(_facts_of_sources)
BY_OUTLETS = Leads(_facts_of_outlets, is_exact=True)
BY_KNOWN_SINCE = Leads(
    _facts_known_in,
    entries=_snapshots_known_in,
    owned=_in_order_of_day,
    is_exact=True,
    column="known_since",
    last_day=_last_day,
    late=_by_lateness,
)
BY_KIND = Leads(owned=_in_order_of_kind)
BY_OFFICE_OF = in_order_of_link("office", "of_id", actors)
BY_PLACE = in_order_of_link("meeting_place", "place_id", _places_within)
BY_EXACT_PLACE = in_order_of_link("meeting_place", "place_id", lambda row, slugs: ids_of_slugs(row, "place", slugs))
BY_PARTICIPANT_COUNTRY = Leads(
    _meetings_of_states,
    owned=_in_order_of_country(lambda row, codes: _only(countries(row, codes))),
)
CLAIMS_BY_SOURCES, CLAIMS_BY_ACTORS = Leads(_claims_of_sources, is_exact=True), Leads(_claims_of_actors)


def involves(row: Row, slugs: Expression) -> Expression:
    """The fact involves at least one of these actors."""
    return _involves(row, lambda presence: among(presence.actor_id, actors(row, slugs)))


def involves_all(row: Row, slugs: Expression) -> Expression:
    """The fact involves each of these actors; without actors: no fact."""
    is_led = row.join_key.in_(_snapshots_of_all(row, slugs))
    return and_(is_led, or_(are_pairs(row, slugs), _has_all(row, slugs)))


def are_pairs(row: Row, slugs: Expression) -> Expression:
    """Return whether the closest pairs cover all of these actors: they are two, or three who each share something."""
    is_of_all = func.cardinality(_closest_pairs(row, slugs)) == _count_different(slugs) + int_literal(-1)
    return and_(_count_different(slugs) > int_literal(1), is_of_all)


def is_of_pairs(row: Row, slugs: Expression) -> Expression:
    """The closest pair of these actors shares the fact, and so does the second pair if there is one."""
    pairs = _closest_pairs(row, slugs)
    of_second = row.find(link_table("shared"), lambda shared: shared.between_id == pairs[2])
    is_only = func.cardinality(pairs) == int_literal(1)
    return and_(row.between_id == pairs[1], or_(is_only, row.join_key.in_(keys_of(of_second, "snapshot_id"))))


def _has_all(row: Row, slugs: Expression) -> Expression:
    present = row.find(PRESENCE, lambda presence: presence.snapshot_id == row.join_key)
    present.where(among(present.row.actor_id, actors(row, slugs)))
    return matches_all(present.count(), slugs)


def matches_all(count: Expression, slugs: Expression) -> Expression:
    """As many were found as there are distinct slugs, and there are some."""
    return and_(count == _count_different(slugs), sql_literal(f"cardinality({slugs}) > 0"))


def _count_different(slugs: Expression) -> Expression:
    return sql_literal(f"(SELECT count(DISTINCT slug) FROM unnest({slugs}) AS slug)", "bigint")


BY_ALL_PARTICIPANT_COUNTRIES = Leads(_meetings_of_all_states, _has_states, owned=_in_order_of_country(_rarest_country))
BY_ALL_ACTORS = Leads(_facts_of_all, _has_all, _count_of_all, owned=_in_order_of_two)


def _has_role(role: str) -> Callable[[Row], Expression]:
    return lambda presence: presence.roles.op("@>", "boolean")(sql_literal(f"ARRAY['{role}']::text[]"))


def in_role(role: str) -> Condition:
    """The fact involves one of these actors in a role."""

    def condition(row: Row, slugs: Expression) -> Expression:
        has_role = _has_role(role)
        return _involves(row, lambda each: and_(among(each.actor_id, actors(row, slugs)), has_role(each)))

    return condition


def by_role(role: str) -> Leads:
    """Return leads to facts that involve one of some actors in a role."""
    return _by_actors(_has_role(role))


def _involves(row: Row, condition: Callable[[Row], Expression]) -> Expression:
    return _of_types(row, row.find(PRESENCE, lambda presence: presence.snapshot_id == row.join_key, condition)).exist()


def _claims_from(row: Row, slugs: Expression) -> Rows:
    claims = row.find(CLAIM, lambda claim: claim.fact_id == row.fact_id)
    return claims.where(among(claims.row.source_id, sources(row, slugs)))


def sourced_by(row: Row, slugs: Expression) -> Expression:
    """At least one of these sources reports it."""
    return _claims_from(row, slugs).exist()


def sourced_by_all(row: Row, slugs: Expression) -> Expression:
    """Each of these sources reports it; without sources: no fact."""
    return matches_all(_claims_from(row, slugs).count("source_id"), slugs)


def sources_of_datasets(row: Row, slugs: Expression) -> Expression:
    """Return the ids of the sources that come from data sets, as an array."""
    return row.find(link_table("source"), lambda source: among(source.dataset, slugs)).ids("id")


def sources_of_outlets(row: Row, slugs: Expression) -> Expression:
    """Return the ids of the sources that these outlets published, up to the day, as an array."""
    return row.find(SOURCE, lambda source: among(source.outlet_id, actors(row, slugs))).ids("id")


def of_outlet(row: Row, slugs: Expression) -> Expression:
    """At least one source from these outlets reports it."""
    claims = row.find(CLAIM, lambda claim: claim.fact_id == row.fact_id)
    return claims.where(among(claims.row.source_id, sources_of_outlets(row, slugs))).exist()


def of_dataset(row: Row, slugs: Expression) -> Expression:
    """At least one source from these data sets reports it."""
    claims = row.find(CLAIM, lambda claim: claim.fact_id == row.fact_id)
    return claims.where(among(claims.row.source_id, sources_of_datasets(row, slugs))).exist()


def claims_of_dataset(row: Row, slugs: Expression) -> Expression:
    return among(row.source_id, sources_of_datasets(row, slugs))


def claims_of_curation(row: Row, curations: Any) -> Expression:
    """The claim belongs to a fact with one of these curations."""
    is_so = is_term("curation")
    return row.find(FACT, lambda fact: fact.fact_id == row.fact_id, lambda fact: is_so(fact, curations)).exist()


def _reports(row: Row, slugs: Expression) -> Rows:
    """Return the steps in which one of these actors passed words on: as a witness, a relay, an agency or the outlet."""
    return row.find(
        REPORT,
        lambda step: among(step.actor_id, actors(row, slugs)),
        lambda step: step.role != text_literal("UTTERER"),
        lambda step: step.quote_id.is_not_null(),
    )


def has_reporter(row: Row, slugs: Expression) -> Expression:
    """One of these actors passed the words on."""
    return among(row.fact_id, _reports(row, slugs).ids("quote_id"))


def _is_reported(row: Row, slugs: Expression) -> Expression:
    steps = _reports(row, slugs)
    return steps.where(steps.row.quote_id == row.fact_id).exist().row_by_row()


BY_REPORTERS = Leads(lambda row, slugs: keys_of(_reports(row, slugs), "quote_id"), _is_reported, is_exact=True)


def is_dated_in(row: Row, wanted: dict[str, Any]) -> Expression:
    """The fact's date lies in a range of days, or overlaps it."""
    return and_(row.is_dated, *_range_conditions(row.first_on, row.last_on, wanted))


def only_dated_in(facts: Rows, wanted: Any) -> Rows:
    """Return the facts whose date lies in a range of days, or overlaps it, if a range is given."""
    return facts if wanted is strawberry.UNSET else facts.where(is_dated_in(facts.row, wanted))


def ends_of_range(wanted: Any) -> tuple[list[Expression], list[Expression]]:
    """Return the first and the last day of a range, if one is given; each is empty if the range has no such end."""
    given = {} if wanted is strawberry.UNSET else wanted
    first, last = ([given[name]] if name in given else [] for name in ("from", "to"))
    if "year" in given:
        for days, day in ((first, "01-01"), (last, "12-31")):
            days.append(text_literal(f"{given['year']:04}-{day}").cast("date"))
    return [func.greatest(*first)] if first[1:] else first, [func.least(*last)] if last[1:] else last


def are_whole_months(wanted: Any) -> list[Expression]:
    """Return whether a range, if one is given, begins with the start and ends with the end of a month.

    A date lies in such a range, or overlaps it, if the whole months that contain the date do, so a tally by month can
    tell.
    """
    first, last = ends_of_range(wanted)
    begins = (*first, *(day + int_literal(1) for day in last))
    return [day == func.date_trunc(text_literal("month"), day) for day in begins]


def is_published_in(row: Row, wanted: dict[str, Any]) -> Expression:
    return and_(*_range_conditions(row.first_on, row.last_on, wanted))


def on_day(name: str) -> Condition:
    """A column with a single day lies in a range."""
    return lambda row, wanted: and_(*_range_conditions(row[name], row[name], wanted))


def in_range(name: str) -> Condition:
    """A column lies in a range of numbers."""

    def condition(row: Row, wanted: dict[str, Any]) -> Expression:
        low = [row[name] >= wanted["from"]] if "from" in wanted else []
        high = [row[name] <= wanted["to"]] if "to" in wanted else []
        return and_(*low, *high)

    return condition


def _range_conditions(first: Expression, last: Expression, wanted: dict[str, Any]) -> list[Expression]:
    is_within = wanted.get("match") is DateMatch.WITHIN
    starts, ends = ends_of_range(wanted)
    low = [(first if is_within else last) >= start for start in starts]
    return low + [(last if is_within else first) <= end for end in ends]


def is_named_in(row: Row, slugs: Expression) -> Expression:
    """One of these sources prints a name of the actor, or reports a fact that involves it."""
    spellings, involved = _mentions(row, slugs)
    return or_(*(each.where(each.row.actor_id == row.actor_id).exist() for each in (spellings, involved)))


def _mentions(row: Row, slugs: Expression) -> tuple[Rows, Rows]:
    """Return the spellings that these sources print, and the involvements that they report."""
    wanted = row.find(SOURCE, lambda source: among(source.slug, slugs)).ids("id")
    names = row.find(link_table("name_source"), lambda link: among(link.source_id, wanted)).ids("name_id")
    spellings = row.find(link_table("name"), lambda name: among(name.id, names))
    claims = row.find(CLAIM, lambda claim: among(claim.source_id, wanted)).ids("id")
    links = row.find(link_table("involvement_claim"), lambda link: among(link.claim_id, claims))
    involved = row.find(INVOLVEMENT, lambda involvement: among(involvement.id, links.ids("involvement_id")))
    return spellings, involved


def _actors_named_in(row: Row, slugs: Expression) -> Select:
    """Return the keys of the actors named by these sources."""
    spellings, involved = _mentions(row, slugs)
    found = Union(keys_of(spellings, "actor_id"), keys_of(involved, "actor_id")).subquery("found")
    actor = sql_literal("actor_id", "integer")
    return select(actor).select_from(found).group_by(actor)


BY_MENTIONS = Leads(_actors_named_in, is_exact=True)


def claims_of_outlet(row: Row, slugs: Expression) -> Expression:
    return among(row.source_id, sources_of_outlets(row, slugs))


def passage_in_role(row: Row, roles: Any) -> Expression:
    is_so = is_term("role")
    passages = row.find(link_table("passage"), lambda passage: passage.id == row.passage_id)
    return passages.where(is_so(passages.row, roles)).exist()


def passage_begins_from(row: Row, start: Expression) -> Expression:
    passages = row.find(
        link_table("passage"),
        lambda passage: passage.id == row.passage_id,
        lambda passage: passage.from_char >= start,
    )
    return passages.exist()


def claim_involves(row: Row, slugs: Expression) -> Expression:
    """The claim belongs to a fact that involves one of these actors."""
    return row.find(FACT, lambda fact: fact.fact_id == row.fact_id, lambda fact: involves(fact, slugs)).exist()


def claim_involves_all(row: Row, slugs: Expression) -> Expression:
    """The claim belongs to a fact that involves each of these actors."""
    return row.find(FACT, lambda fact: fact.fact_id == row.fact_id, lambda fact: involves_all(fact, slugs)).exist()


SEARCH_PRICE = Price(25_000.0)
KEY_PRICE = Price(1_000.0, max_rows=1_000.0)
"""Price of a filter that an index answers, however many rows there are."""
LOOKUP_PRICE = Price(per_row=1.5)
"""Price of a filter that looks each row up elsewhere."""
ALL_LOOKUP_PRICE = Price(per_row=4.0)
COUNT_PRICE = Price(per_row=6.0)
"""Price of a filter that counts everything that each row has elsewhere."""
MATCHES_TEXT = (
    'Only entries that a search for this text finds with all its words. The text may contain words, "phrases", `-not` '
    "and `or`; its last word is matched as the beginning of a word. Typing errors are not tolerated, because a list "
    "could not mark such matches."
)


def matches_text(owner: str) -> Condition:
    """A text search finds the row; `owner`: the key of a search text that names the row."""

    return lambda row, asked: among(row[owner], array_of(_owners_of_texts(row, asked, owner)))


def _owners_of_texts(row: Row, asked: Expression, owner: str) -> Select:
    """Return the rows whose texts a search finds; `asked`: the queries of SearchQueries."""
    own = row.relation.typenames or tuple(filter(None, [row.relation.typename]))
    types = own or typenames_where(lambda kind: True)
    return owners(texts_of_types(row, _all_words(asked), types), owner)


def _all_words(asked: Expression) -> Expression:
    return sql_literal(f"(SELECT ({asked})[1])")


def by_texts(owner: str) -> Leads:
    """Return leads to the rows that a text search finds; `owner`: the key of a search text that names the row."""

    def row_by_row(row: Row, asked: Expression) -> Expression:
        # not by the indexes of words, which read every entry for each word
        texts = row.find(SEARCH_TEXT, lambda text: text[owner] == row[owner])
        return texts.where(texts.row.lexemes.op("@@")(_all_words(asked))).exist().row_by_row()

    return Leads(lambda row, asked: _owners_of_texts(row, asked, owner), row_by_row, is_exact=True, has_slow_keys=True)


def in_languages(name: str) -> Condition:
    return lambda row, tags: func.lower(row[name]) == any_(tags)
