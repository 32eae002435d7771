"""Seed files as nodes that know their line, and the mistakes found in them; it knows no nouns."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_TAGS = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.MappingNode: "tag:yaml.org,2002:map",
}


@dataclass(frozen=True, order=True, slots=True)
class Mark:
    """A line of a file, counted from 1."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text; None where `~` is written."""

    mark: Mark
    text: str | None


@dataclass(frozen=True, slots=True)
class Listed:
    mark: Mark
    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Keyed:
    """A mapping in the order of its lines; each key stands once."""

    mark: Mark
    entries: tuple[tuple[Scalar, "Node"], ...]

    def get(self, name: str) -> "Node | None":
        return next((node for key, node in self.entries if key.text == name), None)


Node = Scalar | Listed | Keyed


@dataclass
class Problems:
    """The mistakes found so far."""

    found: set[tuple[Mark, str]] = field(default_factory=set)

    def add(self, mark: Mark, reason: str) -> None:
        self.found.add((mark, reason))

    def __iter__(self) -> Iterator[str]:
        """Each once as `file:line: reason`, by file and line."""
        return (f"{mark.file}:{mark.line}: {reason}" for mark, reason in sorted(self.found))


def read_file(path: Path, problems: Problems) -> Keyed:
    """The mapping that a file holds; an absent or an empty file is an empty one."""
    start = Mark(path.name, 1)
    nothing = Keyed(start, ())
    if not path.exists():
        return nothing
    try:
        root = yaml.compose(path.read_bytes().decode("utf-8"), Loader=_LOADER)
    except (OSError, UnicodeDecodeError) as error:
        problems.add(start, f"it cannot be read: {error}")
    except yaml.YAMLError as error:
        problems.add(*_said(path.name, error))
    else:
        node = None if root is None else _Composed(path.name, problems).node(root)
        if node is None or isinstance(node, Keyed):
            return node or nothing
        problems.add(node.mark, "it must be a mapping by slug")
    return nothing


def _said(file: str, error: yaml.YAMLError) -> tuple[Mark, str]:
    where = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or str(error).splitlines()[0]
    return Mark(file, where.line + 1 if where else 1), f"it is not YAML: {reason}"


class _Composed:
    """Nodes of one file made from those that YAML composes."""

    def __init__(self, file: str, problems: Problems) -> None:
        self.file = file
        self.problems = problems
        self.seen: set[int] = set()

    def node(self, given: yaml.Node) -> Node:
        mark = Mark(self.file, given.start_mark.line + 1)
        if given.tag != _TAGS[type(given)]:
            self.problems.add(mark, f"tags such as {given.tag} are not read")
        if id(given) in self.seen:
            self.problems.add(mark, "anchors and aliases (& and *) are not read: write it out")
            return Scalar(mark, None)
        self.seen.add(id(given))
        if isinstance(given, yaml.MappingNode):
            return Keyed(mark, tuple(self.entries(given.value)))
        if isinstance(given, yaml.SequenceNode):
            return Listed(mark, tuple(map(self.node, given.value)))
        return self.scalar(mark, given)

    def scalar(self, mark: Mark, given: yaml.Node) -> Scalar:
        if given.value == "~" and not getattr(given, "style", None):
            return Scalar(mark, None)
        if not given.value.strip():
            self.problems.add(mark, "nothing is written here; a null value is written ~")
            return Scalar(mark, None)
        return Scalar(mark, given.value)

    def entries(self, pairs: Iterable[tuple[yaml.Node, yaml.Node]]) -> Iterator[tuple[Scalar, Node]]:
        lines: dict[str | None, int] = {}
        for name, value in pairs:
            key, node = self.node(name), self.node(value)
            if not isinstance(key, Scalar):
                self.problems.add(key.mark, "a key is plain text: brackets and braces stand in quotation marks")
            elif key.text in lines:
                what = "~" if key.text is None else key.text
                self.problems.add(key.mark, f"{what} stands here twice, first in line {lines[key.text]}")
            else:
                lines[key.text] = key.mark.line
                yield key, node
