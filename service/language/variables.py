"""Errors in the values of variables, with hints."""

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import getitem
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLSchema,
    Undefined,
    VariableDefinitionNode,
    is_non_null_type,
    validate_input_value,
)
from graphql.pyutils import print_path_list

from service.language.errors import MAX_ERRORS
from service.language.hints import add_variable_hint
from service.language.printing import without_python


def variable_errors(
    schema: GraphQLSchema,
    definitions: Iterable[VariableDefinitionNode],
    types: Mapping[str, Any],
    given: Mapping[str, Any],
) -> list[GraphQLError]:
    """Return the first errors in the values of variables, as graphql-core reports them, with hints."""
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
            if len(errors) == MAX_ERRORS:
                return
            told = without_python(error.message, reduce(getitem, path, value))
            message = f"Variable '${name}' has invalid value{print_path_list(path)}: {told}"
            errors.append(GraphQLError(message, definition, original_error=error))
            if value is not Undefined:
                add_variable_hint(schema, errors[-1], types[name], value, path)

        validate_input_value(value, types[name], add)
    return errors
