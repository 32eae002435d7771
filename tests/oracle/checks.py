"""Which arguments of one field cannot be used.

graphql-core also refuses null in place of a value, which is asserted. The other requirements on a value (a day, a
page's size, a cursor of its list ...) are stated here independently.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from math import isfinite
from typing import Any

from graphql import (
    FieldNode,
    FloatValueNode,
    GraphQLArgument,
    GraphQLError,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLList,
    IntValueNode,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    ValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_non_null_type,
)
from graphql.execution.values import VariableValues, get_argument_values

from tests.oracle.pages import Cursor

PAGE, ROWS = 100, 1_000
SUGGESTIONS = 20
LENGTHS = {"between": (2, 2), "ids": (0, 100), "by": (1, 3)}
RANGES = {"maxLength": (1, 6), "since": (0, 2**31 - 1)}
MOST_WORDS, MOST_CHARACTERS = 100, 10_000
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,7}", re.ASCII)


class Checks:
    """Checker of arguments with the values of the variables; `cursors`: all existing ones, with their meaning."""

    def __init__(self, values: VariableValues, cursors: Mapping[str, Cursor]) -> None:
        self.values, self.cursors = values, cursors

    def mistakes(self, field: GraphQLField, node: FieldNode) -> Iterator[str]:
        given = {argument.name.value: argument.value for argument in node.arguments or ()}
        nulls = [name for key, value in given.items() for name in self._nulls(field.args[key].type, value, key)]
        try:
            values = get_argument_values(field, node, self.values)
            assert not nulls, (nulls, node)
        except GraphQLError:
            assert nulls, node
            without = {key for name in nulls for key in [name.partition(".")[0]]}
            kept = tuple(argument for argument in node.arguments or () if argument.name.value not in without)
            args = {key: argument for key, argument in field.args.items() if key not in without}
            values = get_argument_values(
                GraphQLField(field.type, args), FieldNode(name=node.name, arguments=kept), self.values
            )
        yield from nulls
        for key, value in given.items():
            yield from self._numbers(field.args[key].type, value, key)
        for key, value in values.items():
            yield from self._value(field.args[key].type, value, key)
        yield from self._page_checks(field, values)

    def _nulls(self, type_: Any, node: ValueNode, name: str, *, is_item: bool = False) -> Iterator[str]:
        """Find null, or no value, where a value is required."""
        nullable: Any = get_nullable_type(type_)
        if isinstance(node, VariableNode):
            is_null = self.values.coerced.get(node.name.value) is None
            if is_null and is_non_null_type(type_) and (is_item or node.name.value in self.values.coerced):
                yield name
        elif isinstance(node, NullValueNode):
            assert not is_non_null_type(type_)
        elif isinstance(node, ListValueNode) and isinstance(nullable, GraphQLList):
            for item in node.values:
                yield from self._nulls(nullable.of_type, item, name, is_item=True)
        elif isinstance(node, ObjectValueNode) and isinstance(nullable, GraphQLInputObjectType):
            for field in node.fields:
                key = field.name.value
                yield from self._nulls(nullable.fields[key].type, field.value, f"{name}.{key}")

    def _numbers(self, type_: Any, node: ValueNode, name: str) -> Iterator[str]:
        """Find numbers in the document that a Float cannot hold."""
        nullable: Any = get_nullable_type(type_)
        if isinstance(node, ObjectValueNode):
            for field in node.fields:
                key = field.name.value
                yield from self._numbers(nullable.fields[key].type, field.value, f"{name}.{key}")
        elif isinstance(node, FloatValueNode | IntValueNode) and getattr(nullable, "name", "") == "Float":
            number = float(node.value)
            if not isfinite(number) or (isinstance(node, IntValueNode) and int(node.value) != number):
                yield name

    def _value(self, type_: Any, value: Any, name: str) -> Iterator[str]:
        """Find what a value of its type still may not be."""
        nullable: Any = get_nullable_type(type_)
        if value is None:
            return
        if isinstance(nullable, GraphQLInputObjectType):
            for key, member in value.items():
                yield from self._value(nullable.fields[key].type, member, f"{name}.{key}")
        elif isinstance(nullable, GraphQLList):
            least, most = LENGTHS.get(name, (0, ROWS))
            if not least <= len(value) <= most:
                yield name
            for item in value:
                yield from self._value(nullable.of_type, item, name)
        elif not is_usable(nullable.name, value, name):
            yield name

    def _page_checks(self, field: GraphQLField, values: Mapping[str, Any]) -> Iterator[str]:
        first, last = values.get("first"), values.get("last")
        if first is not None and last is not None:
            yield "last"
        else:
            most = PAGE if {"after", "around"} & set(field.args) else ROWS if "by" in field.args else SUGGESTIONS
            yield from (name for name, size in (("first", first), ("last", last)) if not 0 <= (size or 0) <= most)
        order = values.get("orderBy") or ("orderBy" in field.args and default_of(field.args["orderBy"])) or "NONE"
        list_ = f"{get_named_type(field.type).name}.{order}"
        for name in ("after", "before"):
            cursor = values.get(name)
            if cursor is not None and (cursor not in self.cursors or self.cursors[cursor].order != list_):
                yield name


def default_of(argument: GraphQLArgument) -> str | None:
    """Return the enum value that is an argument's default."""
    node: Any = argument.ast_node
    return node.default_value.value if node and node.default_value else None


def is_usable(typename: str, value: Any, name: str) -> bool:
    """Return whether the register accepts a scalar."""
    if typename == "Date":
        return is_day(value)
    if typename == "LanguageTag":
        return isinstance(value, str) and bool(TAG.fullmatch(value))
    if name in RANGES:
        least, most = RANGES[name]
        return bool(least <= value <= most)
    if typename == "String" and name not in ("after", "before"):
        is_search = name.rpartition(".")[2] == "text"
        return "\0" not in value and not (is_search and is_too_long(value))
    return True


def is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(DAY.fullmatch(value) and date.fromisoformat(value))
    except ValueError:
        return False


def is_too_long(text: str) -> bool:
    """Return whether texts are too long, for texts of words that consist of letters only."""
    return len(text) > MOST_CHARACTERS or len([word for word in text.split() if word != "or"]) > MOST_WORDS
