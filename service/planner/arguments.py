"""Arguments of a field, as given by the document and the variables.

Integers (page sizes), booleans and single enum values shape the SQL, as do arguments declared to do so. All other
values are bound at each request: a `Leaf` says where its value comes from.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, NamedTuple

from graphql import (
    EnumValueNode,
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    IntValueNode,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    StringValueNode,
    Undefined,
    ValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_non_null_type,
    value_from_ast,
)

from service.errors import BadInput
from service.language.errors import ArgumentLocation, Path
from service.planner.fields import parameter_of
from service.planner.parameters import Shape


class Inputs(NamedTuple):
    """Input of one request: the coerced variables, and the strings that were lifted out of its document."""

    variables: Mapping[str, Any]
    texts: Sequence[str]


Getter = Callable[[Inputs], Any]


@dataclass(frozen=True, eq=False)
class Leaf:
    """Value that is bound at request time: where it comes from, its type, and its location for error messages."""

    get: Getter
    type: GraphQLInputType
    at: ArgumentLocation


@dataclass(frozen=True)
class Binding:
    """Placeholder: what fills it at each request, and the cost of that in microseconds per unit of the value."""

    leaf: Leaf
    convert: Callable[[Any, ArgumentLocation], Any]
    price: float = 0.0
    units: Callable[[Any], int] = len

    def value(self, inputs: Inputs) -> Any:
        """Return the value that fills the placeholder. Raises BadInput."""
        return self.convert(self.leaf.get(inputs), self.leaf.at)

    def work(self, value: Any) -> float:
        return self.price * self.units(value) if self.price else 0.0


Argument = GraphQLArgument | GraphQLInputField


class ArgumentReader:
    """Reader of arguments. `is_lifted`: whether the strings of the document are stored in the inputs.

    `refuse`: called with each invalid argument that shapes the statement; other arguments are checked at each request.
    """

    def __init__(self, inputs: Inputs, refuse: Callable[[BadInput], None], *, is_lifted: bool) -> None:
        self._inputs, self._refuse, self._is_lifted = inputs, refuse, is_lifted

    def read(self, field: GraphQLField, given: Mapping[str, ValueNode], path: Path) -> dict[str, Any]:
        """Return the arguments that are given or have a default, by GraphQL name: Python values, Leaf, or a dict of
        these.

        An argument that is null counts as omitted.
        """
        arguments = {}
        for name, argument in field.args.items():
            value = self._argument(argument, given.get(name), ArgumentLocation(path, name))
            if value is not None:
                arguments[name] = value
        return arguments

    def _argument(self, argument: Argument, node: ValueNode | None, at: ArgumentLocation) -> Any:
        if node is None or self._is_absent(node):
            return None if argument.default_value is Undefined else argument.default_value
        value = self._value(argument.type, argument, node, at)
        if value is None:
            if is_non_null_type(argument.type):
                return self._null_value(argument, at)
            return None if argument.default_value is Undefined else argument.default_value
        return value

    def _null_value(self, argument: Argument, at: ArgumentLocation) -> Any:
        """Handle null for a non-null argument.

        A null that would be bound is reported at request time, together with all other errors. Arguments that shape a
        statement take words here.
        """
        nullable: Any = get_nullable_type(argument.type)
        if not shapes_statement(nullable, argument):
            return Leaf(lambda inputs: None, nullable, at)
        self._refuse(at.refuse_null())
        # return something that can be composed, so that other errors can be reported as well
        return (
            []
            if isinstance(nullable, GraphQLList)
            else _literal_value(nullable, EnumValueNode(value=min(nullable.values)))
        )

    def _fit_bounds(self, value: Any, argument: Argument, at: ArgumentLocation) -> Any:
        """Return a value that shapes the statement, forced into its bounds."""
        parameter = parameter_of(argument)
        return parameter.fit(value, at, self._refuse) if isinstance(parameter, Shape) else value

    def _is_absent(self, node: ValueNode) -> bool:
        return isinstance(node, VariableNode) and node.name.value not in self._inputs.variables

    def _value(self, type_: GraphQLInputType, argument: Argument, node: ValueNode, at: ArgumentLocation) -> Any:
        nullable: Any = get_nullable_type(type_)
        if isinstance(node, NullValueNode):
            return None
        if isinstance(node, VariableNode):
            name = node.name.value
            return self._variable_value(
                nullable, argument, self._inputs.variables[name], lambda i: i.variables[name], at
            )
        if isinstance(node, ObjectValueNode):
            return self._members(nullable, {member.name.value: member.value for member in node.fields}, at)
        getter = self._getter(nullable, node)
        if not shapes_statement(nullable, argument):
            return Leaf(getter, nullable, at)
        return self._fit_bounds(getter(self._inputs), argument, at)

    def _members(
        self, type_: GraphQLInputObjectType, nodes: Mapping[str, ValueNode], at: ArgumentLocation
    ) -> dict[str, Any]:
        """Read an input object member by member, so that variables within it stay variables.

        The members come in the same order as those of a variable's value.
        """
        members = {
            name: self._argument(field, nodes[name], at.member(name))
            for name, field in type_.fields.items()
            if name in nodes
        }
        return {name: value for name, value in members.items() if value is not None}

    def _variable_value(self, type_: Any, argument: Argument, value: Any, get: Getter, at: ArgumentLocation) -> Any:
        """Return the value of a variable."""
        if value is None:
            return None
        if shapes_statement(type_, argument):
            return self._fit_bounds(value, argument, at)
        if not isinstance(type_, GraphQLInputObjectType):
            return Leaf(get, type_, at)
        members = {
            name: self._variable_value(
                get_nullable_type(field.type), field, value[name], _member(get, name), at.member(name)
            )
            for name, field in type_.fields.items()
            if name in value
        }
        return {name: member for name, member in members.items() if member is not None}

    def _getter(self, type_: Any, node: ValueNode) -> Getter:
        """Return a getter for the value of a literal; for a list, it gets each of the items."""
        if isinstance(node, VariableNode):
            name = node.name.value
            return lambda inputs: inputs.variables.get(name)
        if isinstance(type_, GraphQLList):
            item: Any = type_.of_type
            nodes = node.values if isinstance(node, ListValueNode) else (node,)
            getters = [self._getter(get_nullable_type(item), each) for each in nodes]
            return lambda inputs: [get(inputs) for get in getters]
        if isinstance(node, StringValueNode) and self._is_lifted:
            index = int(node.value)
            return lambda inputs: inputs.texts[index]
        value = _literal_value(type_, node)
        return lambda inputs: value


def _member(get: Getter, name: str) -> Getter:
    return lambda inputs: get(inputs)[name]


def _literal_value(type_: Any, node: ValueNode) -> Any:
    """Return the value of a literal without variables, or Undefined for a number that a Float cannot hold.

    graphql-core has already checked the literal's type, but not its size.
    """
    value = None if isinstance(node, NullValueNode) else value_from_ast(node, type_)
    is_rounded = (
        isinstance(value, float) and isinstance(node, IntValueNode) and isfinite(value) and int(node.value) != value
    )
    return Undefined if is_rounded else value


def shapes_statement(type_: Any, argument: Argument | None) -> bool:
    """Return whether a value of this type, or of this argument, changes the text of the statement."""
    if argument is not None and isinstance(parameter_of(argument), Shape):
        return True
    named = get_named_type(type_)
    is_list = isinstance(get_nullable_type(type_), GraphQLList)
    return not is_list and (isinstance(named, GraphQLEnumType) or named.name in ("Int", "Boolean"))


def shape_of(type_: Any, value: Any, shaping: frozenset[str]) -> object:
    """Return the part of a variable's value that may change the text of a statement, for use in a plan's key.

    `shaping`: the enums whose lists shape a statement.
    """
    nullable: Any = get_nullable_type(type_)
    if value is None:
        return None
    if isinstance(nullable, GraphQLInputObjectType):
        fields = nullable.fields
        return tuple((name, shape_of(fields[name].type, value[name], shaping)) for name in fields if name in value)
    if isinstance(nullable, GraphQLList):
        return tuple(value) if get_named_type(nullable).name in shaping else True
    return value if shapes_statement(nullable, None) else True
