"""Values in messages have GraphQL syntax, whether they come from the document or from variables."""

from typing import Any

import pytest
from graphql import GraphQLError

from schema import schema
from service.language.errors import OperationError
from service.language.printing import print_value
from service.planner.planner import Planner

PLANNER = Planner(schema)
ASKED = """query ($filter: MeetingFilter, $first: Int, $slug: String = "x") {
    summits(filter: $filter, first: $first) { totalCount }
    leader(slug: $slug) { slug }
}"""


def errors(query: str, **variables: Any) -> list[GraphQLError]:
    with pytest.raises(OperationError) as caught:
        PLANNER.prepare(query, variables=variables)
    return caught.value.errors


def messages(query: str, **variables: Any) -> list[str]:
    return [error.message for error in errors(query, **variables)]


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        (
            {"filter": {"slug": [None]}},
            "Variable '$filter' has invalid value at .slug[0]: "
            "Expected value of non-null type 'String!' not to be null. Give a value for `slug`.",
        ),
        ({"first": True}, "Variable '$first' has invalid value: Int cannot represent non-integer value: true"),
        (
            {"first": "5"},
            "Variable '$first' has invalid value: Int cannot represent non-integer value: \"5\". "
            "A number has no quotation marks: write `first: 5`.",
        ),
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
            "Variable '$filter' has invalid value at .date.from: Expected a string, found false. "
            'A day is a text: write it like `from: "2019-02-28"`.',
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
            {"filter": {"date": {"zzzz": {"a": {"b": {"c": {"d": 1}}}}}}},
            "Variable '$filter' has invalid value at .date: Expected value of type 'DateRange' not to include unknown "
            "field 'zzzz', found: { zzzz: { a: { b: { ... } } } }. Its fields are from, to, year, match.",
        ),
        ({"filter": {"date": {"from": "'"}}}, '"\'" is not a date: write it like 2019-02-28.'),
    ],
)
def test_of_variables(variables: dict[str, Any], message: str) -> None:
    assert messages(ASKED, **variables) == [message]


def test_of_literals() -> None:
    query = "{ leader(slug: null) { slug } summits(first: true, filter: {date: {from: true}}) { totalCount } }"
    assert messages(query) == [
        "Expected value of non-null type 'String!' not to be null. Give a value for `slug`.",
        "Int cannot represent non-integer value: true",
        'Expected a string, found true. A day is a text: write it like `from: "2019-02-28"`.',
    ]


@pytest.mark.parametrize(
    ("argument", "literal", "value", "hint"),
    [
        ("filter", "{status: {eq: HELD}}", {"status": {"eq": "HELD"}}, "not operators: write `status: [HELD]`."),
        (
            "filter",
            "{status: {in: [HELD, OFF]}}",
            {"status": {"in": ["HELD", "OFF"]}},
            "`status:` with one of ",
        ),
        (
            "filter",
            "{phase: {in: [HELD, OFF]}}",
            {"phase": {"in": ["HELD", "OFF"]}},
            "write `phase: [HELD, OFF]`.",
        ),
        ("filter", "{phase: DONE}", {"phase": "DONE"}, "Write `phase:` with one of PLANNED, UNDERWAY, HELD, OFF."),
        ("filter", "{phase: [DONE]}", {"phase": ["DONE"]}, "Write `phase:` with one of PLANNED, UNDERWAY, HELD, OFF."),
        ("filter", "{phase: 1}", {"phase": 1}, "Write `phase:` with one of PLANNED, UNDERWAY, HELD, OFF."),
        ("filter", "{phase: true}", {"phase": True}, "Write `phase:` with one of PLANNED, UNDERWAY, HELD, OFF."),
        ("filter", "{phase: [null]}", {"phase": [None]}, "Give a value for `phase`."),
        ("filter", "{phase: held}", {"phase": "held"}, "Did you mean the enum value 'HELD'?"),
        ("filter", "{date: {match: within}}", {"date": {"match": "within"}}, "Did you mean the enum value 'WITHIN'?"),
        ("filter", "{year: 2019}", {"year": 2019}, "Write `date: {year: 2019}`."),
        ("filter", '{participants: ["x"]}', {"participants": ["x"]}, "Write `participant: [x]`."),
        ("filter", '{participant_country: "US"}', {"participant_country": "US"}, "Write `participantCountry: US`."),
        ("filter", '{name: "Hanoi"}', {"name": "Hanoi"}, "Write `text: Hanoi`."),
        ("filter", '{location: "hanoi"}', {"location": "hanoi"}, "Write `place: hanoi`."),
        ("filter", "{AND: []}", {"AND": []}, "All conditions of a filter must hold"),
        ("filter", "{OR: [{phase: OFF}]}", {"OR": [{"phase": "OFF"}]}, "A condition takes several values"),
        ("filter", "{not: {phase: OFF}}", {"not": {"phase": "OFF"}}, "Filters have no negation"),
        ("filter", "{zzzz: 1}", {"zzzz": 1}, "Its fields are slug, involving, "),
        (
            "filter",
            '{speaker: ["x"]}',
            {"speaker": ["x"]},
            "Lists that filter by `speaker`: quotes. Its fields are slug, ",
        ),
        ("filter", '"Hanoi"', "Hanoi", "Write `filter: {text: Hanoi}`."),
        ("filter", "[{phase: OFF}]", [{"phase": "OFF"}], "write all conditions in one `filter: {...}`."),
        ("filter", "{date: 2019}", {"date": 2019}, "Write `date: {year: 2019}`."),
        ("filter", '{date: "2019"}', {"date": "2019"}, "Write `date: {year: 2019}`."),
        ("filter", '{date: "2019-02-28"}', {"date": "2019-02-28"}, "Write `date: {from: 2019-02-28}`."),
        ("filter", '{date: ["2019-01-01", "2019-06-30"]}', {"date": ["2019-01-01", "2019-06-30"]}, "to: 2019-06-30}`."),
        ("filter", "{date: []}", {"date": []}, "Write `date: {from: ...}`."),
        ("filter", '{date: {gte: "2019-01-01"}}', {"date": {"gte": "2019-01-01"}}, "Write `from: 2019-01-01`."),
        ("filter", '{date: {year: "2019"}}', {"date": {"year": "2019"}}, "no quotation marks: write `year: 2019`."),
        ("filter", "{date: {from: 2019}}", {"date": {"from": 2019}}, "write it like `from: 2019-02-28`."),
        ("filter", '{isWithdrawn: "true"}', {"isWithdrawn": "true"}, "Write `isWithdrawn: true`."),
        ("filter", "{participant: 5}", {"participant": 5}, "A text has quotation marks: write `participant: 5`."),
        ("filter", "{participant: [null]}", {"participant": [None]}, "Give a value for `participant`."),
        (
            "filter",
            '{participant: {eq: "x"}}',
            {"participant": {"eq": "x"}},
            "operators: write `participant: [x]`.",
        ),
        (
            "filter",
            '{participant: [["x"]]}',
            {"participant": [["x"]]},
            "A list is not accepted here: ",
        ),
        ("filter", '{text: ["x"]}', {"text": ["x"]}, "A list is not accepted here: write `text: x`."),
        ("orderBy", "DATE", "DATE", "Write `orderBy:` with one of DATE_ASC, DATE_DESC, "),
        ("orderBy", "{field: DATE}", {"field": "DATE"}, "Write `orderBy:` with one of DATE_ASC, DATE_DESC, "),
        ("orderBy", "[DATE_ASC]", ["DATE_ASC"], "A list is not accepted here: write `orderBy: DATE_ASC`."),
        ("orderBy", "date_asc", "date_asc", "Did you mean the enum value 'DATE_ASC'"),
        ("first", '"5"', "5", "A number has no quotation marks: write `first: 5`."),
        ("first", "[5]", [5], "A list is not accepted here: write `first: 5`."),
        ("after", "5", 5, "A text has quotation marks: write `after: 5`."),
        ("asOf", "2019", 2019, "A day is a text: write it like `asOf: 2019-02-28`."),
        ("asOf", "[]", [], "A list is not accepted here: write `asOf: ...`."),
    ],
)
def test_a_value_in_a_variable_is_explained_as_in_a_document(
    argument: str, literal: str, value: Any, hint: str
) -> None:
    types = {"filter": "MeetingFilter", "orderBy": "MeetingOrder", "first": "Int", "after": "String", "asOf": "Date"}
    variable = f"query (${argument}: {types[argument]}) {{ summits({argument}: ${argument}) {{ totalCount }} }}"
    told = [*errors(f"{{ summits({argument}: {literal}) {{ totalCount }} }}"), *errors(variable, **{argument: value})]
    for error in told:
        assert hint in error.message.replace('"', "")
    # the code says where the value came from, and nothing else differs
    of_literal, of_variable = (dict(error.extensions or {}) for error in told)
    assert (of_literal.pop("code"), of_variable.pop("code")) == ("GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT")
    assert of_literal == of_variable
    assert ("see" in of_literal) == ("Did you mean" not in hint)


def test_a_default_of_a_variable_is_explained() -> None:
    query = 'query ($date: DateRange = "2019") { summits(filter: {date: $date}) { totalCount } }'
    (message,) = messages(query)
    assert message.endswith("Write `date: {year: 2019}`.")


@pytest.mark.parametrize("given", ["$slug", "Slug", "SLUG", "s_lug"])
def test_a_misspelt_name_of_a_variable_is_told(given: str) -> None:
    (message,) = messages("query ($slug: String!) { leader(slug: $slug) { slug } }", **{given: "kim-jong-un"})
    assert message.endswith(f"to be provided. The value of `{given}` must be named `slug`.")


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
