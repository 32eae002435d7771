"""Ranges that begin after they end are reported, wherever they occur; otherwise the response does not change."""

from typing import Any

import pytest

from schema import schema
from service.planner.planner import Planner
from tests.schema.asking import answer

DAYS = {"from": "2019-12-31", "to": "2019-01-01"}
WRITTEN = '{ from: "2019-12-31", to: "2019-01-01" }'


def empty_range_warning(path: list[str], argument: str, value: str = WRITTEN) -> dict[str, Any]:
    return {"code": "EMPTY_RANGE", "path": path, "argument": argument, "value": value}


async def test_what_is_found_is_empty_and_the_warning_says_why(database: str) -> None:
    query = "query ($days: DateRange) { summits(filter: {date: $days}) { totalCount } }"
    assert await answer(database, query, {"days": DAYS}) == {
        "data": {"summits": {"totalCount": 0}},
        "extensions": {"warnings": [empty_range_warning(["summits"], "filter.date")]},
    }


async def test_each_is_told_once_beside_what_else_is_told(database: str) -> None:
    query = """query ($from: Date, $to: Date, $score: FloatRange) {
        first: people(filter: {slug: ["kim-jong-unn"]}) {
            nodes { quotes(filter: {knownSince: {from: $from, to: $to}}) { totalCount counts(by: YEAR) { count } } }
        }
        events(filter: {score: $score, date: {from: $from, year: 2018}}) { totalCount }
        relationship(between: ["donald-trump", "kim-jong-un"]) { tone(date: {from: $from, to: $to}) { events } }
        relationships(filter: {sharing: {date: {from: $from, to: $to}}}) { totalCount }
    }"""
    answered = await answer(database, query, {**DAYS, "score": {"from": 1.5, "to": -2}})
    ranges = [each for each in answered["extensions"]["warnings"] if each["code"] != "UNKNOWN_SLUG"]
    assert len(answered["extensions"]["warnings"]) == len(ranges) + 1
    assert ranges == [
        empty_range_warning(["first", "nodes", "quotes"], "filter.knownSince"),
        empty_range_warning(["events"], "filter.date", '{ from: "2019-12-31", year: 2018 }'),
        empty_range_warning(["events"], "filter.score", "{ from: 1.5, to: -2.0 }"),
        empty_range_warning(["relationship", "tone"], "date"),
        empty_range_warning(["relationships"], "filter.sharing.date"),
    ]


@pytest.mark.parametrize(
    "range_",
    [
        '{from: "2019-01-01", to: "2019-01-01"}',
        '{from: "2019-12-31"}',
        '{to: "0001-01-01"}',
        '{from: "2019-12-31", to: null}',
        '{from: "2019-12-31", year: 2019}',
        "{year: 2019}",
        "{}",
    ],
)
def test_of_what_may_hold_something_nothing_is_told(range_: str) -> None:
    prepared = Planner(schema).prepare(f"{{ summits(filter: {{date: {range_}}}) {{ totalCount }} }}")
    assert prepared.empty_ranges == []


def test_the_ends_of_a_path_are_no_range() -> None:
    prepared = Planner(schema).prepare('{ path(from: "vladimir-putin", to: "kim-jong-un") { length } }')
    assert prepared.empty_ranges == []
