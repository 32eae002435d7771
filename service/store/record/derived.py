"""Facts that nobody records because others imply them: the events that meetings and invitations already are,
and what stands between every two people or states that share a fact.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import combinations

from service.errors import SeedsInvalid
from service.store.enums import Curation
from service.store.record.coding import coding
from service.store.record.record import Fact, Involvement, Record
from service.store.record.snapshots import involved_since, missing

CURATIONS = (Curation.CURATED.value, Curation.REVIEWED.value, Curation.IMPORTED.value)
"""From what somebody answers for to what nobody does."""


def with_derived(record: Record) -> tuple[Record, dict[str, date]]:
    """The record with its derived facts, and the day since when each relationship is known, by slug."""
    events = [event for fact in record.facts.values() for event in coding(record, fact)]
    counted = _shared(record)
    since = {slug: day for slug, (day, _) in counted.items()}
    facts = dict(record.facts)
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
    for one, other in pairs(record, known):
        yield relationship(one, other), max(known[one], known[other])


def pairs(record: Record, actors: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Each two of these who can have a relationship: two people, or two states."""
    by_type: dict[str, list[str]] = {}
    for actor in sorted(actors):
        by_type.setdefault(record.actors[actor].typename, []).append(actor)
    for typename in ("Person", "Country"):
        yield from combinations(by_type.get(typename, ()), 2)


def relationship(one: str, other: str) -> str:
    """The slug of what stands between two, who are given in order."""
    return f"{one}--{other}"


def _relationship(fact: Fact, curation: str) -> Fact:
    existence = tuple(claim.slug for claim in fact.claims if claim.property == "existence")
    parties = tuple(Involvement("PARTY", actor, existence) for actor in fact.slug.split("--"))
    return replace(fact, involvements=parties, curation=curation)
