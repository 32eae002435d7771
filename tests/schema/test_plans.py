"""Plans are cached by what shapes a statement, never by its values, and their number is limited."""

from typing import Any

import pytest
from graphql import get_introspection_query

from schema import schema
from service.language.errors import OperationError
from service.planner.planner import Plan, Planner

ASKED = (
    "query ($slugs: [String!], $day: Date, $first: Int, $after: String, $full: Boolean = true, $order: MeetingOrder)"
    " { summits(filter: {slug: $slugs, phase: HELD}, asOf: $day, first: $first, after: $after, orderBy: $order)"
    " { nodes { slug label @include(if: $full) } } }"
)
GIVEN: dict[str, Any] = {"slugs": ["hanoi-2019"], "day": "2019-04-18", "first": 3}
DEAR = "{ people(first: 100) { nodes { facts { counts(by: [OUTLET, INVOLVED], first: 1) { count } } } } }"
CURSOR = "WyJTdW1taXRDb25uZWN0aW9uLkRBVEVfQVNDIiwgIjIwMTktMDQtMjUiLCAiMjAxOS0wNC0yNSIsICJ4Il0"


def plan(planner: Planner, **changes: Any) -> Plan:
    return planner.prepare(ASKED, variables=GIVEN | changes).plan


@pytest.mark.parametrize(
    "changes",
    [
        {"slugs": ["dmz-2019", "nowhere"]},
        {"slugs": []},
        {"day": "2021-02-22"},
        {"slugs": ["singapore-2018"], "day": "2018-05-31"},
    ],
)
def test_other_values_take_the_same_plan(changes: dict[str, Any]) -> None:
    planner = Planner(schema)
    assert plan(planner, **changes) is plan(planner)


@pytest.mark.parametrize(
    "changes",
    [
        {"first": 4},
        {"day": None},
        {"slugs": None},
        {"after": CURSOR},
        {"full": False},
        {"order": "DATE_DESC"},
    ],
)
def test_another_shape_takes_another_plan(changes: dict[str, Any]) -> None:
    planner = Planner(schema)
    assert plan(planner, **changes) is not plan(planner)


def test_values_are_those_of_the_request() -> None:
    planner = Planner(schema)
    one, other = (planner.prepare(ASKED, variables=GIVEN | {"slugs": [slug]}) for slug in ("hanoi-2019", "dmz-2019"))
    assert ["hanoi-2019"] in one.values
    assert ["dmz-2019"] in other.values


def test_only_the_plans_used_last_are_kept() -> None:
    size = plan(Planner(schema), first=1).size
    planner = Planner(schema, cache_bytes=9 * size)
    first, second = plan(planner, first=1), plan(planner, first=2)
    for number in range(3, 20):
        assert plan(planner, first=1) is first
        plan(planner, first=number)
    assert plan(planner, first=2) is not second


def test_what_is_kept_is_bounded_in_bytes() -> None:
    planner = Planner(schema, cache_bytes=1_000_000)
    for number in range(300):
        planner.prepare(f'{{ summit(slug: "hanoi-2019") {{ a{number}: slug }} }}')
        assert planner.cache.bytes <= 1_000_000
    assert 100 < len(planner.cache) < 3 * 300


def test_what_is_too_long_for_one_is_not_kept() -> None:
    planner = Planner(schema, cache_bytes=2_000)
    assert planner.prepare("{ dataset { name } }").plan is not planner.prepare("{ dataset { name } }").plan
    assert len(planner.cache) == 0


@pytest.mark.parametrize("query", ["{ nothing }", "{", "{ facts(first: 101) { totalCount } }", DEAR])
def test_a_refusal_is_kept(query: str) -> None:
    planner = Planner(schema)
    with pytest.raises(OperationError) as first:
        planner.prepare(query)
    kept = len(planner.cache)
    with pytest.raises(OperationError) as second:
        planner.find(query)
    assert kept == len(planner.cache) > 0
    assert [error.formatted for error in first.value.errors] == [error.formatted for error in second.value.errors]


def test_what_is_asked_of_the_schema_is_answered_once() -> None:
    planner = Planner(schema)
    assert planner.find(get_introspection_query()) is None
    first = planner.prepare(get_introspection_query())
    second = planner.find(get_introspection_query())
    assert second is not None
    assert first.sql is None
    assert first.plan is second.plan
    assert len(first.body()) > 100_000


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('{ summit(slug: "hanoi-2019") { slug } }', '{ summit(slug: "dmz-2019") { slug } }'),
        ('{ summit(slug: "hanoi-2019") { slug } }', '{ summit(slug: """dmz-2019""") { slug } }'),
        ('{ summits(asOf: "2019-01-01") { totalCount } }', '{ summits(asOf: "2020-01-01") { totalCount } }'),
    ],
)
def test_texts_in_the_document_are_values(one: str, other: str) -> None:
    planner = Planner(schema)
    first, second = planner.prepare(one), planner.find(other)
    assert second is not None
    assert first.plan is second.plan
    assert first.values != second.values
