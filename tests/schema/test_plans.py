"""Plans are kept by what shapes a statement, never by its values, and only so many of them."""

from typing import Any

import pytest

from schema import schema
from service.planner.plans import Plan, Planner

ASKED = (
    "query ($slugs: [String!], $day: Date, $first: Int, $after: String, $full: Boolean = true, $order: MeetingOrder)"
    " { summits(filter: {slug: $slugs, phase: HELD}, asOf: $day, first: $first, after: $after, orderBy: $order)"
    " { nodes { slug label @include(if: $full) } } }"
)
GIVEN: dict[str, Any] = {"slugs": ["hanoi-2019"], "day": "2019-04-18", "first": 3}
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
    planner = Planner(schema, size=3)
    first, second = plan(planner, first=1), plan(planner, first=2)
    plan(planner, first=3)
    assert plan(planner, first=1) is first
    plan(planner, first=4)
    assert plan(planner, first=1) is first
    assert plan(planner, first=2) is not second


def test_only_the_documents_used_last_are_kept() -> None:
    planner = Planner(schema, size=3)
    for number in range(10):
        planner.prepare(f'{{ summit(slug: "hanoi-2019") {{ a{number}: slug }} }}')
    assert planner._kept.cache_info().currsize == 3


def test_a_long_document_is_not_kept() -> None:
    planner = Planner(schema)
    long = "{ dataset { name } } #" + "x" * 100_000
    assert planner.prepare(long).plan is not planner.prepare(long).plan
    assert planner._kept.cache_info().currsize == 0
