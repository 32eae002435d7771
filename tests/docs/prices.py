"""Prices of fields as the operator's page lists them: those of every field, then those declared in addition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphql import GraphQLInputObjectType

from schema import schema
from schema.sql.search_parameters import SEARCH
from service.planner import cost
from service.planner.cost import FREE, Price
from service.planner.fields import ORDERS, declaration, definition

OF_ALL = {
    "A value": cost.VALUE,
    "An entry that is looked up, or the next entry of a list": cost.ENTRY,
    "A list or a page": cost.LIST,
    "`cursor`": cost.CURSOR,
    "`totalCount`": cost.COUNT,
    "A field of `pageInfo`": cost.PAGE_INFO,
    "`hasNextPage` and `hasPreviousPage` past a cursor": cost.BEYOND_CURSOR,
    "A value of the schema itself": cost.SCHEMA_VALUE,
    "`asOf` of a list, and a field of a filter that is not listed below": cost.FILTER,
    "Each form of a word that a text search looks for": Price(SEARCH.price),
}


def price_rows() -> list[list[str]]:
    """Return what costs, the microseconds for each time, and those for each row that is scanned."""
    declared: dict[Price, list[str]] = {}
    for name, price in _declared_prices():
        declared.setdefault(price, []).append(name)
    rows = [*OF_ALL.items(), *((", ".join(sorted(set(names))), price) for price, names in sorted(declared.items()))]
    return [[what, _number(price.each_time), _number(price.per_row)] for what, price in rows]


def _declared_prices() -> Iterator[tuple[str, Price]]:
    for type_ in schema._schema.type_map.values():
        if type_.name.startswith("__"):
            continue
        for name, field in getattr(type_, "fields", {}).items():
            price = _price(field)
            if price not in (FREE, cost.FILTER) and not _is_inherited(type_, name, price):
                yield _field_name(type_, name), price
    for orders in ORDERS.values():
        yield from ((f"`{term}`", each.price) for term, each in orders.items() if each.price != FREE)


def _field_name(type_: Any, name: str) -> str:
    """Fields with the same name have the same price in all filters, with a few exceptions."""
    if isinstance(type_, GraphQLInputObjectType):
        return f"`{name}` of a filter" if name in ("slug", "text") else f"`{type_.name}.{name}`"
    return f"`{type_.name}.{name}`"


def _is_inherited(type_: Any, name: str, price: Price) -> bool:
    return any(name in of.fields and _price(of.fields[name]) == price for of in getattr(type_, "interfaces", ()))


def _price(field: Any) -> Price:
    return declaration(definition(field)).price


def _number(microseconds: float) -> str:
    return f"{microseconds:,g}"
