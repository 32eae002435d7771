"""Facts that nobody records because others imply them: the events that some facts already are,
and what stands between every two people or states that share a fact.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from service.errors import SeedsInvalid
from service.store.enums import Curation
from service.store.kinds import kind_of
from service.store.kinds.relationships import join_parties, pairs_of, parties
from service.store.record.coding import to_event
from service.store.record.record import Fact, Involvement, Record
from service.store.record.snapshots import involved_since, missing

CURATIONS = (Curation.CURATED.value, Curation.REVIEWED.value, Curation.IMPORTED.value)
"""From what somebody answers for to what nobody does."""


def with_derived(record: Record) -> tuple[Record, dict[str, date]]:
    """The record with its derived facts, and the day since when each relationship is known, by slug."""
    facts = dict(record.facts)
    events = [to_event(fact, act) for fact in record.facts.values() for act in kind_of(fact).to_acts(record, fact)]
    counted = _shared(record)
    since = {slug: day for slug, (day, _) in counted.items()}
    for event in events:
        if event.slug in facts:
            raise SeedsInvalid([missing(facts[event.slug], "this slug is that of a derived event")])
        facts[event.slug] = event
    for slug, (_, rank) in counted.items():
        facts[slug] = _relationship(facts.get(slug) or Fact(slug, "Relationship", ()), CURATIONS[rank])
    return replace(record, facts=facts), since


def _shared(record: Record) -> dict[str, tuple[date, int]]:
    """Since when each two people or states share a fact, or a source tells of their relationship.

    With it stands the place in CURATIONS of the fact by which they do; of several on that day the foremost.
    """
    since: dict[str, tuple[date, int]] = {}
    for fact in record.facts.values():
        if fact.typename == "Relationship":
            pairs = [(fact.slug, min(claim.reported_on for claim in fact.claims))] if fact.claims else []
        else:
            pairs = list(_pairs(record, fact))
        for slug, day in pairs:
            first = day, CURATIONS.index(fact.curation)
            since[slug] = min(first, since.get(slug, first))
    return since


def _pairs(record: Record, fact: Fact) -> Iterable[tuple[str, date]]:
    """The relationships between those in a fact, each with the day on which both were told to be in it."""
    known: dict[str, date] = {}
    for involvement in fact.involvements:
        day = involved_since(fact, involvement)
        if day is not None:
            known[involvement.actor] = min(day, known.get(involvement.actor, day))
    for one, other in pairs_of(record, known):
        yield join_parties(one, other), max(known[one], known[other])


def _relationship(fact: Fact, curation: str) -> Fact:
    existence = tuple(claim.slug for claim in fact.claims if claim.property == "existence")
    involvements = tuple(Involvement("PARTY", actor, existence) for actor in parties(fact.slug))
    return replace(fact, involvements=involvements, curation=curation)
