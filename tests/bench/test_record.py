"""The generated record: the same each time, each entry made from its slug, and no more memory for more of them."""

from __future__ import annotations

import tracemalloc
from collections import Counter

import pytest

from bench.generated.record import generate_record

QUOTES = 1_000


def test_kinds_and_conflicts_are_there() -> None:
    made = generate_record(QUOTES)
    kinds = Counter(fact.typename for fact in made.facts.values())
    meetings = kinds.pop("Summit") + kinds.pop("Talks")
    assert (meetings, kinds) == (50, {"Quote": 1_000, "Invitation": 12, "Office": 25})
    assert len(made.facts) == 1_087
    assert len(made.conflicts) == 21


def test_it_is_the_same_each_time_and_in_any_order() -> None:
    one, other = generate_record(QUOTES), generate_record(QUOTES)
    backwards = {slug: other.facts[slug] for slug in reversed(list(other.facts))}
    assert dict(one.facts) == backwards
    assert dict(one.conflicts) == dict(other.conflicts)


@pytest.mark.parametrize("slug", ["", "nobody", "nobody-q1", "nobody-q0", "nobody-q1001", "nobody-x1", "nobody-q1-day"])
def test_another_slug_names_nothing(slug: str) -> None:
    made = generate_record(QUOTES)
    assert slug not in made.facts
    assert slug not in made.conflicts


def test_claims_of_a_conflict_tell_different_days_of_one_fact() -> None:
    made = generate_record(QUOTES)
    claims = {claim.slug: claim for fact in made.facts.values() for claim in fact.claims}
    for conflict in made.conflicts.values():
        one, other = (claims[slug] for slug in conflict.claims)
        assert (one.fact, one.property) == (other.fact, other.property)
        assert one.value != other.value


@pytest.mark.slow
def test_more_facts_take_no_more_memory() -> None:
    made = generate_record(8_000)
    # the process's caches of dates and the like are filled again and count, whichever tests have run in it
    tracemalloc.start()
    assert sum(1 for _ in made.facts.values()) == len(made.facts)
    most = []
    for end in (4_500, 7_500):
        for _, _fact in zip(range(end), made.facts.values(), strict=False):
            pass
        most.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    # the caches are full after the first one
    assert most[1] < 1.1 * most[0]
