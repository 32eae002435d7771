"""Documents: parsed, measured and validated once, then cached, including those that are refused.

The cache holds the text of a document and what its operations declare. The tree of a document is many times as large,
so it is parsed again when a plan is composed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionNode,
    SelectionSetNode,
    StringValueNode,
    VariableDefinitionNode,
    parse,
    type_from_ast,
)

from service.caches import ByteCache
from service.language.errors import OperationError, complexity_error, operation_error, with_code
from service.language.limits import MAX_PARSER_NESTING, Limits
from service.language.strings import lift_strings
from service.language.validation import validation_errors

MAX_DIGITS = 4_000
"""Maximum digits of a number; Python refuses to read a number with slightly more."""
LONG_NUMBER = re.compile(rf"(?<!\w)[0-9]{{{MAX_DIGITS + 1}}}", re.ASCII)
INTROSPECTION = re.compile(r"\b__(?:schema|type)\b")
BYTES_A_CHARACTER = 4
"""Size of a cached document per character, measured over the test cases."""
MAX_COUNT = 10**12
"""Larger counts are reported as this number, so that every count fits into any JSON."""


@dataclass(frozen=True)
class Operation:
    """What an operation declares. `variables`: their types, by name."""

    name: str | None
    kind: OperationType
    definitions: tuple[VariableDefinitionNode, ...]
    variables: Mapping[str, Any]


@dataclass(frozen=True)
class Tree:
    """Parsed document."""

    node: DocumentNode
    operations: tuple[OperationDefinitionNode, ...]
    fragments: Mapping[str, FragmentDefinitionNode]

    def operation(self, name: str | None) -> OperationDefinitionNode:
        return next(each for each in self.operations if _name(each) == name)


@lru_cache(maxsize=1)
def parse_document(text: str, tokens: int, *, has_places: bool) -> Tree:
    """Return the tree of a document of at most this many tokens. Locations of nodes would be most of its size.

    Raises GraphQLError.
    """
    node = parse(text, no_location=not has_places, max_lexical_tokens=tokens)
    fragments = {each.name.value: each for each in node.definitions if isinstance(each, FragmentDefinitionNode)}
    return Tree(node, tuple(each for each in node.definitions if isinstance(each, OperationDefinitionNode)), fragments)


def _name(node: OperationDefinitionNode) -> str | None:
    return node.name.value if node.name else None


@dataclass(frozen=True, eq=False)
class Document:
    """Document, or its errors. `is_lifted`: whether its strings are stored separately, by their number."""

    text: str
    operations: tuple[Operation, ...] = ()
    errors: tuple[GraphQLError, ...] = ()
    is_lifted: bool = False

    @property
    def asks_schema(self) -> bool:
        """Whether the document may query the schema itself."""
        return INTROSPECTION.search(self.text) is not None

    def needs_texts(self, texts: list[str]) -> bool:
        """Return whether the document needs its strings.

        Its errors may quote them or their locations, or a request could not supply them as values.
        """
        wrong = [error for error in self.errors if (error.extensions or {}).get("code") != "QUERY_TOO_COMPLEX"]
        if any(texts or not error.locations for error in wrong):
            return True
        defaults = [definition.default_value for each in self.operations for definition in each.definitions]
        return bool(texts) and (self.asks_schema or any(map(_has_string, defaults)))

    def operation(self, name: str | None, *, read_only: bool) -> Operation:
        """Return the operation of that name, or the only one. Raises OperationError."""
        operation = next((each for each in self.operations if each.name == name), None) if name else self._only()
        if read_only and operation is not None and operation.kind is not OperationType.QUERY:
            raise operation_error("Only queries can be sent by GET.", "METHOD_NOT_ALLOWED")
        if self.errors:
            raise OperationError(list(self.errors))
        if operation is None:
            message = (
                f"The document has no operation named {name!r:.80}."
                if name
                else "The document has several operations: name one in `operationName`."
            )
            raise operation_error(message, "OPERATION_RESOLUTION_FAILURE")
        return operation

    def _only(self) -> Operation | None:
        return self.operations[0] if len(self.operations) == 1 else None


UNLIFTED = Document("")
"""Marks a document that must be read with its strings: to report its errors, or because one of them is a default."""


class Documents:
    """Reader of a schema's documents, with a cache."""

    def __init__(self, schema: GraphQLSchema, limits: Limits, cache: ByteCache[Any]) -> None:
        self._schema, self._limits, self._cache = schema, limits, cache

    def find(self, query: str) -> tuple[Document | None, list[str]]:
        """Return the cached document, or None, and the strings that this text of the document contains."""
        lifted, texts = lift_strings(query)
        document = self._cache.get(("document", lifted))
        if document is UNLIFTED:
            return self._cache.get(("unlifted", query)), []
        return document, texts

    def read(self, query: str) -> tuple[Document, list[str]]:
        lifted, texts = lift_strings(query)
        document = self._cache.get(("document", lifted)) or self._read(lifted, is_lifted=True)
        if document is not UNLIFTED and not document.needs_texts(texts):
            return self._keep("document", lifted, document), texts
        self._cache.put(("document", lifted), UNLIFTED, len(lifted))
        document = self._cache.get(("unlifted", query)) or self._read(query, is_lifted=False)
        return self._keep("unlifted", query, document), []

    def tree(self, document: Document) -> Tree:
        """Return the tree of a document, parsed again unless it was the last one parsed."""
        return parse_document(document.text, self._limits.tokens, has_places=not document.is_lifted)

    def definitions(self, query: str, operation: Operation) -> Sequence[VariableDefinitionNode]:
        """Return the variables of an operation, with their locations in the document as it was sent."""
        tree = parse_document(query, self._limits.tokens, has_places=True)
        return tree.operation(operation.name).variable_definitions or ()

    def _keep(self, kind: str, text: str, document: Document) -> Document:
        self._cache.put((kind, text), document, BYTES_A_CHARACTER * len(text) + 1_000)
        return document

    def _read(self, text: str, *, is_lifted: bool) -> Document:
        """Return the document and its errors. It is measured before it is validated, since validation may take long.

        Errors refer to the text as it was sent, with locations; a lifted document has none.
        """
        try:
            tree = parse_document(text, self._limits.tokens, has_places=not is_lifted)
            if LONG_NUMBER.search(lift_strings(text)[0]):
                raise operation_error(f"A number can have at most {MAX_DIGITS} digits.", "GRAPHQL_VALIDATION_FAILED")
            self._limits.check(selection_size(tree.operations, tree.fragments))
        except OperationError as error:
            return Document(text, errors=tuple(error.errors))
        except GraphQLError as error:
            return Document(text, errors=tuple(self._parse_errors(error.with_traceback(None))))
        allowed = self._limits.comparisons
        errors = validation_errors(self._schema, tree.node, comparisons=allowed)
        if errors is None:
            errors = complexity_error("comparisons", allowed + 1, allowed).errors
        for each in errors:
            # an error holds the tree that it was found in, but needs only its locations
            each.nodes = each.source = None
        errors = with_code(errors, "GRAPHQL_VALIDATION_FAILED")
        return Document(text, tuple(map(self._operation, tree.operations)), tuple(errors), is_lifted)

    def _parse_errors(self, error: GraphQLError) -> list[GraphQLError]:
        """Return the errors of a document that cannot be parsed. The parser stops counting once a limit is exceeded."""
        exceeded = {
            "Syntax Error: Document contains more than": ("tokens", self._limits.tokens + 1),
            "Syntax Error: Document is nested too deeply": ("nesting", MAX_PARSER_NESTING + 1),
        }
        for beginning, (limit, asked) in exceeded.items():
            if error.message.startswith(beginning):
                return complexity_error(limit, asked, getattr(self._limits, limit)).errors
        return with_code([error], "GRAPHQL_PARSE_FAILED")

    def _operation(self, node: OperationDefinitionNode) -> Operation:
        definitions = tuple(node.variable_definitions or ())
        variables = {each.variable.name.value: type_from_ast(self._schema, each.type) for each in definitions}
        return Operation(_name(node), node.operation, definitions, variables)


def _has_string(value: Any) -> bool:
    match value:
        case StringValueNode():
            return True
        case ListValueNode():
            return any(map(_has_string, value.values))
        case ObjectValueNode():
            return any(_has_string(member.value) for member in value.fields)
    return False


class _Size(NamedTuple):
    """Size of a selection. `fields`: fields to compose; a spread counts as one more. `aliases`, `depth`: as written.
    `nesting`: the depth including fragments.
    """

    fields: int = 0
    aliases: int = 0
    depth: int = 0
    nesting: int = 0


def _add_sizes(sizes: Iterable[_Size]) -> _Size:
    """Return the total size of sibling selections."""
    fields, aliases, depths, nestings = zip(_Size(), *sizes, strict=True)
    return _Size(min(sum(fields), MAX_COUNT), min(sum(aliases), MAX_COUNT), max(depths), max(nestings))


def selection_size(
    operations: Iterable[OperationDefinitionNode], fragments: Mapping[str, FragmentDefinitionNode]
) -> dict[str, int]:
    """Return the width and depth of all operations together, valid or not.

    This takes one pass, in which each fragment is measured once, however deeply it nests.
    """
    measured: dict[str, _Size] = {}

    def of_set(set_: SelectionSetNode | None) -> _Size:
        return _add_sizes(map(of_node, set_.selections)) if set_ else _Size()

    def of_node(node: SelectionNode) -> _Size:
        if isinstance(node, FragmentSpreadNode):
            fields, aliases, depth, nesting = measured.get(node.name.value, _Size())
            return _Size(fields + 1, aliases, depth, nesting + 1)
        fields, aliases, depth, nesting = of_set(node.selection_set)  # type: ignore[attr-defined]
        if isinstance(node, FieldNode):
            return _Size(fields + 1, aliases + (node.alias is not None), depth + 1, nesting + 1)
        return _Size(fields, aliases, depth, nesting + 1)

    for name in _sort_fragments(fragments):
        measured[name] = of_set(fragments[name].selection_set)
    size = _add_sizes(of_set(each.selection_set) for each in operations)
    return {name: getattr(size, name) for name in ("depth", "nesting", "aliases", "fields")}


def _sort_fragments(fragments: Mapping[str, FragmentDefinitionNode]) -> list[str]:
    """Sort the fragments so that each comes after those that it spreads; a cycle, which is refused, has no order."""
    order = TopologicalSorter({name: _spread_names(node.selection_set) for name, node in fragments.items()})
    try:
        return [name for name in order.static_order() if name in fragments]
    except CycleError:
        return list(fragments)


def _spread_names(set_: SelectionSetNode) -> Iterator[str]:
    left = [set_]
    while left:
        for node in left.pop().selections:
            if isinstance(node, FragmentSpreadNode):
                yield node.name.value
            elif inner := getattr(node, "selection_set", None):
                left.append(inner)
