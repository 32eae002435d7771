"""Numbers of every size: those that a type can hold are accepted as literal and variable, others get a code."""

from __future__ import annotations

import pytest

from tests.http.conftest import Ask

SCORE = "events(filter: {{score: {{from: {low}, to: {high}}}}}) {{ totalCount }}"
FITTING = [
    "0",
    "-0",
    "-0.0",
    "1",
    "-10",
    "2.5",
    "1e0",
    "1E+2",
    "-7.25e-1",
    "2147483648",
    "-2147483649",
    "9007199254740992",
    "9007199254740994",
    "-9007199254740992",
    "9223372036854775808",
    "18446744073709551616",
    "1152921504606846976",
    "10000000000000000000000",
    "1.7976931348623157e308",
    "-1.7976931348623157e308",
    "5e-324",
    "1e-400",
    "0.1",
    "0.1000000000000000055511151231257827021181583404541015625",
]
"""Numbers that a Float can hold, or that the nearest Float stands for."""
BEYOND = ["1e309", "-1e309", "1e400", "-1e400", "1.8e308", "9e99999", "1" + "0" * 309, "-1" + "0" * 390]
"""Numbers that are larger than any Float."""
INEXACT = [
    "9007199254740993",
    "-9007199254740993",
    "9223372036854775807",
    "1152921504606846977",
    "18446744073709551615",
]
"""Integers that lie between two Floats."""
OF_THOUSANDS_OF_DIGITS = ["9" * 5_000, "-" + "9" * 5_000, "1" * 4_301, "9" * 5_000 + ".5", "1." + "0" * 5_000 + "e999"]


def count_in_range(ask: Ask, low: str, high: str) -> tuple[int, int, int]:
    """Return the events with a score in a range whose ends are in the document, in one variable, and in two."""
    literal = ask(f"{{ {SCORE.format(low=low, high=high)} }}")
    ends = {"low": float(low) if "." in low or "e" in low.lower() else int(low), "high": float(high)}
    single = ask("query ($low: Float, $high: Float) { " + SCORE.format(low="$low", high="$high") + " }", ends)
    query = "query ($r: FloatRange) { events(filter: {score: $r}) { totalCount } }"
    whole = ask(query, {"r": {"from": ends["low"], "to": ends["high"]}})
    first, second, third = (reply.body["data"]["events"]["totalCount"] for reply in (literal, single, whole))
    return first, second, third


@pytest.mark.parametrize("number", FITTING)
def test_what_a_float_can_hold_is_the_same_by_literal_and_by_variable(
    ask: Ask, scores: list[float], number: str
) -> None:
    count = sum(score >= float(number) for score in scores)
    assert set(count_in_range(ask, number, "1e308")) == {count}
    default = ask(f"query ($n: Float = {number}) {{ events(filter: {{score: {{from: $n}}}}) {{ totalCount }} }}")
    assert default.body == {"data": {"events": {"totalCount": count}}}


@pytest.fixture(scope="module")
def scores(ask: Ask) -> list[float]:
    """Return the scores of all events."""
    found: list[float] = []
    after = None
    while True:
        query = (
            "query ($after: String) { events(first: 100, after: $after) { nodes { score } pageInfo { endCursor } } }"
        )
        page = ask(query, {"after": after}).body["data"]["events"]
        found += [node["score"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if after is None:
            return found


@pytest.mark.parametrize("number", BEYOND + INEXACT)
def test_what_a_float_cannot_hold(ask: Ask, number: str) -> None:
    for end in ("from", "to"):
        reply = ask(f"{{ events(filter: {{score: {{{end}: {number}}}}}) {{ totalCount }} }}")
        assert reply.body["data"] is None
        assert reply.error_places == {("BAD_USER_INPUT", ("events",), f"filter.score.{end}")}


@pytest.mark.parametrize("number", BEYOND)
def test_what_a_float_cannot_hold_as_the_default_of_a_variable(ask: Ask, number: str) -> None:
    for definition, place in ((f"$v: Float = {number}", "{from: $v}"), (f"$v: FloatRange = {{to: {number}}}", "$v")):
        reply = ask(f"query ({definition}) {{ events(filter: {{score: {place}}}) {{ totalCount }} }}")
        assert reply.body.get("data") is None
        assert reply.codes == {"BAD_USER_INPUT"}


def test_a_whole_number_between_two_floats_by_variable(ask: Ask) -> None:
    query = "query ($n: Float) { events(filter: {score: {from: $n}}) { totalCount } }"
    reply = ask(query, {"n": 9007199254740993})
    assert (reply.status, reply.codes) == (400, {"BAD_USER_INPUT"})


@pytest.mark.parametrize("number", ["2147483648", "-2147483649", "9" * 30, "9223372036854775808"])
def test_what_an_int_cannot_hold(ask: Ask, number: str) -> None:
    for field in (
        "leaders(first: #) { totalCount }",
        "leaders(last: #) { totalCount }",
        'path(from: "kim-jong-un", to: "donald-trump", maxLength: #) { length }',
        "people(first: 1) { nodes { facts(first: #) { totalCount } } }",
        "claims(first: 1) { counts(by: [RANK], first: #) { count } }",
    ):
        reply = ask("{ " + field.replace("#", number) + " }")
        assert (reply.status, reply.codes) == (400, {"GRAPHQL_VALIDATION_FAILED"})
        reply = ask("query ($n: Int) { " + field.replace("#", "$n") + " }", {"n": int(number)})
        assert reply.codes == {"BAD_USER_INPUT"}
        reply = ask(f"query ($n: Int = {number}) {{ " + field.replace("#", "$n") + " }")
        assert (reply.status, reply.codes) == (400, {"GRAPHQL_VALIDATION_FAILED"})


@pytest.mark.parametrize("number", ["2147483647", "-2147483648", "101", "-1"])
def test_an_int_that_no_page_can_have(ask: Ask, number: str) -> None:
    for name in ("first", "last"):
        by_literal = ask(f"{{ leaders({name}: {number}) {{ totalCount }} }}")
        by_variable = ask(f"query ($n: Int) {{ leaders({name}: $n) {{ totalCount }} }}", {"n": int(number)})
        assert by_literal == by_variable
        assert by_literal.error_places == {("BAD_USER_INPUT", ("leaders",), name)}


@pytest.mark.parametrize("number", OF_THOUSANDS_OF_DIGITS, ids=lambda number: f"{number[:3]}-{len(number)}")
def test_a_number_of_thousands_of_digits_is_refused_in_our_own_words(ask: Ask, number: str) -> None:
    for query in (
        f"{{ leaders(first: {number}) {{ totalCount }} }}",
        f"{{ leaders(last: {number}) {{ totalCount }} }}",
        f'{{ leader(slug: "x") {{ facts(first: {number}) {{ totalCount }} }} }}',
        f"{{ events(filter: {{score: {{from: {number}}}}}) {{ totalCount }} }}",
        f"query ($n: Int = {number}) {{ leaders(first: $n) {{ totalCount }} }}",
        f"query ($n: Float = {number}) {{ events(filter: {{score: {{to: $n}}}}) {{ totalCount }} }}",
        f"{{ leader(slug: {number}) {{ slug }} }}",
        f"{{ node(id: {number}) {{ id }} }}",
        f"{{ dataset {{ name @skip(if: {number}) }} }}",
    ):
        reply = ask(query)
        assert reply.body.get("data") is None
        assert reply.codes <= {
            "BAD_USER_INPUT",
            "GRAPHQL_VALIDATION_FAILED",
            "GRAPHQL_PARSE_FAILED",
            "QUERY_TOO_COMPLEX",
        }
        for error in reply.body["errors"]:
            assert len(error["message"]) < 600
            for leak in ("set_int_max_str_digits", "Exceeds the limit", "integer string conversion"):
                assert leak not in error["message"]


def test_a_long_number_in_a_text_or_a_name_is_none(ask: Ask) -> None:
    digits = "9" * 5_000
    assert ask(f'{{ leader(slug: "{digits}") {{ slug }} }}').body["data"] == {"leader": None}
    assert ask(f'{{ leader(slug: "x") {{ slug }} }} # {digits}').body["data"] == {"leader": None}
    assert ask(f"{{ a{digits}: dataset {{ name }} }}").body == {"data": {f"a{digits}": {"name": "Gipfelbuch"}}}
