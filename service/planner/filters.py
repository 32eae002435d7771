"""Filters: each field of a filter puts the condition that its input type declares on a row; all are joined by 'and'."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeGuard

from graphql import GraphQLInputObjectType

from service.planner.cost import Price
from service.planner.fields import Condition, declaration, definition
from service.planner.rows import Row
from service.sql import Expression

RELATED = 3.0
"""Rows that a row is usually looked up in, where a condition is on those."""


def is_filter(type_: object) -> TypeGuard[GraphQLInputObjectType]:
    """Whether the fields of an input are conditions on a row, and not simply values."""
    return isinstance(type_, GraphQLInputObjectType) and any(
        declaration(definition(field)).resolve for field in type_.fields.values()
    )


class Filter:
    """A filter as given: what it asks of a row. `argument` makes SQL of a value that is given to a field of it."""

    def __init__(
        self, type_: GraphQLInputObjectType, given: Mapping[str, Any], argument: Callable[[Any, Any, Row], Any]
    ) -> None:
        # in the order of the type, however they are given: so two who ask the same take one plan
        self._given = {name: given[name] for name in type_.fields if name in given}
        self._fields, self._argument = type_.fields, argument

    def conditions(self, row: Row) -> list[Expression]:
        return [self._condition(name, value, row) for name, value in self._given.items()]

    def prices(self) -> Iterator[Price]:
        """What each condition costs; one on the rows that a row is looked up in costs for each of those."""
        for name, value in self._given.items():
            field = self._fields[name]
            yield declaration(definition(field)).price
            if is_filter(field.type):
                inner = Filter(field.type, value, self._argument)
                yield from (price._replace(per_row=RELATED * price.per_row) for price in inner.prices())

    def _condition(self, name: str, value: Any, row: Row) -> Expression:
        field = self._fields[name]
        condition: Condition = declaration(definition(field)).resolve  # type: ignore[assignment]
        return condition(row, self._argument(field, value, row))
