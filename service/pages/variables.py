"""Use of variables in stored operations: the argument, and its description in the schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from graphql import (
    ArgumentNode,
    DirectiveNode,
    FieldNode,
    GraphQLArgument,
    GraphQLInputField,
    GraphQLSchema,
    ObjectFieldNode,
    TypeInfo,
    TypeInfoVisitor,
    VariableNode,
    Visitor,
    get_named_type,
    visit,
)

from service.pages.operations import StoredOperation


class VariableUse(NamedTuple):
    """`argument`: full name as in errors, such as `filter.date.from`. `definition`: that of its last part."""

    argument: str
    description: str
    definition: GraphQLArgument | GraphQLInputField


@cache
def variable_uses(operation: StoredOperation, schema: GraphQLSchema) -> Mapping[str, VariableUse]:
    """Return the first use of each variable of an operation, by name."""
    types, defined, found = TypeInfo(schema), dict[int, GraphQLArgument | GraphQLInputField](), dict[str, VariableUse]()

    class Collector(Visitor):
        def enter_argument(self, node: ArgumentNode, *_: object) -> None:
            argument = types.get_argument()
            assert argument is not None
            defined[id(node)] = argument

        def enter_object_field(self, node: ObjectFieldNode, *_: object) -> None:
            within: Any = get_named_type(types.get_parent_input_type())
            defined[id(node)] = within.fields[node.name.value]

        def enter_variable(
            self, node: VariableNode, key: object, parent: object, path: object, ancestors: Sequence[Any]
        ) -> None:
            around = [each for each in (*ancestors, parent) if isinstance(each, ObjectFieldNode | ArgumentNode)]
            if around and node.name.value not in found:
                # the description of a range also applies to its bounds; that of the whole filter to none of them
                telling = around[1:] or around
                description = " ".join(defined[id(each)].description or "" for each in telling)
                if any(isinstance(each, DirectiveNode) for each in ancestors):
                    (*_, field) = (each for each in ancestors if isinstance(each, FieldNode))
                    description = f"Whether the answer has `{field.name.value}`."
                argument = ".".join(each.name.value for each in around)
                found[node.name.value] = VariableUse(argument, description, defined[id(around[-1])])

    visit(operation.document, TypeInfoVisitor(types, Collector()))
    return found
