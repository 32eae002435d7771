"""The stored operations: a file each in operations/, with the fragments of fragments/ that it spreads."""

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

FOLDER = Path(__file__).with_name("operations")
FRAGMENTS = Path(__file__).with_name("fragments")

NEXT_PAGE = FieldNode(
    name=NameNode(value="pageInfo"),
    selection_set=SelectionSetNode(
        selections=tuple(FieldNode(name=NameNode(value=name)) for name in ("hasNextPage", "endCursor"))
    ),
)
"""What leads on from a page of a list."""


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
    def defaults(self) -> Mapping[str, Any]:
        """The values of variables that are not given, by the variable."""
        return {
            each.variable.name.value: value_from_ast_untyped(each.default_value)
            for each in self.definition.variable_definitions or ()
            if each.default_value is not None
        }

    @cached_property
    def variable_names(self) -> frozenset[str]:
        """What can be asked of it."""
        return frozenset(each.variable.name.value for each in self.definition.variable_definitions or ())

    @cached_property
    def member_names(self) -> frozenset[str]:
        """What the members of its answer are called, at whatever depth."""
        names = set[str]()

        class Collector(Visitor):
            def enter_field(self, field: FieldNode, *_: object) -> None:
                names.add((field.alias or field.name).value)

        visit(self.document, Collector())
        return frozenset(names)

    @cached_property
    def type_names(self) -> Mapping[str, str]:
        """The names of the variables' types, by the variable, without what says that they are lists or required."""
        return {each.variable.name.value: _type_name(each.type) for each in self.definition.variable_definitions or ()}

    def text_for(self, given: Iterable[str]) -> str:
        """The text without the ranges of which no end is given: what has no date is in no range, however wide."""
        missing = self.variable_names - set(given)
        return _without_ranges(self.name, frozenset(missing & _range_ends(self.name)))

    def further_page_text(self, given: Iterable[str], root: str, items: str) -> str:
        """The text of a further page of a list: the `items` of the field `root`, and where the next page begins."""
        return _further_page(self.text_for(given), root, items)

    def variables(self, schema: GraphQLSchema) -> dict[str, GraphQLInputType]:
        """The types of the operation's variables, by name."""
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
    """The operation of a file in operations/."""
    text = (FOLDER / f"{name}.graphql").read_text(encoding="utf-8")
    needed = list(dict.fromkeys(_needed_fragments(parse(text), _fragments())))
    whole = "\n".join([text, *(_fragments()[each] for each in needed)])
    return StoredOperation(name, whole, parse(whole))


@cache
def _range_ends(name: str) -> frozenset[str]:
    """The variables that are ends of ranges in an operation."""
    ranges = _ranges(stored_operation(name).document)
    return frozenset(end for each in ranges for end in _ends(each))


@lru_cache(1024)
def _without_ranges(name: str, missing: frozenset[str]) -> str:
    """An operation without the ranges whose ends are all missing, and without these variables."""
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
    """An operation without what is the same on each page of its list."""
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
            # of fields of the query, beside the list
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
    """The arguments, and members of filters, that are made of two variables, as `date: {from: $from, to: $to}`."""
    found: list[ArgumentNode | ObjectFieldNode] = []

    class Collector(Visitor):
        def enter_object_field(self, field: ObjectFieldNode, *_: object) -> None:
            if isinstance(field.value, ObjectValueNode):
                found.append(field)

        def enter_argument(self, argument: ArgumentNode, *_: object) -> None:
            # a whole filter may be made of two variables too
            if isinstance(argument.value, ObjectValueNode) and argument.name.value != "filter":
                found.append(argument)

    visit(document, Collector())
    return found


def _ends(field: ArgumentNode | ObjectFieldNode) -> list[str]:
    assert isinstance(field.value, ObjectValueNode)
    return [each.value.name.value for each in field.value.fields if isinstance(each.value, VariableNode)]


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
