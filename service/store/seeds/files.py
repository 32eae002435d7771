"""Seed files as plain values with line numbers, and the mistakes found in them; independent of nouns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any

import orjson
import yaml

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_TAGS = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.MappingNode: "tag:yaml.org,2002:map",
}

Route = tuple[Any, ...]
"""Keys and numbers that lead from a node to a node within it."""


@dataclass(frozen=True, order=True, slots=True)
class Mark:
    """Line of a file, counted from 1."""

    file: str
    line: int


class YamlList(list[Any]):
    """List with the line of each item."""

    def __init__(self) -> None:
        self.lines: Any = []


class YamlMapping(dict[str | None, Any]):
    """Mapping in line order, with the line of each key."""

    def __init__(self) -> None:
        self.lines: Any = {}


Node = str | None | YamlList | YamlMapping
"""Text, None for `~`, or a container of other nodes."""


class JsonLines(Mapping[str | None, Any]):
    """Generated entries by slug, each as its written line, which is parsed again on every access.

    There are many of them, and keeping their contents would take memory that the record needs (bench/LOADING.md).
    """

    def __init__(self) -> None:
        self.written: dict[str | None, bytes] = {}
        self.lines: Any = {}

    def __getitem__(self, slug: str | None) -> Any:
        entry = orjson.loads(self.written[slug])
        del entry["slug"]
        return entry

    def __iter__(self) -> Iterator[str | None]:
        return iter(self.written)

    def __len__(self) -> int:
        return len(self.written)


@dataclass(frozen=True)
class SeedFile:
    """Entries of one file by slug, each with its line; `name` is its path within the folder of the seeds."""

    name: str
    entries: YamlMapping | JsonLines

    def mark(self, slug: str | None) -> Mark:
        """Return the line on which an entry begins."""
        return Mark(self.name, self.entries.lines[slug])

    def with_marks(self) -> Iterator[tuple[str | None, Any, Mark]]:
        """Yield each slug with its contents and their position."""
        return ((slug, given, self.mark(slug)) for slug, given in self.entries.items())

    def only(self, slugs: Iterable[str | None]) -> SeedFile:
        """Return the same file with copies of some of its entries, as a reading removes mistakes from entries."""
        entries = YamlMapping()
        entries.update((slug, deepcopy(self.entries[slug])) for slug in slugs)
        entries.lines = self.entries.lines
        return SeedFile(self.name, entries)


@dataclass
class Problems:
    """Mistakes found so far."""

    found: set[tuple[Mark, str]] = field(default_factory=set)

    def add(self, mark: Mark, reason: str) -> None:
        self.found.add((mark, reason))

    def __iter__(self) -> Iterator[str]:
        """Yield each mistake once as `file:line: reason`, by file and line."""
        return (f"{mark.file}:{mark.line}: {reason}" for mark, reason in sorted(self.found))


def line_of(node: Any, key: Any, otherwise: int) -> int:
    """Return the line of the value under a key or a number; for generated entries, written in one line, that line."""
    return int(node.lines[key]) if isinstance(node, YamlMapping | YamlList) else otherwise


def find_route(root: dict[Any, Any], steps: Iterable[Any], line: int) -> tuple[Route, int]:
    """Return the steps that lead from a node to a value, and the line where they end, else the given line."""
    taken: list[Any] = []
    node: Any = root
    for step in steps:
        if step == "None" and isinstance(node, dict) and step not in node:
            step = None  # what pydantic calls the key `~`
        if step in node if isinstance(node, dict) else isinstance(node, list) and isinstance(step, int):
            line, node = line_of(node, step, line), node[step]
            taken.append(step)
    return tuple(taken), line


def remove(node: dict[Any, Any], routes: Iterable[Route]) -> None:
    """Remove what routes lead to, given in line order."""
    for *outer, last in sorted(dict.fromkeys(reversed([*routes])), key=len, reverse=True):
        holder: Any = reduce(getitem, outer, node)
        del holder[last]
        if isinstance(holder, YamlMapping | YamlList):
            del holder.lines[last]


def read_file(path: Path, problems: Problems) -> YamlMapping:
    """Return the mapping in a file; an absent or empty file gives an empty mapping."""
    if not path.exists():
        return YamlMapping()
    try:
        return read_yaml(path.name, path.read_bytes(), problems)
    except OSError as error:
        problems.add(Mark(path.name, 1), f"it cannot be read: {error}")
    return YamlMapping()


def read_yaml(name: str, content: bytes, problems: Problems) -> YamlMapping:
    """Return the mapping in the bytes of a file, with the name under which its mistakes are reported."""
    node = read_node(name, content, problems)
    if isinstance(node, YamlMapping):
        return node
    if node is not None:
        problems.add(Mark(name, 1), "it must be a mapping by slug")
    return YamlMapping()


def read_node(name: str, content: bytes, problems: Problems) -> Node:
    """Return the node in the bytes of a file; None if the file is empty or not YAML."""
    try:
        root = yaml.compose(content.decode("utf-8"), Loader=_LOADER)
    except UnicodeDecodeError as error:
        problems.add(Mark(name, 1), f"it cannot be read: {error}")
    except yaml.YAMLError as error:
        problems.add(*_yaml_problem(name, error))
    else:
        return None if root is None else _NodeBuilder(name, problems).node(root)
    return None


def _yaml_problem(file: str, error: yaml.YAMLError) -> tuple[Mark, str]:
    """Return the line at which a file is not YAML, and why."""
    where = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or str(error).splitlines()[0]
    return Mark(file, where.line + 1 if where else 1), f"it is not YAML: {reason}"


def _line(given: yaml.Node) -> int:
    return int(given.start_mark.line) + 1


class _NodeBuilder:
    """Builder of the nodes of one file from those that YAML composes."""

    def __init__(self, file: str, problems: Problems) -> None:
        self.file = file
        self.problems = problems
        self.seen: set[int] = set()

    def node(self, given: yaml.Node) -> Node:
        if given.tag != _TAGS[type(given)]:
            self.report(given, f"tags such as {given.tag} are not supported")
        if id(given) in self.seen:
            self.report(given, "anchors and aliases (& and *) are not supported: write the value in full")
            return None
        self.seen.add(id(given))
        if isinstance(given, yaml.MappingNode):
            return self.build_mapping(given)
        return self.build_list(given) if isinstance(given, yaml.SequenceNode) else self.build_scalar(given)

    def build_scalar(self, given: yaml.Node) -> str | None:
        if given.value == "~" and not getattr(given, "style", None):
            return None
        if not given.value.strip():
            self.report(given, "nothing is given here; write ~ for null")
            return None
        return str(given.value)

    def build_list(self, given: yaml.Node) -> YamlList:
        made = YamlList()
        for item in given.value:
            made.append(self.node(item))
            made.lines.append(_line(item))
        return made

    def build_mapping(self, given: yaml.Node) -> YamlMapping:
        made = YamlMapping()
        for name, value in given.value:
            key, node = self.node(name), self.node(value)
            if isinstance(key, YamlMapping | YamlList):
                self.report(name, "a key must be plain text: put brackets and braces in quotation marks")
            elif key in made:
                self.report(name, f"{'~' if key is None else key} is given twice, first in line {made.lines[key]}")
            else:
                made[key], made.lines[key] = node, _line(name)
        return made

    def report(self, given: yaml.Node, reason: str) -> None:
        self.problems.add(Mark(self.file, _line(given)), reason)
