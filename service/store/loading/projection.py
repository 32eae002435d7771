"""The whole record as rows, entry by entry: with derived facts, without actors and places that nothing names."""

from collections.abc import Iterable, Iterator
from datetime import date

from service.store.i18n import territories
from service.store.kinds import kind_of
from service.store.kinds.offices import OFFICE
from service.store.loading.derived import add_derived_facts
from service.store.loading.entries import project_actor, project_conflict, project_place, project_source
from service.store.loading.facts import IndexedRecord, project_fact
from service.store.loading.naming import Naming
from service.store.loading.searching import Titles, add_office_titles, designations
from service.store.record.record import Claim, Fact, Record, Source
from service.store.rows import EntryRows, Key, Row


class Projection:
    """Makes the rows of each entry in turn, and gathers from the facts what the entries behind them need."""

    def __init__(self, record: Record) -> None:
        self.record, counted = add_derived_facts(record)
        self.indexed = IndexedRecord(self.record, counted)
        self.naming = Naming(self.record)
        self._titles: dict[str, list[Titles]] = {}
        self._designating: list[Claim] = []
        self._disputed: dict[str, Claim] = {}
        self._in_conflict = {slug for conflict in record.conflicts.values() for slug in conflict.claims}

    def __len__(self) -> int:
        """How many entries there are at most: actors and places that nothing names are none."""
        record = self.record
        return sum(map(len, (record.sources, record.facts, record.actors, record.places, record.conflicts)))

    def entries(self) -> Iterator[EntryRows]:
        """Every source, fact, actor, place and conflict with its rows."""
        for source in _in_order_of_reference(self.record):
            entry = project_source(self.record, source)
            self.naming.add(entry)
            yield entry
        for fact in self.record.facts.values():
            entry = project_fact(self.indexed, fact)
            self._gather(fact, entry)
            yield entry
        yield from self._project_actors_and_places()
        yield from self._project_conflicts()

    def bare_row(self, key: Key) -> Row:
        """The least that the tables take of an actor, a place or a fact that has not come yet."""
        slug = str(key.natural[0])
        row: Row = {"id": key, "slug": slug, "digest": "", "known_since": date.max}
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

    def _gather(self, fact: Fact, entry: EntryRows) -> None:
        self.naming.add(entry)
        if kind_of(fact) is OFFICE:
            add_office_titles(self._titles, self.indexed.snapshots(fact))
        self._designating += [claim for claim in fact.claims if claim.designates and claim.value]
        self._disputed |= {claim.slug: claim for claim in fact.claims if claim.slug in self._in_conflict}

    def _project_actors_and_places(self) -> Iterator[EntryRows]:
        """The actors and places that something names."""
        called = designations(self.record, self._designating)
        actors, since = self.record.actors, self.naming.known_since()
        codes = {slug: actor.code for slug, actor in actors.items() if actor.code}
        states = territories.territory_names(frozenset(codes.values()))
        for slug, actor in actors.items():
            key = Key("actor", (slug,))
            if day := since.get(key):
                cldr = states[codes[slug]] if slug in codes else {}
                home = actors[actor.country].names if actor.country else ()
                successors = [state for state in actor.successors if Key("actor", (state,)) in since]
                own = [*self._titles.get(slug, ()), *called.get(slug, ())]
                yield project_actor(actor, day, cldr, self.naming.days(key), own, home, successors)
        for slug, place in self.record.places.items():
            key = Key("place", (slug,))
            if day := since.get(key):
                cldr = states[codes[str(place.country)]] if place.kind == "COUNTRY" and place.country in codes else {}
                yield project_place(place, self.indexed.containers[slug], day, cldr, self.naming.days(key))

    def _project_conflicts(self) -> Iterable[EntryRows]:
        """A conflict's label names the fact of its second claim, by which it comes to be, as it was first told of: what
        came later is not given away.
        """
        for conflict in self.record.conflicts.values():
            claims = [self._disputed[slug] for slug in conflict.claims]
            in_order = sorted(claims, key=lambda claim: (claim.reported_on, claim.slug))
            second = in_order[min(1, len(in_order) - 1)]
            snapshot = self.indexed.snapshots(self.record.facts[second.fact])[0]
            yield project_conflict(self.record, conflict, in_order, snapshot)


def project(record: Record) -> list[EntryRows]:
    """Every actor, place, source, fact and conflict with its rows, all at once."""
    return list(Projection(record).entries())


def _in_order_of_reference(record: Record) -> Iterator[Source]:
    """The sources, those that others refer to before these."""
    done: set[str] = set()

    def with_referred(slug: str) -> Iterator[Source]:
        if slug not in done and slug in record.sources:
            done.add(slug)
            source = record.sources[slug]
            for other in (*source.supersedes, *filter(None, [source.transcript_of])):
                yield from with_referred(other)
            yield source

    for slug in record.sources:
        yield from with_referred(slug)
