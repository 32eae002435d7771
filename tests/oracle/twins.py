"""Equivalent documents: with each variable replaced by a literal, and with each literal replaced by a variable."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from graphql import (
    REMOVE,
    ArgumentNode,
    BooleanValueNode,
    ConstValueNode,
    DocumentNode,
    EnumValueNode,
    FloatValueNode,
    GraphQLInputType,
    GraphQLSchema,
    IntValueNode,
    NameNode,
    Node,
    NullValueNode,
    ObjectFieldNode,
    OperationDefinitionNode,
    StringValueNode,
    TypeInfo,
    TypeInfoVisitor,
    ValueNode,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    get_nullable_type,
    is_input_type,
    is_list_type,
    parse,
    parse_type,
    print_ast,
    type_from_ast,
    visit,
)
from graphql.utilities import value_to_literal

from tests.oracle.operations import Operation

READ: dict[type[Node], Any] = {
    StringValueNode: str,
    EnumValueNode: str,
    IntValueNode: int,
    FloatValueNode: float,
    BooleanValueNode: bool,
}
"""By the literals that one variable can stand for: the variable's value in JSON."""


def inline_variables(schema: GraphQLSchema, operation: Operation) -> Operation:
    """Return the operation with the values of its variables in the document."""
    document = parse(operation.query, no_location=True)
    inliner = Inliner({})
    for definition in _operation(document).variable_definitions or ():
        name = definition.variable.name.value
        inliner.values[name] = _literal(schema, definition, operation.variables)
    return Operation(print_ast(visit(document, inliner)), {})


def extract_variables(schema: GraphQLSchema, operation: Operation) -> Operation:
    """Return the operation with a variable for each literal in its arguments."""
    document = parse(operation.query, no_location=True)
    types = TypeInfo(schema)
    lifter = Lifter(types)
    lifted = visit(document, TypeInfoVisitor(types, lifter))
    head = _operation(lifted)
    defined = replace(head, variable_definitions=(*(head.variable_definitions or ()), *lifter.definitions))
    definitions = tuple(defined if node is head else node for node in lifted.definitions)
    return Operation(print_ast(replace(lifted, definitions=definitions)), {**operation.variables, **lifter.values})


def _operation(document: DocumentNode) -> Any:
    return next(node for node in document.definitions if isinstance(node, OperationDefinitionNode))


def _literal(
    schema: GraphQLSchema, definition: VariableDefinitionNode, given: Mapping[str, Any]
) -> ConstValueNode | None:
    """Return the value of a variable as a literal; None if it has none."""
    name = definition.variable.name.value
    if name not in given:
        return definition.default_value
    type_ = type_from_ast(schema, definition.type)
    assert is_input_type(type_)
    if given[name] is None:
        return NullValueNode()
    found: ConstValueNode | None = value_to_literal(given[name], type_)
    assert found is not None, (name, given)
    return found


class Inliner(Visitor):
    """Visitor that replaces variables by literals; if there is no value, the argument or field is removed."""

    def __init__(self, values: dict[str, ConstValueNode | None]) -> None:
        super().__init__()
        self.values = values

    def enter_variable_definition(self, *_: Any) -> Any:
        return REMOVE

    def enter_argument(self, node: ArgumentNode, *_: Any) -> Any:
        return REMOVE if self._is_absent(node.value) else None

    def enter_object_field(self, node: ObjectFieldNode, *_: Any) -> Any:
        return REMOVE if self._is_absent(node.value) else None

    def enter_variable(self, node: VariableNode, *_: Any) -> Any:
        return self.values[node.name.value]

    def _is_absent(self, value: ValueNode) -> bool:
        return isinstance(value, VariableNode) and self.values[value.name.value] is None


class Lifter(Visitor):
    """Visitor that replaces literals by variables, and keeps their values."""

    def __init__(self, types: TypeInfo) -> None:
        super().__init__()
        self.types = types
        self.definitions: list[VariableDefinitionNode] = []
        self.values: dict[str, Any] = {}
        self._names: dict[tuple[str, str], str] = {}

    def enter_variable_definition(self, *_: Any) -> Any:
        return False

    def enter(self, node: Node, *_: Any) -> Any:
        type_ = self.types.get_input_type()
        read = READ.get(type(node))
        if read is None or type_ is None or is_list_type(get_nullable_type(type_)):
            return None
        return self._variable(type_, read(node.value))  # type: ignore[attr-defined]

    def _variable(self, type_: GraphQLInputType, value: Any) -> VariableNode:
        """Return the same variable for the same value, so that fields with one name stay equal."""
        key = str(type_), repr(value)
        name = self._names.setdefault(key, f"lifted{len(self.values)}")
        variable = VariableNode(name=NameNode(value=name))
        if name not in self.values:
            self.values[name] = value
            type_node = parse_type(key[0])
            self.definitions.append(VariableDefinitionNode(variable=variable, type=type_node, directives=()))
        return variable
