"""The arguments of a field: what shapes the statement becomes a Python value, all else a placeholder.

Whole numbers (page sizes), booleans, single enum values and groupings shape the SQL; texts, days, numbers and lists
are bound at each request, and checked there, before any SQL runs.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from typing import Any

from graphql import (
    FieldNode,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    ListValueNode,
    ObjectValueNode,
    Undefined,
    ValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    value_from_ast,
)
from sqlalchemy import literal_column

from service.errors import BadInput
from service.planner.ids import opened as opened_id
from service.planner.sql import Expression
from service.store.search.query import MOST_CHARACTERS, MOST_WORDS, TooManyWords, parse_search
from service.store.search.suggestions import MOST_TYPED, typed_keys

Variables = Mapping[str, Any]
Getter = Callable[[Variables], Any]
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,7}", re.ASCII)


class Leaf:
    """A value bound at the request; `at` is its place, for errors. `constant` is it where the document writes it."""

    def __init__(self, get: Getter, type_: GraphQLInputType, at: "At", constant: Any = None) -> None:
        self.get, self.type, self.at, self.constant = get, type_, at, constant


class At:
    """A place in an operation: the response names down to the field, and the argument; the field's own name."""

    def __init__(self, path: tuple[str, ...], argument: str, field: str = "") -> None:
        self.path, self.argument, self.field = path, argument, field

    @property
    def name(self) -> str:
        """The argument's own name, or that of a field of it."""
        return self.argument.rpartition(".")[2]

    def inside(self, name: str) -> "At":
        return At(self.path, f"{self.argument}.{name}", self.field)

    def refuse(self, reason: str, message: str) -> BadInput:
        return BadInput(message, argument=self.argument, reason=reason, path=self.path)


def to_day(value: Any, at: At) -> date:
    try:
        if isinstance(value, str) and DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise at.refuse("INVALID_DATE", f"{value!r:.80} is not a date: write it as 2019-02-28.")


def to_tag(value: Any, at: At) -> str:
    """A BCP 47 tag in lower case, as the register keys its texts."""
    if isinstance(value, str) and TAG.fullmatch(value):
        return value.lower()
    raise at.refuse("INVALID_LANGUAGE", f"{value!r:.80} is not a language tag: write it as de or ko-Kore (BCP 47).")


def to_text(value: Any, at: At) -> str:
    value = value.value if isinstance(value, Enum) else str(value)
    if "\0" in value:
        raise at.refuse("INVALID_TEXT", "A text cannot hold the character U+0000.")
    return str(value)


def to_typename(value: Any, at: At) -> str:
    return str(value.value).capitalize()


def to_reference(value: Any, at: At) -> str:
    """What an id names, as type:slug@day; nothing for what is no id."""
    return opened_id(str(value)) or ""


def to_search_queries(value: Any, at: At) -> list[str]:
    """What a text looks for, as the queries of SearchQueries in their order."""
    try:
        return parse_search(to_text(value, at)).as_array()
    except TooManyWords:
        message = f"`{at.name}` takes at most {MOST_WORDS} words and {MOST_CHARACTERS} characters."
        raise at.refuse("TOO_MANY_WORDS", message) from None


def to_typed_keys(value: Any, at: At) -> list[str]:
    """What somebody has typed so far of a name, as the keys that names are suggested by."""
    text = to_text(value, at)
    if len(text) > MOST_TYPED:
        raise at.refuse("TOO_MANY_CHARACTERS", f"`{at.name}` takes at most {MOST_TYPED} characters.")
    return typed_keys(text)


BY_NAME: dict[str, tuple[str, Callable[[Any, At], Any]]] = {
    "text": ("tsquery[]", to_search_queries),
    "suggest.text": ("text[]", to_typed_keys),
}
"""By the argument's name, or the field's and its, where that says more than its type: the SQL type, and what checks
and converts a value.
"""
LEAVES: dict[str, tuple[str, Callable[[Any, At], Any]]] = {
    "Date": ("date", to_day),
    "ID": ("text", to_reference),
    "LanguageTag": ("text", to_tag),
    "Float": ("float8", lambda value, at: float(value)),
    "FactKind": ("text", to_typename),
    "SearchKind": ("text", to_typename),
    "EntryKind": ("text", to_typename),
}
"""By GraphQL name: the SQL type, and what checks and converts a value. All others are texts."""


LENGTHS = {"ids": (0, 100), "between": (2, 2)}
"""How many values a list takes, by the argument's name; any other at most a thousand."""
MOST_VALUES = 1_000


def to_list(values: Any, at: At, convert: Callable[[Any, At], Any]) -> list[Any]:
    least, most = LENGTHS.get(at.argument, (0, MOST_VALUES))
    if not least <= len(values) <= most:
        wanted = f"exactly {most}" if least == most else f"at most {most}"
        raise at.refuse("WRONG_LENGTH", f"`{at.argument}` takes {wanted} values; {len(values)} are given.")
    return [convert(item, at) for item in values]


class Placeholders:
    """The parameters of one statement, in order: where each comes from."""

    def __init__(self) -> None:
        self.getters: list[Getter] = []

    def add(self, sql_type: str, get: Getter) -> Expression:
        self.getters.append(get)
        return literal_column(f"${len(self.getters)}::{sql_type}")

    def leaf(self, leaf: Leaf) -> Expression:
        by_type = LEAVES.get(get_named_type(leaf.type).name, ("text", to_text))
        by_name = BY_NAME.get(leaf.at.name, by_type)
        sql_type, convert = BY_NAME.get(f"{leaf.at.field}.{leaf.at.name}", by_name)
        get, at = leaf.get, leaf.at
        if isinstance(get_nullable_type(leaf.type), GraphQLList):
            return self.add(f"{sql_type}[]", lambda variables: to_list(get(variables), at, convert))
        return self.add(sql_type, lambda variables: convert(get(variables), at))


def shapes(type_: Any) -> bool:
    """Whether a value of this type changes the text of the statement."""
    named = get_named_type(type_)
    if isinstance(get_nullable_type(type_), GraphQLList):
        return bool(named.name.endswith("Grouping"))
    return isinstance(named, GraphQLEnumType) or named.name in ("Int", "Boolean")


def read(field: GraphQLField, node: FieldNode, variables: Variables, path: tuple[str, ...]) -> dict[str, Any]:
    """The arguments that are given, or have a default, by GraphQL name: Python values, Leaf, or a dict of these."""
    given = {argument.name.value: argument.value for argument in node.arguments or ()}
    found = {}
    for name, argument in field.args.items():
        default = None if argument.default_value is Undefined else argument.default_value
        value = None
        if name in given and not _is_absent(given[name], variables):
            value = _of_node(argument.type, given[name], variables, At(path, name, node.name.value))
        if value is None:
            value = default
        if value is not None:
            found[name] = value
    return found


def _is_absent(node: ValueNode, variables: Variables) -> bool:
    return isinstance(node, VariableNode) and node.name.value not in variables


def _of_node(type_: GraphQLInputType, node: ValueNode, variables: Variables, at: At) -> Any:
    """The value of a literal: an object is taken apart, so that variables within it stay variables."""
    nullable: Any = get_nullable_type(type_)
    if isinstance(node, ObjectValueNode) and isinstance(nullable, GraphQLInputObjectType):
        members = {
            member.name.value: _of_node(
                nullable.fields[member.name.value].type, member.value, variables, at.inside(member.name.value)
            )
            for member in node.fields
            if not _is_absent(member.value, variables)
        }
        return _without_nulls(members)
    if isinstance(node, VariableNode):
        name = node.name.value
        return _of_value(type_, variables[name], lambda values: values[name], at)
    value = value_from_ast(node, type_, dict(variables))
    if isinstance(node, ListValueNode):
        return _of_value(type_, value, lambda values: value_from_ast(node, type_, dict(values)), at)
    return _of_value(type_, value, lambda values: value, at, value)


def _of_value(type_: GraphQLInputType, value: Any, get: Getter, at: At, constant: Any = None) -> Any:
    nullable: Any = get_nullable_type(type_)
    if value is None or shapes(nullable):
        return value
    if isinstance(nullable, GraphQLInputObjectType):
        return _without_nulls(
            {
                name: _of_value(nullable.fields[name].type, member, _member(get, name), at.inside(name))
                for name, member in value.items()
            }
        )
    return Leaf(get, nullable, at, constant)


def _member(get: Getter, name: str) -> Getter:
    return lambda variables: get(variables)[name]


def _without_nulls(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}


def outline(type_: GraphQLInputType, value: Any) -> object:
    """What of a variable's value changes the text of a statement: part of a plan's key."""
    nullable: Any = get_nullable_type(type_)
    if value is None:
        return None
    if shapes(nullable):
        return tuple(value) if isinstance(value, list) else value
    if isinstance(nullable, GraphQLInputObjectType):
        return tuple((name, outline(nullable.fields[name].type, member)) for name, member in sorted(value.items()))
    return True
