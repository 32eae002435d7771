"""Variables for the filters of a list: `$filter` of a stored operation stands for one variable for each filter."""

from __future__ import annotations

from collections.abc import Mapping

from graphql import (
    GraphQLInputField,
    GraphQLInputObjectType,
    NamedTypeNode,
    ObjectValueNode,
    OperationDefinitionNode,
    Undefined,
    ValueNode,
    VariableDefinitionNode,
    ast_from_value,
    parse,
    print_ast,
)

from schema import schema

FILTER = "filter"
NO_VARIABLES = ("sharing", "passageFrom")
"""Filters that contain filters, or that cost too much together with all others."""
OTHER_NAMES = {"language": "inLanguage"}
"""Variables of filters whose own names are taken: `$language` is the language of labels."""
OWN_DATES = ("date", "publishedOn", "reportedOn")
"""Ranges of the date by which the list itself is ordered: `$from`, `$to` and `$dateMatch`."""


def with_filter_variables(text: str) -> str:
    """Return an operation with a variable for each filter of its list instead of `$filter`, if it declares that.

    `$filter` is replaced by an object of these variables. Its default value has their default values.
    """
    declared = _declaration(text)
    if declared is None:
        return text
    assert isinstance(declared.type, NamedTypeNode)
    assert declared.loc is not None
    type_ = schema._schema.type_map[declared.type.name.value]
    assert isinstance(type_, GraphQLInputObjectType)
    definitions: list[str] = []
    members: list[str] = []
    defaults = _members(declared.default_value)
    for name, field in type_.fields.items():
        if name in NO_VARIABLES:
            continue
        if isinstance(field.type, GraphQLInputObjectType):
            parts, given = _range_variables(name), _members(defaults.get(name))
            definitions += [_define(parts[part], field.type.fields[part], given.get(part)) for part in parts]
            members.append(f"{name}: {{ {', '.join(f'{part}: ${variable}' for part, variable in parts.items())} }}")
        else:
            variable = OTHER_NAMES.get(name, name)
            definitions.append(_define(variable, field, defaults.get(name)))
            members.append(f"{name}: ${variable}")
    expanded = text[: declared.loc.start] + "\n  ".join(definitions) + text[declared.loc.end :]
    return expanded.replace(f"${FILTER}", f"{{ {', '.join(members)} }}")


def _declaration(text: str) -> VariableDefinitionNode | None:
    """Return the declaration of `$filter` in an operation."""
    (operation,) = parse(text).definitions
    assert isinstance(operation, OperationDefinitionNode)
    return next((each for each in operation.variable_definitions or () if each.variable.name.value == FILTER), None)


def _range_variables(name: str) -> Mapping[str, str]:
    """Return the variables of a range, by its members."""
    if name in OWN_DATES:
        return {"from": "from", "to": "to", "match": "dateMatch"}
    return {"from": f"{name}From", "to": f"{name}To"}


def _members(value: ValueNode | None) -> Mapping[str, ValueNode]:
    return {each.name.value: each.value for each in value.fields} if isinstance(value, ObjectValueNode) else {}


def _define(variable: str, field: GraphQLInputField, default: ValueNode | None) -> str:
    """Return the definition of a variable. `default`: instead of the default value in the schema."""
    if default is None and field.default_value is not Undefined:
        default = ast_from_value(field.default_value, field.type)
    return f"${variable}: {field.type}" + (f" = {print_ast(default)}" if default else "")
