"""The widest operation on a root list: every field of every entry, and the entries that these refer to by name."""

from collections.abc import Iterator
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_enum_type,
    is_leaf_type,
    is_required_argument,
)

from tests.oracle.operations import Operation

LANGUAGE = '"de"'
PROPERTIES = ("existence", "date", "plannedDate", "status", "place", "outcome", "text", "response", "state", "title")


def lists(schema: GraphQLSchema) -> list[str]:
    """Return the root fields that list all entries of a kind, with an `asOf` argument."""
    query: Any = schema.query_type
    return [name for name, field in query.fields.items() if _lists_all(field) and "asOf" in field.args]


def whole_list_operations(schema: GraphQLSchema, name: str) -> Operation:
    """Return everything that a root field lists, from its beginning and from its end."""
    query: Any = schema.query_type
    type_: Any = get_named_type(query.fields[name].type)
    entry: Any = get_named_type(type_.fields["nodes"].type)
    counted = " ".join(text for each in ("counts", "tone") if each in type_.fields for text in _field(type_, each))
    body = f"{{ totalCount {counted} nodes {_full(entry)} }}"
    return Operation(f"{{ first: {name}(first: 100) {body} last: {name}(last: 100) {body} }}", {})


def _full(type_: Any) -> str:
    """Return all fields of a type. Each narrower type has its own list, or no fields beyond these."""
    return "{ " + " ".join(text for name in type_.fields for text in _field(type_, name)) + " }"


def _field(owner: Any, name: str) -> Iterator[str]:
    """Return a field under its own key, once for each value that its arguments may have."""
    field = owner.fields[name]
    for number, given in enumerate(_required_argument_values(field)):
        yield f"{name}{number}: {name}{given} {_inner(get_named_type(field.type))}"


def _required_argument_values(field: GraphQLField) -> list[str]:
    """Return the possible values of the required arguments."""
    needed = [name for name, argument in field.args.items() if is_required_argument(argument)]
    if not needed:
        return ["(first: 100)"] if "last" in field.args else [""]
    (name,) = needed
    type_: Any = get_named_type(get_nullable_type(field.args[name].type))
    if is_enum_type(type_):
        return [f"({name}: {value})" for value in type_.values]
    return [f'(property: "{each}")' for each in PROPERTIES] if name == "property" else [f"({name}: {LANGUAGE})"]


def _inner(type_: Any) -> str:
    """Return the slug and label of an entry, the same for each entry of a list, and anything else in full."""
    if is_leaf_type(type_):
        return ""
    if _is_connection(type_):
        return "{ totalCount nodes { slug label } }"
    return "{ slug label }" if "label" in type_.fields and "slug" in type_.fields else _full(type_)


def _lists_all(field: GraphQLField) -> bool:
    return _is_connection(get_named_type(field.type)) and not any(map(is_required_argument, field.args.values()))


def _is_connection(type_: Any) -> bool:
    return bool(type_.name.endswith("Connection"))
