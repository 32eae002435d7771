"""Filters: each field of a filter puts the condition that its input type declares on a row; all are joined by 'and'."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from graphql import GraphQLInputObjectType

from service.planner.fields import SQL
from service.planner.rows import Row
from service.planner.sql import Expression

if TYPE_CHECKING:
    from service.planner.objects import Composer


class Filter:
    """A filter as given: what it asks of a row."""

    def __init__(self, type_: GraphQLInputObjectType, given: Mapping[str, Any], composer: "Composer") -> None:
        self._type, self._given, self._composer = type_, given, composer

    def conditions(self, row: Row) -> list[Expression]:
        return [self._condition(name, value, row) for name, value in self._given.items()]

    def _condition(self, name: str, value: Any, row: Row) -> Expression:
        field = self._type.fields[name]
        definition: Any = field.extensions["strawberry-definition"]
        nested: Any = field.type
        if isinstance(nested, GraphQLInputObjectType) and nested.name.endswith("Filter"):
            value = Filter(nested, value, self._composer)
        else:
            value = self._composer.taken(field, value, row)
        condition: Expression = definition.metadata[SQL](row, value)
        return condition
