"""No function is named with a bare participle: `found` does not say what it finds, and nobody can search for it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from service.settings import REPOSITORY

ROOMS = ("service", "schema", "bench", "tests")
# those that differ from their infinitive, unlike read, put and set
IRREGULAR = re.compile(
    "begun|borne|bound|brought|built|caught|chosen|done|drawn|driven|fallen|felt|found|given|gone|grown|had|heard|held|"
    "kept|known|laid|led|left|lost|made|meant|met|paid|proven|said|seen|sent|shown|sold|sought|spelt|spent|spoken|"
    "stood|taken|taught|thought|told|understood|woken|won|worn|written"
)
NO_PARTICIPLES = {
    "embed": "a verb",
    "exceed": "a verb",
    "feed": "a verb and a noun",
    "matched": "a field of the schema",
    "need": "a verb and a noun",
    "proceed": "a verb",
    "seed": "a verb and a noun",
    "shed": "a verb",
    "speed": "a noun",
    "unnamed": "a field of the schema",
}
"""Names that end like a participle and are none, with what they are."""


def is_participle(name: str) -> bool:
    """Return whether a name is a participle and nothing else."""
    word = name.strip("_")
    return word not in NO_PARTICIPLES and (bool(IRREGULAR.fullmatch(word)) or (word.endswith("ed") and "_" not in word))


def functions(code: str) -> Iterator[tuple[str, int]]:
    """Return the names and the lines of all functions in a module, including those in classes and other functions."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node.lineno


def test_no_function_is_named_by_a_bare_participle() -> None:
    names = [
        f"{path.relative_to(REPOSITORY)}:{line}: {name}"
        for room in ROOMS
        for path in sorted((REPOSITORY / room).rglob("*.py"))
        if "node_modules" not in path.parts
        for name, line in functions(path.read_text(encoding="utf-8"))
        if is_participle(name)
    ]
    assert names == []


@pytest.mark.parametrize("name", ["found", "_told", "shaped", "__read_and__", "embed", "read", "is_reached", "bind"])
def test_what_a_participle_is(name: str) -> None:
    assert is_participle(name) == (name in ("found", "_told", "shaped"))


def test_functions_within_others_are_seen() -> None:
    code = "class A:\n    async def found(self) -> None:\n        def told() -> None: ...\n"
    assert list(functions(code)) == [("found", 2), ("told", 3)]
