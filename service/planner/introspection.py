"""Fields of an operation that query the schema itself: graphql-core resolves them, once for all equal requests."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLList,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    SchemaMetaFieldDef,
    SelectionSetNode,
    TypeMetaFieldDef,
    VariableNode,
    execute_sync,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_composite_type,
    is_enum_type,
    is_input_object_type,
)

from service.errors import BadInput
from service.language.documents import Tree
from service.language.errors import ArgumentLocation, OperationError, Path, with_code
from service.language.selection import SelectedField
from service.planner.cost import SCHEMA_VALUE, VALUE_BYTES, Bill

WRAPPED = 0.5
"""Approximate share of types that wrap another type."""
FIELDS = {"__schema": SchemaMetaFieldDef, "__type": TypeMetaFieldDef}


def introspect(
    schema: GraphQLSchema,
    tree: Tree,
    operation: OperationDefinitionNode,
    items: list[SelectedField],
    variables: Mapping[str, Any],
) -> dict[str, Any]:
    """Return the responses to `items`, by their keys. Raises OperationError."""
    nodes: list[FieldNode] = [node for item in items for node in item.nodes]
    operation_node = OperationDefinitionNode(
        operation=operation.operation,
        variable_definitions=operation.variable_definitions,
        selection_set=SelectionSetNode(selections=tuple(nodes)),
        directives=(),
    )
    definitions = (operation_node, *tree.fragments.values())
    result = execute_sync(schema, DocumentNode(definitions=definitions), variable_values=dict(variables))
    if result.errors:
        raise OperationError(with_code(result.errors, "BAD_USER_INPUT"), is_request_error=False)
    return result.data or {}


def refuse_nulls(item: SelectedField, variables: Mapping[str, Any], refuse: Callable[[BadInput], None]) -> None:
    """Refuse null arguments of a root field: `name`, which must not be null."""
    for name, node in item.arguments.items():
        if isinstance(node, VariableNode) and variables.get(node.name.value) is None:
            refuse(ArgumentLocation((item.key,), name).refuse_null())


Select = Callable[[GraphQLNamedType, list[SelectionSetNode], Path], list[SelectedField]]


def charge(schema: GraphQLSchema, select: Select, items: list[SelectedField], bill: Bill) -> None:
    """Charge for these fields: lists of the schema count their average size, and a single type as much as all types."""

    def values(type_: GraphQLNamedType, sets: list[SelectionSetNode], times: float, path: Path) -> None:
        for item in select(type_, sets, path):
            place = (*path, item.key)
            if item.name == "__typename" or not isinstance(type_, GraphQLObjectType):
                bill.charge(place, SCHEMA_VALUE.each_time * times, VALUE_BYTES * times)
                continue
            field = type_.fields[item.name]
            is_list = isinstance(get_nullable_type(field.type), GraphQLList)
            rows = times * (list_sizes(schema)[item.name] if is_list else WRAPPED if item.name == "ofType" else 1)
            bill.charge(place, SCHEMA_VALUE.each_time * rows, 0 if item.selections else VALUE_BYTES * rows)
            values(get_named_type(field.type), item.selections, rows, place)

    for item in items:
        times = list_sizes(schema)["types"] if item.name == "__type" else 1
        values(get_named_type(FIELDS[item.name].type), item.selections, times, (item.key,))


@lru_cache(maxsize=4)
def list_sizes(schema: GraphQLSchema) -> Mapping[str, float]:
    """Return the sizes of introspection lists: for types, how many there are; for other lists, the average of
    a type.
    """
    types = list(schema.type_map.values())
    fields = [field for type_ in types if is_composite_type(type_) for field in getattr(type_, "fields", {}).values()]
    per_type = {
        "fields": len(fields),
        "inputFields": sum(len(type_.fields) for type_ in types if is_input_object_type(type_)),
        "enumValues": sum(len(type_.values) for type_ in types if is_enum_type(type_)),
        "interfaces": sum(len(getattr(type_, "interfaces", ())) for type_ in types),
        "possibleTypes": sum(len(schema.get_possible_types(type_)) for type_ in types if is_abstract_type(type_)),
    }
    return {name: count / len(types) for name, count in per_type.items()} | {
        "types": len(types),
        "directives": len(schema.directives),
        "locations": 10.0,
        "args": sum(len(field.args) for field in fields) / len(fields),
    }
