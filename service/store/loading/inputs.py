"""Digests of all inputs of an entry's rows: if the digest is the stored one, the rows need not be made again.

What an entry mentions is included, and rather too much than too little: any string that is another entry's slug.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from hashlib import blake2b

import orjson

from service.store.fingerprints import fingerprint_of_code
from service.store.kinds.relationships import split_parties
from service.store.loading.facts import IndexedRecord
from service.store.record.record import Actor, Fact, Place, Source
from service.store.rows import EntryRows, Key

BYTES = 16
KEPT = 4_096
"""Number of digests kept for actors, and for each other kind of entry that is mentioned."""


class Inputs:
    """The digests of the entries of a record."""

    def __init__(self, indexed: IndexedRecord) -> None:
        self.indexed, self.record = indexed, indexed.record
        self._code = fingerprint_of_code()
        self._actors = lru_cache(KEPT)(self._digest_actor)
        self._places = lru_cache(KEPT)(self._digest_place)
        self._sources = lru_cache(KEPT)(self._digest_source)
        self._facts = lru_cache(KEPT)(self._digest_fact)

    def of_fact(self, fact: Fact) -> str:
        """Return a digest of the fact itself, what it mentions, and what the facts that it mentions mention."""
        mentioned = {*strings_of(fact)}
        for slug in [each for each in mentioned if each != fact.slug and each in self.record.facts]:
            mentioned.update(strings_of(self.record.facts[slug]))
        variants = sorted(self.indexed.variants.get(fact.slug, ()))
        since = self.indexed.counted.get(fact.slug)
        return self._digest(_content(fact), fact.summary, variants, since, self._digests_of(mentioned))

    def of_source(self, source: Source) -> str:
        text = self.record.texts.get(source.slug)
        mentioned = {*_strings_in(orjson.loads(_dump(source)))}
        return self._digest(source, text, self._digests_of(mentioned))

    def of_actor(self, actor: Actor, *gathered: object) -> str:
        """Return a digest; `gathered` is what other entries contribute to the actor."""
        return self._digest(self._actors(actor.slug), *gathered)

    def of_place(self, place: Place, *gathered: object) -> str:
        """Return a digest; `gathered` is what other entries contribute to the place."""
        return self._digest(self._places(place.slug), *gathered)

    def _digests_of(self, mentioned: Iterable[str]) -> list[str]:
        """Return digests of what an entry shows of others, in the order of their slugs."""
        record, digests = self.record, []
        for slug in sorted(mentioned):
            if slug in record.actors:
                digests.append(self._actors(slug))
            if slug in record.places:
                digests.append(self._places(slug))
            if slug in record.sources:
                digests.append(self._sources(slug))
            if slug in record.facts:
                digests.append(self._facts(slug))
        return digests

    def _digest_actor(self, slug: str) -> str:
        actor = self.record.actors[slug]
        return _hash(actor, self.record.actors.get(actor.country or ""))

    def _digest_place(self, slug: str) -> str:
        around = [self.record.places[each] for each in self.indexed.containers[slug]]
        return _hash(around, [self.record.actors.get(place.country or "") for place in around])

    def _digest_source(self, slug: str) -> str:
        source = self.record.sources[slug]
        return _hash(
            source, [self._actors(each) for each in (source.outlet, source.author) if each in self.record.actors]
        )

    def _digest_fact(self, slug: str) -> str:
        return _hash(_content(self.record.facts[slug]))

    def _digest(self, *parts: object) -> str:
        return _hash(self._code, *parts)


def _content(fact: Fact) -> list[object]:
    """Return what others can show of a fact: everything except where it is written and its summary."""
    told = (fact.slug, fact.typename, fact.claims, fact.fields, fact.involvements, fact.unnamed)
    return [*told, fact.names, fact.told_by, fact.curation]


def strings_of(fact: Fact) -> Iterator[str]:
    """Yield the strings of a fact that may be the slug of another entry."""
    yield from split_parties(fact.slug) if fact.typename == "Relationship" else ()
    yield from _strings_in(fact.fields)
    for claim in fact.claims:
        yield claim.source
        whole = (claim.value, claim.by, claim.on_behalf_of, claim.designates)
        yield from (each for each in (*whole, *(step.actor for step in claim.steps)) if each)
    yield from (involvement.actor for involvement in fact.involvements)
    principals = (*(one.on_behalf_of for one in fact.involvements), *(one.on_behalf_of for one in fact.unnamed))
    yield from (principal for principal in principals if principal)


def _strings_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _strings_in(each)
    elif isinstance(value, Iterable):
        for each in value:
            yield from _strings_in(each)


def _hash(*parts: object) -> str:
    return blake2b(_dump(parts), digest_size=BYTES).hexdigest()


def _dump(value: object) -> bytes:
    return orjson.dumps(value, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple | frozenset | set):
        return [*value] if isinstance(value, tuple) else sorted(value)
    raise TypeError(value)


# ------------------------------------------------------------------ what an entry names, as it is stored


def dump_named(named: Mapping[Key, date]) -> str:
    """Return the actors and places that an entry names, by day and table, as JSON."""
    by_day: dict[str, dict[str, list[object]]] = {}
    for key, day in named.items():
        by_day.setdefault(day.isoformat(), {}).setdefault(key.table, []).append(key.natural[0])
    return orjson.dumps(by_day).decode()


def stored_entry(key: Key, named: str | None) -> EntryRows:
    """Return an unchanged entry, without rows but with what it names."""
    by_day = orjson.loads(named) if named else {}
    found = {
        Key(table, (slug,)): date.fromisoformat(day)
        for day, tables in by_day.items()
        for table, slugs in tables.items()
        for slug in slugs
    }
    return EntryRows(key, [], found)
