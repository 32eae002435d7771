"""What an operation asks for, measured before anything is composed: one pass, each fragment once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLList,
    GraphQLSchema,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
)

LIST = 100
"""What a plain list counts as."""
PAGE = 20
"""What a page counts as whose size is not given."""


@dataclass(frozen=True)
class Cost:
    """`values`: leaves of the largest answer; `fields`: what has to be composed; `aliases`, `depth`: as written."""

    values: int = 0
    fields: int = 0
    aliases: int = 0
    depth: int = 0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(
            self.values + other.values,
            self.fields + other.fields,
            self.aliases + other.aliases,
            max(self.depth, other.depth),
        )


class Measure:
    """Measures one operation of a validated document for one set of variables."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any]) -> None:
        self._schema = schema
        self._variables = variables
        self._fragments = {
            node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
        }
        self._measured: dict[str, Cost] = {}

    def of(self, operation: OperationDefinitionNode) -> Cost:
        return self._set(self._schema.query_type, operation.selection_set, 1)

    def _set(self, type_: Any, set_: SelectionSetNode, page: int) -> Cost:
        """`page` is how often a list in this selection counts: the size of the page it stands in."""
        return sum((self._node(type_, node, page) for node in set_.selections), Cost())

    def _node(self, type_: Any, node: SelectionNode, page: int) -> Cost:
        if isinstance(node, FieldNode):
            return self._field(type_, node, page)
        if isinstance(node, FragmentSpreadNode):
            return self._fragment(node.name.value, page)
        condition: Any = getattr(node, "type_condition", None)
        inner = self._schema.get_type(condition.name.value) if condition else type_
        return self._set(inner, node.selection_set, page)  # type: ignore[attr-defined]

    def _fragment(self, name: str, page: int) -> Cost:
        key = f"{name} {page}"
        if key not in self._measured:
            fragment = self._fragments[name]
            type_ = self._schema.get_type(fragment.type_condition.name.value)
            self._measured[key] = self._set(type_, fragment.selection_set, page)
        return self._measured[key]

    def _field(self, type_: Any, node: FieldNode, page: int) -> Cost:
        alias = 1 if node.alias else 0
        field = getattr(type_, "fields", {}).get(node.name.value)
        if field is None or node.selection_set is None:
            return Cost(1, 1, alias, 1)
        named = get_named_type(field.type)
        is_list = isinstance(get_nullable_type(field.type), GraphQLList)
        is_page = named.name.endswith("Connection")
        inner = self._set(named, node.selection_set, self._size(node) if is_page else 0)
        times = (page or LIST) if is_list else 1
        return Cost(inner.values * times, inner.fields + 1, inner.aliases + alias, inner.depth + 1)

    def _size(self, node: FieldNode) -> int:
        """The size of a page; what is out of bounds is refused elsewhere."""
        given = {argument.name.value: argument.value for argument in node.arguments or ()}
        for name in ("first", "last"):
            value: Any = given.get(name)
            if isinstance(value, VariableNode):
                value = self._variables.get(value.name.value)
            elif value is not None:
                value = getattr(value, "value", None)
            if value is not None:
                return max(int(value), 1)
        return PAGE
