"""Random operations on the schema, each generated from its number.

One in four is careless: occasionally it gives null where a value is required, or something that cannot be used.
"""

import json
from dataclasses import dataclass, field
from random import Random
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLField,
    GraphQLNonNull,
    GraphQLSchema,
    GraphQLString,
    GraphQLUnionType,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    parse,
    validate,
)

from tests.oracle.arguments import Arguments
from tests.oracle.values import Values

DEPTH = 4
FIELDS = 30
"""How deep an operation is, and about how many fields it has."""
CARELESS = 0.25
"""How many operations are careless."""


@dataclass(frozen=True)
class Operation:
    """Document and the values of its variables."""

    query: str
    variables: dict[str, Any]

    def __post_init__(self) -> None:
        # if no client can send it, both sides would refuse it, and nothing would be compared
        json.dumps(self.variables)

    def __str__(self) -> str:
        return f"{self.query}\n# variables: {self.variables}"


class Operations:
    """Generator of operations. `cursors`: texts by the list that they belong to (`QuoteConnection.DATE_ASC`).

    `careless`: how many of the operations give what cannot be used.
    """

    def __init__(
        self, schema: GraphQLSchema, values: Values, cursors: dict[str, list[str]], *, careless: float = CARELESS
    ) -> None:
        self.schema, self.values, self.cursors, self.careless = schema, values, cursors, careless

    def make(self, number: int) -> Operation:
        """Return the operation of a number: the first of its kind that is valid."""
        for attempt in range(100):
            random = Random(f"{number}.{attempt}")
            arguments = Arguments(self.values, self.cursors, random, random.random() < self.careless)
            operation = Maker(self.schema, random, arguments).operation()
            if not validate(self.schema, parse(operation.query)):
                return operation
        raise AssertionError(f"No valid operation has the number {number}.")


@dataclass
class Maker:
    """Maker of one operation."""

    schema: GraphQLSchema
    random: Random
    arguments: Arguments
    left: int = FIELDS
    fragments: dict[str, str] = field(default_factory=dict)

    def operation(self) -> Operation:
        query: Any = self.schema.query_type
        names = self.random.sample(sorted(query.fields), self.random.choice([1, 1, 2, 3]))
        body = " ".join(self._field(query.fields[name], name, query.name, DEPTH, is_root=True) for name in names)
        if self.random.random() < 0.05:
            name = self.arguments.written_value(
                GraphQLNonNull(GraphQLString), self.random.choice(["Person", "FactKind", "nobody", ""])
            )
            body += f" __schema {{ queryType {{ name{self._directive()} }} }} __typename"
            body += f" __type(name: {name}){self._directive()} {{ kind name{self._directive()} }}"
        head = f"query Q({', '.join(self.arguments.definitions)})" if self.arguments.definitions else "query"
        return Operation(" ".join([f"{head} {{ {body} }}", *self.fragments.values()]), self.arguments.variables)

    # ---------------------------------------------------------------- selections

    def _selection(self, type_: Any, depth: int) -> str:
        """Return a selection of a type: never empty, and the whole type if it is short."""
        found = [] if self.random.random() < 0.7 else ["__typename"]
        fields = {} if isinstance(type_, GraphQLUnionType) else type_.fields
        found += [
            self._field(fields[name], name, type_.name, depth) for name in self._choose_fields(type_, fields, depth)
        ]
        if is_abstract_type(type_) or self.random.random() < 0.1:
            found += self._fragments(type_, depth)
        return "{ " + " ".join(found or ["__typename"]) + " }"

    def _choose_fields(self, type_: Any, fields: dict[str, GraphQLField], depth: int) -> list[str]:
        leaves = [name for name, each in fields.items() if is_leaf_type(get_named_type(each.type))]
        others = [name for name in fields if name not in leaves]
        deep = depth > 0 and self.left > 0
        if type_.name.endswith(("Connection", "Edge")):
            deep = depth > -3
        some = self.random.sample(leaves, min(len(leaves), self.random.randint(1, 3)))
        some += self.random.sample(others, min(len(others), self.random.randint(1, 3))) if deep else []
        if self.random.random() < 0.1 and some:
            some.append(self.random.choice(some))
        return some

    def _field(self, field_: GraphQLField, name: str, owner: str, depth: int, *, is_root: bool = False) -> str:
        self.left -= 1
        named: Any = get_named_type(field_.type)
        own = named.name.removesuffix("Connection") if is_root else owner
        arguments = self.arguments.of_field(field_, own, named.name)
        alias = f"{self.arguments.new_name()}: " if self.random.random() < (0.6 if arguments else 0.15) else ""
        text = f"{alias}{name}{arguments}{self._directive()}"
        if is_leaf_type(named):
            return text
        return f"{text} {self._selection(named, depth - (not named.name.endswith('Edge')))}"

    def _fragments(self, type_: Any, depth: int) -> list[str]:
        """Return fragments on types that the object may have: inline, named, and one that was named before."""
        possible = self.schema.get_possible_types(type_) if is_abstract_type(type_) else [type_]
        found = []
        for _ in range(self.random.randint(0, 2)):
            condition = self.random.choice([*possible, *(each for one in possible for each in one.interfaces)])
            found.append(self._fragment(condition, depth - 1))
        if self.fragments and self.random.random() < 0.3:
            found.append(f"...{self.random.choice(sorted(self.fragments))}")
        return found

    def _fragment(self, type_: Any, depth: int) -> str:
        selection = self._selection(type_, depth)
        if self.random.random() < 0.6:
            return f"... on {type_.name}{self._directive()} {selection}"
        if self.random.random() < 0.2:
            return f"...{self._directive()} {{ __typename }}"
        name = self.arguments.new_name().upper()
        self.fragments[name] = f"fragment {name} on {type_.name} {selection}"
        return f"...{name}{self._directive()}"

    def _directive(self) -> str:
        if self.random.random() > (0.12 if self.arguments.is_careless else 0.06):
            return ""
        names = self.random.choice([["skip"], ["include"], ["skip"], ["include"], ["include", "skip"]])
        conditions = [
            self.arguments.written_value(GraphQLNonNull(GraphQLBoolean), self.random.random() < 0.5) for _ in names
        ]
        return "".join(f" @{name}(if: {condition})" for name, condition in zip(names, conditions, strict=True))
