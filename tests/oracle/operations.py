"""Random operations on the schema, each made anew from its number; it asks for nothing that must be refused."""

from dataclasses import dataclass, field
from random import Random
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_leaf_type,
    parse,
    validate,
)

from tests.oracle.oracle import default_of
from tests.oracle.values import Literal, Values, written

DEPTH = 4
FIELDS = 30
"""How deep an operation goes, and about how many fields it has."""
SIZES = {"first": (0, 1, 3, 20), "maxLength": (1, 2, 3, 6)}


@dataclass(frozen=True)
class Operation:
    """A document and what its variables are given."""

    query: str
    variables: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.query}\n# variables: {self.variables}"


class Operations:
    """Makes operations. `cursors`: texts by the list that they are of (`QuoteConnection.DATE_ASC`)."""

    def __init__(self, schema: GraphQLSchema, values: Values, cursors: dict[str, list[str]]) -> None:
        self.schema, self.values, self.cursors = schema, values, cursors

    def made(self, number: int) -> Operation:
        """The operation of a number: the first of its kind that is valid."""
        for attempt in range(100):
            operation = Maker(self, Random(f"{number}.{attempt}")).operation()
            if not validate(self.schema, parse(operation.query)):
                return operation
        raise AssertionError(f"No valid operation has the number {number}.")


@dataclass
class Maker:
    """Makes one operation."""

    of: Operations
    random: Random
    left: int = FIELDS
    definitions: list[str] = field(default_factory=list)
    variables: dict[str, Any] = field(default_factory=dict)
    fragments: dict[str, str] = field(default_factory=dict)
    names: int = 0

    def operation(self) -> Operation:
        query: Any = self.of.schema.query_type
        names = self.random.sample(sorted(query.fields), self.random.choice([1, 1, 2, 3]))
        body = " ".join(self._field(query.fields[name], name, query.name, DEPTH, is_root=True) for name in names)
        if self.random.random() < 0.05:
            body += " __schema { queryType { name } } __typename"
        head = f"query Q({', '.join(self.definitions)})" if self.definitions else "query"
        return Operation(" ".join([f"{head} {{ {body} }}", *self.fragments.values()]), self.variables)

    # ---------------------------------------------------------------- selections

    def _selection(self, type_: Any, depth: int) -> str:
        """A selection of a type: never empty, and all of one type that is short."""
        found = [] if self.random.random() < 0.7 else ["__typename"]
        fields = {} if isinstance(type_, GraphQLUnionType) else type_.fields
        found += [self._field(fields[name], name, type_.name, depth) for name in self._chosen(type_, fields, depth)]
        if is_abstract_type(type_) or self.random.random() < 0.1:
            found += self._fragments(type_, depth)
        return "{ " + " ".join(found or ["__typename"]) + " }"

    def _chosen(self, type_: Any, fields: dict[str, GraphQLField], depth: int) -> list[str]:
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
        arguments = self._arguments(field_, own, named.name)
        alias = f"{self._name()}: " if self.random.random() < (0.6 if arguments else 0.15) else ""
        text = f"{alias}{name}{arguments}{self._directive()}"
        if is_leaf_type(named):
            return text
        return f"{text} {self._selection(named, depth - (not named.name.endswith('Edge')))}"

    def _fragments(self, type_: Any, depth: int) -> list[str]:
        """Fragments on types that may be the object's: inline, named, and one named before."""
        possible = self.of.schema.get_possible_types(type_) if is_abstract_type(type_) else [type_]
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
        name = self._name().upper()
        self.fragments[name] = f"fragment {name} on {type_.name} {selection}"
        return f"...{name}{self._directive()}"

    def _directive(self) -> str:
        if self.random.random() > 0.06:
            return ""
        condition = self._given(GraphQLNonNull(GraphQLBoolean), self.random.random() < 0.5)
        return f" @{self.random.choice(['skip', 'include'])}(if: {condition})"

    def _name(self) -> str:
        self.names += 1
        return f"n{self.names}"

    # ---------------------------------------------------------------- arguments

    def _arguments(self, field_: GraphQLField, owner: str, typename: str) -> str:
        is_list = "after" in field_.args
        given = dict(self._paging(field_.args, typename)) if is_list else {}
        for name, argument in field_.args.items():
            is_needed = isinstance(argument.type, GraphQLNonNull) and default_of(argument) is None
            chance = {"asOf": 0.4, "filter": 0.5}.get(name, 0.4)
            if is_list and name in ("first", "last", "after", "before", "orderBy"):
                continue
            if is_needed or self.random.random() < chance:
                given[name] = self._given(argument.type, self._value(argument.type, name, owner))
        return "(" + ", ".join(f"{name}: {value}" for name, value in given.items()) + ")" if given else ""

    def _paging(self, arguments: dict[str, GraphQLArgument], typename: str) -> list[tuple[str, str]]:
        """A page of few, in some order, here and there between cursors of that order."""
        found, order = [], "NONE"
        if "orderBy" in arguments:
            order = default_of(arguments["orderBy"]) or ""
            if self.random.random() < 0.5:
                orders: Any = get_named_type(arguments["orderBy"].type)
                order = self.random.choice(sorted(orders.values))
                found.append(("orderBy", self._surely(arguments["orderBy"].type, Literal(order))))
        size, name = self.random.choice([0, 1, 2, 2, 3, 3, 5, 100]), self.random.choice(["first", "first", "last"])
        name = name if name in arguments else "first"
        found.append((name, self._given(arguments[name].type, size)))
        known = self.of.cursors.get(f"{typename}.{order}", [])
        for mark in ("after", "before"):
            if mark in arguments and known and self.random.random() < 0.25:
                found.append((mark, self._given(arguments[mark].type, self.random.choice(known))))
        return found

    def _value(self, type_: GraphQLInputType, name: str, owner: str) -> Any:
        """A value of a type; of a filter, some of its fields."""
        nullable: Any = get_nullable_type(type_)
        if isinstance(nullable, GraphQLList):
            most = 2 if name == "between" else 3
            least = {"between": 2, "by": 1}.get(name) or self.random.choice([0, 1, 1, 1])
            return [self._value(nullable.of_type, name, owner) for _ in range(self.random.randint(least, most))]
        if isinstance(nullable, GraphQLInputObjectType):
            names = self.random.sample(
                sorted(nullable.fields), min(len(nullable.fields), self.random.choice([1, 1, 2]))
            )
            own = nullable.name.removesuffix("Filter")
            own = {"Meeting": "Summit", "Fact": "fact"}.get(own, own)
            return {each: self._value(nullable.fields[each].type, each, own) for each in names}
        if name in SIZES:
            return self.random.choice(SIZES[name])
        if name == "between":
            return self.random.choice(self.of.values.pools["Relationship"]).split("--")[self.names % 2]
        return self.of.values.drawn(self.random, nullable, name, owner)

    def _given(self, type_: GraphQLInputType, value: Any) -> str:
        """A value as it stands in the document: itself, with a variable inside, or a variable."""
        choice = self.random.random()
        if choice < 0.7 and choice >= 0.6 and isinstance(value, dict):
            fields = get_nullable_type(type_).fields  # type: ignore[union-attr]
            inner = {name: self._given(fields[name].type, each) for name, each in value.items()}
            return "{" + ", ".join(f"{name}: {each}" for name, each in inner.items()) + "}"
        if choice < 0.6:
            return written(value)
        return self._variable(type_, value, is_optional=not isinstance(type_, GraphQLNonNull))

    def _surely(self, type_: GraphQLInputType, value: Any) -> str:
        """The same, but never left out or null."""
        return written(value) if self.random.random() < 0.6 else self._variable(type_, value, is_optional=False)

    def _variable(self, type_: GraphQLInputType, value: Any, *, is_optional: bool) -> str:
        """A variable: given, left to its default, given although it has one, or left out."""
        name, way = self._name(), self.random.random()
        default = f" = {written(value)}" if way < 0.5 else ""
        self.definitions.append(f"${name}: {type_}{default}")
        if way > 0.25 and not (way > 0.9 and is_optional):
            self.variables[name] = value
        elif way > 0.95 and is_optional:
            self.variables[name] = None
        return f"${name}"
