"""Errors in the values of variables, with the same hints as errors in a document."""

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
from service.language.hints import Hints, add_variable_hint, fold_name
from service.language.printing import without_python


def variable_errors(
    schema: GraphQLSchema,
    definitions: Iterable[VariableDefinitionNode],
    types: Mapping[str, Any],
    given: Mapping[str, Any],
) -> list[GraphQLError]:
    """Return the errors in the values of variables, as graphql-core reports them, with hints: at most ten."""
    hints = Hints(schema)
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
            if value is Undefined:
                errors[-1].message += _misspelt(name, [each for each in given if each not in types])
            else:
                add_variable_hint(hints, errors[-1], name, types[name], value, path)

        validate_input_value(value, types[name], add)
    return errors


def _misspelt(name: str, others: Iterable[str]) -> str:
    """Return which undeclared value was meant for a variable, if its name differs only in case, `_` or `$`."""
    meant = next((each for each in others if fold_name(each.lstrip("$")) == fold_name(name)), None)
    return "" if meant is None else f" The value of `{meant:.60}` must be named `{name}`."
