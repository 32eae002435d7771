"""The printed schema has everything that the contract promises; it may have more."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLNamedType,
    GraphQLSchema,
    build_schema,
    print_ast,
)
from graphql.utilities import find_breaking_changes

from schema import print_sdl

NULLABLE = ("Country.alpha3", "Country.code")
"""Fields that the contract had as never null before there were states without a code."""


@pytest.fixture
def contract(corpus: Path) -> GraphQLSchema:
    """Return the contract, which is stored next to the documents."""
    path = corpus.parent / "contract" / "schema.graphql"
    if not path.exists():
        pytest.skip("needs the contract beside the documents")
    return build_schema(path.read_text(encoding="utf-8"))


def contract_lines(schema: GraphQLSchema) -> Iterator[str]:
    """Return one line for each type, its interfaces or members, its fields with their types, arguments and defaults."""
    for name, type_ in schema.type_map.items():
        if name.startswith("__"):
            continue
        yield f"{type(type_).__name__} {name}"
        yield from (f"{name} is {each}" for each in supertypes(schema, type_))
        if isinstance(type_, GraphQLEnumType):
            yield from (f"{name}.{value}" for value in type_.values)
        for key, field in getattr(type_, "fields", {}).items():
            yield f"{name}.{key}: {field.type}{default(field)}"
            for argument, given in getattr(field, "args", {}).items():
                yield f"{name}.{key}({argument}: {given.type}{default(given)})"


def supertypes(schema: GraphQLSchema, type_: GraphQLNamedType) -> list[str]:
    interfaces = [each.name for each in getattr(type_, "interfaces", ())]
    unions = [each.name for each in schema.type_map.values() if type_ in getattr(each, "types", ())]
    return [*interfaces, *unions]


def default(given: GraphQLField | GraphQLInputField | GraphQLArgument) -> str:
    value = getattr(given.ast_node, "default_value", None)
    return f" = {print_ast(value)}" if value else ""


def test_the_schema_keeps_the_contract(contract: GraphQLSchema) -> None:
    schema = build_schema(print_sdl())
    assert sorted(set(contract_lines(contract)) - set(contract_lines(schema))) == sorted(
        f"{name}: String!" for name in NULLABLE
    )
    changes = {change.description for change in find_breaking_changes(contract, schema)}
    assert changes == {f"Field {name} changed type from String! to String." for name in NULLABLE}


def test_a_promise_that_is_not_kept_is_found(contract: GraphQLSchema) -> None:
    """With a contract that promises one more field, value and argument."""
    more = build_schema(
        "type Query { dataset(asOf: Int = 3): String, summit: [ID!]! } enum QuoteForm { SUNG } union Actor = Query"
    )
    lines = set(contract_lines(more)) - set(contract_lines(contract))
    assert {"Query.dataset(asOf: Int = 3)", "Query.summit: [ID!]!", "QuoteForm.SUNG", "Query is Actor"} <= lines
