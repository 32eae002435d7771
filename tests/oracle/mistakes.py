"""Which arguments of an operation cannot be used: found by walking the whole selection, whatever the response."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLSchema,
    OperationDefinitionNode,
    SchemaMetaFieldDef,
    SelectionNode,
    SelectionSetNode,
    TypeMetaFieldDef,
    VariableNode,
    get_named_type,
    get_variable_values,
    is_abstract_type,
    parse,
)
from graphql.execution.values import VariableValues

from tests.oracle.checks import Checks
from tests.oracle.pages import Cursor

META = {"__schema": SchemaMetaFieldDef, "__type": TypeMetaFieldDef}


Place = tuple[tuple[str, ...], str]
"""The response names down to a field, and an argument of it with the names inside."""


@dataclass(frozen=True)
class Refusal:
    """Reason for refusing an operation; `is_request_error`: it could not begin."""

    told: frozenset[Place]
    is_request_error: bool = False


def refusal_of(
    schema: GraphQLSchema, query: str, variables: Mapping[str, Any], cursors: Mapping[str, Cursor]
) -> Refusal | None:
    """Return why a valid operation must be refused, if at all."""
    document = parse(query)
    (operation,) = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    values = get_variable_values(schema, operation.variable_definitions or (), dict(variables))
    if isinstance(values, list):
        return Refusal(frozenset(), is_request_error=True)
    walk = Walk(schema, document, values, cursors)
    told = frozenset(walk.mistakes_in_selections(schema.query_type, [operation.selection_set], ()))
    return Refusal(told) if told else None


class Walk:
    """Walk over the selections of one document with one set of variables."""

    def __init__(
        self, schema: GraphQLSchema, document: DocumentNode, values: VariableValues, cursors: Mapping[str, Cursor]
    ) -> None:
        self.schema, self.values, self.checks = schema, values, Checks(values, cursors)
        self.fragments = {
            node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
        }

    def mistakes_in_selections(
        self, type_: Any, sets: list[SelectionSetNode], path: tuple[str, ...]
    ) -> Iterator[Place]:
        """Return the mistakes in what is selected on any object of a type."""
        for each in self.schema.get_possible_types(type_) if is_abstract_type(type_) else [type_]:
            fields: dict[str, list[FieldNode]] = {}
            seen: set[str] = set()
            for set_ in sets:
                yield from self._collect(each, set_, path, fields, seen)
            for key, nodes in fields.items():
                yield from self._field(each, nodes, (*path, key))

    def _collect(
        self,
        type_: Any,
        set_: SelectionSetNode,
        path: tuple[str, ...],
        fields: dict[str, list[FieldNode]],
        seen: set[str],
    ) -> Iterator[Place]:
        for node in set_.selections:
            key = (node.alias or node.name).value if isinstance(node, FieldNode) else None
            condition = self._is_included(node)
            if condition is None:
                yield (*path, key) if key else path, "if"
            if not condition:
                continue
            if isinstance(node, FieldNode):
                fields.setdefault(str(key), []).append(node)
                continue
            if isinstance(node, FragmentSpreadNode):
                if node.name.value in seen:
                    continue
                seen.add(node.name.value)
            opened: Any = self.fragments[node.name.value] if isinstance(node, FragmentSpreadNode) else node
            if opened.type_condition is None or self._applies(opened.type_condition.name.value, type_):
                yield from self._collect(type_, opened.selection_set, path, fields, seen)

    def _applies(self, name: str, type_: Any) -> bool:
        named: Any = self.schema.get_type(name)
        return named is type_ or (is_abstract_type(named) and self.schema.is_sub_type(named, type_))

    def _is_included(self, node: SelectionNode) -> bool | None:
        """Return whether it is included; None if unknown, since a condition is null. @skip comes first (GraphQL,
        3.13.2).
        """
        for name in ("skip", "include"):
            for directive in [each for each in node.directives or () if each.name.value == name]:
                value: Any = (directive.arguments or ())[0].value
                found = self.values.coerced[value.name.value] if isinstance(value, VariableNode) else value.value
                if found is None:
                    return None
                if found is (name == "skip"):
                    return False
        return True

    def _field(self, type_: Any, nodes: list[FieldNode], path: tuple[str, ...]) -> Iterator[Place]:
        name = nodes[0].name.value
        if name == "__typename":
            return
        field: GraphQLField = META.get(name) or type_.fields[name]
        for argument in dict.fromkeys(self.checks.mistakes(field, nodes[0])):
            yield path, argument
        sets = [node.selection_set for node in nodes if node.selection_set]
        if sets:
            yield from self.mistakes_in_selections(get_named_type(field.type), sets, path)
