"""Where each field of the schema can be selected: the shortest operation around it, found by walking from the root."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLList,
    build_schema,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_composite_type,
    is_leaf_type,
    is_required_argument,
)

from schema import print_sdl

SCHEMA = build_schema(print_sdl())
GIVEN = {
    "String": '"kim-jong-un"',
    "ID": '"UGVyc29uOmtpbS1qb25nLXVu"',
    "LanguageTag": '"de"',
    "Date": '"2019-04-26"',
    "Int": "1",
    "Float": "1.5",
    "Boolean": "true",
}
"""A value of each scalar, as a document writes it."""


@dataclass(frozen=True)
class Site:
    """Field and its surroundings: the names down to it, and the selections that they open."""

    path: tuple[str, ...]
    opened: tuple[str, ...]
    name: str
    field: GraphQLField

    @property
    def place(self) -> tuple[str, ...]:
        """The response names down to the field."""
        return (*self.path, self.name)

    def operation(self, arguments: str, definitions: str = "", selection: str = "") -> str:
        """Return an operation that selects the field with these arguments; without a selection, with the
        shortest one.
        """
        inner = selection or ("" if is_leaf_type(get_named_type(self.field.type)) else "{ __typename }")
        head = f"query ({definitions}) " if definitions else ""
        text = f"{self.name}{f'({arguments})' if arguments else ''} {inner}"
        for each in reversed(self.opened):
            text = f"{each} {{ {text} }}"
        return f"{head}{{ {text} }}"

    def required_arguments(self, *without: str) -> list[str]:
        """Return the required arguments, except some."""
        return [text for text in required_arguments(self.field) if text.partition(":")[0] not in without]


def value_of(type_: Any) -> str:
    """Return a value of a type, as a document writes it."""
    nullable = get_nullable_type(type_)
    if isinstance(nullable, GraphQLList):
        return f"[{value_of(nullable.of_type)}]"
    if isinstance(nullable, GraphQLInputObjectType):
        return "{}"
    if isinstance(nullable, GraphQLEnumType):
        return str(next(iter(nullable.values)))
    return GIVEN[nullable.name]


def required_arguments(field: GraphQLField) -> list[str]:
    given = {name: argument for name, argument in field.args.items() if is_required_argument(argument)}
    pair = {"between": '["kim-jong-un", "donald-trump"]'}
    return [f"{name}: {pair.get(name) or value_of(argument.type)}" for name, argument in given.items()]


def minimal_field(name: str, field: GraphQLField) -> str:
    """Return the field with its required arguments, and one entry of a page."""
    given = [*required_arguments(field), *(["first: 1"] if "after" in field.args else [])]
    return name + (f"({', '.join(given)})" if given else "")


@lru_cache
def sites() -> tuple[Site, ...]:
    """Yield each field of each type that can be reached from the root, once."""
    return tuple(_walk())


def _walk() -> Iterator[Site]:
    seen, left = {"Query"}, deque([(SCHEMA.query_type, (), ())])
    while left:
        type_, path, opened = left.popleft()
        for name, field in getattr(type_, "fields", {}).items():
            yield Site(path, opened, name, field)
            for inner, condition in _selectable_types(get_named_type(field.type)):
                if inner.name not in seen:
                    seen.add(inner.name)
                    text = (minimal_field(name, field), *condition)
                    left.append((inner, (*path, name), (*opened, *text)))  # type: ignore[arg-type]


def _selectable_types(type_: Any) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """Return the types whose fields can be selected there, and the fragments that open them."""
    if is_composite_type(type_):
        yield type_, ()
        for each in SCHEMA.get_possible_types(type_) if is_abstract_type(type_) else ():
            yield each, (f"... on {each.name}",)
