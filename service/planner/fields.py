"""How a field of a type, a filter or an order says what it is in the database.

The annotation of a field is its GraphQL type, its value is SQL: `sql(resolve)` takes a function from the row at
hand (and the field's arguments) to an expression or to rows. A field that says nothing is the column of its name.
"""

import inspect
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField

from service.planner.rows import Order, Relation, Row
from service.planner.sql import Expression

Resolve = Callable[..., Any]
"""(row, **arguments) -> an expression, Rows, or the row itself for an object made of its own columns"""
Condition = Callable[[Row, Any], Expression]
Keys = Callable[[Row], list[Order]]
T = TypeVar("T")

SQL = "sql"
TAKES = "takes"
TYPES: dict[str, Any] = {}
"""The schema's types by name: annotations that are texts are read in it."""


def sql(resolve: Resolve, description: str | None = None, *, name: str | None = None) -> Any:
    """A field whose value is what `resolve` returns; its arguments are the function's own, after the row."""
    metadata = {SQL: resolve, TAKES: _taken(resolve)}
    field = StrawberryField(metadata=metadata, description=description, graphql_name=name)
    field.arguments = _arguments(resolve)
    return field


def column(description: str, name: str | None = None) -> Any:
    """A field that is the column of its name (or of another)."""
    metadata = {} if name is None else {SQL: lambda row: row[name], TAKES: frozenset()}
    return StrawberryField(metadata=metadata, description=description)


def _taken(resolve: Resolve) -> frozenset[str]:
    """The names of the arguments that the function itself takes; all else is the planner's (paging, filters)."""
    return frozenset(list(inspect.signature(resolve).parameters)[1:]) - {"as_of"}


def _arguments(resolve: Resolve) -> list[StrawberryArgument]:
    parameters = list(inspect.signature(resolve).parameters.values())[1:]
    return [_argument(each.name, each.annotation, each.default) for each in parameters]


def where(condition: Condition, description: str, name: str | None = None) -> Any:
    """A field of a filter: the condition that it puts on a row."""
    return strawberry.field(default=strawberry.UNSET, description=description, name=name, metadata={SQL: condition})


RELATIONS: dict[str, Relation] = {}
"""The relation behind each object and interface type, by GraphQL name."""
ORDERS: dict[type, Mapping[str, Keys]] = {}
"""The sort keys of each order, by its enum."""


def relation(of: Relation) -> Callable[[type[T]], type[T]]:
    """Says what the rows of a type are made of; stands above `@strawberry.type`."""

    def declare(cls: type[T]) -> type[T]:
        RELATIONS[cls.__name__] = of
        return cls

    return declare


def paged(
    resolve: Resolve,
    filter_: str | None = None,
    order: Any = None,
    description: str | None = None,
    *,
    as_of: str | None = None,
    backward: bool = True,
) -> Any:
    """A connection: the resolver's own arguments, a filter (its type), an order (its default), `asOf`, paging.

    `backward`: whether it can be read from its end too.
    """
    field = sql(resolve, description)
    found = list(field.arguments)
    if filter_:
        found.append(_argument("filter", f"{filter_} | None"))
    if order is not None:
        found.append(_argument("order_by", type(order) | None, order))
    if as_of:
        found.append(_argument("as_of", f"{as_of} | None"))
    sizes = {"first": "int | None", "after": "str | None"}
    if backward:
        sizes |= {"last": "int | None", "before": "str | None"}
    field.arguments = [*found, *(_argument(name, type_) for name, type_ in sizes.items())]
    return field


def _argument(name: str, annotation: Any, default: Any = strawberry.UNSET) -> StrawberryArgument:
    return StrawberryArgument(
        python_name=name,
        graphql_name=name.rstrip("_") if name.endswith("_") else None,
        type_annotation=StrawberryAnnotation(annotation, namespace=TYPES),
        default=default,
    )
