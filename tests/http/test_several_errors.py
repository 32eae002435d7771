"""Several invalid arguments: all are reported at once, each with its path and its name, up to ten of them.

Any refusal refuses the whole operation: nothing else is returned.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.http.conftest import Ask

MOST = 10
"""Maximum number of errors reported for one operation."""
Told = set[tuple[tuple[str, ...], str, str]]
CASES: dict[str, tuple[str, dict[str, Any], Told]] = {
    "two of one field": (
        '{ leaders(asOf: "yesterday", first: 101) { totalCount } }',
        {},
        {(("leaders",), "asOf", "INVALID_DATE"), (("leaders",), "first", "PAGE_TOO_LARGE")},
    ),
    "three of one field": (
        '{ leaders(asOf: "yesterday", first: -1, after: "x") { totalCount nodes { slug } } }',
        {},
        {
            (("leaders",), "asOf", "INVALID_DATE"),
            (("leaders",), "first", "PAGE_SIZE_NEGATIVE"),
            (("leaders",), "after", "INVALID_CURSOR"),
        },
    ),
    "one of each of two fields": (
        '{ leaders(first: 101) { totalCount } facts(after: "x") { totalCount nodes { slug } } }',
        {},
        {(("leaders",), "first", "PAGE_TOO_LARGE"), (("facts",), "after", "INVALID_CURSOR")},
    ),
    "one of a field and one of what is below it": (
        '{ leaders(asOf: "2019") { nodes { name(language: "!") quotes(last: 101) { totalCount nodes { slug } } } } }',
        {},
        {
            (("leaders",), "asOf", "INVALID_DATE"),
            (("leaders", "nodes", "name"), "language", "INVALID_LANGUAGE"),
            (("leaders", "nodes", "quotes"), "last", "PAGE_TOO_LARGE"),
        },
    ),
    "two of one filter": (
        '{ facts(filter: {date: {from: "x"}, knownSince: {to: "y"}}) { totalCount } }',
        {},
        {(("facts",), "filter.date.from", "INVALID_DATE"), (("facts",), "filter.knownSince.to", "INVALID_DATE")},
    ),
    "both ends of one range": (
        '{ facts(filter: {date: {from: "x", to: "y"}}) { totalCount } }',
        {},
        {(("facts",), "filter.date.from", "INVALID_DATE"), (("facts",), "filter.date.to", "INVALID_DATE")},
    ),
    "two of one filter by variable": (
        "query ($f: FactFilter) { facts(filter: $f) { totalCount } }",
        {"f": {"date": {"from": "x"}, "knownSince": {"to": "y"}, "slug": ["a\0"]}},
        {
            (("facts",), "filter.date.from", "INVALID_DATE"),
            (("facts",), "filter.knownSince.to", "INVALID_DATE"),
            (("facts",), "filter.slug", "INVALID_TEXT"),
        },
    ),
    "one variable at two places": (
        "query ($d: Date) { leaders(asOf: $d) { totalCount } facts(asOf: $d) { totalCount } }",
        {"d": "x"},
        {(("leaders",), "asOf", "INVALID_DATE"), (("facts",), "asOf", "INVALID_DATE")},
    ),
    "the same field under two names": (
        '{ a: leader(slug: "x", asOf: "x") { slug } b: leader(slug: "x", asOf: "y") { slug } }',
        {},
        {(("a",), "asOf", "INVALID_DATE"), (("b",), "asOf", "INVALID_DATE")},
    ),
    "of a fragment that is spread twice": (
        '{ leaders { ...F } people { ...F } } fragment F on PersonConnection { nodes { name(language: "!") } }',
        {},
        {
            (("leaders", "nodes", "name"), "language", "INVALID_LANGUAGE"),
            (("people", "nodes", "name"), "language", "INVALID_LANGUAGE"),
        },
    ),
    "of fragments on types": (
        """{ facts { nodes {
          ... on Quote { claims(first: 101) { totalCount } }
          ... on Event { sources(last: -1) { totalCount } }
        } } }""",
        {},
        {
            (("facts", "nodes", "claims"), "first", "PAGE_TOO_LARGE"),
            (("facts", "nodes", "sources"), "last", "PAGE_SIZE_NEGATIVE"),
        },
    ),
    "a length and a word": (
        '{ relationship(between: ["a"]) { slug } search(text: "a\\u0000") { totalCount } nodes(ids: []) { id } }',
        {},
        {(("relationship",), "between", "WRONG_LENGTH"), (("search",), "text", "INVALID_TEXT")},
    ),
    "beside what could be answered": (
        '{ dataset { name } leader(slug: "kim-jong-un") { slug } people(first: 101) { totalCount } }',
        {},
        {(("people",), "first", "PAGE_TOO_LARGE")},
    ),
    "below what is not there": (
        '{ leader(slug: "nobody") { facts(first: 101) { totalCount } } }',
        {},
        {(("leader", "facts"), "first", "PAGE_TOO_LARGE")},
    ),
    "of what shapes the statement, and below it": (
        """query ($by: Period = MONTH, $none: [FactGrouping!] = [KIND]) {
          facts { counts(by: [], first: 1001) { labels(language: "!") } }
          quotes { counts(by: [FORM, FORM, FORM, FORM], first: -1) { count } }
          nothing: facts { counts(by: $none, first: 1001) { count } }
          relationships { nodes { toneOverTime(by: $by) { from } } }
          path(from: "a", to: "b", maxLength: 7) { people { facts(first: 101) { totalCount } } }
        }""",
        {"by": None, "none": None},
        {
            (("facts", "counts"), "by", "WRONG_LENGTH"),
            (("facts", "counts"), "first", "PAGE_TOO_LARGE"),
            (("facts", "counts", "labels"), "language", "INVALID_LANGUAGE"),
            (("quotes", "counts"), "by", "WRONG_LENGTH"),
            (("quotes", "counts"), "first", "PAGE_SIZE_NEGATIVE"),
            (("nothing", "counts"), "by", "NULL_VALUE"),
            (("nothing", "counts"), "first", "PAGE_TOO_LARGE"),
            (("relationships", "nodes", "toneOverTime"), "by", "NULL_VALUE"),
            (("path",), "maxLength", "OUT_OF_RANGE"),
            (("path", "people", "facts"), "first", "PAGE_TOO_LARGE"),
        },
    ),
    "beside the schema": (
        "{ __schema { queryType { name } } people(first: 101) { totalCount } }",
        {},
        {(("people",), "first", "PAGE_TOO_LARGE")},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_all_are_told(ask: Ask, case: str) -> None:
    query, variables, told = CASES[case]
    reply = ask(query, variables)
    assert (reply.status, reply.body["data"], reply.codes) == (200, None, {"BAD_USER_INPUT"})
    found = [
        (tuple(error["path"]), error["extensions"]["argument"], error["extensions"]["reason"])
        for error in reply.body["errors"]
    ]
    assert set(found) == told
    assert len(found) == len(told)


def test_so_many_and_no_more(ask: Ask) -> None:
    for count in (MOST - 1, MOST, MOST + 1, 50):
        fields = " ".join(f'a{number}: leader(slug: "x", asOf: "{number}") {{ slug }}' for number in range(count))
        errors = ask(f"{{ {fields} }}").body["errors"]
        assert len(errors) == min(count, MOST)
        assert len({tuple(error["path"]) for error in errors}) == len(errors)
        assert {error["extensions"]["reason"] for error in errors} == {"INVALID_DATE"}


def test_the_same_is_told_when_it_is_asked_again(ask: Ask) -> None:
    query, variables, _ = CASES["two of one filter by variable"]
    assert ask(query, variables) == ask(query, variables)
    right = {"f": {"date": {"from": "2019-01-01"}, "knownSince": {"to": "2019-12-31"}, "slug": ["a"]}}
    assert ask(query, right).body["data"] == {"facts": {"totalCount": 0}}
    assert ask(query, variables).body["data"] is None


def test_several_variables_that_cannot_be_coerced(ask: Ask) -> None:
    query = "query ($n: Int!, $d: Date!, $o: PersonOrder) { leaders(first: $n, asOf: $d, orderBy: $o) { totalCount } }"
    reply = ask(query, {"n": "x", "o": "y"})
    assert (reply.status, "data" in reply.body, reply.codes) == (400, False, {"BAD_USER_INPUT"})
    assert [error["message"].partition("'")[2].partition("'")[0] for error in reply.body["errors"]] == [
        "$n",
        "$d",
        "$o",
    ]
