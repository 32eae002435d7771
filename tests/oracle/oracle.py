"""What the service should answer: graphql-core's own executor over plain objects.

It shares with the service the schema's text, the tables, the words of labels and what a search finds, but neither the
planner nor the SQL that the schema declares.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from keyword import iskeyword
from typing import Any

from graphql import (
    ExecutionResult,
    GraphQLError,
    GraphQLResolveInfo,
    build_schema,
    execute_sync,
    get_named_type,
    parse,
)

from schema import print_sdl
from tests.oracle import actors, kinds, provenance, relationships  # noqa: F401  they name themselves
from tests.oracle.checks import default_of
from tests.oracle.mistakes import Refusal, refusal_of
from tests.oracle.pages import Connection, Cursor, EntryChangeConnection, SearchConnection
from tests.oracle.query import Query
from tests.oracle.register import Register
from tests.oracle.search import Search
from tests.oracle.things import View

PAGING = ("filter", "orderBy", "first", "after", "last", "before")
"""The arguments of every list."""

WORDS = ("text", "after", "before", "references", "ids", "id")
"""Arguments and fields that take words other than slugs."""

CONNECTIONS = {each.__name__: each for each in (EntryChangeConnection, SearchConnection)}

OUR_SCALARS = ("Date", "LanguageTag")
"""Scalars of arguments; the schema's text does not say that they are texts."""


def text_only(value: Any) -> str:
    if not isinstance(value, str):
        raise GraphQLError(f"Expected a string, found {value!r}.")
    return value


class Oracle:
    """Executor of operations. `cursors`: those that the service returned, with their meaning, learnt by comparison."""

    def __init__(self, register: Register, search: Search) -> None:
        self.schema = build_schema(print_sdl())
        for name in OUR_SCALARS:
            scalar: Any = self.schema.type_map[name]
            scalar.coerce_input_value = text_only
        self.view = View(register, search=search)
        self.cursors: dict[str, Cursor] = {}

    def answer(self, query: str, variables: dict[str, Any] | None = None) -> Any:
        """Return the response to a valid operation, as plain values, with `Cursor` in place of cursors."""
        result = execute_sync(
            self.schema,
            parse(query),
            root_value=Query(self.view),
            variable_values=variables,
            field_resolver=self._field,
            type_resolver=lambda value, *_: value.typename,
        )
        assert isinstance(result, ExecutionResult)
        if result.errors:
            raise result.errors[0]
        return result.data

    def refusal(self, query: str, variables: dict[str, Any]) -> Refusal | None:
        """Return why an operation must be refused, if at all."""
        return refusal_of(self.schema, query, variables, self.cursors)

    def differences(self, answer: Any, expected: Any) -> list[str]:
        """Return where a response of the service is not as expected, including keys and their order.

        A cursor may be any text, but always the same for the same position: cursors of a correct response are learnt.
        """
        cursors: list[tuple[Any, Cursor, str]] = []
        found = list(_differences(answer, expected, "", cursors))
        for given, cursor, path in [] if found else cursors:
            if not isinstance(given, str) or self.cursors.setdefault(given, cursor) != cursor:
                found.append(f"{path}: {given!r} is no cursor of {cursor!r}")
        return found

    def _field(self, source: Any, info: GraphQLResolveInfo[Any], **given: Any) -> Any:
        given = {name: value if name in WORDS else self._with_present_slugs(value) for name, value in given.items()}
        if given.get("asOf"):
            source = source.seen_on(given["asOf"])
        name = python_name(info.field_name)
        value = source[name] if isinstance(source, dict) else getattr(source, name)
        if callable(value):
            value = value(**{parameter(each): given.get(each) for each in self._own(info)})
        return self._complete_value(value, info, given)

    def _with_present_slugs(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: each if name in WORDS else self._with_present_slugs(each) for name, each in value.items()}
        if isinstance(value, list):
            return [*map(self._with_present_slugs, value)]
        return self.view.register.present_slugs.get(value, value) if isinstance(value, str) else value

    def _own(self, info: GraphQLResolveInfo[Any]) -> list[str]:
        """Return the arguments that the field itself takes."""
        names = list(info.parent_type.fields[info.field_name].args)
        is_list = get_named_type(info.return_type).name.endswith("Connection")
        return [name for name in names if name != "asOf" and not (is_list and name in PAGING)]

    def _complete_value(self, value: Any, info: GraphQLResolveInfo[Any], given: dict[str, Any]) -> Any:
        type_ = get_named_type(info.return_type)
        if type_.name.endswith("Connection"):
            list_ = CONNECTIONS.get(type_.name, Connection)
            arguments = info.parent_type.fields[info.field_name].args
            if "orderBy" in arguments and given.get("orderBy") is None:
                given["orderBy"] = default_of(arguments["orderBy"])
            filter_type = get_named_type(arguments["filter"].type).name if "filter" in arguments else ""
            return list_(type_.name, value, given, filter_type, self.cursors)
        return value.isoformat() if isinstance(value, date) else value


def _differences(answer: Any, expected: Any, path: str, cursors: list[tuple[Any, Cursor, str]]) -> Iterator[str]:
    """Return differences by their paths; cursors are left aside."""
    if isinstance(expected, Cursor):
        cursors.append((answer, expected, path))
    elif isinstance(expected, dict) and isinstance(answer, dict) and list(expected) == list(answer):
        for key in expected:
            yield from _differences(answer[key], expected[key], f"{path}.{key}", cursors)
    elif isinstance(expected, list) and isinstance(answer, list) and len(expected) == len(answer):
        for index, (given, wanted) in enumerate(zip(answer, expected, strict=True)):
            yield from _differences(given, wanted, f"{path}[{index}]", cursors)
    elif answer != expected or (type(answer) is not type(expected) and not (is_number(answer) and is_number(expected))):
        yield f"{path}: {answer!r} instead of {expected!r}"


@cache
def python_name(name: str) -> str:
    return re.sub("[A-Z]", lambda capital: f"_{capital[0].lower()}", name)


def parameter(name: str) -> str:
    return f"{name}_" if iskeyword(name) else python_name(name)


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
