"""Null where a value is required: a nullable variable with a default is allowed there, and may still be given null.

Each argument, list item and directive of the schema that does not accept null is tested so; each is refused, without a
failure of the service.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from graphql import (
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    get_nullable_type,
    is_required_argument,
)

from tests.http.conftest import Ask
from tests.http.sites import Site, sites, value_of

pytestmark = pytest.mark.slow

Spot = tuple[Site, str, GraphQLInputType, str]
"""A field, an argument of it with the names of fields inside it, the type there, and the argument's text around `@`."""


def required_spots() -> Iterator[Spot]:
    for site in sites():
        for name, argument in site.field.args.items():
            if is_required_argument(argument):
                yield site, name, argument.type, f"{name}: @"


def items() -> Iterator[Spot]:
    """Yield lists of items that must not be null, as arguments and in filters, at any depth."""
    for site in sites():
        for name, argument in site.field.args.items():
            yield from _lists(site, name, argument.type, f"{name}: @")


def _lists(site: Site, name: str, type_: GraphQLInputType, text: str, depth: int = 0) -> Iterator[Spot]:
    nullable: Any = get_nullable_type(type_)
    if isinstance(nullable, GraphQLList) and isinstance(nullable.of_type, GraphQLNonNull):
        yield site, name, nullable.of_type, text
    if isinstance(nullable, GraphQLInputObjectType) and depth < 2:
        for key, member in nullable.fields.items():
            yield from _lists(site, f"{name}.{key}", member.type, text.replace("@", f"{{{key}: @}}"), depth + 1)


def spot_id(value: object) -> str:
    return ".".join(value.place) if isinstance(value, Site) else str(value)


def ask_with(ask: Ask, spot: Spot, place: str) -> None:
    """Send a variable at the `$` in `place`: null is refused, and its default is not refused as null."""
    site, name, type_, text = spot
    own = text.replace("@", place.replace("$", "$v"))
    arguments = ", ".join([*site.required_arguments(name.partition(".")[0]), own])
    definition = f"$v: {get_nullable_type(type_)} = {value_of(type_)}"
    query = site.operation(arguments, definition)
    null = ask(query, {"v": None})
    assert (null.status, null.body["data"], null.error_places) == (200, None, {("BAD_USER_INPUT", site.place, name)}), (
        query
    )
    assert all(error["message"] and "Undefined" not in error["message"] for error in null.body["errors"])


REQUIRED = list(required_spots())
ITEMS = list(items())


@pytest.mark.parametrize("spot", REQUIRED, ids=lambda spot: f"{spot_id(spot[0])}-{spot[1]}")
def test_null_for_a_required_argument(ask: Ask, spot: Spot) -> None:
    ask_with(ask, spot, "$")


@pytest.mark.parametrize("spot", [spot for spot in ITEMS if not spot[0].path], ids=lambda s: f"{spot_id(s[0])}-{s[1]}")
def test_null_among_the_items_of_a_list(ask: Ask, spot: Spot) -> None:
    for place in ("[$]", f"[{value_of(spot[2])}, $]", f"[$, {value_of(spot[2])}]", "[$, $]"):
        ask_with(ask, spot, place)


def test_null_among_the_items_of_a_list_further_down(ask: Ask) -> None:
    below = [spot for spot in ITEMS if spot[0].path]
    assert len(below) > 300
    for spot in below:
        ask_with(ask, spot, f"[{value_of(spot[2])}, $]")


@pytest.mark.parametrize("spot", REQUIRED, ids=lambda spot: f"{spot_id(spot[0])}-{spot[1]}")
def test_what_is_null_and_has_no_default_cannot_stand_there(ask: Ask, spot: Spot) -> None:
    site, name, type_, text = spot
    arguments = ", ".join([*site.required_arguments(name), text.replace("@", "$v")])
    reply = ask(site.operation(arguments, f"$v: {get_nullable_type(type_)}"), {"v": None})
    assert (reply.status, reply.codes) == (400, {"GRAPHQL_VALIDATION_FAILED"})
    reply = ask(site.operation(arguments, f"$v: {type_}"), {"v": None})
    assert (reply.status, reply.codes) == (400, {"BAD_USER_INPUT"})
    reply = ask(site.operation(", ".join([*site.required_arguments(name), text.replace("@", "null")])))
    assert (reply.status, reply.codes) == (400, {"GRAPHQL_VALIDATION_FAILED"})


def test_the_default_itself_is_taken_where_nothing_is_given(ask: Ask) -> None:
    query = 'query ($s: String = "kim-jong-un") { leader(slug: $s) { slug } }'
    assert ask(query).body == {"data": {"leader": {"slug": "kim-jong-un"}}}
    assert ask(query, {"s": "moon-jae-in"}).body == {"data": {"leader": {"slug": "moon-jae-in"}}}
    query = 'query ($s: String = "kim-jong-un") { people(filter: {slug: ["moon-jae-in", $s]}) { nodes { slug } } }'
    found = ask(query).body["data"]["people"]["nodes"]
    assert [each["slug"] for each in found] == ["kim-jong-un", "moon-jae-in"]


def test_null_where_it_may_be_is_as_if_not_written(ask: Ask) -> None:
    query = """query ($f: PersonFilter, $s: [String!], $o: PersonOrder, $n: Int, $c: String, $d: Date, $t: String) {
      people(filter: {slug: $s, text: $t}, orderBy: $o, first: $n, after: $c, asOf: $d) { totalCount }
      other: people(filter: $f) { totalCount }
      third: people { totalCount }
    }"""
    found = ask(query, dict.fromkeys("fsoncdt")).body["data"]
    assert found["people"] == found["other"] == found["third"]


# ---------------------------------------------------------------- the condition of a directive

QUERY = "query ($i: Boolean = {default}) {{ {body} }}"
PLACES = {
    "a field": ("dataset { name revision @DIRECTIVE }", ("dataset", "revision")),
    "a field under another name": ("dataset { name r: revision @DIRECTIVE }", ("dataset", "r")),
    "a field of the root": ("dataset { name } leaders @DIRECTIVE { totalCount }", ("leaders",)),
    "__typename": ("dataset { name __typename @DIRECTIVE }", ("dataset", "__typename")),
    "a fragment in place": ("dataset { name ... @DIRECTIVE { revision } }", ("dataset",)),
    "a fragment in place on a type": ("dataset { name ... on Dataset @DIRECTIVE { revision } }", ("dataset",)),
    "a fragment at the root": ("dataset { name } ... @DIRECTIVE { leaders { totalCount } }", ()),
    "a spread": ("dataset { name ...F @DIRECTIVE } } fragment F on Dataset { revision", ("dataset",)),
    "a field in a fragment": (
        "dataset { name ...F } } fragment F on Dataset { revision @DIRECTIVE",
        ("dataset", "revision"),
    ),
    "a spread in a fragment": (
        "dataset { ...F } } fragment F on Dataset { name ...G @DIRECTIVE } fragment G on Dataset { revision",
        ("dataset",),
    ),
    "a fragment in a fragment": (
        "dataset { ...F } } fragment F on Dataset { name ... { ... @DIRECTIVE { revision } }",
        ("dataset",),
    ),
    "a field of an entry of a list": (
        "people(first: 1) { nodes { slug isLeader @DIRECTIVE } }",
        ("people", "nodes", "isLeader"),
    ),
    "a fragment on one of several types": (
        "facts(first: 1) { nodes { slug ... on Quote @DIRECTIVE { text } } }",
        ("facts", "nodes"),
    ),
    "a field in a fragment on one of several types": (
        "facts(first: 1) { nodes { slug ... on Quote { text @DIRECTIVE } } }",
        ("facts", "nodes", "text"),
    ),
    "a field of the schema": ("__schema @DIRECTIVE { queryType { name } } dataset { name }", ("__schema",)),
    "a field of a type of the schema": (
        '__type(name: "Person") { name kind @DIRECTIVE } dataset { name }',
        ("__type", "kind"),
    ),
    "a spread in the schema": ("__schema { queryType { name ...F @DIRECTIVE } } } fragment F on __Type { kind", None),
}
"""By what has the directive: an operation, and the path of the error; None if any path will do."""


@pytest.mark.parametrize("place", PLACES)
def test_null_for_the_condition_of_a_directive(ask: Ask, place: str) -> None:
    body, path = PLACES[place]
    for directive, default in product(("skip", "include"), ("true", "false")):
        query = QUERY.format(default=default, body=body).replace("DIRECTIVE", f"{directive}(if: $i)")
        reply = ask(query, {"i": None})
        assert reply.body["data"] is None
        assert reply.codes == {"BAD_USER_INPUT"}
        if path is not None:
            assert {told for _, told, _ in reply.error_places} == {path}
        assert ask(query).body["data"] == ask(query, {"i": default == "true"}).body["data"]


def test_null_is_seen_in_a_branch_that_another_directive_leaves_out(ask: Ask) -> None:
    query = """query ($i: Boolean = true, $no: Boolean!) {
      dataset { name ... @skip(if: $no) { revision @include(if: $i) } }
    }"""
    assert ask(query, {"i": None, "no": True}).body == {"data": {"dataset": {"name": "Gipfelbuch"}}}
    assert ask(query, {"i": None, "no": False}).codes == {"BAD_USER_INPUT"}
