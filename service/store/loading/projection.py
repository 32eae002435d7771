"""The whole record as rows, entry by entry: with derived facts, without actors and places that nothing names."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from itertools import islice
from typing import Generic, TypeVar

from service.store.i18n import territories
from service.store.kinds import kind_of
from service.store.kinds.offices import OFFICE, holders_of
from service.store.loading.derived import add_derived_facts
from service.store.loading.entries import project_actor, project_conflict, project_place, project_source
from service.store.loading.facts import IndexedRecord, project_fact
from service.store.loading.gathered import Gathered
from service.store.loading.inputs import Inputs, stored_entry
from service.store.loading.searching import Titles, designations, office_titles
from service.store.record.record import Actor, Claim, Fact, Name, Place, Record, Source
from service.store.rows import EntryRows, Key, Row

Entry = TypeVar("Entry", Source, Fact, Actor, Place)
Stored = Callable[[str, Sequence[str]], Mapping[str, tuple[str | None, str | None]]]
"""From a table and slugs to the stored digests of the entries' inputs, and what the entries name."""
TOGETHER = 1_000
"""Number of entries that are looked up at a time."""


@dataclass(frozen=True)
class Plan(Generic[Entry]):
    """An entry, a digest of its rows' inputs, and how the rows are made."""

    entry: Entry
    inputs: str
    make: Callable[[], EntryRows]


class Projection:
    """Makes the rows of each entry in turn, and gathers from the facts what later entries need."""

    def __init__(self, record: Record, stored: Stored = lambda table, slugs: {}) -> None:
        """Prepare the projection; `stored` returns the stored digests of the entries' inputs."""
        self.record, counted = add_derived_facts(record)
        self.indexed = IndexedRecord(self.record, counted)
        self.inputs, self.stored = Inputs(self.indexed), stored
        self.gathered = Gathered(self.record)
        self._designating: list[Claim] = []
        self._disputed: dict[str, Claim] = {}
        self._in_conflict = {slug for conflict in record.conflicts.values() for slug in conflict.claims}

    def __len__(self) -> int:
        """Return the maximum number of entries; actors and places that nothing names are no entries."""
        record = self.record
        return sum(map(len, (record.sources, record.facts, record.actors, record.places, record.conflicts)))

    def entries(self) -> Iterator[EntryRows]:
        """Yield every source, fact, actor, place and conflict with its rows, or without rows if it is unchanged."""
        for entry, _ in self._make("source", self._sources()):
            self.gathered.add(entry)
            yield entry
        for entry, fact in self._make("fact", self._facts()):
            self.gathered.add(entry)
            self._gather(fact, entry.inputs)
            yield entry
        yield from (entry for entry, _ in self._make("actor", self._actors()))
        yield from (entry for entry, _ in self._make("place", self._places()))
        yield from self._project_conflicts()

    def bare_row(self, key: Key) -> Row:
        """Return the minimal row that the tables accept for an actor, a place or a fact that has not come yet."""
        slug = str(key.natural[0])
        row: Row = {"id": key, "slug": slug, "known_since": date.max}
        if key.table == "fact":
            fact = self.record.facts[slug]
            since = self.indexed.snapshots(fact)[0].known_since
            return row | {"typename": fact.typename, "known_since": since}
        row |= {"name": slug, "name_key": slug, "names": {}}
        if key.table == "place":
            return row | {"kind": self.record.places[slug].kind}
        actor = self.record.actors[slug]
        about = {"typename": actor.typename, "organisation_kind": actor.organisation_kind}
        return row | about | {"is_leader": False}

    def _gather(self, fact: Fact, inputs: str | None) -> None:
        """Note what later entries need from a fact."""
        if kind_of(fact) is OFFICE:
            for holder in holders_of(fact):
                self.gathered.add_office(holder, fact.slug, inputs)
        self._designating += [claim for claim in fact.claims if claim.designates and claim.value]
        self._disputed |= {claim.slug: claim for claim in fact.claims if claim.slug in self._in_conflict}

    def _make(self, table: str, plans: Iterator[Plan[Entry]]) -> Iterator[tuple[EntryRows, Entry]]:
        """Yield the entries of a table in turn; rows are made only for those whose inputs have changed."""
        while some := list(islice(plans, TOGETHER)):
            stored = self.stored(table, [plan.entry.slug for plan in some])
            for plan in some:
                inputs, named = stored.get(plan.entry.slug, (None, None))
                is_new = inputs != plan.inputs
                entry = plan.make() if is_new else stored_entry(Key(table, (plan.entry.slug,)), named)
                entry.inputs = plan.inputs
                yield entry, plan.entry

    def _sources(self) -> Iterator[Plan[Source]]:
        for source in _in_order_of_reference(self.record):
            yield Plan(source, self.inputs.of_source(source), partial(project_source, self.record, source))

    def _facts(self) -> Iterator[Plan[Fact]]:
        for fact in self.record.facts.values():
            yield Plan(fact, self.inputs.of_fact(fact), partial(project_fact, self.indexed, fact))

    def _actors(self) -> Iterator[Plan[Actor]]:
        """Yield the actors that something names."""
        called, gathered = designations(self.record, self._designating), self.gathered
        for slug, actor in self.record.actors.items():
            if day := gathered.known_since(key := Key("actor", (slug,))):
                home = self.record.actors[actor.country].names if actor.country else ()
                successors = [state for state in actor.successors if gathered.known_since(Key("actor", (state,)))]
                own = called.get(slug, ())
                offices = gathered.offices(slug)
                inputs = self.inputs.of_actor(actor, day, gathered.ordinals(key), offices, own, successors)
                yield Plan(actor, inputs, partial(self._project_actor, actor, day, own, home, successors))

    def _project_actor(
        self, actor: Actor, day: date, called: Iterable[Titles], home: Sequence[Name], successors: Iterable[str]
    ) -> EntryRows:
        cldr = self._territories[actor.code] if actor.code else {}
        days = self.gathered.days(Key("actor", (actor.slug,)))
        return project_actor(actor, day, cldr, days, [*self._titles_of(actor.slug), *called], home, successors)

    def _titles_of(self, actor: str) -> Iterator[Titles]:
        for office, _ in self.gathered.offices(actor):
            yield from office_titles(self.indexed.snapshots(self.record.facts[office]), actor)

    def _places(self) -> Iterator[Plan[Place]]:
        """Yield the places that something names."""
        for slug, place in self.record.places.items():
            if day := self.gathered.known_since(key := Key("place", (slug,))):
                inputs = self.inputs.of_place(place, day, self.gathered.ordinals(key))
                yield Plan(place, inputs, partial(self._project_place, place, day))

    def _project_place(self, place: Place, day: date) -> EntryRows:
        state = self.record.actors.get(place.country or "") if place.kind == "COUNTRY" else None
        cldr = self._territories[state.code] if state and state.code else {}
        days = self.gathered.days(Key("place", (place.slug,)))
        return project_place(place, self.indexed.containers[place.slug], day, cldr, days)

    @cached_property
    def _territories(self) -> territories.Territories:
        """The names of states."""
        return territories.territory_names(frozenset(actor.code for actor in self.record.actors.values() if actor.code))

    def _project_conflicts(self) -> Iterable[EntryRows]:
        """Yield the conflicts.

        A conflict begins with its second claim. Its label names the fact of that claim as it was first told of, so that
        later knowledge is not given away.
        """
        for conflict in self.record.conflicts.values():
            claims = [self._disputed[slug] for slug in conflict.claims]
            in_order = sorted(claims, key=lambda claim: (claim.reported_on, claim.slug))
            second = in_order[min(1, len(in_order) - 1)]
            snapshot = self.indexed.snapshots(self.record.facts[second.fact])[0]
            yield project_conflict(self.record, conflict, in_order, snapshot)


def project(record: Record) -> list[EntryRows]:
    """Return every actor, place, source, fact and conflict with its rows, all at once."""
    return list(Projection(record).entries())


def _in_order_of_reference(record: Record) -> Iterator[Source]:
    """Yield the sources, those that others refer to before the ones that refer to them."""
    referred = {other for source in record.sources.values() for other in _referred_by(source)}
    done: set[str] = set()

    def with_referred(slug: str) -> Iterator[Source]:
        if slug not in done and slug in record.sources:
            done.update({slug} & referred)
            source = record.sources[slug]
            for other in _referred_by(source):
                yield from with_referred(other)
            yield source

    for slug in record.sources:
        yield from with_referred(slug)


def _referred_by(source: Source) -> tuple[str, ...]:
    return (*source.supersedes, *filter(None, [source.transcript_of]))
