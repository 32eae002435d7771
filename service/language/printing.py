"""Values in messages, in GraphQL syntax; graphql-core prints those of variables in Python syntax."""

import json
from collections.abc import Iterable, Mapping
from functools import reduce
from operator import getitem
from typing import Any

from graphql import GraphQLError, Undefined, VariableDefinitionNode, is_non_null_type, validate_input_value
from graphql.pyutils import inspect, print_path_list

MOST_CHARACTERS = 120
"""Longer values are cut."""
MOST_LEVELS = 3
"""Values that are nested more deeply are not shown."""


def print_value(value: Any) -> str:
    """Return a JSON value in GraphQL syntax, on one line."""
    text = _print(value, MOST_LEVELS)
    return text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}..."


def _print(value: Any, levels: int) -> str:
    if isinstance(value, dict) and value:
        members = (f"{name}: {_print(member, levels - 1)}" for name, member in value.items())
        return f"{{ {', '.join(members) if levels else '...'} }}"
    if isinstance(value, list) and value:
        return f"[{', '.join(_print(item, levels - 1) for item in value) if levels else '...'}]"
    return json.dumps(value, ensure_ascii=False)


def without_python(message: str, value: Any = Undefined) -> str:
    """Return a message of graphql-core about a value, with nothing in Python syntax."""
    shown = message.replace("not to be None.", "not to be null.")
    before, found, after = shown.rpartition(f": {inspect(value)}")
    return f"{before}: {print_value(value)}{after}" if found else shown


def variable_errors(
    definitions: Iterable[VariableDefinitionNode], types: Mapping[str, Any], given: Mapping[str, Any]
) -> list[GraphQLError]:
    """Return the errors in the values of variables, as graphql-core reports them."""
    errors: list[GraphQLError] = []
    for definition in definitions:
        name = definition.variable.name.value
        value = given.get(name, Undefined)
        if value is Undefined and (definition.default_value or not is_non_null_type(types[name])):
            continue

        def add(
            error: GraphQLError,
            path: list[str | int],
            name: str = name,
            value: Any = value,
            definition: VariableDefinitionNode = definition,
        ) -> None:
            told = without_python(error.message, reduce(getitem, path, value))
            message = f"Variable '${name}' has invalid value{print_path_list(path)}: {told}"
            errors.append(GraphQLError(message, definition, original_error=error))

        validate_input_value(value, types[name], add)
    return errors
