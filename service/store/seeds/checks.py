"""Checks of what must hold between the parts of a record; each yields its mistakes as (line, reason)."""

from collections.abc import Iterator, Mapping
from datetime import date

from service.store.enums import FACT_TYPES
from service.store.kinds import kind_of
from service.store.kinds.gatherings import check_within
from service.store.plover import ALL_MODES
from service.store.record.decide import asserts
from service.store.record.record import Fact, Record
from service.store.seeds.claims import Lines
from service.store.seeds.files import Mark, Problems
from service.store.seeds.properties import KNOWN_PROPERTIES

Mistakes = Iterator[tuple[Mark, str]]

MOST_IN_A_FACT = 250
"""Maximum number of people, and of states, in a fact: each pair makes a relationship, some 31,000 in total."""


def check(record: Record, lines: Lines, problems: Problems) -> None:
    """Report what does not hold."""
    marks = lines.claims
    for fact in record.facts.values():
        mistakes = [
            *(() if fact.slug in lines.unread else (*_check_existence(fact, marks), *_check_required(fact))),
            *_check_references(fact, record, marks),
            *((_line(fact), reason) for reason in kind_of(fact).check(fact)),
            *((_line(fact), reason) for reason in (*_check_crowd(record, fact), *check_within(record, fact))),
        ]
        for mark, reason in mistakes:
            problems.add(mark, f"{fact.slug}: {reason}")
    for reason in _check_descriptions(record):
        problems.add(Mark("properties.yaml", 1), reason)


def _line(fact: Fact) -> Mark:
    return Mark(fact.file, fact.line)


def _check_existence(fact: Fact, marks: Mapping[str, Mark]) -> Mistakes:
    """Require that every fact has a claim, and no claim is by a source that does not report the fact."""
    claims = [claim for claim in fact.claims if claim.property == fact.told_by]
    if not claims:
        yield _line(fact), f"it has no claim of {fact.told_by}"
        return
    since = min(claim.reported_on for claim in claims)
    sources = {claim.source for claim in claims}
    for claim in fact.claims:
        if claim.reported_on < since:
            yield marks[claim.slug], f"{claim.property}: its source is older than every source that reports the fact"
        elif claim.source not in sources and fact.told_by == "existence":
            yield (
                marks[claim.slug],
                f"{claim.property}: {claim.source} is not a source of its existence",
            )


def _check_references(fact: Fact, record: Record, marks: Mapping[str, Mark]) -> Mistakes:
    """Require that a claim names only facts that were known when the claim was made."""
    for claim in fact.claims:
        fact_named = record.facts.get(claim.value or "") if claim.value_typename in FACT_TYPES else None
        if fact_named and claim.reported_on < known_since(fact_named):
            yield marks[claim.slug], f"{claim.property}: no source had reported {fact_named.slug} by then"


def _check_crowd(record: Record, fact: Fact) -> Iterator[str]:
    """Yield the mistake in a fact that would make too many relationships, one for each pair in it."""
    actors = {involvement.actor for involvement in fact.involvements} & record.actors.keys()
    for typename in ("Person", "Country"):
        count = sum(record.actors[actor].typename == typename for actor in actors)
        if count > MOST_IN_A_FACT:
            yield f"it has {count} entries of type {typename}; the maximum is {MOST_IN_A_FACT}"


def known_since(fact: Fact) -> date:
    """Return the first day on which a source reported a fact."""
    return min((claim.reported_on for claim in fact.claims), default=date.max)


def _check_required(fact: Fact) -> Mistakes:
    """Check what every snapshot of a kind must show, from the first day on."""
    for names in kind_of(fact).required:
        if not any(_is_known_at_once(fact, name) for name in names):
            yield _line(fact), f"{' or '.join(names)} is missing, or reported later than the fact"


def _is_known_at_once(fact: Fact, name: str) -> bool:
    if name in fact.fields:
        return True
    claims = [claim for claim in fact.claims if claim.property == name and claim.value and asserts(claim)]
    return any(claim.reported_on == known_since(fact) for claim in claims)


def _check_descriptions(record: Record) -> Iterator[str]:
    """Require every property that has a field and every mode in use to be in `properties.yaml`."""
    facts = record.facts.values()
    used = {claim.property for fact in facts for claim in fact.claims} & KNOWN_PROPERTIES.keys()
    used |= {str(fact.fields["mode"]) for fact in facts if fact.fields.get("mode") in ALL_MODES}
    return (f"{term} has no description" for term in sorted(used - record.properties.keys()))
