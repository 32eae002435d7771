"""Values in messages have GraphQL syntax, whether they come from the document or from variables."""

from typing import Any

import pytest

from schema import schema
from service.language.errors import OperationError
from service.language.printing import print_value
from service.planner.planner import Planner

PLANNER = Planner(schema)
ASKED = """query ($filter: MeetingFilter, $first: Int, $slug: String = "x") {
    summits(filter: $filter, first: $first) { totalCount }
    leader(slug: $slug) { slug }
}"""


def messages(query: str, **variables: Any) -> list[str]:
    with pytest.raises(OperationError) as caught:
        PLANNER.prepare(query, variables=variables)
    return [error.message for error in caught.value.errors]


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        (
            {"filter": {"slug": [None]}},
            "Variable '$filter' has invalid value at .slug[0]: "
            "Expected value of non-null type 'String!' not to be null.",
        ),
        ({"first": True}, "Variable '$first' has invalid value: Int cannot represent non-integer value: true"),
        ({"first": "5"}, "Variable '$first' has invalid value: Int cannot represent non-integer value: \"5\""),
        (
            {"filter": {"participants": ["it's", None]}},
            "Variable '$filter' has invalid value: Expected value of type 'MeetingFilter' not to include unknown field "
            "'participants'. Write `participant: [\"it's\", null]`.",
        ),
        (
            {"filter": {"date": "2019"}},
            "Variable '$filter' has invalid value at .date: Expected value of type 'DateRange' to be an object, "
            'found: "2019". Write `date: {year: 2019}`.',
        ),
        (
            {"filter": {"date": {"from": False}}},
            "Variable '$filter' has invalid value at .date.from: Expected a string, found false.",
        ),
        (
            {"filter": {"status": ["HELDD"]}},
            "Variable '$filter' has invalid value at .status[0]: Value 'HELDD' does not exist in 'MeetingStatus' enum. "
            "Did you mean the enum value 'HELD'?",
        ),
        (
            {"filter": {"setting": [{"eq": "BILATERAL"}]}},
            "Variable '$filter' has invalid value at .setting[0]: Enum 'MeetingSetting' cannot represent non-string "
            'value: { eq: "BILATERAL" }. Conditions take values, not operators: write `setting: ["BILATERAL"]`.',
        ),
        (
            {"filter": {"zzzz": {"a": {"b": {"c": {"d": 1}}}}}},
            "Variable '$filter' has invalid value: Expected value of type 'MeetingFilter' not to include unknown field "
            "'zzzz', found: { zzzz: { a: { b: { ... } } } }.",
        ),
        ({"filter": {"date": {"from": "'"}}}, '"\'" is not a date: write it like 2019-02-28.'),
    ],
)
def test_of_variables(variables: dict[str, Any], message: str) -> None:
    assert messages(ASKED, **variables) == [message]


def test_of_literals() -> None:
    query = "{ leader(slug: null) { slug } summits(first: true, filter: {date: {from: true}}) { totalCount } }"
    assert messages(query) == [
        "Expected value of non-null type 'String!' not to be null.",
        "Int cannot represent non-integer value: true",
        "Expected a string, found true.",
    ]


def test_what_is_missing_or_too_much_is_told() -> None:
    assert messages("query ($slug: String!) { leader(slug: $slug) { slug } }") == [
        "Variable '$slug' has invalid value: Expected a value of non-null type 'String!' to be provided."
    ]
    assert len(messages(ASKED, filter={"slug": [1] * 50})) == 10


def test_what_is_long_or_deep_is_cut() -> None:
    deep: list[Any] = []
    for _ in range(900):
        deep = [deep]
    assert print_value(deep) == "[[[[...]]]]"
    assert print_value({"a": {}, "b": [], "c": 1.5}) == "{ a: {}, b: [], c: 1.5 }"
    assert print_value("x" * 1000) == f'"{"x" * 119}...'
