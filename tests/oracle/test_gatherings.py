"""The service agrees with the oracle over made-up gatherings: each field, list and count, and at random."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import pairwise
from typing import Any

import pytest

from service.store.loading.load import load_record
from service.store.pool import ReadingPool
from service.store.transactions import write_transaction
from tests.oracle.gatherings import PEOPLE, gatherings
from tests.oracle.operations import Operation, Operations
from tests.oracle.oracle import Oracle
from tests.oracle.register import read
from tests.oracle.search import Search
from tests.oracle.test_generated import HOW_MANY, Bench
from tests.oracle.values import Values

pytestmark = pytest.mark.slow

RECORDS = 3
KINDS = "kind: [SUMMIT, TALKS]"
SETTINGS = ("", "setting: [BILATERAL]", "setting: [MULTILATERAL, UNKNOWN]")
MEETING = (
    "slug setting withinKind place { slug } places { slug } within { slug } parts { nodes { slug } }"
    " participants { ...who } interpreters { ...who } involvements { ...who }"
    " unnamed { role description count onBehalfOf { slug } claims { nodes { slug } } }"
)
WHO = "fragment who on Involvement { role actor { slug } onBehalfOf { slug } claims { nodes { slug } } }"


@asynccontextmanager
async def bench_of(url: str, number: int) -> AsyncIterator[Bench]:
    """Return the service and the oracle on the gatherings of a number."""
    with write_transaction(url) as connection:
        load_record(connection, gatherings(number))
    pool = ReadingPool(url, size=1, seconds=30)
    try:
        yield Bench(pool, Oracle(await read(url), Search(url)))
    finally:
        await pool.close()


def questions() -> Iterator[Operation]:
    """Yield the queries on gatherings, plain and as of each day."""
    for day in ("", 'asOf: "2019-05-02"', 'asOf: "2019-06-30"'):
        comma = f", {day}" if day else ""
        yield Operation(f"{{ meetings(first: 50{comma}) {{ nodes {{ {MEETING} }} }} }} {WHO}", {})
        counts = "counts(by: [SETTING, PLACE]) { keys count } other: counts(by: [COUNTRY, PARTICIPANT]) { keys count }"
        yield Operation(f"{{ meetings{f'({day})' if day else ''} {{ {counts} }} }}", {})
        for states in (["XA"], ["xb", "cathay"], ["XXA", "XB"], ["XD", "nowhere"], ["XA", "xc", "XD"]):
            variables = {"states": states}
            for name in ("participantCountry", "participantCountryAll"):
                found = f"meetings(filter: {{ {name}: $states }}, orderBy: DATE_DESC{comma})"
                asked = f"{found} {{ totalCount nodes {{ slug }} }}"
                yield Operation(f"query ($states: [String!]) {{ {asked} }}", variables)
        people = "slug designations { text language claims { nodes { slug } } } meetings { nodes { slug } }"
        yield Operation(f"{{ people(first: 50{comma}) {{ nodes {{ {people} }} }} }}", {})
        for setting in SETTINGS:
            chosen = f"({setting})" if setting else ""
            met = f"meetingCount{chosen} firstMet{chosen} {{ edtf }} lastMet{chosen} {{ edtf }}"
            yield Operation(f"{{ relationships(first: 20{comma}) {{ nodes {{ slug {met} }} }} }}", {})
            for one, other in pairwise(PEOPLE[::3]):
                path = f'path(from: "{one}", to: "{other}", {KINDS}{f", {setting}" if setting else ""}{comma})'
                steps = "length people { slug } steps { facts { nodes { slug } } }"
                yield Operation(f"{{ {path} {{ {steps} }} }}", {})


@pytest.mark.parametrize("number", range(RECORDS))
async def test_gatherings_are_what_the_oracle_answers(scratch: str, number: int) -> None:
    async with bench_of(scratch, number) as bench:
        assert await bench.faults(questions()) == []


async def test_random_operations_are_what_the_oracle_answers(scratch: str) -> None:
    async with bench_of(scratch, RECORDS) as bench:
        operations = Operations(bench.oracle.schema, Values(bench.oracle.view.register), {})
        assert await bench.faults(operations.make(number) for number in range(HOW_MANY // 10)) == []


async def test_the_gatherings_hold_all_that_is_asked_of_them(scratch: str) -> None:
    """Otherwise the comparison would prove nothing."""
    async with bench_of(scratch, 0) as bench:
        facts = bench.oracle.view.facts("Summit", "Talks")
        assert {fact.setting for fact in facts} == {"BILATERAL", "MULTILATERAL", "UNKNOWN"}
        assert max(len(fact.places) for fact in facts) == 3
        assert sum(fact.within is not None for fact in facts) > 2
        assert {fact.within_kind for fact in facts} == {None, "MARGINS", "PROGRAMME"}
        assert any(len(fact.parts()) > 1 for fact in facts)
        assert any(fact.interpreters for fact in facts)
        assert any(fact.unnamed for fact in facts)
        assert any(involved.on_behalf_of for fact in facts for involved in fact.participants)
        assert any(country not in states_at(fact) for fact in facts for country in states_of(fact.interpreters))
        assert any(involved.on_behalf_of.country.slug not in states_at(fact) for fact, involved in delegates(facts))


def states_of(involved: list[Any]) -> set[str]:
    return {each.actor.country.slug for each in involved if each.actor.country}


def states_at(fact: Any) -> set[str]:
    """Return the states of the participants."""
    return states_of(fact.participants)


def delegates(facts: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Return who represents whom, for those of a state, each with the meeting."""
    for fact in facts:
        for each in fact.participants:
            if each.on_behalf_of and each.on_behalf_of.country:
                yield fact, each
