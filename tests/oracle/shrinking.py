"""Shrink an operation that shows a fault, as long as it still shows it."""

import re
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, cast

from graphql import DocumentNode, GraphQLError, GraphQLSchema, Node, OperationDefinitionNode, parse, print_ast, validate

from tests.oracle.operations import Operation

LISTS = ("definitions", "selections", "arguments", "directives", "variable_definitions", "fields")
CUTS = 60
SECONDS = 60
"""If a statement is slow, its fault shows slowly: what is found until then is reported."""
Place = tuple[tuple[str, int], ...]


async def shrink(
    schema: GraphQLSchema,
    operation: Operation,
    shows: Callable[[Operation], Awaitable[bool]],
    seconds: float = SECONDS,
) -> Operation:
    """Return the operation without everything that can be removed within `seconds`; `shows` says whether the fault
    remains.
    """
    end = time.monotonic() + seconds
    for _ in range(CUTS):
        for smaller in _smaller(schema, operation):
            if time.monotonic() > end:
                return operation
            if await shows(smaller):
                operation = smaller
                break
        else:
            break
    return operation


def _smaller(schema: GraphQLSchema, operation: Operation) -> Iterator[Operation]:
    """Yield the valid operations with one node less, the largest cuts first."""
    document = parse(operation.query, no_location=True)
    for place in sorted(_places(document), key=len):
        try:
            found = _without_unused(parse(print_ast(_without(document, place)), no_location=True))
        except (GraphQLError, IndexError):
            continue
        if not validate(schema, found):
            names = {each.variable.name.value for each in found.definitions[0].variable_definitions or ()}
            given = {name: value for name, value in operation.variables.items() if name in names}
            yield Operation(print_ast(found), given)


def _places(node: Node, at: Place = ()) -> Iterator[Place]:
    for name in node.keys:
        value = getattr(node, name, None)
        children = enumerate(value) if isinstance(value, tuple | list) else [(-1, value)]
        for index, child in children:
            if isinstance(child, Node):
                if name in LISTS:
                    yield (*at, (name, index))
                yield from _places(child, (*at, (name, index)))


def _without(node: Node, place: Place) -> Any:
    """Return a copy of a tree without the node at a position."""
    (name, index), *rest = place
    value = getattr(node, name)
    if index < 0:
        changed: Any = _without(value, tuple(rest))
    elif rest:
        changed = tuple(_without(each, tuple(rest)) if i == index else each for i, each in enumerate(value))
    else:
        changed = tuple(each for i, each in enumerate(value) if i != index)
    return _copy_node(node, **{name: changed})


def _copy_node(node: Node, **changes: Any) -> Any:
    kept = {name: getattr(node, name, None) for name in node.keys if name != "loc"}
    return type(node)(**{**kept, **changes})


def _without_unused(document: DocumentNode) -> Any:
    """Return the document without unused fragments and variables."""
    while True:
        text = print_ast(document)
        names, head = re.findall(r"[$.]\w+", text), cast(OperationDefinitionNode, document.definitions[0])
        fragments = [each for each in document.definitions[1:] if f".{_name(each)}" in names]
        used = [each for each in head.variable_definitions or () if names.count(f"${each.variable.name.value}") > 1]
        found = _copy_node(document, definitions=(_copy_node(head, variable_definitions=tuple(used)), *fragments))
        if print_ast(found) == text:
            return found
        document = found


def _name(fragment: Any) -> str:
    name: str = fragment.name.value
    return name
