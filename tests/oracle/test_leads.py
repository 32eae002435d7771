"""A page is the same whichever arm of its statement finds the rows, by the lead with the fewest or in their order.

A count is the same whether a load has counted or each row is scanned.
"""

import itertools
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from random import Random
from typing import Any

import pytest

from service.planner import leads
from tests.oracle.operations import Operation
from tests.oracle.systematic import DAYS, Systematic
from tests.oracle.test_generated import Bench, open_bench
from tests.oracle.values import Values

pytestmark = pytest.mark.slow

BOUNDS = (0, 2)
"""With the first, rows are read in their order unless there are none; with the second, both arms are used."""


@pytest.fixture(scope="module", params=BOUNDS)
def lowered_bound(request: pytest.FixtureRequest) -> Iterator[int]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(leads, "MOST", request.param)
        patch.setattr(leads, "MOST_BY_ROOT", 0)
        yield request.param


@pytest.fixture(scope="module")
async def bench(database: str, lowered_bound: int) -> AsyncIterator[Bench]:
    async for found in open_bench(database):
        yield found


async def test_each_filter_is_what_the_oracle_answers(bench: Bench, lowered_bound: int) -> None:
    asked = list(Systematic(bench.oracle.schema, Values(bench.oracle.view.register)).filters())
    statements = [bench.planner.prepare(each.query, variables=each.variables).sql or "" for each in asked]
    # tests/oracle/test_generated.py covers all others
    with_arms = [
        each
        for each, statement in zip(asked, statements, strict=True)
        if f"greatest({lowered_bound}, 0 * sqrt(" in statement
    ]
    assert len(with_arms) > 100
    assert await bench.faults(with_arms) == []


@pytest.mark.usefixtures("lowered_bound")
async def test_pages_of_two_filters_are_what_the_oracle_answers(bench: Bench) -> None:
    """From either end, with whether there is more."""
    register = bench.oracle.view.register
    values = Values(register)
    ends = ("first: 3", "last: 3", "first: 1, orderBy: DATE_DESC", "last: 2, orderBy: KNOWN_SINCE_ASC")
    fields = ("involving", "involvingAll", "source", "sourceAll", "outlet", "knownSince", "text")
    pairs = itertools.permutations(fields, 2)
    filter_: Any = bench.oracle.schema.type_map["FactFilter"]
    asked = []
    for (one, other), end, day in zip(pairs, itertools.cycle(ends), itertools.cycle(DAYS), strict=False):
        given = {name: values.some(filter_.fields[name].type, name, "FactFilter", 1)[0] for name in (one, other)}
        body = "totalCount pageInfo { hasNextPage hasPreviousPage } edges { cursor node { slug } }"
        query = f"query ($filter: FactFilter, $day: Date) {{ facts(filter: $filter, asOf: $day, {end}) {{ {body} }} }}"
        asked.append(Operation(query, {"filter": given, "day": day}))
    assert len(asked) == 42
    assert await bench.faults(asked) == []


OWNERS = """query ($slug: String!, $day: Date, $quotes: QuoteFilter, $facts: FactFilter, $meetings: MeetingFilter) {
  actor: %s(slug: $slug, asOf: $day) {
    facts(filter: $facts, %s) { ...Found }
    quotes(filter: $quotes, %s) { totalCount pageInfo { hasNextPage hasPreviousPage } edges { cursor node { slug } } }
    meetings(filter: $meetings, %s) { totalCount pageInfo { hasPreviousPage } nodes { slug } }
  }
}
fragment Found on FactConnection {
  totalCount
  pageInfo { hasNextPage hasPreviousPage }
  edges { cursor node { slug } }
}"""
ENDS = ("first: 3", "last: 2", "first: 20, orderBy: DATE_DESC", "last: 3, orderBy: KNOWN_SINCE_ASC")


@pytest.mark.usefixtures("lowered_bound")
async def test_pages_of_an_owner_are_what_the_oracle_answers(bench: Bench) -> None:
    """For the actors with the most facts, plain and as of days from the first on, all facts and those that meet
    conditions.
    """
    random, register = Random(1), bench.oracle.view.register
    values, types = Values(register), bench.oracle.schema.type_map
    days = [None, *sorted({row.known_since.isoformat() for row in register.tables["fact"]})]
    many = Counter(row.actor_id for row in register.tables["presence"])
    actors = [row for row in register.tables["actor"] if row.typename != "Country"]
    actors = sorted(actors, key=lambda row: (-many[row.id], row.slug))[:12]
    fields = ("involving", "involvingAll", "source", "sourceAll", "outlet", "knownSince", "text", "date")
    asked = []
    for number in range(120):
        actor, filters = actors[number % len(actors)], {}
        for name in ("facts", "quotes", "meetings"):
            filter_: Any = types[f"{name[:-1].capitalize()}Filter"]
            chosen = random.sample(fields, number % 3)
            filters[name] = {
                each: random.choice(values.some(filter_.fields[each].type, each, filter_.name, 2)) for each in chosen
            }
        query = OWNERS % (actor.typename.lower(), *(random.choice(ENDS) for _ in range(3)))
        asked.append(Operation(query, {"slug": actor.slug, "day": random.choice(days), **filters}))
    assert await bench.faults(asked) == []


LINKED = """query (
  $of: [String!], $on: Date, $place: [String!], $status: [MeetingStatus!], $source: [String!], $day: Date
  $states: [String!], $when: DateRange
) {
  offices(asOf: $day, filter: {of: $of}, %s) { totalCount pageInfo { hasNextPage } edges { cursor node { slug } } }
  held: offices(asOf: $day, filter: {of: $of, on: $on}, %s) { totalCount nodes { slug } }
  anywhere: offices(asOf: $day, filter: {on: $on}, %s) { pageInfo { hasPreviousPage } nodes { slug } }
  meetings(asOf: $day, filter: {place: $place}, %s) { totalCount pageInfo { hasNextPage } nodes { slug } }
  there: meetings(asOf: $day, filter: {place: $place, status: $status, source: $source}, %s) { nodes { slug } }
  with: meetings(asOf: $day, filter: {participantCountry: $states}, %s) { totalCount edges { cursor node { slug } } }
  all: meetings(asOf: $day, filter: {participantCountryAll: $states}, %s) { totalCount nodes { slug } }
  then: summits(asOf: $day, filter: {participantCountryAll: $states, date: $when, status: $status}, %s) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage }
    nodes { slug }
  }
  people(asOf: $day, filter: {source: $source}, first: 3) { totalCount pageInfo { hasNextPage } nodes { slug } }
}"""


@pytest.mark.usefixtures("lowered_bound")
async def test_pages_of_what_facts_are_linked_with_are_what_the_oracle_answers(bench: Bench) -> None:
    """For one state, place or source, for several and for none, in each order and from either end."""
    random, tables = Random(2), bench.oracle.view.register.tables
    days = [None, *sorted({row.known_since.isoformat() for row in tables["fact"]})]
    slugs = {name: [row.slug for row in tables[name]] for name in ("place", "source")}
    slugs["actor"] = [row.slug for row in tables["actor"] if row.typename != "Person"]
    present = Counter(row.country_id for row in tables["participant_country"])
    states = [row.slug for row in tables["actor"] if present[row.id]]
    asked = []
    for _ in range(120):
        given: dict[str, Any] = {
            variable: random.sample(sorted(slugs[name]), random.choice((0, 1, 1, 1, 2)))
            for variable, name in (("of", "actor"), ("place", "place"), ("source", "source"))
        }
        given |= {"on": random.choice(days[1:]), "status": ["HELD", "CANCELLED"], "day": random.choice(days)}
        given |= {"states": random.sample(states, random.choice((1, 2, 2, 3))), "when": {"year": 2019}}
        asked.append(Operation(LINKED % tuple(random.choice(ENDS) for _ in range(8)), given))
    assert await bench.faults(asked) == []


KNOWN = """query ($day: Date, $one: [String!]) {
  facts(asOf: $day, %s) { pageInfo { hasNextPage hasPreviousPage } edges { cursor node { slug } } }
  of: facts(asOf: $day, filter: {involving: $one}, %s) { edges { cursor node { slug } } }
  both: facts(asOf: $day, filter: {involvingAll: $one}, %s) { nodes { slug } }
  quotes(asOf: $day, %s) { pageInfo { hasNextPage } nodes { slug } }
  meetings(asOf: $day, %s) { pageInfo { hasPreviousPage } edges { cursor node { slug } } }
}"""


@pytest.mark.usefixtures("lowered_bound")
async def test_pages_of_what_was_known_on_a_day_are_what_the_oracle_answers(bench: Bench) -> None:
    """Latest first, including what was known before its date, and by when it was reported; from either end, on each
    day.
    """
    random, tables = Random(3), bench.oracle.view.register.tables
    days = sorted({row.known_since.isoformat() for row in tables["fact"]})
    many = Counter(row.actor_id for row in tables["presence"])
    slugs = [row.slug for row in sorted(tables["actor"], key=lambda row: (-many[row.id], row.slug))[:8]]
    orders = ("DATE_DESC", "DATE_DESC", "KNOWN_SINCE_DESC", "KNOWN_SINCE_ASC", "DATE_ASC")
    pages = [f"{end}: {size}, orderBy: {order}" for end in ("first", "last") for size in (1, 4, 30) for order in orders]
    asked = [
        Operation(
            KNOWN % tuple(random.choice(pages) for _ in range(5)),
            {"day": day, "one": random.sample(slugs, 1 + number % 2)},
        )
        for number, day in enumerate(days * 3)
    ]
    assert await bench.faults(asked) == []


TOLD = """query ($day: Date, $told: DateRange) {
  facts(asOf: $day, filter: {knownSince: $told}, %s) {
    pageInfo { hasNextPage hasPreviousPage }
    edges { cursor node { slug } }
  }
  quotes(asOf: $day, filter: {knownSince: $told}, %s) { pageInfo { hasNextPage } nodes { slug } }
  meetings(asOf: $day, filter: {knownSince: $told}, %s) { pageInfo { hasPreviousPage } edges { cursor node { slug } } }
}"""


@pytest.mark.usefixtures("lowered_bound")
async def test_pages_of_what_was_told_in_a_range_are_what_the_oracle_answers(bench: Bench) -> None:
    """From a day on, up to a day or between two, in each order, from either end and for each lateness."""
    random, tables = Random(4), bench.oracle.view.register.tables
    days = sorted({row.known_since.isoformat() for row in tables["fact"]})
    orders = ("DATE_ASC", "DATE_ASC", "DATE_DESC", "KNOWN_SINCE_ASC")
    pages = [f"{end}: {size}, orderBy: {order}" for end in ("first", "last") for size in (1, 4, 30) for order in orders]
    asked = []
    for number in range(120):
        told = dict(zip(("from", "to"), sorted(random.sample(days, 2)), strict=True))
        told = {name: day for name, day in told.items() if number % 3 == 0 or name == ("from", "to")[number % 3 - 1]}
        given = {"day": random.choice([None, None, *days]), "told": told}
        asked.append(Operation(TOLD % tuple(random.choice(pages) for _ in range(3)), given))
    assert await bench.faults(asked) == []


COUNTED = """query ($day: Date, $one: [String!], $kind: [FactKind!]) {
  all: facts(asOf: $day, first: 2) { totalCount nodes { slug } }
  kinds: facts(asOf: $day, first: 2, filter: {kind: $kind}) { totalCount nodes { slug } }
  of: facts(asOf: $day, first: 2, filter: {involving: $one}) { totalCount nodes { slug } }
  both: facts(asOf: $day, first: 2, filter: {involving: $one, kind: $kind}) { totalCount }
  none: facts(asOf: $day, first: 0, filter: {}) { totalCount }
  meetings(asOf: $day, first: 2, filter: {participant: $one}) { totalCount nodes { slug } }
  quotes(asOf: $day, first: 2, orderBy: DATE_DESC) { totalCount nodes { slug } }
  relationships(asOf: $day, first: 0) { totalCount }
  people(asOf: $day, first: 30, orderBy: FACTS_DESC) {
    nodes {
      slug
      facts(first: 0) { totalCount }
      meetings(first: 0) { totalCount }
      quotes(first: 0) { totalCount }
      of: facts(first: 1, filter: {involving: $one}) { totalCount }
      kinds: facts(first: 1, filter: {kind: $kind}) { totalCount }
    }
  }
}"""


async def test_counts_are_what_the_oracle_answers(bench: Bench) -> None:
    people = sorted(row.slug for row in bench.oracle.view.register.tables["actor"] if row.typename == "Person")[::12]
    kinds = itertools.cycle((["QUOTE"], ["SUMMIT", "TALKS", "SUMMIT"], ["OFFICE"], []))
    several = [[], people[:2], ["nobody"], [people[0], people[0]], *([slug] for slug in people[:12])]
    asked = [
        Operation(COUNTED, {"day": day, "one": one, "kind": kind})
        for one, kind, day in zip(several, kinds, itertools.cycle(DAYS), strict=False)
    ]
    assert await bench.faults(asked) == []
