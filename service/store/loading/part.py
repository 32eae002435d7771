"""A load of the changed entries only, possible if all other entries stay as they are."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from hashlib import blake2b

import orjson
import psycopg

from service.errors import SeedsInvalid
from service.store.kinds import kind_of
from service.store.kinds.kind import slugs_in
from service.store.kinds.offices import OFFICE
from service.store.loading.derived import AllFacts, relationships_in
from service.store.loading.entries import project_actor, project_conflict, project_source
from service.store.loading.facts import IndexedRecord, project_fact
from service.store.loading.inputs import stored_entry
from service.store.loading.searching import designations, office_titles
from service.store.record.coding import event_slug
from service.store.record.record import Fact, Record
from service.store.rows import EntryRows, Key
from service.store.seeds.digests import BYTES
from service.store.seeds.part import Part, PartTooSmall

UNKNOWN = ""
"""In place of a digest of an entry's inputs, so that a full load makes its rows again."""
NAMING = "SELECT named FROM fact WHERE strpos(named, %s) > 0"


def outward(record: Record, fact: Fact) -> str:
    """Return a digest of what entries that do not mention a fact need from it.

    These are the relationships that it implies, the events that it is, variants of quotes, the meeting of an
    invitation, and how people are called.
    """
    shown = (
        fact.typename,
        fact.curation,
        [(each.role, each.actor, each.on_behalf_of) for each in fact.involvements],
        sorted(relationships_in(record, fact)),
        [event_slug(fact, act) for act in kind_of(fact).to_acts(record, fact)],
        slugs_in(fact, "variants"),
        [(claim.property, claim.value) for claim in fact.claims if fact.typename == "Invitation"],
        [
            (claim.designates, claim.value, claim.source, claim.reported_on, claim.withdrawn_on)
            for claim in fact.claims
            if claim.designates
        ],
    )
    return blake2b(orjson.dumps(shown), digest_size=BYTES).hexdigest()


class PartOfLoad:
    """Makes the rows of the part that was read, in the same way as a full load."""

    def __init__(self, connection: psycopg.Connection, part: Part, outward_before: Mapping[str, str]) -> None:
        self.connection, self.part, self.before = connection, part, outward_before

    def entries(self) -> list[EntryRows] | None:
        """Return the entries with their rows, or None if other entries change with them."""
        read = self.part.record
        try:
            if any(outward(read, read.facts[slug]) != self.before.get(slug) for slug in self.part.facts):
                return None
            facts = AllFacts(read)
            self.record = replace(read, facts=facts)
            self.indexed = IndexedRecord(self.record)
            entries = [*self._sources(), *self._facts(facts)]
            return [*entries, *self._holders(), *self._conflicts()] if self._is_alone(entries) else None
        except (SeedsInvalid, PartTooSmall):
            # a full load reports the mistakes
            return None

    def _sources(self) -> Iterator[EntryRows]:
        for slug, source in self.record.sources.items():
            if slug in self.part.sources:
                yield _of_unknown(project_source(self.record, source))

    def _facts(self, facts: AllFacts) -> Iterator[EntryRows]:
        for slug in self.part.facts:
            fact = facts.record.facts[slug]
            for each in (fact, *facts.events_of(fact)):
                yield _of_unknown(project_fact(self.indexed, each))

    def _holders(self) -> Iterator[EntryRows]:
        """Yield the people whose offices are among the facts, because they are found by the titles of their offices."""
        record = self.record
        designating = [claim for fact in record.facts.values() for claim in fact.claims if claim.designates]
        called = designations(record, [claim for claim in designating if claim.value])
        offices = [fact for fact in record.facts.values() if kind_of(fact) is OFFICE]
        for slug in self.part.holders:
            actor = record.actors[slug]
            titles = [each for office in offices for each in office_titles(self.indexed.snapshots(office), slug)]
            home = record.actors[actor.country].names if actor.country else ()
            found = self.connection.execute("SELECT known_since FROM actor WHERE slug = %s", (slug,)).fetchone()
            if found:
                titles += called.get(slug, ())
                yield _of_unknown(project_actor(actor, found[0], {}, self._days_of(slug), titles, home))

    def _days_of(self, slug: str) -> Iterator[date]:
        """Yield the days on which the facts that name an actor were told, one for each fact."""
        key, sought = Key("actor", (slug,)), orjson.dumps(slug).decode()
        rows = self.connection.execute(NAMING, (sought,))
        named = [stored_entry(key, stored).named for (stored,) in rows]
        yield from sorted(each[key] for each in named if key in each)

    def _conflicts(self) -> Iterator[EntryRows]:
        claims = {claim.slug: claim for fact in self.part.record.facts.values() for claim in fact.claims}
        for conflict in self.record.conflicts.values():
            in_order = sorted(map(claims.__getitem__, conflict.claims), key=lambda each: (each.reported_on, each.slug))
            second = in_order[min(1, len(in_order) - 1)]
            snapshot = self.indexed.snapshots(self.record.facts[second.fact])[0]
            yield project_conflict(self.record, conflict, in_order, snapshot)

    # ------------------------------------------------------------------ whether all else stays

    def _is_alone(self, entries: list[EntryRows]) -> bool:
        """Return whether the entries are stored and name the same as before, and no claim has another's slug."""
        for table in ("fact", "source"):
            some = {str(entry.key.natural[0]): entry for entry in entries if entry.key.table == table}
            query = f"SELECT slug, named, typename FROM {table} WHERE slug = ANY(%s)"
            if table == "source":
                query = query.replace("typename", "''")
            found = self.connection.execute(query.encode(), ([*some],)).fetchall()
            if len(found) < len(some):
                return False
            for slug, named, typename in found:
                # other facts decide since when a relationship is known
                if typename == "Relationship" or stored_entry(some[slug].key, named).named != some[slug].named:
                    return False
        return self._has_own_claims([str(entry.key.natural[0]) for entry in entries if entry.key.table == "fact"])

    def _has_own_claims(self, facts: list[str]) -> bool:
        """Return whether no new claim has the slug of another, and no alias concerns a new or a removed claim."""
        query = "SELECT claim.slug FROM claim JOIN fact ON fact.id = fact_id WHERE fact.slug = ANY(%s)"
        stored = {slug for (slug,) in self.connection.execute(query, (facts,))}
        made = {claim.slug for slug in facts for claim in self.record.facts[slug].claims}
        aliases = self.record.aliases.get("claims", {})
        new, gone = made - stored, stored - made
        if not (new.isdisjoint(aliases) and gone.isdisjoint(aliases.values())):
            return False
        query = "SELECT EXISTS (SELECT FROM claim WHERE slug = ANY(%s))"
        found = self.connection.execute(query, ([*new],)).fetchone()
        return not (new and found and found[0])


def _of_unknown(entry: EntryRows) -> EntryRows:
    entry.inputs = UNKNOWN
    return entry
