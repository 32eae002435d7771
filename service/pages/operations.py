"""The stored operations: a file each in operations/, with the fragments of fragments/ that it spreads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import takewhile
from pathlib import Path
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInputType,
    GraphQLSchema,
    Node,
    OperationDefinitionNode,
    Visitor,
    parse,
    type_from_ast,
    visit,
)

FOLDER = Path(__file__).with_name("operations")
FRAGMENTS = Path(__file__).with_name("fragments")


@dataclass(frozen=True)
class StoredOperation:
    """An operation that an address asks. `text`: with all fragments that it needs."""

    name: str
    text: str
    document: DocumentNode

    @property
    def summary(self) -> str:
        """What it answers, as the comment says that the file begins with."""
        comment = takewhile(lambda line: line.startswith("#"), self.text.splitlines())
        return " ".join(line.lstrip("# ").strip() for line in comment)

    @property
    def definition(self) -> OperationDefinitionNode:
        return next(each for each in self.document.definitions if isinstance(each, OperationDefinitionNode))

    @cached_property
    def variable_names(self) -> frozenset[str]:
        """What can be asked of it."""
        return frozenset(each.variable.name.value for each in self.definition.variable_definitions or ())

    def variables(self, schema: GraphQLSchema) -> dict[str, GraphQLInputType]:
        """The types of the operation's variables, by name."""
        types: dict[str, Any] = {
            each.variable.name.value: type_from_ast(schema, each.type)
            for each in self.definition.variable_definitions or ()
        }
        return types


@cache
def stored_operation(name: str) -> StoredOperation:
    """The operation of a file in operations/."""
    text = (FOLDER / f"{name}.graphql").read_text(encoding="utf-8")
    needed = list(dict.fromkeys(_needed_fragments(parse(text), _fragments())))
    whole = "\n".join([text, *(_fragments()[each] for each in needed)])
    return StoredOperation(name, whole, parse(whole))


@cache
def _fragments() -> Mapping[str, str]:
    """The text of each fragment, by name; a file may hold several."""
    texts = {}
    for path in sorted(FRAGMENTS.glob("*.graphql")):
        text = path.read_text(encoding="utf-8")
        for node in parse(text).definitions:
            assert isinstance(node, FragmentDefinitionNode)
            assert node.loc is not None
            texts[node.name.value] = text[node.loc.start : node.loc.end] + "\n"
    return texts


def _needed_fragments(node: Node, fragments: Mapping[str, str]) -> Iterator[str]:
    """The names of the fragments that are spread in a document, and in those."""
    for name in _spreads(node):
        yield name
        yield from _needed_fragments(parse(fragments[name]), fragments)


def _spreads(node: Node) -> list[str]:
    names: list[str] = []

    class Collector(Visitor):
        def enter_fragment_spread(self, spread: FragmentSpreadNode, *_: object) -> None:
            names.append(spread.name.value)

    visit(node, Collector())
    return names
