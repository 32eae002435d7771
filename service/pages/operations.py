"""Stored operations: one file each in operations/, with the fragments from fragments/ that it uses.

A list declares all its filters as one variable, for which `filter_variables` puts one variable for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import takewhile
from pathlib import Path
from typing import Any

from graphql import (
    REMOVE,
    SKIP,
    ArgumentNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInputType,
    GraphQLSchema,
    ListTypeNode,
    NamedTypeNode,
    NameNode,
    Node,
    NonNullTypeNode,
    ObjectFieldNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    TypeNode,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    parse,
    print_ast,
    type_from_ast,
    value_from_ast_untyped,
    visit,
)

from service.pages.filter_variables import with_filter_variables

FOLDER = Path(__file__).with_name("operations")
FRAGMENTS = Path(__file__).with_name("fragments")

NEXT_PAGE = FieldNode(
    name=NameNode(value="pageInfo"),
    selection_set=SelectionSetNode(
        selections=tuple(FieldNode(name=NameNode(value=name)) for name in ("hasNextPage", "endCursor"))
    ),
)
"""The part of `pageInfo` that is needed to read the next page."""


@dataclass(frozen=True)
class StoredOperation:
    """Operation of an address. `text`: includes all fragments that it needs."""

    name: str
    text: str
    document: DocumentNode

    @property
    def summary(self) -> str:
        """Description of the answer, from the comment at the top of the file."""
        comment = takewhile(lambda line: line.startswith("#"), self.text.splitlines())
        return " ".join(line.lstrip("# ").strip() for line in comment)

    @property
    def definition(self) -> OperationDefinitionNode:
        return next(each for each in self.document.definitions if isinstance(each, OperationDefinitionNode))

    @cached_property
    def defaults(self) -> Mapping[str, Any]:
        """Default values of the variables, by variable."""
        return {
            each.variable.name.value: value_from_ast_untyped(each.default_value)
            for each in self.definition.variable_definitions or ()
            if each.default_value is not None
        }

    @cached_property
    def variable_names(self) -> frozenset[str]:
        """Names of the variables."""
        return frozenset(each.variable.name.value for each in self.definition.variable_definitions or ())

    @cached_property
    def member_names(self) -> frozenset[str]:
        """Names of all members of the answer, at any depth."""
        names = set[str]()

        class Collector(Visitor):
            def enter_field(self, field: FieldNode, *_: object) -> None:
                names.add((field.alias or field.name).value)

        visit(self.document, Collector())
        return frozenset(names)

    @cached_property
    def type_names(self) -> Mapping[str, str]:
        """Names of the variables' types, by variable, without list and non-null markers."""
        return {each.variable.name.value: _type_name(each.type) for each in self.definition.variable_definitions or ()}

    def text_for(self, given: Iterable[str]) -> str:
        """Return the text without ranges that have no bound given: even an open range would exclude undated entries."""
        missing = self.variable_names - set(given)
        return _without_ranges(self.name, frozenset(missing & _range_ends(self.name)))

    def further_page_text(self, given: Iterable[str], root: str, items: str) -> str:
        """Return the text for a further page of a list: only the `items` of the field `root` and the next cursor."""
        return _further_page(self.text_for(given), root, items)

    def variables(self, schema: GraphQLSchema) -> dict[str, GraphQLInputType]:
        """Return the types of the operation's variables, by name."""
        types: dict[str, Any] = {
            each.variable.name.value: type_from_ast(schema, each.type)
            for each in self.definition.variable_definitions or ()
        }
        return types


def _type_name(type_: TypeNode) -> str:
    if isinstance(type_, ListTypeNode | NonNullTypeNode):
        return _type_name(type_.type)
    assert isinstance(type_, NamedTypeNode)
    return type_.name.value


@cache
def stored_operation(name: str) -> StoredOperation:
    """Load the operation from a file in operations/."""
    text = with_filter_variables((FOLDER / f"{name}.graphql").read_text(encoding="utf-8"))
    needed = list(dict.fromkeys(_needed_fragments(parse(text), _fragments())))
    whole = "\n".join([text, *(_fragments()[each] for each in needed)])
    return StoredOperation(name, whole, parse(whole))


@cache
def _range_ends(name: str) -> frozenset[str]:
    """Return the variables that are bounds of ranges in an operation."""
    ranges = _ranges(stored_operation(name).document)
    return frozenset(end for each in ranges for end in _ends(each))


@lru_cache(1024)
def _without_ranges(name: str, missing: frozenset[str]) -> str:
    """Return an operation without the ranges whose bounds are all missing, and without their variables."""
    operation = stored_operation(name)
    empty = {each.name.value for each in _ranges(operation.document) if set(_ends(each)) <= missing}
    if not empty:
        return operation.text
    unused = {end for each in _ranges(operation.document) if each.name.value in empty for end in _ends(each)}

    class Remover(Visitor):
        def enter_object_field(self, field: ObjectFieldNode, *_: object) -> object:
            return REMOVE if field.name.value in empty else None

        def enter_argument(self, argument: ArgumentNode, *_: object) -> object:
            return REMOVE if argument.name.value in empty else None

        def enter_variable_definition(self, definition: VariableDefinitionNode, *_: object) -> object:
            return REMOVE if definition.variable.name.value in unused else None

    return print_ast(visit(operation.document, Remover()))


@lru_cache(256)
def _further_page(text: str, root: str, items: str) -> str:
    """Return an operation without the parts that are the same on each page of its list."""
    document = parse(text)
    (operation,) = (each for each in document.definitions if isinstance(each, OperationDefinitionNode))
    kept = ((root,), (items, "pageInfo"))

    class Remover(Visitor):
        def enter_field(self, field: FieldNode, *at: Any) -> object:
            depth = sum(isinstance(each, FieldNode) for each in at[3])
            if depth < len(kept) and (field.alias or field.name).value not in kept[depth]:
                return REMOVE
            return NEXT_PAGE if depth == 1 and field.name.value == "pageInfo" else None

        def enter_fragment_spread(self, spread: FragmentSpreadNode, *at: Any) -> object:
            # a spread of query fields next to the list
            return None if any(isinstance(each, FieldNode) for each in at[3]) else REMOVE

    page = visit(operation, Remover())
    needed = dict.fromkeys(_needed_fragments(page, _fragments()))
    parts = [page, *(parse(_fragments()[name]) for name in needed)]
    used = {name for part in parts for name in _used_variables(part)}

    class UnusedRemover(Visitor):
        def enter_variable_definition(self, definition: VariableDefinitionNode, *_: object) -> object:
            return None if definition.variable.name.value in used else REMOVE

    return "\n".join(print_ast(visit(part, UnusedRemover())) for part in parts)


def _used_variables(node: Node) -> list[str]:
    names: list[str] = []

    class Collector(Visitor):
        def enter_variable_definition(self, *_: object) -> object:
            return SKIP

        def enter_variable(self, variable: VariableNode, *_: object) -> None:
            names.append(variable.name.value)

    visit(node, Collector())
    return names


def _ranges(document: DocumentNode) -> list[ArgumentNode | ObjectFieldNode]:
    """List the arguments and filter members that consist of two variables, such as `date: {from: $from, to: $to}`."""
    found: list[ArgumentNode | ObjectFieldNode] = []

    class Collector(Visitor):
        def enter_object_field(self, field: ObjectFieldNode, *_: object) -> None:
            if isinstance(field.value, ObjectValueNode):
                found.append(field)

        def enter_argument(self, argument: ArgumentNode, *_: object) -> None:
            # a whole filter may also consist of two variables
            if isinstance(argument.value, ObjectValueNode) and argument.name.value != "filter":
                found.append(argument)

    visit(document, Collector())
    return found


def _ends(field: ArgumentNode | ObjectFieldNode) -> list[str]:
    assert isinstance(field.value, ObjectValueNode)
    return [each.value.name.value for each in field.value.fields if isinstance(each.value, VariableNode)]


@cache
def _fragments() -> Mapping[str, str]:
    """Return the text of each fragment, by name. A file may contain several fragments."""
    texts = {}
    for path in sorted(FRAGMENTS.glob("*.graphql")):
        text = path.read_text(encoding="utf-8")
        for node in parse(text).definitions:
            assert isinstance(node, FragmentDefinitionNode)
            assert node.loc is not None
            texts[node.name.value] = text[node.loc.start : node.loc.end] + "\n"
    return texts


def _needed_fragments(node: Node, fragments: Mapping[str, str]) -> Iterator[str]:
    """Yield the names of the fragments used in a document, including nested ones."""
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
