"""Operations that are too complex are refused quickly, with the limit and the excess; the measure is exact."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest
from graphql import GraphQLSyntaxError, Lexer, Source, TokenKind, get_introspection_query
from httpx import AsyncClient
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis_graphql import queries
from hypothesis_graphql.nodes import String

from schema import print_sdl, schema
from service.language.errors import OperationError
from service.language.limits import Limits
from service.language.strings import lift_strings
from service.planner.cost import VALUE_BYTES, Cost
from service.planner.planner import Planner, count_values
from tests.pace import pace

Serving = Callable[..., AbstractAsyncContextManager[AsyncClient]]

# the lexer ignores what the strings in a document say
SCALARS = dict.fromkeys(("Date", "DateTime", "EDTF", "LanguageTag", "URI"), st.text(max_size=9).map(String))
SECONDS = 0.25
TRIES = 20
SLUGS = "query ($slugs: [ID!]!) { nodes(ids: $slugs) { id } }"
TEXT = "query ($text: String!) { search(text: $text) { totalCount } }"


def many(form: str, count: int, between: str = " ") -> str:
    """Return the template `count` times, with `#` for the number of each."""
    return between.join(form.replace("#", str(number)) for number in range(count))


def chain(form: str, count: int) -> str:
    """Return fragments each of which spreads the next, `@` in the template."""
    links = (form.replace("#", str(number)).replace("@", f"...f{number + 1}") for number in range(count))
    return f"{{ ...f0 }} {' '.join(links)} fragment f{count} on Query {{ __typename }}"


TOO_COMPLEX: dict[str, tuple[str, tuple[str, int]]] = {
    "a spread twice in each of 25 fragments": (
        chain("fragment f# on Query { @ @ }", 25),
        ("fields", 2**26 - 2 + 2**25 + 1),
    ),
    "numbers beyond all JSON": (chain("fragment f# on Query { @ @ }", 100), ("fields", 10**12)),
    "fragments that nest": (chain("fragment f# on Query { @ }", 240), ("nesting", 242)),
    "10,000 aliases": (f"{{ {many('a#: __typename', 10_000)} }}", ("tokens", 2_001)),
    "600 aliases": (f"{{ {many('a#: __typename', 600)} }}", ("aliases", 600)),
    "1,900 times a field": (f"{{ {'__typename ' * 1_900} }}", ("fields", 1_900)),
    "1,900 fields that are not there": (f"{{ {many('lead#', 1_900)} }}", ("fields", 1_900)),
    "many operations": (many("query q# { ...F ...F }", 190) + " fragment F on Query { a b }", ("fields", 1_140)),
    "operations that share fragments": (
        f"{many('query q# { ...F }', 100)} fragment F on Query {{ {many('...f#', 20)} }} "
        f"{many('fragment f# on Query { a }', 20)}",
        ("fields", 4_100),
    ),
    "fields that nest": ("{ leader(slug: 1) " + "{ a " * 150 + "}" * 150 + " }", ("depth", 151)),
    "selections that nest": ("{ a " * 4_000 + "}" * 4_000, ("nesting", 201)),
    "fragments in place that nest": ("{" + "... {" * 600 + "__typename" + "}" * 600 + "}", ("nesting", 201)),
    "lists that nest": ("{ nodes(ids: " + "[" * 900 + "]" * 900 + ") { id } }", ("nesting", 201)),
    "a type that nests": ("query ($a: " + "[" * 900 + "Int" + "]" * 900 + ") { __typename }", ("nesting", 201)),
    "a long list": ("{ nodes(ids: [" + '"a" ' * 20_000 + "]) { id } }", ("tokens", 2_001)),
}

TOO_DEAR: dict[str, tuple[str, str, list[str]]] = {
    "a page in a page in a page": (
        "{ people(first: 100) { nodes { facts(first: 100) { nodes { sources { nodes { "
        "facts(first: 9) { nodes { slug } } } } } } } } }",
        "work",
        ["people", "nodes", "facts", "nodes", "sources", "nodes", "facts"],
    ),
    "counts for each of a page": (
        "{ people(first: 100) { nodes { facts { counts(by: [OUTLET, INVOLVED], first: 1) { count } } } } }",
        "work",
        ["people", "nodes", "facts", "counts"],
    ),
    "a short operation with a long answer": (
        f"{{ sources(first: 100) {{ nodes {{ claims(first: 100) {{ nodes {{ {many('a#: id', 99)} }} }} }} }} }}",
        "bytes",
        ["sources", "nodes", "claims", "nodes", "a10"],
    ),
    "the whole schema 99 times": (
        f"{{ {many('a#: __schema { types { fields { type { name } } } }', 99)} }}",
        "work",
        ["a0", "types", "fields"],
    ),
    "a name of each field 99 times": (
        f"{{ __schema {{ types {{ fields {{ {many('a#: name', 99)} }} }} }} }}",
        "work",
        ["__schema", "types", "fields"],
    ),
}

COMPOSED = (
    "speaker { id slug name ... on Person { wikidata } ... on Country { code } "
    "facts(first: 1) { nodes { id slug ... on Quote { @ } } } }"
)

COMPARED = {
    "a field with a field": "{ " + 'leader(slug: "x") { slug } ' * 199 + "}",
    "fragments side by side": f"{{ {many('...f#', 190)} }} {many('fragment f# on Query { __typename }', 190)}",
    "a field with fields of its own": "{ leaders { nodes { " + "facts { nodes { id } } " * 240 + "} } }",
    "a field with arguments": "{ " + 'leaders(first: 1, after: "a", orderBy: NAME_ASC) { totalCount } ' * 124 + "}",
    "fragments of six types": "{ facts { nodes { " + many("... on Quote { id } ... on Event { id }", 160) + " } } }",
}

MISTAKEN = {
    "directives": f"{{ __typename {'@include(if: true)' * 280} }}",
    "directives that are not there": f"query {'@a ' * 900} {{ __typename }}",
    "variables that are not used": f"query ({many('$a#: Int', 380)}) {{ __typename }}",
    "types that are not there": f"query ({many('$a#: Foo#', 380)}) {{ __typename }}",
    "fragments that are not used": f"{{ __typename }} {many('fragment f# on Query { __typename }', 240)}",
    "fragments that are not there": f"{{ {many('...f#', 890)} }}",
    "arguments that are not there": f"{{ leader({many('a#: 1', 480)}) {{ slug }} }}",
    "an object of fields that are not there": f"{{ leaders(filter: {{ {many('a#: 1', 480)} }}) {{ totalCount }} }}",
    "a list where a number belongs": f"{{ leaders(first: [{'1 ' * 1_900}]) {{ totalCount }} }}",
    "a name of 200,000 letters": "{ " + "l" * 200_000 + " }",
    "a number of 200,000 digits": "{ leaders(first: " + "9" * 200_000 + ") { totalCount } }",
    "a circle of fragments": f"{{ ...f0 }} {many('fragment f# on Query { ...f1 ...f2 }', 190)}",
    "fragments that all spread all": f"{{ ...f0 }} {many('fragment f# on Query { ' + many('...f', 1) + '0 }', 60)}",
    "introspection of introspection": "{ __schema { types { " + "fields { type { " * 5 + "name" + " } }" * 5 + " } } }",
}

FINE = {
    "a comment of 250,000 letters": "#" + "a" * 250_000 + "\n{ __typename }",
    "250,000 commas": "," * 250_000 + "{ __typename }",
    "a text of 250,000 letters": '{ leader(slug: "' + "a" * 250_000 + '") { slug } }',
    "a text of 35,000 escapes": '{ leader(slug: "' + "\\u0041" * 35_000 + '") { slug } }',
    "a text in 80,000 lines": '{ leader(slug: """' + "\n a" * 80_000 + '""") { slug } }',
    "the whole schema": get_introspection_query(descriptions=True, input_value_deprecation=True),
    "100 fragments in place within each other": "{" + "... {" * 100 + "__typename" + "}" * 100 + "}",
}

UNCLOSED = {
    "quotation marks": '{ a(b: "' + '\\"' * 120_000,
    "a block": '{ a(b: """' + '\\"""' * 60_000,
    "brackets": "([{" * 80_000,
    "numbers": "1.e+-" * 50_000,
    "signs that are no GraphQL": "%" * 250_000,
}


def refusal(query: str, variables: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """Return the reason for which an operation is refused; that may not take long, whatever it is."""
    least = float("inf")
    for _ in range(TRIES):
        planner = Planner(schema)
        began = time.process_time()
        try:
            planner.prepare(query, variables=variables)
            errors: list[Any] = []
        except OperationError as error:
            errors = [each.formatted for each in error.errors]
        took = time.process_time() - began
        # only if it seems slow is it worth measuring how slow the machine is
        least = min(least, took if took < SECONDS else took / pace())
        if least < SECONDS:
            break
    assert least < SECONDS
    assert sum(len(error["message"]) for error in errors) < 6_000
    return errors


@pytest.mark.parametrize("case", TOO_COMPLEX)
def test_which_limit_how_much_and_how_much_is_allowed(case: str) -> None:
    query, (limit, asked) = TOO_COMPLEX[case]
    (error,) = refusal(query)
    allowed = getattr(Limits(), limit)
    assert error["extensions"] == {"code": "QUERY_TOO_COMPLEX", "limit": limit, "asked": asked, "allowed": allowed}
    assert str(asked) in error["message"]
    assert error["message"].endswith(f", and the limit is {allowed}.")


@pytest.mark.parametrize("case", TOO_DEAR)
def test_what_costs_too_much_is_told_with_what_costs_most(case: str) -> None:
    query, limit, heaviest = TOO_DEAR[case]
    (error,) = refusal(query)
    found = error["extensions"]
    assert (found["code"], found["limit"], found["allowed"]) == ("QUERY_TOO_COMPLEX", limit, getattr(Limits(), limit))
    assert found["asked"] > found["allowed"]
    assert 0 < found["heaviest"]["weighs"] <= found["asked"]
    assert found["heaviest"]["path"] == heaviest
    assert f"`{'.'.join(heaviest)}`" in error["message"]


@pytest.mark.parametrize(
    "query",
    [
        "{ summits(first: 100) { nodes { participants { actor { names { text } } } } } }",
        "{ summits(first: 10) { nodes { history { claims { nodes { attribution { role actor { name } } } } } } } }",
        "{ summits(first: 100) { nodes { claims(first: 100) { nodes { attribution { role } } } } } }",
        "{ summits(first: 100) { nodes { participants { actor { ... on Person { offices { title } } } } } } }",
        "{ places(first: 100) { nodes { meetings(first: 100) { nodes { participants { role } } } } } }",
        "{ people(first: 100) { nodes { relationships(first: 100) { nodes { parties { slug } } } } } }",
    ],
)
def test_what_is_ordinary_is_answered(query: str) -> None:
    assert refusal(query) == []


@pytest.mark.parametrize("case", COMPARED)
def test_what_takes_too_many_comparisons(case: str) -> None:
    assert [error["extensions"] for error in refusal(COMPARED[case])] == [
        {"code": "QUERY_TOO_COMPLEX", "limit": "comparisons", "asked": 20_001, "allowed": 20_000}
    ]


def test_fields_are_counted_for_each_type_that_is_told_apart() -> None:
    inner = "id slug"
    for _ in range(5):
        inner = COMPOSED.replace("@", inner)
    query = f"{{ quotes(first: 1) {{ nodes {{ {inner} }} }} }}"
    assert len(query) < 800
    assert [error["extensions"] for error in refusal(query)] == [
        {"code": "QUERY_TOO_COMPLEX", "limit": "fields", "asked": 901, "allowed": 900}
    ]


@pytest.mark.parametrize("case", MISTAKEN)
def test_mistakes_are_found_soon_and_not_all_of_them(case: str) -> None:
    errors = refusal(MISTAKEN[case])
    assert {error["extensions"]["code"] for error in errors} == {"GRAPHQL_VALIDATION_FAILED"}
    assert len(errors) <= 11


@pytest.mark.parametrize("case", FINE)
def test_what_is_long_but_simple(case: str) -> None:
    assert refusal(FINE[case]) == []


@pytest.mark.parametrize("case", UNCLOSED)
def test_what_does_not_end(case: str) -> None:
    (error,) = refusal(UNCLOSED[case])
    assert error["extensions"]["code"] in ("GRAPHQL_PARSE_FAILED", "QUERY_TOO_COMPLEX")


@pytest.mark.parametrize(
    ("query", "variables", "extensions"),
    [
        (
            SLUGS,
            {"slugs": ["a"] * 50_000},
            {"code": "QUERY_TOO_COMPLEX", "limit": "variables", "asked": 50_002, "allowed": 10_000},
        ),
        (SLUGS, {"slugs": ["a"] * 9_000}, {"code": "BAD_USER_INPUT", "argument": "ids", "reason": "WRONG_LENGTH"}),
        (SLUGS, {"slugs": [{}] * 9_000}, {"code": "BAD_USER_INPUT", "see": "docs/api.md#filters"}),
        (TEXT, {"text": "ab " * 80_000}, {"code": "BAD_USER_INPUT", "argument": "text", "reason": "TOO_MANY_WORDS"}),
        (TEXT, {"text": ". " * 120_000}, {"code": "BAD_USER_INPUT", "argument": "text", "reason": "TOO_MANY_WORDS"}),
        (TEXT, {"text": "ab" * 120_000}, {"code": "BAD_USER_INPUT", "argument": "text", "reason": "TOO_MANY_WORDS"}),
    ],
)
def test_variables_are_measured_too(query: str, variables: dict[str, Any], extensions: dict[str, Any]) -> None:
    assert refusal(query, variables)[0]["extensions"] == extensions


async def test_every_limit_is_a_setting(serving: Serving, server: str) -> None:
    query = "{ a: leaders(first: 3) { nodes { b: slug c: country { d: slug d: slug d: slug } } } }"
    for setting, limit, allowed, asked in (
        ("max_tokens", "tokens", 2, 3),
        ("max_depth", "depth", 2, 4),
        ("max_aliases", "aliases", 2, 6),
        ("max_fields", "fields", 2, 7),
        ("max_answer_bytes", "bytes", 100, 3 * (2 * VALUE_BYTES + 2)),
        ("max_comparisons", "comparisons", 2, 3),
    ):
        async with serving(server, **{setting: allowed}) as client:
            answer = (await client.post("/graphql", json={"query": query})).json()
        found = answer["errors"][0]["extensions"]
        found.pop("heaviest", None)
        assert found == {"code": "QUERY_TOO_COMPLEX", "limit": limit, "asked": asked, "allowed": allowed}
    async with serving(server, max_cost=1) as client:
        dear = {"query": "{ quotes(first: 100) { nodes { text claims { totalCount } } } }"}
        answer = (await client.post("/graphql", json=dear)).json()
    assert answer["errors"][0]["extensions"]["limit"] == "work"


def cost(query: str, variables: dict[str, Any] | None = None) -> Cost:
    return Planner(schema).prepare(query, variables=variables).cost


@pytest.mark.parametrize(
    ("dearer", "cheaper"),
    [
        ("{ leaders(first: 20) { nodes { slug } } }", "{ leaders(first: 10) { nodes { slug } } }"),
        ("{ leaders { nodes { slug name } } }", "{ leaders { nodes { slug } } }"),
        ("{ leaders { totalCount nodes { slug } } }", "{ leaders { nodes { slug } } }"),
        ("{ leaders(orderBy: FACTS_DESC) { nodes { slug } } }", "{ leaders { nodes { slug } } }"),
        ('{ leaders(filter: {text: "a"}) { nodes { slug } } }', "{ leaders { nodes { slug } } }"),
        ('{ search(text: "one two three") { totalCount } }', '{ search(text: "one") { totalCount } }'),
        ("{ people { nodes { names { text } } } }", "{ summits { nodes { names { text } } } }"),
        ("{ __schema { types { name kind } } }", "{ __schema { types { name } } }"),
    ],
)
def test_what_asks_for_more_costs_more(dearer: str, cheaper: str) -> None:
    assert cost(dearer).work > cost(cheaper).work


def test_a_page_costs_what_its_variable_says() -> None:
    query = "query ($n: Int) { leaders(last: $n) { nodes { slug } } }"
    assert cost(query, {"n": 50}).bytes == 50 * cost(query, {"n": 1}).bytes == 50 * (VALUE_BYTES + len("slug"))


def test_what_is_skipped_costs_nothing() -> None:
    assert cost("{ a: dataset { name } b: dataset @skip(if: true) { name } }") == cost("{ a: dataset { name } }")


def test_the_values_of_variables_are_counted() -> None:
    assert count_values({"a": [1, {"b": None}], "c": "d"}) == 6


def tokens(query: str) -> list[tuple[TokenKind, str]]:
    """Return what graphql-core's lexer finds."""
    found: list[tuple[TokenKind, str]] = []
    lexer = Lexer(Source(query))
    while (token := lexer.advance()).kind is not TokenKind.EOF:
        found.append((token.kind, token.value or ""))
    return found


def put_back(lifted: str, values: list[str]) -> list[tuple[TokenKind, str]]:
    """Return the tokens of a lifted document with its strings; which ones were block strings is no longer visible."""
    return [(kind, values[int(value)] if kind is TokenKind.STRING else value) for kind, value in tokens(lifted)]


@pytest.mark.slow
@given(queries(print_sdl(), custom_scalars=SCALARS))
@settings(max_examples=30, deadline=None, derandomize=True)
def test_strings_are_found_where_graphql_core_finds_them(query: str) -> None:
    assert put_back(*lift_strings(query)) == as_strings(tokens(query))


@pytest.mark.slow
@given(st.lists(st.sampled_from(['"', '"a"', '"""', "\\", "\n", "#", "a1", "-1.5e3", "...", "{", "}", ",", "ä", " "])))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_they_are_found_in_any_text_that_is_tokens(parts: list[str]) -> None:
    text = " ".join(parts)
    try:
        expected = tokens(text)
    except GraphQLSyntaxError:
        return
    assert put_back(*lift_strings(text)) == as_strings(expected)


def as_strings(found: list[tuple[TokenKind, str]]) -> list[tuple[TokenKind, str]]:
    return [(TokenKind.STRING if kind is TokenKind.BLOCK_STRING else kind, value) for kind, value in found]
