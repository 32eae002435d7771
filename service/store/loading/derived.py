"""Facts that nobody records because others imply them: the events that some facts already are,
and what stands between every two people or states that share a fact.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from service.errors import SeedsInvalid
from service.store.enums import Curation
from service.store.kinds import kind_of
from service.store.kinds.relationships import join_parties, pairs_of, split_parties
from service.store.record.coding import to_event
from service.store.record.record import Fact, Involvement, Record
from service.store.record.snapshots import involvement_since, seed_mistake

CURATIONS = (Curation.CURATED.value, Curation.REVIEWED.value, Curation.IMPORTED.value)
"""From what somebody answers for to what nobody does."""


def add_derived_facts(record: Record) -> tuple[Record, dict[str, date]]:
    """The record with its derived facts, and the day since when each relationship is known, by slug."""
    facts = dict(record.facts)
    events = [to_event(fact, act) for fact in record.facts.values() for act in kind_of(fact).to_acts(record, fact)]
    counted = _find_relationships(record)
    since = {slug: day for slug, (day, _) in counted.items()}
    for event in events:
        if event.slug in facts:
            raise SeedsInvalid([seed_mistake(facts[event.slug], "this slug is that of a derived event")])
        facts[event.slug] = event
    for slug, (_, rank) in counted.items():
        facts[slug] = _with_parties(facts.get(slug) or Fact(slug, "Relationship", ()), CURATIONS[rank])
    return replace(record, facts=facts), since


def _find_relationships(record: Record) -> dict[str, tuple[date, int]]:
    """Since when each two people or states share a fact, or a source tells of their relationship.

    With it stands the place in CURATIONS of the fact by which they do; of several on that day the foremost.
    """
    since: dict[str, tuple[date, int]] = {}
    for fact in record.facts.values():
        if fact.typename == "Relationship":
            pairs = [(fact.slug, min(claim.reported_on for claim in fact.claims))] if fact.claims else []
        else:
            pairs = list(_relationships_in(record, fact))
        for slug, day in pairs:
            first = day, CURATIONS.index(fact.curation)
            since[slug] = min(first, since.get(slug, first))
    return since


def _relationships_in(record: Record, fact: Fact) -> Iterable[tuple[str, date]]:
    """The relationships between those in a fact, each with the day on which both were told to be in it."""
    since: dict[str, date] = {}
    for involvement in fact.involvements:
        day = involvement_since(fact, involvement)
        if day is not None:
            since[involvement.actor] = min(day, since.get(involvement.actor, day))
    for one, other in pairs_of(record, since):
        yield join_parties(one, other), max(since[one], since[other])


def _with_parties(fact: Fact, curation: str) -> Fact:
    existence = tuple(claim.slug for claim in fact.claims if claim.property == "existence")
    involvements = tuple(Involvement("PARTY", actor, existence) for actor in split_parties(fact.slug))
    return replace(fact, involvements=involvements, curation=curation)
