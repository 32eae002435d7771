"""How orders and the fields of types and filters declare what they are in the database.

The annotation of a field is its GraphQL type, its value is SQL: `sql(resolve)` takes a function from the current row
(and the field's arguments) to an expression or to rows. A field without a declaration is the column of its name.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import strawberry
from graphql import GraphQLArgument, GraphQLField, GraphQLInputField, GraphQLInputType, get_named_type
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField
from strawberry.types.lazy_type import LazyType

from service.planner.cost import FILTER, FREE, Price
from service.planner.parameters import BY_TYPE, FIRST, LAST, TEXT, Parameter
from service.planner.relations import Late, Lead, Order, Owned, Relation, Row
from service.planner.tallies import Tallied
from service.sql import Expression, Select

Resolver = Callable[..., Any]
"""(row, **arguments) -> an expression, Rows, or the row itself for an object made of the row's own columns"""
Condition = Callable[[Row, Any], Expression]
Tallying = Callable[[Tallied, Any], Tallied | None]


@dataclass(frozen=True)
class Leads:
    """Ways to find the rows that meet a condition: see `service.planner.leads`.

    `keys`: function from a row and a value to the keys of the only rows that can meet the condition, found by an index;
    None where there are always too many. `row_by_row`: the condition in a form that is better evaluated for one row
    after the other. `count`: the minimum number of keys, where that is known. `entries`: the index entries of the keys,
    where it is faster to count these than to list the keys. `owned`: where the rows are stored in the order of a list,
    if they are. `is_exact`: whether every row with these keys meets the condition. `column`: for a range, the column
    that it applies to. `last_day`: the end of the range, if it is a range of the days since which rows are known.
    `late`: where rows that became known since the start of the range are stored by lateness. `has_slow_keys`: whether
    listing the keys takes as long as looking up rows.
    """

    keys: Callable[[Row, Any], Select] | None = None
    row_by_row: Condition | None = None
    count: Condition | None = None
    entries: Callable[[Row, Any], Select] | None = None
    owned: Callable[[Row, Any], Owned | None] | None = None
    is_exact: bool = False
    column: str = ""
    last_day: Callable[[Row, Any], Expression | None] | None = None
    late: Callable[[Row, Any], Late | None] | None = None
    has_slow_keys: bool = False

    def lead(self, row: Row, value: Any, condition: Expression) -> Lead:
        return Lead(
            keys=self.keys and self.keys(row, value),
            condition=condition,
            row_by_row=self.row_by_row and self.row_by_row(row, value),
            count=self.count and self.count(row, value),
            entries=self.entries and self.entries(row, value),
            owned=self.owned and self.owned(row, value),
            is_exact=self.is_exact,
            column=self.column,
            last_day=self.last_day and self.last_day(row, value),
            late=self.late and self.late(row, value),
            has_slow_keys=self.has_slow_keys,
        )


Keys = Callable[[Row], list[Order]]
T = TypeVar("T")

DECLARATION = "planned"
DEFINITION = "strawberry-definition"


@dataclass(frozen=True)
class Declaration:
    """Declaration of a field.

    `resolve`: its function; without one, the field is the column of its name. `resolver_arguments`: Python names of the
    arguments that the function takes; the planner handles all others (paging, filter, order, day). `is_page`: whether
    its rows come in pages. `rows`: usual number of rows of a list; for a connection, all of them. `length`: usual bytes
    of a value. `leads`: for a condition, ways to find the rows that meet it. `tally`: how it narrows what is counted,
    where that is not the same condition on a row of a tally. `is_word`: whether its values contain nothing that JSON
    escapes, like those of an enum.
    """

    resolve: Resolver | None = None
    resolver_arguments: frozenset[str] = frozenset()
    is_page: bool = False
    price: Price = FREE
    rows: float | None = None
    length: float | None = None
    parameter: Parameter | None = None
    leads: Leads | None = None
    tally: Tallying | None = None
    is_word: bool = False


COLUMN_OF_ITS_NAME = Declaration()


def sql(
    resolve: Resolver,
    description: str | None = None,
    *,
    name: str | None = None,
    parameters: Mapping[str, Parameter] | None = None,
    annotations: Mapping[str, Any] | None = None,
    price: Price = FREE,
    rows: float | None = None,
    length: float | None = None,
    is_word: bool = False,
) -> Any:
    """Declare a field whose value is what `resolve` returns; its arguments are those of the function, after the row.

    `parameters`: what arguments become, by Python name, where their type does not determine it. `annotations`: types of
    arguments that the function cannot spell out. For the rest see `Declaration`.
    """
    signature = list(inspect.signature(resolve).parameters.values())[1:]
    own = frozenset(each.name for each in signature) - {"as_of"}
    declared = Declaration(resolve, own, price=price, rows=rows, length=length, is_word=is_word)
    field = StrawberryField(metadata={DECLARATION: declared}, description=description, graphql_name=name)
    types, given = annotations or {}, parameters or {}
    field.arguments = [
        _argument(each.name, types.get(each.name, each.annotation), each.default, given.get(each.name))
        for each in signature
    ]
    return field


def column(description: str, name: str | None = None, *, length: float | None = None, is_word: bool = False) -> Any:
    """Declare a field that is the column of its name (or of another name)."""
    resolve = None if name is None else lambda row: row[name]
    declared = Declaration(resolve, length=length, is_word=is_word)
    return StrawberryField(metadata={DECLARATION: declared}, description=description)


def where(
    condition: Condition,
    description: str,
    name: str | None = None,
    *,
    parameter: Parameter | None = None,
    price: Price = FILTER,
    leads: Leads | None = None,
    tally: Tallying | None = None,
) -> Any:
    """Declare a field of a filter by the condition that it puts on a row; for the rest see `Declaration`."""
    metadata = {DECLARATION: Declaration(condition, price=price, parameter=parameter, leads=leads, tally=tally)}
    return strawberry.field(default=strawberry.UNSET, description=description, name=name, metadata=metadata)


def member(description: str, parameter: Parameter) -> Any:
    """Declare a field of an input that is a plain value, used by the condition of the whole input."""
    metadata = {DECLARATION: Declaration(parameter=parameter)}
    return strawberry.field(default=strawberry.UNSET, description=description, metadata=metadata)


RELATIONS: dict[str, Relation] = {}
"""The relation behind each object and interface type, by GraphQL name."""


@dataclass(frozen=True)
class Ordering:
    """Sort keys of an order. `price`: that of a key that is not a plain column."""

    keys: Keys
    price: Price = FREE


ORDERS: dict[type, Mapping[str, Ordering]] = {}
"""Every order of a list, by its enum."""


def relation(of: Relation) -> Callable[[type[T]], type[T]]:
    """Declare which rows a type is made of; placed above `@strawberry.type`."""

    def declare(cls: type[T]) -> type[T]:
        RELATIONS[cls.__name__] = of
        return cls

    return declare


@dataclass(frozen=True)
class Listing:
    """Arguments that every list of a connection takes: `filter`, an input type, and `order`, the default of
    its enum.
    """

    filter: type | None = None
    order: Any = None


LISTINGS: dict[type, Listing] = {}
"""Listings by connection type."""


def pages(
    resolve: Resolver,
    description: str | None = None,
    *,
    order: Any = None,
    as_of: Any = None,
    backward: bool = True,
    parameters: Mapping[str, Parameter] | None = None,
    price: Price = FREE,
    rows: float | None = None,
) -> Any:
    """Declare a connection. Arguments: those of the resolver, filter and order of its `Listing`, `asOf` and paging.

    `order`: the default, where it differs from the listing's. `as_of`: the type of that argument, if there is one.
    `backward`: whether the connection can also be read from its end. `rows`: usual number of rows; without it, as many
    as there are rows of its kind.
    """
    own = sql(resolve, description, parameters=parameters)
    declared = Declaration(resolve, declaration(own).resolver_arguments, is_page=True, price=price, rows=rows)
    field = PagedField(metadata={DECLARATION: declared}, description=description)
    field.arguments, field.order, field.as_of, field.backward = own.arguments, order, as_of, backward
    return field


class PagedField(StrawberryField):
    """Field whose type adds further arguments once all types are defined."""

    order: Any
    as_of: Any
    backward: bool

    @property
    def arguments(self) -> list[StrawberryArgument]:
        type_: Any = self.type
        listing = LISTINGS.get(type_.resolve_type() if isinstance(type_, LazyType) else type_, Listing())
        order = self.order or listing.order
        added = list(super().arguments)
        if listing.filter:
            added.append(_argument("filter", listing.filter | None))
        if order is not None:
            added.append(_argument("order_by", type(order) | None, order))
        if self.as_of:
            added.append(_argument("as_of", self.as_of | None))
        added += [_argument("first", int | None, parameter=FIRST), _argument("after", str | None)]
        if self.backward:
            added += [_argument("last", int | None, parameter=LAST), _argument("before", str | None)]
        return added

    @arguments.setter
    def arguments(self, value: list[StrawberryArgument]) -> None:
        self._arguments = value


def _argument(
    name: str, annotation: Any, default: Any = strawberry.UNSET, parameter: Parameter | None = None
) -> StrawberryArgument:
    return StrawberryArgument(
        python_name=name,
        graphql_name=name.rstrip("_") if name.endswith("_") else None,
        type_annotation=StrawberryAnnotation(annotation),
        default=default,
        metadata={DECLARATION: parameter},
    )


def definition(field: GraphQLField | GraphQLArgument | GraphQLInputField) -> Any:
    """Return what Strawberry stores about a field or an argument."""
    return field.extensions[DEFINITION]


def declaration(field: Any) -> Declaration:
    """Return the declaration of a Strawberry field."""
    declared: Declaration = field.metadata.get(DECLARATION, COLUMN_OF_ITS_NAME)
    return declared


def parameter_of(argument: GraphQLArgument | GraphQLInputField) -> Parameter:
    """Return what an argument, or a field of an input, becomes in a statement."""
    declared = definition(argument).metadata.get(DECLARATION)
    declared = declared.parameter if isinstance(declared, Declaration) else declared
    return declared or parameter_of_type(argument.type)


def parameter_of_type(type_: GraphQLInputType) -> Parameter:
    return BY_TYPE.get(get_named_type(type_).name, TEXT)
