"""Facts that nobody records because others imply them: the events that some facts already are,
and what stands between every two people or states that share a fact.
"""

from collections.abc import Iterable, Iterator, Mapping, ValuesView
from dataclasses import replace
from datetime import date
from itertools import groupby
from operator import itemgetter

from service.errors import SeedsInvalid
from service.store.enums import Curation
from service.store.kinds import kind_of
from service.store.kinds.relationships import join_parties, pairs_of, split_parties
from service.store.record.coding import event_slug, to_event
from service.store.record.record import Fact, Involvement, Record
from service.store.record.snapshots import involvement_since, seed_mistake

CURATIONS = (Curation.CURATED.value, Curation.REVIEWED.value, Curation.IMPORTED.value)
"""From what somebody answers for to what nobody does."""


def add_derived_facts(record: Record) -> tuple[Record, dict[str, date]]:
    """The record with its derived facts, and the day since when each relationship is known, by slug."""
    facts = AllFacts(record)
    return replace(record, facts=facts), {slug: day for slug, (day, _) in facts.relationships.items()}


def recorded_facts(record: Record) -> Iterable[Fact]:
    """The facts without those that are derived, which are not made for it."""
    facts = record.facts
    return (facts.record if isinstance(facts, AllFacts) else record).facts.values()


class AllFacts(Mapping[str, Fact]):
    """The facts of a record, with derived ones that are made when they are asked for: first the relationships, then
    each recorded fact with the events that it is. Raises SeedsInvalid where a derived event has the slug of a fact.
    """

    def __init__(self, record: Record) -> None:
        self.record = record
        self.relationships: dict[str, tuple[date, int]] = {}
        """Since when each is known, with the place in CURATIONS of the fact by which it is; of several the foremost."""
        self._coded: dict[str, str] = {}
        for fact in record.facts.values():
            for slug, day in relationships_in(record, fact):
                first = day, CURATIONS.index(fact.curation)
                self.relationships[slug] = min(first, self.relationships.get(slug, first))
            for act in kind_of(fact).to_acts(record, fact):
                slug = event_slug(fact, act)
                if slug in record.facts or slug in self._coded:
                    told = record.facts.get(slug, fact)
                    raise SeedsInvalid([seed_mistake(told, "this slug is that of a derived event")])
                self._coded[slug] = fact.slug

    def __getitem__(self, slug: str) -> Fact:
        if slug in self.relationships:
            return self._relationship(slug)
        coded = self._coded.get(slug)
        if coded is None:
            return self.record.facts[slug]
        return next(event for event in self.events_of(self.record.facts[coded]) if event.slug == slug)

    def __contains__(self, slug: object) -> bool:
        return slug in self.relationships or slug in self._coded or slug in self.record.facts

    def __iter__(self) -> Iterator[str]:
        yield from self.relationships
        events = groupby(self._coded.items(), key=itemgetter(1))
        coded = {fact: [event for event, _ in some] for fact, some in events}
        for slug in self.record.facts:
            if slug not in self.relationships:
                yield slug
                yield from coded.get(slug, ())

    def __len__(self) -> int:
        recorded = sum(slug not in self.relationships for slug in self.record.facts)
        return len(self.relationships) + len(self._coded) + recorded

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
        """The events that a recorded fact is."""
        return (to_event(fact, act) for act in kind_of(fact).to_acts(self.record, fact))

    def _relationship(self, slug: str) -> Fact:
        _, rank = self.relationships[slug]
        return _with_parties(self.record.facts.get(slug) or Fact(slug, "Relationship", ()), CURATIONS[rank])


class _Values(ValuesView[Fact]):
    """Makes the derived facts one after the other, not each from its slug."""

    _mapping: AllFacts

    def __iter__(self) -> Iterator[Fact]:
        return self._mapping._all()


def relationships_in(record: Record, fact: Fact) -> Iterable[tuple[str, date]]:
    """The relationships between those in a fact, each with the day on which both were told to be in it.

    Of a recorded relationship it is itself, since a source tells of it.
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
