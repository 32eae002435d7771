"""What the service ought to answer: graphql-core's own executor over plain objects.

It shares the schema's text and the tables with the service, and nothing else: neither the planner nor the SQL that
the schema declares.
"""

import re
from datetime import date
from typing import Any

from graphql import ExecutionResult, GraphQLResolveInfo, build_schema, execute_sync, get_named_type, parse

from schema import printed
from tests.oracle import actors, facts, provenance, relationships  # noqa: F401  they name themselves
from tests.oracle.pages import Connection, Cursor
from tests.oracle.query import Query
from tests.oracle.register import Register
from tests.oracle.things import View

PAGING = ("filter", "orderBy", "first", "after", "last", "before")
"""The arguments of every list."""
UNTOLD = {"Count.labels", "EventCount.labels"}
"""Fields that it cannot answer."""


class Oracle:
    """Answers operations. `cursors`: those that the service gave, with what they mean; they are learnt by comparing."""

    def __init__(self, register: Register) -> None:
        self.schema = build_schema(printed())
        self.view = View(register)
        self.cursors: dict[str, Cursor] = {}

    def answer(self, query: str, variables: dict[str, Any] | None = None) -> Any:
        """The answer to a valid operation, as plain values; in place of cursors, `Cursor`."""
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

    def differences(self, answer: Any, expected: Any, path: str = "") -> list[str]:
        """Where an answer of the service is not what is expected, keys and their order included."""
        if isinstance(expected, Cursor):
            return self._cursor_differences(answer, expected, path)
        if isinstance(expected, dict) and isinstance(answer, dict) and list(expected) == list(answer):
            return [each for key in expected for each in self.differences(answer[key], expected[key], f"{path}.{key}")]
        if isinstance(expected, list) and isinstance(answer, list) and len(expected) == len(answer):
            pairs = enumerate(zip(answer, expected, strict=True))
            return [each for index, (a, e) in pairs for each in self.differences(a, e, f"{path}[{index}]")]
        if answer == expected and type(answer) is type(expected) or is_number(answer) and answer == expected:
            return []
        return [f"{path}: {answer!r} instead of {expected!r}"]

    def _cursor_differences(self, answer: Any, expected: Cursor, path: str) -> list[str]:
        """A cursor may be any text, but always the same one for the same place, and another for another."""
        if isinstance(answer, str) and self.cursors.setdefault(answer, expected) == expected:
            return []
        return [f"{path}: {answer!r} is no cursor of {expected!r}"]

    def _field(self, source: Any, info: GraphQLResolveInfo, **given: Any) -> Any:
        if given.get("asOf"):
            source = source.seen_on(given["asOf"])
        name = python_name(info.field_name)
        value = source[name] if isinstance(source, dict) else getattr(source, name)
        if callable(value):
            value = value(**{python_name(each): given.get(each) for each in self._own(info)})
        return self._completed(value, info, given)

    def _own(self, info: GraphQLResolveInfo) -> list[str]:
        """The arguments that the field itself takes."""
        names = list(info.parent_type.fields[info.field_name].args)
        is_list = get_named_type(info.return_type).name.endswith("Connection")
        return [name for name in names if name != "asOf" and not (is_list and name in PAGING)]

    def _completed(self, value: Any, info: GraphQLResolveInfo, given: dict[str, Any]) -> Any:
        type_ = get_named_type(info.return_type)
        if type_.name.endswith("Connection"):
            arguments = info.parent_type.fields[info.field_name].args
            if "orderBy" in arguments and given.get("orderBy") is None:
                given["orderBy"] = arguments["orderBy"].default_value
            return Connection(type_.name, value, given, get_named_type(arguments["filter"].type).name, self.cursors)
        return value.isoformat() if isinstance(value, date) else value


def python_name(name: str) -> str:
    return re.sub("[A-Z]", lambda capital: f"_{capital[0].lower()}", name)


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
