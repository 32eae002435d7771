"""The whole record as rows, by entry: with derived facts, without actors and places that nothing names."""

from collections.abc import Iterable
from datetime import date

from service.store.i18n import territories
from service.store.kinds import kind_of
from service.store.kinds.offices import OFFICE
from service.store.loading.claims import passages_of
from service.store.loading.derived import add_derived_facts
from service.store.loading.entries import (
    find_known_since,
    project_actor,
    project_conflict,
    project_place,
    project_source,
)
from service.store.loading.facts import IndexedRecord, project_fact
from service.store.loading.searching import designations, office_titles
from service.store.record.record import Passage, Record
from service.store.rows import EntryRows, Key


def project(record: Record) -> list[EntryRows]:
    """Every actor, place, source, fact and conflict with its rows."""
    record, counted = add_derived_facts(record)
    indexed = IndexedRecord(record, counted)
    facts = [project_fact(indexed, fact) for fact in record.facts.values()]
    sources = _project_sources(record)
    since = find_known_since(record, (entry.named for entry in (*facts, *sources)))
    return [
        *_project_actors_and_places(indexed, since, _days_of_naming(facts)),
        *sources,
        *facts,
        *_project_conflicts(indexed),
    ]


def _days_of_naming(facts: Iterable[EntryRows]) -> dict[Key, list[date]]:
    """The days on which the facts that name an actor or a place were told, one for each fact."""
    days: dict[Key, list[date]] = {}
    for entry in facts:
        for key, day in entry.named.items():
            days.setdefault(key, []).append(day)
    return days


def _project_sources(record: Record) -> list[EntryRows]:
    passages: dict[str, list[Passage]] = {}
    for fact in record.facts.values():
        for passage in passages_of(fact):
            passages.setdefault(passage.source, []).append(passage)
    return [project_source(record, source, passages.get(source.slug, ())) for source in record.sources.values()]


def _project_actors_and_places(
    indexed: IndexedRecord, since: dict[Key, date], days: dict[Key, list[date]]
) -> Iterable[EntryRows]:
    """The actors and places that something names."""
    titles = office_titles(
        snapshot
        for fact in indexed.record.facts.values()
        if kind_of(fact) is OFFICE
        for snapshot in indexed.snapshots(fact)
    )
    called = designations(indexed.record)
    actors = indexed.record.actors
    codes = {slug: actor.code for slug, actor in actors.items() if actor.code}
    states = territories.territory_names(frozenset(codes.values()))
    for slug, actor in actors.items():
        key = Key("actor", (slug,))
        if day := since.get(key):
            cldr = states[codes[slug]] if slug in codes else {}
            home = actors[actor.country].names if actor.country else ()
            successors = [state for state in actor.successors if Key("actor", (state,)) in since]
            own = [*titles.get(slug, ()), *called.get(slug, ())]
            yield project_actor(actor, day, cldr, days.get(key, ()), own, home, successors)
    for slug, place in indexed.record.places.items():
        key = Key("place", (slug,))
        if day := since.get(key):
            cldr = states[codes[str(place.country)]] if place.kind == "COUNTRY" and place.country in codes else {}
            yield project_place(place, indexed.containers[slug], day, cldr, days.get(key, ()))


def _project_conflicts(indexed: IndexedRecord) -> Iterable[EntryRows]:
    """A conflict's label names the fact of its second claim, by which it comes to be, as it was first told of: what
    came later is not given away.
    """
    claims = {claim.slug: claim for fact in indexed.record.facts.values() for claim in fact.claims}
    for conflict in indexed.record.conflicts.values():
        in_order = sorted((claims[slug] for slug in conflict.claims), key=lambda c: (c.reported_on, c.slug))
        second = in_order[min(1, len(in_order) - 1)]
        snapshot = indexed.snapshots(indexed.record.facts[second.fact])[0]
        yield project_conflict(indexed.record, conflict, in_order, snapshot)
