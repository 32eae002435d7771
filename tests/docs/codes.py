"""Error codes and reasons in the code, found where they are written."""

import ast
import json
from collections.abc import Iterator
from functools import cache
from http import HTTPStatus

from service.errors import BadInput
from service.planner.planner import FUTURE_DAY
from service.planner.ranges import EMPTY_RANGE
from service.planner.slugs import NOT_YET_KNOWN
from service.settings import REPOSITORY
from service.store import failures
from service.store.failures import OVERLOADED, ReadFailed
from service.web import problems

ROOMS = (
    "service/web",
    "service/mcp",
    "service/pages",
    "service/reconciliation",
    "service/planner",
    "service/language",
    "schema",
)
OF_THE_ROUTER = {HTTPStatus.NOT_FOUND.name, HTTPStatus.METHOD_NOT_ALLOWED.name}
WARNINGS = {"UNKNOWN_SLUG", "UNKNOWN_PROPERTY", "UNKNOWN_MODE", NOT_YET_KNOWN, FUTURE_DAY, EMPTY_RANGE}
"""Except for the last two, they are written in SQL, by the migrations that create slug_warnings."""


def extensions() -> set[str]:
    """Return what a failure of the service includes in addition to its code."""
    (error,) = json.loads(bytes(problems.response_to(ReadFailed(OVERLOADED, "it is full"), "0").body))["errors"]
    return set(error["extensions"])


@cache
def codes() -> set[str]:
    """Return every `extensions.code` that a client can get."""
    calls = set(_in_calls("operation_error", "with_code", "RequestError"))
    return calls | set(_codes_named("code")) | set(_of_errors()) | OF_THE_ROUTER


@cache
def reasons() -> set[str]:
    """Return every `extensions.reason`."""
    return set(_in_calls("refuse", "_refuse", "BadInput", "Shape")) | set(_codes_named("reason"))


def _of_errors() -> Iterator[str]:
    """Return the codes of errors that are returned with their own codes."""
    yield BadInput.code
    yield from (row.code for row in vars(failures).values() if isinstance(row, failures.Failure))


def _nodes() -> Iterator[ast.AST]:
    for room in ROOMS:
        for path in sorted((REPOSITORY / room).rglob("*.py")):
            yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def _in_calls(*names: str) -> Iterator[str]:
    """Return the words in capitals that these functions are called with."""
    for node in _nodes():
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)
            if name in names:
                for given in [*node.args, *(keyword.value for keyword in node.keywords)]:
                    yield from _words(given)


def _codes_named(name: str) -> Iterator[str]:
    """Return the words in capitals assigned to a variable or a key of this name."""
    for node in _nodes():
        if isinstance(node, ast.Assign) and [ast.unparse(each) for each in node.targets] == [name]:
            yield from _words(node.value)
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == name:
                    yield from _words(value)


def _words(node: ast.expr) -> Iterator[str]:
    parts = (node.body, node.orelse) if isinstance(node, ast.IfExp) else (node,)
    for part in parts:
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            word = part.value
            if word.isupper() and word.replace("_", "").isalpha():
                yield word
