"""Facts that nobody records because others imply them: the events that some facts already are,
and what stands between every two people or states that share a fact.
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
"""From what somebody answers for to what nobody does."""


def add_derived_facts(record: Record) -> tuple[Record, Mapping[str, date]]:
    """The record with its derived facts, and the day since when each relationship is known, by slug."""
    facts = AllFacts(record)
    return replace(record, facts=facts), facts.relationships


def recorded_facts(record: Record) -> Iterable[Fact]:
    """The facts without those that are derived, which are not made for it."""
    facts = record.facts
    return (facts.record if isinstance(facts, AllFacts) else record).facts.values()


class Relationships(Mapping[str, date]):
    """Since when each relationship is known, by slug, in the order in which facts imply them."""

    def __init__(self) -> None:
        # the day with the place in CURATIONS, as one number: the lowest is the foremost of the first day
        table = "CREATE TABLE relationship (slug TEXT PRIMARY KEY, first INTEGER)"
        self._rows = temporary_tables(self, table)

    def add(self, slug: str, day: date, curation: str) -> None:
        """Take a fact that implies one, with the day since when it does."""
        first = day.toordinal() * len(CURATIONS) + CURATIONS.index(curation)
        update = "ON CONFLICT (slug) DO UPDATE SET first = min(first, excluded.first)"
        self._rows.execute(f"INSERT INTO relationship VALUES (?, ?) {update}", (slug, first))

    def __getitem__(self, slug: str) -> date:
        return date.fromordinal(self._first(slug) // len(CURATIONS))

    def curation(self, slug: str) -> str:
        """That of the fact by which it is known first; of several on that day the foremost."""
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
    """The facts of a record, with derived ones that are made when they are asked for: first the relationships, then
    each recorded fact with the events that it is. Raises SeedsInvalid where a derived event has the slug of a fact.
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
                    raise SeedsInvalid([seed_mistake(told, "this slug is that of a derived event")])
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
        """The events that a recorded fact is."""
        return (to_event(fact, act) for _, act in self._acts_of(fact))

    def _acts_of(self, fact: Fact) -> list[tuple[str, Act]]:
        """What a recorded fact codes, each with the slug of the event."""
        return [(event_slug(fact, act), act) for act in kind_of(fact).to_acts(self.record, fact)]

    def _coded_as(self, slug: str) -> Iterator[tuple[Fact, Act]]:
        """The recorded fact that codes the event of a slug, which begins with its own."""
        first, *words = slug.split("-")
        for beginning in accumulate(words[:-1], "{}-{}".format, initial=first):
            fact = self.record.facts.get(beginning)
            if fact:
                yield from ((fact, act) for event, act in self._acts_of(fact) if event == slug)

    def _relationship(self, slug: str) -> Fact:
        recorded = self.record.facts.get(slug) or Fact(slug, "Relationship", ())
        return _with_parties(recorded, self.relationships.curation(slug))


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
