"""Arguments of random operations, as literals or variables; a careless maker includes some that cannot be used."""

from dataclasses import dataclass, field
from random import Random
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
    get_nullable_type,
)

from tests.oracle.checks import default_of
from tests.oracle.values import WRONG, Huge, Literal, Values, to_literal

SIZES = {"first": (0, 1, 3, 20), "maxLength": (1, 2, 3, 6), "since": (0, 0, 1, 2)}
CARELESS = 0.08
"""How often a careless maker errs."""


@dataclass
class Arguments:
    """Arguments of one operation, and the variables that they need.

    `cursors`: texts by the list that they belong to (`QuoteConnection.DATE_ASC`).
    """

    values: Values
    cursors: dict[str, list[str]]
    random: Random
    is_careless: bool
    definitions: list[str] = field(default_factory=list)
    variables: dict[str, Any] = field(default_factory=dict)
    names: int = 0

    def new_name(self) -> str:
        self.names += 1
        return f"n{self.names}"

    def of_field(self, field_: GraphQLField, owner: str, typename: str) -> str:
        is_list = "after" in field_.args
        given = dict(self._page_arguments(field_.args, typename)) if is_list else {}
        for name, argument in field_.args.items():
            is_needed = isinstance(argument.type, GraphQLNonNull) and default_of(argument) is None
            chance = {"asOf": 0.4, "filter": 0.5}.get(name, 0.4)
            if is_list and name in ("first", "last", "after", "before", "orderBy"):
                continue
            if is_needed or self.random.random() < chance:
                given[name] = self.written_value(argument.type, self._value(argument.type, name, owner))
        return "(" + ", ".join(f"{name}: {value}" for name, value in given.items()) + ")" if given else ""

    def _page_arguments(self, arguments: dict[str, GraphQLArgument], typename: str) -> list[tuple[str, str]]:
        """Return a small page, in some order, sometimes between cursors of that order."""
        found, order = [], "NONE"
        if "orderBy" in arguments:
            order = default_of(arguments["orderBy"]) or ""
            if self.random.random() < 0.5:
                orders: Any = get_named_type(arguments["orderBy"].type)
                order = self.random.choice(sorted(orders.values))
                found.append(("orderBy", self._surely(arguments["orderBy"].type, Literal(order))))
        size: int = self._wrong("Int") or self.random.choice([0, 1, 2, 2, 3, 3, 5, 100])
        name = self.random.choice(["first", "first", "last"])
        name = name if name in arguments else "first"
        found.append((name, self.written_value(arguments[name].type, size)))
        known = self.cursors.get(f"{typename}.{order}", [])
        for mark in [mark for mark in ("after", "before") if mark in arguments]:
            cursor = self._wrong("cursor") or (self._foreign(known) if self._errs() else None)
            if cursor is None and known and self.random.random() < 0.25:
                cursor = self.random.choice(known)
            if cursor is not None:
                found.append((mark, self.written_value(arguments[mark].type, cursor)))
        return found

    def _errs(self) -> bool:
        return self.is_careless and self.random.random() < CARELESS

    def _wrong(self, *kinds: str) -> Any:
        """Occasionally return something that cannot be used, from the first kind that exists."""
        kind = next((kind for kind in kinds if kind in WRONG), None)
        return self.random.choice(WRONG[kind]) if kind and self._errs() else None

    def _foreign(self, own: list[str]) -> str | None:
        """Return a cursor of another list, or of this one with a letter changed."""
        others = [cursor for cursors in self.cursors.values() for cursor in cursors if cursor not in own]
        return self.random.choice(
            [*others[:: max(len(others) // 50, 1)], *(f"{cursor[:-2]}!" for cursor in own[:9])] or [None]
        )

    def _value(self, type_: GraphQLInputType, name: str, owner: str) -> Any:
        """Return a value of a type; for a filter, some of its fields. Occasionally null, where that is allowed."""
        nullable: Any = get_nullable_type(type_)
        if nullable is type_ and self.random.random() < 0.04:
            return None
        if isinstance(nullable, GraphQLList):
            most = 2 if name == "between" else 3
            least = {"between": 2, "by": 1}.get(name) or self.random.choice([0, 1, 1, 1])
            if name in ("between", "by") and self._errs():
                least, most = self.random.choice([(0, 0), (4, 4), (1, 1)])
            return [self._value(nullable.of_type, name, owner) for _ in range(self.random.randint(least, most))]
        if isinstance(nullable, GraphQLInputObjectType):
            names = self.random.sample(
                sorted(nullable.fields), min(len(nullable.fields), self.random.choice([1, 1, 2]))
            )
            own = nullable.name.removesuffix("Filter")
            own = {"Meeting": "Summit", "Fact": "fact"}.get(own, own)
            return {each: self._value(nullable.fields[each].type, each, own) for each in names}
        wrong = self._wrong(name, nullable.name)
        if wrong is not None and nullable.name != "ID":
            return wrong
        if name in SIZES:
            return self.random.choice(SIZES[name])
        if name == "between":
            return self.random.choice(self.values.pools["Relationship"]).split("--")[self.names % 2]
        return self.values.draw(self.random, nullable, name, owner)

    def written_value(self, type_: GraphQLInputType, value: Any) -> str:
        """Return a value as written in the document: itself, with a variable inside, or a variable."""
        choice = self.random.random()
        if isinstance(value, Huge):
            return to_literal(value)
        if isinstance(value, list) and (choice < 0.15 or _holds_huge(value)):
            item_type: Any = get_nullable_type(type_)
            return "[" + ", ".join(self.written_value(item_type.of_type, item) for item in value) + "]"
        if isinstance(value, dict) and (0.5 <= choice < 0.7 or _holds_huge(value)):
            fields = get_nullable_type(type_).fields  # type: ignore[union-attr]
            inner = {name: self.written_value(fields[name].type, each) for name, each in value.items()}
            return "{" + ", ".join(f"{name}: {each}" for name, each in inner.items()) + "}"
        if choice < 0.6:
            return to_literal(value)
        return self._variable(type_, value, is_optional=not isinstance(type_, GraphQLNonNull))

    def _surely(self, type_: GraphQLInputType, value: Any) -> str:
        """Return the same, but never omitted or null."""
        return to_literal(value) if self.random.random() < 0.6 else self._variable(type_, value, is_optional=False)

    def _variable(self, type_: GraphQLInputType, value: Any, *, is_optional: bool) -> str:
        """Return a variable: given, left to its default, given although it has a default, or omitted."""
        name, way = self.new_name(), self.random.random()
        default = f" = {to_literal(value)}" if way < 0.5 and not _holds_wrong_number(value) else ""
        if default and isinstance(type_, GraphQLNonNull) and self.random.random() < 0.6:
            # a variable with a default is allowed where null is not, and may still be given null
            type_, is_optional = type_.of_type, False
            if self.is_careless and self.random.random() < 0.3:
                self.definitions.append(f"${name}: {type_}{default}")
                self.variables[name] = None
                return f"${name}"
        self.definitions.append(f"${name}: {type_}{default}")
        if self.is_careless and self.random.random() < 0.02:
            self.variables[name] = {"of": "no type"}
        elif way > 0.25 and not (way > 0.9 and is_optional):
            self.variables[name] = value
        elif way > 0.95 and is_optional:
            self.variables[name] = None
        return f"${name}"


def _leaves(value: Any) -> list[Any]:
    members = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [leaf for member in members for leaf in _leaves(member)] or [value]


def _holds_huge(value: Any) -> bool:
    return any(isinstance(leaf, Huge) for leaf in _leaves(value))


def _holds_wrong_number(value: Any) -> bool:
    """Return whether a value holds a number that a variable cannot be given; graphql-core would round it as a
    default.
    """
    return any(leaf in WRONG["Float"] for leaf in _leaves(value))
