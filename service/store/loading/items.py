"""The whole record as items: with derived facts, without actors and places that nothing names."""

from collections.abc import Iterable
from datetime import date

from service.store.i18n import territories
from service.store.kinds import kind_of
from service.store.kinds.offices import OFFICE
from service.store.loading.claims import passages
from service.store.loading.derived import with_derived
from service.store.loading.entries import actor_item, conflict_item, known, place_item, source_item
from service.store.loading.facts import Whole, fact_item
from service.store.loading.searching import offices
from service.store.record.record import Passage, Record
from service.store.rows import Item, Key


def items(record: Record) -> list[Item]:
    """Every actor, place, source, fact and conflict with its rows."""
    record, counted = with_derived(record)
    whole = Whole(record, counted)
    facts = [fact_item(whole, fact) for fact in record.facts.values()]
    sources = _sources(record)
    since = known(record, (item.named for item in (*facts, *sources)))
    return [*_named(whole, since, _days(facts)), *sources, *facts, *_conflicts(whole)]


def _days(facts: Iterable[Item]) -> dict[Key, list[date]]:
    """The days on which the facts that name an actor or a place were told, one for each fact."""
    days: dict[Key, list[date]] = {}
    for item in facts:
        for key, day in item.named.items():
            days.setdefault(key, []).append(day)
    return days


def _sources(record: Record) -> list[Item]:
    found: dict[str, list[Passage]] = {}
    for fact in record.facts.values():
        for passage in passages(fact):
            found.setdefault(passage.source, []).append(passage)
    return [source_item(record, source, found.get(source.slug, ())) for source in record.sources.values()]


def _named(whole: Whole, since: dict[Key, date], days: dict[Key, list[date]]) -> Iterable[Item]:
    """The actors and places that something names."""
    held = offices(
        snapshot
        for fact in whole.record.facts.values()
        if kind_of(fact) is OFFICE
        for snapshot in whole.snapshots(fact)
    )
    actors = whole.record.actors
    codes = {slug: actor.code for slug, actor in actors.items() if actor.code}
    states = territories.names(frozenset(codes.values()))
    for slug, actor in actors.items():
        key = Key("actor", (slug,))
        if day := since.get(key):
            cldr = states[codes[slug]] if slug in codes else {}
            home = actors[actor.country].names if actor.country else ()
            successors = [state for state in actor.successors if Key("actor", (state,)) in since]
            yield actor_item(actor, day, cldr, days.get(key, ()), held.get(slug, ()), home, successors)
    for slug, place in whole.record.places.items():
        key = Key("place", (slug,))
        if day := since.get(key):
            cldr = states[codes[str(place.country)]] if place.kind == "COUNTRY" and place.country in codes else {}
            yield place_item(place, whole.containers[slug], day, cldr, days.get(key, ()))


def _conflicts(whole: Whole) -> Iterable[Item]:
    """A conflict's label names the fact of its second claim, by which it comes to be, as it was first told of: what
    came later is not given away.
    """
    claims = {claim.slug: claim for fact in whole.record.facts.values() for claim in fact.claims}
    for conflict in whole.record.conflicts.values():
        told = sorted((claims[slug] for slug in conflict.claims), key=lambda c: (c.reported_on, c.slug))
        second = told[min(1, len(told) - 1)]
        snapshot = whole.snapshots(whole.record.facts[second.fact])[0]
        yield conflict_item(whole.record, conflict, told, snapshot)
