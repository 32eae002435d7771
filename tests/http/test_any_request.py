"""Any request, as bytes, as JSON or as GraphQL tokens in any order, gets a response with data or a code, and no 500.

The same holds for any value of any argument of the schema, as variable and as literal, and for any cursor of any list.

FUZZ_EXAMPLES says how many of each are generated; they are the same each time.
"""

from __future__ import annotations

import base64
import json
import os
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    get_named_type,
    get_nullable_type,
    is_required_argument,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.http.conftest import Ask
from tests.http.sites import Site, sites, value_of
from tests.http.test_malformed import GRAPHQL, JSON, Case, answer

pytestmark = pytest.mark.slow

EXAMPLES = 10 * int(os.environ.get("FUZZ_EXAMPLES", "20"))
TOKENS = [
    *"{}()[]:!=|&@$,#",
    *("...", "query", "mutation", "fragment", "on", "F", "Query", "Person", "__typename", "__schema", "types", "name"),
    *("leaders", "leader", "facts", "first", "slug", "nodes", "node", "id", "filter", "asOf", "after", "skip", "if"),
    *("$a", "String", "Boolean", "1e400", "9007199254740993", "9" * 5_000, "include", "null", "$b"),
    *('"x"', '"2019-02-28"', '"""', "1", "-1", "1e9", "true", "null", "RANK", "\\", "\n", "\u00e4", "\ufeff"),
]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=9,
)
DOCUMENTS = st.lists(st.sampled_from(TOKENS), max_size=40).map(" ".join)
DECLARED = (
    "query ($a: PersonFilter, $b: Int, $c: [ID!], $d: Date) { leaders(filter: $a, first: $b, asOf: $d) { totalCount } "
)
REQUESTS = st.fixed_dictionaries(
    {"query": DOCUMENTS | st.just(DECLARED + "nodes(ids: $c) { id } }") | st.just(DECLARED + "}") | VALUES},
    optional={
        "operationName": st.none() | st.just("F") | VALUES,
        "variables": st.dictionaries(st.sampled_from("abcd"), VALUES) | VALUES,
        "extensions": VALUES,
    },
)
BODIES = st.binary(max_size=200) | VALUES.map(lambda value: json.dumps(value).encode())
ENOUGH = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def check(endpoint: str, body: bytes) -> None:
    status, headers, said = answer(endpoint, Case(body, 0, None, JSON | GRAPHQL))
    assert status in (200, 400)
    assert headers["content-type"] == "application/graphql-response+json; charset=utf-8"
    found = json.loads(said)
    codes = [error["extensions"]["code"] for error in found.get("errors", [])]
    assert codes or isinstance(found["data"], dict)
    assert "INTERNAL_SERVER_ERROR" not in codes


@given(body=BODIES)
@ENOUGH
def test_any_bytes(endpoint: str, body: bytes) -> None:
    check(endpoint, body)


@given(asked=REQUESTS)
@ENOUGH
def test_any_parameters(endpoint: str, asked: dict[str, object]) -> None:
    check(endpoint, json.dumps(asked).encode())


# ---------------------------------------------------------------- any value of any argument

Spot = tuple[Site, str]
SPOTS: list[Spot] = [(site, name) for site in sites() for name in site.field.args]
REQUIRED = [(site, name) for site, name in SPOTS if is_required_argument(site.field.args[name])]
ANYWHERE = st.sampled_from(REQUIRED) | st.sampled_from(SPOTS)
EDGES = [2**31 - 1, 2**31, -(2**31) - 1, 2**53 + 1, 2**63 - 1, 2**64, 1.7e308, 5e-324, -0.0]
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from(EDGES)
DAYS = st.dates().map(str) | st.sampled_from(["0001-01-01", "9999-12-31", "infinity", "10000-01-01", "2019-02-30"])
TEXTS = st.text(max_size=30) | DAYS | st.sampled_from(["", "\0", "kim", "@", "-", "or", "de"])
SOME = TEXTS | NUMBERS | st.none() | st.booleans()
INPUTS = (
    st.none() | SOME | st.lists(SOME, max_size=5) | st.dictionaries(st.sampled_from(["from", "slug", "text"]), SOME)
)
WRITTEN = st.from_regex(r"-?(0|[1-9][0-9]{0,330})(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,5})?", fullmatch=True)
NUMERALS = WRITTEN | st.sampled_from([str(edge) for edge in EDGES] + ["1e400", "-1e309", "9" * 5_000])
SIMPLE = {"Int": NUMERALS, "Float": NUMERALS, "Boolean": st.sampled_from(["true", "false"])}


def literals(type_: Any) -> st.SearchStrategy[str]:
    """Return what a document may write for a type, and occasionally what it may not."""
    named: Any = get_nullable_type(type_)
    if isinstance(named, GraphQLList):
        own = st.lists(literals(named.of_type) | st.just("$v"), max_size=4).map(lambda items: f"[{', '.join(items)}]")
    elif isinstance(named, GraphQLInputObjectType):
        fields = [st.tuples(st.just(key), literals(each.type)) for key, each in named.fields.items()]
        members = st.lists(st.one_of(fields), max_size=2, unique_by=lambda member: member[0])
        own = members.map(lambda found: "{" + ", ".join(f"{key}: {value}" for key, value in found) + "}")
    elif isinstance(named, GraphQLEnumType):
        own = st.sampled_from(list(named.values))
    else:
        own = SIMPLE.get(named.name, TEXTS.map(json.dumps))
    return st.one_of(own, own, own, st.sampled_from(["$v", "null", "1", '"a"', "[]", "{}", "NAME_ASC"]))


def send(ask: Ask, query: str, variables: dict[str, Any]) -> None:
    """Send a request; `ask` checks that the service does not fail."""
    reply = ask(query, variables)
    assert reply.codes or isinstance(reply.body["data"], dict)


def asked_with(spot: Spot, place: str, definition: str) -> str:
    site, name = spot
    return site.operation(", ".join([*site.required_arguments(name), f"{name}: {place}"]), definition)


@given(spot=ANYWHERE, value=INPUTS, has_default=st.booleans())
@ENOUGH
def test_any_variable(ask: Ask, spot: Spot, value: object, has_default: bool) -> None:
    type_ = spot[0].field.args[spot[1]].type
    for each in (type_, get_nullable_type(type_)):
        default = f" = {value_of(type_)}" if has_default else ""
        send(ask, asked_with(spot, "$v", f"$v: {each}{default}"), {"v": value})


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@given(spot=ANYWHERE, value=INPUTS, data=st.data())
@ENOUGH
def test_any_literal(ask: Ask, spot: Spot, value: object, data: st.DataObject) -> None:
    type_ = spot[0].field.args[spot[1]].type
    literal = data.draw(literals(type_))
    if "$v" in literal:
        kind = data.draw(
            st.sampled_from(['String = "a"', "NameKind = ALIAS", "Float = 1", f"{get_nullable_type(type_)}"])
        )
        send(ask, asked_with(spot, literal, f"$v: {kind}"), {"v": value})
    else:
        send(ask, asked_with(spot, literal, ""), {})
        send(ask, asked_with(spot, "$v", f"$v: {type_} = {literal}"), {})


LISTS = [site for site in sites() if "after" in site.field.args]
KEYS = st.one_of(
    st.tuples(NUMBERS, TEXTS),
    st.tuples(TEXTS, TEXTS),
    st.tuples(DAYS, DAYS, TEXTS),
    st.tuples(st.booleans(), DAYS, DAYS, TEXTS),
    st.lists(SOME, max_size=5).map(tuple),
)


@given(
    site=st.sampled_from([*LISTS, *[site for site in LISTS if not site.path] * 5]),
    keys=KEYS,
    noise=st.binary(max_size=2),
)
@ENOUGH
def test_any_cursor(ask: Ask, site: Site, keys: tuple[object, ...], noise: bytes) -> None:
    list_ = str(get_nullable_type(site.field.type))
    argument = site.field.args.get("orderBy")
    type_ = get_named_type(argument.type) if argument else None
    for order in type_.values if isinstance(type_, GraphQLEnumType) else [""]:
        names = [f"{list_}.{order}"] if order else [list_, f"{list_}.SLUG", list_.replace("Connection", "Filter.NAME")]
        given_ = [*site.required_arguments(), "after: $c", *([f"orderBy: {order}"] if order else [])]
        query = site.operation(", ".join(given_), "$c: String", "{ nodes { __typename } }")
        for content in (json.dumps([name, *keys]).encode() + noise for name in names):
            send(ask, query, {"c": base64.urlsafe_b64encode(content).decode().rstrip("=")})


@given(text=st.lists(TEXTS | st.from_regex(r'-?"?\w{1,120}"?', fullmatch=True), max_size=40).map(" ".join))
@ENOUGH
def test_any_text_to_look_for(ask: Ask, text: str) -> None:
    send(ask, "query ($t: String!) { search(text: $t) { totalCount nodes { __typename } } }", {"t": text})
    send(ask, "query ($t: String!) { facts(filter: {text: $t}) { totalCount } }", {"t": text})
