"""The record as it would be if only the sources published by a given day existed."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from service.store.kinds import kind_of
from service.store.record.record import Actor, Claim, Conflict, Fact, Involvement, Name, Place, Record, Source, Unnamed

Named = TypeVar("Named", Actor, Place, Fact)
Involved = TypeVar("Involved", Involvement, Unnamed)


def limit_to_published(record: Record, day: date) -> Record:
    """Return what sources published by the end of a day report; the last possible day of publication counts.

    A fact without a claim and a conflict of fewer than two claims are left out, and so is what rests on such claims.
    A summary may rest on any claim of its fact: it is kept only if all of these claims are left.
    """
    sources = {slug: _source(source, day) for slug, source in record.sources.items() if source.reported_on <= day}
    told_facts = {slug for slug, fact in record.facts.items() if any(claim.source in sources for claim in fact.claims)}
    facts = {slug: _limit_fact(fact, sources, told_facts) for slug, fact in record.facts.items() if slug in told_facts}
    claims = {claim.slug for fact in facts.values() for claim in fact.claims}
    conflicts = {slug: _limit_conflict(conflict, claims) for slug, conflict in record.conflicts.items()}
    return Record(
        sources=sources,
        actors={slug: _limit_names(actor, sources) for slug, actor in record.actors.items()},
        places={slug: _limit_names(place, sources) for slug, place in record.places.items()},
        facts=facts,
        conflicts={slug: conflict for slug, conflict in conflicts.items() if len(conflict.claims) > 1},
        properties=record.properties,
        datasets=record.datasets,
        aliases=record.aliases,
        texts=record.texts,
    )


def _source(source: Source, day: date) -> Source:
    """Return a source without what becomes of it after the day."""
    retracted_on, withdrawn_on = (_day_if_by(day, on) for on in (source.retracted_on, source.withdrawn_on))
    return replace(source, retracted_on=retracted_on, withdrawn_on=withdrawn_on)


def _day_if_by(day: date, on: date | None) -> date | None:
    return on if on and on <= day else None


def _limit_fact(fact: Fact, sources: Mapping[str, Source], facts: Collection[str]) -> Fact:
    published = (claim for claim in fact.claims if claim.source in sources)
    claims = tuple(replace(claim, withdrawn_on=sources[claim.source].withdrawn_on) for claim in published)
    return replace(
        _limit_names(fact, sources),
        claims=claims,
        fields=_limit_fields(fact, facts),
        involvements=_limit_involvements(fact.involvements, claims),
        unnamed=_limit_involvements(fact.unnamed, claims),
        summary=fact.summary if claims == fact.claims else None,
    )


def _limit_fields(fact: Fact, facts: Collection[str]) -> dict[str, object]:
    """Return the fields without references to facts that are not reported."""
    kept = dict(fact.fields)
    for name in kind_of(fact).references:
        value = kept.get(name)
        if isinstance(value, tuple):
            kept[name] = tuple(slug for slug in value if slug in facts)
        elif value is not None and value not in facts:
            del kept[name]
    return kept


def _limit_involvements(involvements: Iterable[Involved], claims: Collection[Claim]) -> tuple[Involved, ...]:
    slugs = {claim.slug for claim in claims}
    left = (replace(one, claims=tuple(claim for claim in one.claims if claim in slugs)) for one in involvements)
    return tuple(one for one in left if one.claims)


def _limit_conflict(conflict: Conflict, claims: Collection[str]) -> Conflict:
    return replace(conflict, claims=tuple(claim for claim in conflict.claims if claim in claims))


def _limit_names(one: Named, sources: Collection[str]) -> Named:
    return replace(one, names=tuple(_limit_name(name, sources) for name in one.names))


def _limit_name(name: Name, sources: Collection[str]) -> Name:
    occurrences = {source: count for source, count in name.occurrences.items() if source in sources}
    return replace(name, occurrences=occurrences)
