"""Facts that nobody records because others imply them.

These are the events that some facts already are, and the relationship of every two people or states that share a fact.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, ValuesView
from dataclasses import replace
from datetime import date
from itertools import accumulate

from service.errors import SeedsInvalid
from service.store.enums import Curation
from service.store.kinds import kind_of
from service.store.kinds.relationships import join_parties, names_two, pairs_of, split_parties
from service.store.loading.temporary import temporary_tables
from service.store.record.coding import Act, event_slug, to_event
from service.store.record.record import Fact, Involvement, Record
from service.store.record.snapshots import involvement_since, seed_mistake

CURATIONS: Sequence[str] = (Curation.CURATED.value, Curation.REVIEWED.value, Curation.IMPORTED.value)
"""Curations in order, from those that somebody is responsible for to those that nobody is."""


def add_derived_facts(record: Record) -> tuple[Record, Mapping[str, date]]:
    """Return the record with its derived facts, and the day since when each relationship is known, by slug."""
    facts = AllFacts(record)
    return replace(record, facts=facts), facts.relationships


def recorded_facts(record: Record) -> Iterable[Fact]:
    """Return the facts without derived ones, which are not made for this."""
    facts = record.facts
    return (facts.record if isinstance(facts, AllFacts) else record).facts.values()


class Relationships(Mapping[str, date]):
    """The day since when each relationship is known, by slug, in the order in which facts imply them."""

    def __init__(self) -> None:
        # the day and the index in CURATIONS as one number: the lowest is the foremost curation of the first day
        table = "CREATE TABLE relationship (slug TEXT PRIMARY KEY, first INTEGER)"
        self._rows = temporary_tables(self, table)

    def add(self, slug: str, day: date, curation: str) -> None:
        """Add a fact that implies a relationship, with the day since when it does."""
        first = day.toordinal() * len(CURATIONS) + CURATIONS.index(curation)
        update = "ON CONFLICT (slug) DO UPDATE SET first = min(first, excluded.first)"
        self._rows.execute(f"INSERT INTO relationship VALUES (?, ?) {update}", (slug, first))

    def __getitem__(self, slug: str) -> date:
        return date.fromordinal(self._first(slug) // len(CURATIONS))

    def curation(self, slug: str) -> str:
        """Return the curation of the fact by which it is known first; of several on that day, the foremost."""
        return CURATIONS[self._first(slug) % len(CURATIONS)]

    def _first(self, slug: str) -> int:
        query = "SELECT first FROM relationship WHERE slug = ?"
        found = self._rows.execute(query, (slug,)).fetchone() if names_two(slug) else None
        if found is None:
            raise KeyError(slug)
        return int(found[0])

    def __iter__(self) -> Iterator[str]:
        return (slug for (slug,) in self._rows.execute("SELECT slug FROM relationship ORDER BY rowid"))

    def __len__(self) -> int:
        return int(self._rows.execute("SELECT count(*) FROM relationship").fetchone()[0])


class AllFacts(Mapping[str, Fact]):
    """The facts of a record and its derived facts, which are made on request.

    Relationships come first, then each recorded fact with the events that it is. Raises SeedsInvalid if a derived event
    has the slug of a fact.
    """

    def __init__(self, record: Record) -> None:
        self.record = record
        self.relationships = Relationships()
        self._events = 0
        for fact in record.facts.values():
            for slug, day in relationships_in(record, fact):
                self.relationships.add(slug, day, fact.curation)
            for slug, _ in self._acts_of(fact):
                if slug in record.facts or len([*self._coded_as(slug)]) > 1:
                    told = record.facts.get(slug, fact)
                    raise SeedsInvalid([seed_mistake(told, "this slug belongs to a derived event")])
                self._events += 1

    def __getitem__(self, slug: str) -> Fact:
        if slug in self.relationships:
            return self._relationship(slug)
        if slug in self.record.facts:
            return self.record.facts[slug]
        for fact, act in self._coded_as(slug):
            return to_event(fact, act)
        raise KeyError(slug)

    def __contains__(self, slug: object) -> bool:
        text = str(slug)
        return text in self.relationships or text in self.record.facts or any(True for _ in self._coded_as(text))

    def __iter__(self) -> Iterator[str]:
        return (fact.slug for fact in self._all())

    def __len__(self) -> int:
        recorded = sum(slug not in self.relationships for slug in self.record.facts)
        return len(self.relationships) + self._events + recorded

    def values(self) -> ValuesView[Fact]:
        return _Values(self)

    def _all(self) -> Iterator[Fact]:
        for slug in self.relationships:
            yield self._relationship(slug)
        for fact in self.record.facts.values():
            if fact.slug not in self.relationships:
                yield fact
                yield from self.events_of(fact)

    def events_of(self, fact: Fact) -> Iterator[Fact]:
        """Return the events that a recorded fact is."""
        return (to_event(fact, act) for _, act in self._acts_of(fact))

    def _acts_of(self, fact: Fact) -> list[tuple[str, Act]]:
        """Return what a recorded fact codes, each with the slug of the event."""
        return [(event_slug(fact, act), act) for act in kind_of(fact).to_acts(self.record, fact)]

    def _coded_as(self, slug: str) -> Iterator[tuple[Fact, Act]]:
        """Yield the recorded fact that codes the event of a slug, which begins with the fact's own slug."""
        first, *words = slug.split("-")
        for beginning in accumulate(words[:-1], "{}-{}".format, initial=first):
            fact = self.record.facts.get(beginning)
            if fact:
                yield from ((fact, act) for event, act in self._acts_of(fact) if event == slug)

    def _relationship(self, slug: str) -> Fact:
        recorded = self.record.facts.get(slug) or Fact(slug, "Relationship", ())
        return _with_parties(recorded, self.relationships.curation(slug))


class _Values(ValuesView[Fact]):
    """View of the facts that makes derived facts in sequence instead of each from its slug."""

    _mapping: AllFacts

    def __iter__(self) -> Iterator[Fact]:
        return self._mapping._all()


def relationships_in(record: Record, fact: Fact) -> Iterable[tuple[str, date]]:
    """Return the relationships between those in a fact, each with the day on which both were told to be in it.

    For a recorded relationship this is the relationship itself, from the day on which a source tells of it.
    """
    if fact.typename == "Relationship":
        return [(fact.slug, min(claim.reported_on for claim in fact.claims))] if fact.claims else []
    since: dict[str, date] = {}
    for involvement in fact.involvements:
        day = involvement_since(fact, involvement)
        if day is not None:
            since[involvement.actor] = min(day, since.get(involvement.actor, day))
    pairs = pairs_of(record, since)
    return [(join_parties(one, other), max(since[one], since[other])) for one, other in pairs]


def _with_parties(fact: Fact, curation: str) -> Fact:
    existence = tuple(claim.slug for claim in fact.claims if claim.property == "existence")
    involvements = tuple(Involvement("PARTY", actor, existence) for actor in split_parties(fact.slug))
    return replace(fact, involvements=involvements, curation=curation)
