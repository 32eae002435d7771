"""What a document asks for, measured before it is validated: one pass, each fragment once, whatever it nests."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from itertools import accumulate
from math import ceil
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLList,
    GraphQLSchema,
    IntValueNode,
    OperationDefinitionNode,
    SchemaMetaFieldDef,
    SelectionNode,
    SelectionSetNode,
    TypeMetaFieldDef,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_composite_type,
    is_enum_type,
    is_input_object_type,
)

LIST = 100
"""What a plain list counts as."""
PAGE = 20
"""What a page counts as whose size is not given."""
INTROSPECTED = 20
"""What a value of the schema counts as: measured, graphql-core takes as much longer for it than the database."""
MOST = 10**12
"""What is more counts as this, so that it fits into any JSON."""
DIGITS = 9
"""A page size has fewer; Python refuses to read a number of many thousand."""
META = {"__schema": SchemaMetaFieldDef, "__type": TypeMetaFieldDef}

# the lexical grammar of GraphQL (2.1), in which commas, spaces and comments are no tokens; what is left open ends
# with the line or the text, and nothing is tried twice, so that no text takes long
TOKEN = re.compile(
    r'#[^\n\r]*+|("""(?:\\"""|(?!""").)*+(?:""")?|"(?:\\[^\n\r]|[^"\\\n\r])*+"?'
    r"|\.\.\.|[!$&():=@\[\]{|}]|[A-Za-z_]\w*+|-?[0-9][0-9.eE+-]*+)",
    re.ASCII | re.DOTALL,
)


def written(query: str) -> dict[str, int]:
    """How many tokens a document has and how deep its brackets nest; of one that is no GraphQL, about so."""
    found = [token for token in TOKEN.findall(query) if token]
    steps = (1 if token in "([{" else -1 if token in ")]}" else 0 for token in found)
    return {"tokens": len(found), "nesting": max(accumulate(steps), default=0)}


def nodes(value: object) -> int:
    """How many values a JSON value holds, itself included."""
    count, left = 0, [value]
    while left:
        found = left.pop()
        count += 1
        if isinstance(found, dict):
            left.extend(found.values())
        elif isinstance(found, list):
            left.extend(found)
    return count


@dataclass(frozen=True)
class Cost:
    """What a selection asks for.

    `values`: leaves of the largest answer; `listed`: those in plain lists that stand directly in it, of which each
    counts as often as the page has entries. `fields`: what has to be composed, and a spread is one more.
    `aliases`, `depth`: as they are written. `nesting`: the depth with fragments counted.
    """

    values: int = 0
    listed: int = 0
    fields: int = 0
    aliases: int = 0
    depth: int = 0
    nesting: int = 0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(
            min(self.values + other.values, MOST),
            min(self.listed + other.listed, MOST),
            min(self.fields + other.fields, MOST),
            min(self.aliases + other.aliases, MOST),
            max(self.depth, other.depth),
            max(self.nesting, other.nesting),
        )

    def times(self, page: int) -> int:
        """The values where a plain list counts as much as the page that it stands in."""
        return min(self.values + self.listed * page, MOST)


class Measure:
    """Measures the operations of a document, valid or not, for one set of variables."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any]) -> None:
        self._schema = schema
        self._variables = variables
        self._sizes = _sizes(schema)
        fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
        self._measured: dict[str, Cost] = {}
        for name in _inner_first(fragments):
            fragment = fragments[name]
            type_ = schema.get_type(fragment.type_condition.name.value)
            self._measured[name] = self._set(type_, fragment.selection_set)

    def of(self, operation: OperationDefinitionNode) -> Cost:
        """The cost of an operation, all its values together."""
        found = self._set(self._schema.get_root_type(operation.operation), operation.selection_set)
        return Cost(found.times(LIST), 0, found.fields, found.aliases, found.depth, found.nesting)

    def _set(self, type_: Any, set_: SelectionSetNode) -> Cost:
        found = Cost()
        for node in set_.selections:
            found += self._node(type_, node)
        return found

    def _node(self, type_: Any, node: SelectionNode) -> Cost:
        if isinstance(node, FieldNode):
            return self._field(type_, node)
        if isinstance(node, FragmentSpreadNode):
            inner = self._measured.get(node.name.value, Cost())
            return inner + Cost(fields=1, nesting=inner.nesting + 1)
        condition: Any = getattr(node, "type_condition", None)
        named = self._schema.get_type(condition.name.value) if condition else type_
        inner = self._set(named, node.selection_set)  # type: ignore[attr-defined]
        return inner + Cost(nesting=inner.nesting + 1)

    def _field(self, type_: Any, node: FieldNode) -> Cost:
        field = self._declared(type_, node.name.value)
        own = Cost(fields=1, aliases=int(node.alias is not None), depth=1, nesting=1)
        if node.selection_set is None:
            return own + Cost(INTROSPECTED if _is_introspected(type_) else 1)
        named = get_named_type(field.type) if field else None
        inner = self._set(named, node.selection_set)
        beneath = Cost(0, 0, inner.fields, inner.aliases, inner.depth + 1, inner.nesting + 1)
        # what is not there is refused, but not before it has been looked through
        return own + beneath + (self._values(type_, field, node, inner) if field else Cost())

    def _values(self, type_: Any, field: GraphQLField, node: FieldNode, inner: Cost) -> Cost:
        values = inner.times(self._size(node) if get_named_type(field.type).name.endswith("Connection") else LIST)
        if field is TypeMetaFieldDef:
            # one type can have as many fields as all others together
            return Cost(ceil(values * self._sizes["types"]))
        if not isinstance(get_nullable_type(field.type), GraphQLList):
            return Cost(values)
        if _is_introspected(type_):
            return Cost(ceil(values * self._sizes[node.name.value]))
        return Cost(listed=values)

    def _declared(self, type_: Any, name: str) -> GraphQLField | None:
        if type_ is self._schema.query_type and name in META:
            return META[name]
        found: GraphQLField | None = getattr(type_, "fields", {}).get(name)
        return found

    def _size(self, node: FieldNode) -> int:
        """The size of a page; what is out of bounds is refused elsewhere."""
        given = {argument.name.value: argument.value for argument in node.arguments or ()}
        for name in ("first", "last"):
            value: Any = given.get(name)
            if isinstance(value, VariableNode):
                value = self._variables.get(value.name.value)
            elif isinstance(value, IntValueNode):
                value = int(value.value[:DIGITS])
            if isinstance(value, int):
                return max(value, 1)
        return PAGE


def _is_introspected(type_: Any) -> bool:
    return type_ is not None and type_.name.startswith("__")


def _inner_first(fragments: Mapping[str, FragmentDefinitionNode]) -> list[str]:
    """The fragments, each after those that it spreads; in a circle, which is refused, nothing comes first."""
    order = TopologicalSorter({name: _spread_in(node.selection_set) for name, node in fragments.items()})
    try:
        return [name for name in order.static_order() if name in fragments]
    except CycleError:
        return list(fragments)


def _spread_in(set_: SelectionSetNode) -> Iterator[str]:
    left = [set_]
    while left:
        for node in left.pop().selections:
            if isinstance(node, FragmentSpreadNode):
                yield node.name.value
            elif inner := getattr(node, "selection_set", None):
                left.append(inner)


@lru_cache(maxsize=4)
def _sizes(schema: GraphQLSchema) -> Mapping[str, float]:
    """What the lists of the introspection count as: of its types what there are, of the others what a type has."""
    types = list(schema.type_map.values())
    fields = [field for type_ in types if is_composite_type(type_) for field in getattr(type_, "fields", {}).values()]
    per_type = {
        "fields": len(fields),
        "inputFields": sum(len(type_.fields) for type_ in types if is_input_object_type(type_)),
        "enumValues": sum(len(type_.values) for type_ in types if is_enum_type(type_)),
        "interfaces": sum(len(getattr(type_, "interfaces", ())) for type_ in types),
        "possibleTypes": sum(len(schema.get_possible_types(type_)) for type_ in types if is_abstract_type(type_)),
    }
    return {name: count / len(types) for name, count in per_type.items()} | {
        "types": len(types),
        "directives": len(schema.directives),
        "args": sum(len(field.args) for field in fields) / len(fields),
    }
