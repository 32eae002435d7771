"""A literal in a document is a value like that of a variable: both use the same statement.

Whether each is bound correctly is tested in tests/http/test_literals.py and, against the oracle, in tests/oracle.
"""

from __future__ import annotations

from typing import Any

import pytest
from graphql import build_schema, parse, validate

from schema import print_sdl, schema
from service.language.limits import Limits
from service.planner.planner import Planner
from tests.oracle.operations import Operation, Operations
from tests.oracle.oracle import Oracle
from tests.oracle.register import read
from tests.oracle.search import Search
from tests.oracle.twins import extract_variables, inline_variables
from tests.oracle.values import Values

SCHEMA = build_schema(print_sdl())
KIM, TRUMP = "kim-jong-un", "donald-trump"
UNLIMITED = Limits(tokens=10**6, depth=10**3, aliases=10**6, fields=10**6, work=10**12, bytes=10**12)
OPERATIONS = 60
DOCUMENTS: dict[str, tuple[str, list[list[str]]]] = {
    "a slug": ('{ leader(slug: "?") { name } }', [[KIM], [TRUMP], ["nobody"], [""], ["0"]]),
    "a code": ('{ country(code: "?") { name } }', [["KP"], ["usa"], ["north-korea"]]),
    "a day": ('{ leaders(asOf: "?") { totalCount } }', [["2019-04-26"], ["2018-05-31"], ["9999-12-31"]]),
    "an id": ('{ node(id: "?") { id } }', [["UGVyc29uOmtpbS1qb25nLXVu"], ["nothing"]]),
    "ids": ('{ nodes(ids: ["?", "?"]) { id } }', [["UGVyc29uOmtpbS1qb25nLXVu", "a"], ["b", "c"]]),
    "a text to look for": ('{ search(text: "?") { totalCount } }', [["kim"], ["Лавров"], ["gipfel -hanoi"]]),
    "a language": ('{ leaders { nodes { name(language: "?") } } }', [["de"], ["ko"], ["en-GB"]]),
    "slugs in a filter": (
        '{ facts(filter: {involvingAll: ["?", "?"], source: ["?"]}) { totalCount } }',
        [[KIM, TRUMP, "a"], [TRUMP, KIM, "b"]],
    ),
    "a range of days": (
        '{ facts(filter: {date: {from: "?", to: "?"}}) { totalCount } }',
        [["2018-01-01", "2018-12-31"], ["2019-01-01", "2019-12-31"]],
    ),
    "two of a pair": ('{ relationship(between: ["?", "?"]) { slug } }', [[KIM, TRUMP], ["moon-jae-in", KIM]]),
    "texts below each other": (
        '{ leader(slug: "?", asOf: "?") { quotes(filter: {text: "?"}) { nodes { translation(language: "?") } } } }',
        [[KIM, "2019-04-26", "a", "de"], [TRUMP, "2018-05-31", "b", "en"]],
    ),
    "a block": ('{ leader(slug: """?""") { name } }', [[KIM], [TRUMP], ["a\n  b"]]),
}
"""A document with a `?` for each text, and the texts that it is run with."""


@pytest.fixture
def planner() -> Planner:
    return Planner(schema)


@pytest.mark.parametrize("case", DOCUMENTS)
def test_documents_that_differ_by_their_texts_share_a_plan(planner: Planner, case: str) -> None:
    form, given = DOCUMENTS[case]
    first, *others = [planner.prepare(fill_texts(form, texts)) for texts in given]
    assert first.sql
    for other in others:
        # exactly the same text: it was composed once
        assert other.sql is first.sql
    assert len({str(each.values) for each in (first, *others)}) == len(given)


def fill_texts(form: str, texts: list[str]) -> str:
    for text in texts:
        form = form.replace("?", text, 1)
    return form


def test_a_literal_takes_the_statement_of_its_variable(planner: Planner) -> None:
    for query, definition, value in (
        ("{ leader(slug: @) { name } }", "$v: String!", KIM),
        ("{ leaders(asOf: @) { totalCount } }", "$v: Date", "2019-04-26"),
        ("{ people(filter: {slug: @}) { totalCount } }", "$v: [String!]", [KIM, TRUMP]),
        ("{ people(filter: {slug: [@]}) { totalCount } }", "$v: String!", KIM),
        ("{ facts(filter: {kind: @}) { totalCount } }", "$v: [FactKind!]", ["SUMMIT", "QUOTE"]),
        ("{ facts(filter: {kind: [@]}) { totalCount } }", "$v: FactKind!", "EVENT"),
        ("{ leaders { nodes { names(kind: @) { text } } } }", "$v: [NameKind!]", ["ALIAS"]),
        ("{ leaders(orderBy: @) { nodes { slug } } }", "$v: PersonOrder", "NAME_DESC"),
        ("{ events(filter: {score: {from: @}}) { totalCount } }", "$v: Float", -2.5),
        ("{ facts(filter: {date: {from: @}}) { totalCount } }", "$v: Date", "2019-01-01"),
        ("{ facts(filter: {date: @}) { totalCount } }", "$v: DateRange", {"from": "2019-01-01"}),
        ("{ people(filter: @) { totalCount } }", "$v: PersonFilter", {"slug": [KIM], "isLeader": True}),
        ("{ facts { counts(by: @) { keys count } } }", "$v: [FactGrouping!]!", ["KIND", "YEAR"]),
        ("{ leaders(first: @) { nodes { slug } } }", "$v: Int", 7),
        ("{ dataset { name revision @include(if: @) } }", "$v: Boolean!", True),
    ):
        by_variable = Operation(f"query ({definition}) " + place_value(query, "$v"), {"v": value})
        by_literal = inline_variables(SCHEMA, by_variable)
        assert "$" not in by_literal.query
        assert statement(planner, by_literal) == statement(planner, by_variable)
        assert statement(planner, extract_variables(SCHEMA, by_literal)) == statement(planner, by_variable)


def place_value(query: str, value: str) -> str:
    head, _, tail = query.rpartition("@")
    return head + value + tail


def statement(planner: Planner, operation: Operation) -> tuple[Any, list[Any]]:
    prepared = planner.prepare(operation.query, variables=operation.variables)
    return prepared.sql, prepared.values


@pytest.fixture(scope="module")
async def oracle(database: str) -> Oracle:
    return Oracle(await read(database), Search(database))


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, OPERATIONS, 20))
async def test_any_operation_takes_the_statement_of_its_twins(oracle: Oracle, first: int) -> None:
    operations, planner, compared = Operations(SCHEMA, Values(oracle.view.register), {}), Planner(schema, UNLIMITED), 0
    for number in range(first, first + 20):
        operation = operations.make(number)
        if oracle.refusal(operation.query, operation.variables) is None:
            for twin in (inline_variables(SCHEMA, operation), extract_variables(SCHEMA, operation)):
                if not validate(SCHEMA, parse(twin.query)):
                    assert statement(planner, twin) == statement(planner, operation), f"{operation}\n{twin}"
                    compared += 1
    assert compared > 20


def test_terms_of_a_vocabulary_stand_in_the_statement(planner: Planner) -> None:
    query = "query($terms: [MeetingStatus!]) { meetings(filter: {status: $terms}) { totalCount } }"
    held = planner.prepare(query, variables={"terms": ["HELD"]})
    both = planner.prepare(query, variables={"terms": ["HELD", "AGREED", "HELD"]})
    written = planner.prepare("{ meetings(filter: {status: [AGREED, HELD]}) { totalCount } }")
    assert "IN ('HELD'::text)" in str(held.sql)
    assert "IN ('AGREED'::text, 'HELD'::text)" in str(both.sql)
    assert written.sql == both.sql
    assert held.values == both.values == []
