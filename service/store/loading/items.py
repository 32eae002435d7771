"""The whole record as items: with derived facts, without actors and places that nothing names."""

from collections.abc import Iterable
from datetime import date

from service.store.loading.claims import passages
from service.store.loading.entries import actor_item, conflict_item, known, place_item, source_item
from service.store.loading.facts import Whole, fact_item
from service.store.loading.rows import Item, Key
from service.store.record.derived import with_derived
from service.store.record.record import Passage, Record
from service.store.wording import territories


def items(record: Record) -> list[Item]:
    """Every actor, place, source, fact and conflict with its rows."""
    record, counted = with_derived(record)
    whole = Whole(record, counted)
    facts = [fact_item(whole, fact) for fact in record.facts.values()]
    sources = _sources(record)
    since = known(record, (item.named for item in (*facts, *sources)))
    return [*_named(whole, since), *sources, *facts, *_conflicts(whole)]


def _sources(record: Record) -> list[Item]:
    found: dict[str, list[Passage]] = {}
    for fact in record.facts.values():
        for passage in passages(fact):
            found.setdefault(passage.source, []).append(passage)
    return [source_item(record, source, found.get(source.slug, ())) for source in record.sources.values()]


def _named(whole: Whole, since: dict[Key, date]) -> Iterable[Item]:
    """The actors and places that something names."""
    actors = whole.record.actors
    codes = {slug: actor.code for slug, actor in actors.items() if actor.code}
    states = territories.names(frozenset(codes.values()))
    for slug, actor in actors.items():
        if day := since.get(Key("actor", (slug,))):
            yield actor_item(actor, day, states[codes[slug]] if slug in codes else {})
    for slug, place in whole.record.places.items():
        if day := since.get(Key("place", (slug,))):
            is_state = place.kind == "COUNTRY" and place.country in codes
            yield place_item(place, whole.containers[slug], day, states[codes[str(place.country)]] if is_state else {})


def _conflicts(whole: Whole) -> Iterable[Item]:
    """A conflict's label names the fact that most of its claims are of, of those known as early as the conflict itself,
    as it was first told of: what came later is not given away.
    """
    claims = {claim.slug: claim for fact in whole.record.facts.values() for claim in fact.claims}
    for conflict in whole.record.conflicts.values():
        told = sorted((claims[slug] for slug in conflict.claims), key=lambda c: (c.reported_on, c.slug))
        first = max(told[:2], key=lambda claim: sum(other.fact == claim.fact for other in told))
        reading = whole.readings(whole.record.facts[first.fact])[0]
        yield conflict_item(whole.record, conflict, told, reading)
