"""How fields of types and filters, and orders, declare what they are in the database.

The annotation of a field is its GraphQL type, its value is SQL: `sql(resolve)` takes a function from the row at
hand (and the field's arguments) to an expression or to rows. A field that says nothing is the column of its name.
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
from service.planner.parameters import BY_TYPE, TEXT, Parameter
from service.planner.relations import Late, Lead, Order, Owned, Relation, Row
from service.planner.tallies import Tallied
from service.sql import Expression, Select

Resolver = Callable[..., Any]
"""(row, **arguments) -> an expression, Rows, or the row itself for an object made of its own columns"""
Condition = Callable[[Row, Any], Expression]
Tallying = Callable[[Tallied, Any], Tallied | None]


@dataclass(frozen=True)
class Leads:
    """What leads to the rows that meet a condition: see `service.planner.leads`.

    `keys`: from a row and a value to the keys of the rows that alone can meet it, found by an index; none where they
    are always too many. `row_by_row`: the condition, where it is better asked in another way of one row after the
    other. `count`: how many keys there are at least, where that is known. `entries`: what an index has for them, where
    they are sooner counted so than told. `owned`: where they stand in the order of a list, if they do. `is_exact`:
    whether each row of these keys meets it. `column`: of a range, that which it is on; `last_day`: its end, where it is
    one of the days since which rows are known; `late`: where those known since its beginning stand by lateness.
    `has_slow_keys`: whether they take as long to tell as rows to look up.
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
    """What a field is.

    `resolve`: its function; none: the column of its name. `resolver_arguments`: Python names of the arguments that the
    function takes; all else is the planner's (paging, filter, order, day). `is_page`: whether its rows come in pages.
    `rows`: how many a list usually has, of a connection all of them. `length`: usual bytes of a value.
    `leads`: of a condition, what leads to the rows that meet it. `tally`: what it makes of what is
    counted, where that is not the same condition on a row of a tally. `is_word`: whether its values have nothing that
    JSON escapes, as those of an enum.
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
    """A field whose value is what `resolve` returns; its arguments are the function's own, after the row.

    `parameters`: what arguments become, by Python name, where their type does not tell. `annotations`: the types of
    those that the function cannot write down. For the rest see `Declaration`.
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
    """A field that is the column of its name (or of another)."""
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
    """A field of a filter: the condition that it puts on a row; for the rest see `Declaration`."""
    metadata = {DECLARATION: Declaration(condition, price=price, parameter=parameter, leads=leads, tally=tally)}
    return strawberry.field(default=strawberry.UNSET, description=description, name=name, metadata=metadata)


def member(description: str, parameter: Parameter) -> Any:
    """A field of an input that is a value, of which the condition of the whole input makes use."""
    metadata = {DECLARATION: Declaration(parameter=parameter)}
    return strawberry.field(default=strawberry.UNSET, description=description, metadata=metadata)


RELATIONS: dict[str, Relation] = {}
"""The relation behind each object and interface type, by GraphQL name."""


@dataclass(frozen=True)
class Ordering:
    """The sort keys of an order; `price` of a key that is not simply a column."""

    keys: Keys
    price: Price = FREE


ORDERS: dict[type, Mapping[str, Ordering]] = {}
"""Each order of a list, by its enum."""


def relation(of: Relation) -> Callable[[type[T]], type[T]]:
    """Says what the rows of a type are made of; stands above `@strawberry.type`."""

    def declare(cls: type[T]) -> type[T]:
        RELATIONS[cls.__name__] = of
        return cls

    return declare


@dataclass(frozen=True)
class Listing:
    """What every list of a connection can be asked for: `filter`, an input type; `order`, the default of its enum."""

    filter: type | None = None
    order: Any = None


LISTINGS: dict[type, Listing] = {}
"""By connection type."""


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
    """A connection. Its arguments: the resolver's own, filter and order of its `Listing`, `asOf`, those of paging.

    `order`: the default, where it is not the listing's. `as_of`: the type of the argument, where there is one.
    `backward`: whether it can be read from its end too. `rows`: how many it has usually; without it as many as there
    are of its kind.
    """
    own = sql(resolve, description, parameters=parameters)
    declared = Declaration(resolve, declaration(own).resolver_arguments, is_page=True, price=price, rows=rows)
    field = PagedField(metadata={DECLARATION: declared}, description=description)
    field.arguments, field.order, field.as_of, field.backward = own.arguments, order, as_of, backward
    return field


class PagedField(StrawberryField):
    """A field whose type tells more of its arguments once all types are there."""

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
        sizes = {"first": int, "after": str} | ({"last": int, "before": str} if self.backward else {})
        return added + [_argument(name, type_ | None) for name, type_ in sizes.items()]

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
    """What Strawberry holds of a field or an argument."""
    return field.extensions[DEFINITION]


def declaration(field: Any) -> Declaration:
    """What a field of Strawberry's says that it is."""
    declared: Declaration = field.metadata.get(DECLARATION, COLUMN_OF_ITS_NAME)
    return declared


def parameter_of(argument: GraphQLArgument | GraphQLInputField) -> Parameter:
    """What an argument, or a field of an input, becomes in a statement."""
    declared = definition(argument).metadata.get(DECLARATION)
    declared = declared.parameter if isinstance(declared, Declaration) else declared
    return declared or parameter_of_type(argument.type)


def parameter_of_type(type_: GraphQLInputType) -> Parameter:
    return BY_TYPE.get(get_named_type(type_).name, TEXT)
