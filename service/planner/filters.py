"""Filters: each field of a filter puts the condition declared by its input type on a row; all are joined by 'and'."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, TypeGuard

from graphql import GraphQLInputObjectType

from service.planner.cost import Price
from service.planner.fields import Condition, Tallying, declaration, definition, parameter_of
from service.planner.parameters import TERMS
from service.planner.relations import Lead, Row, Rows
from service.planner.tallies import Tallied
from service.sql import Expression

Narrowing = Callable[[Tallied], Tallied | None]
RELATED = 3.0
"""Usual number of rows that a row is looked up in, for conditions on those rows."""


def is_filter(type_: object) -> TypeGuard[GraphQLInputObjectType]:
    """Return whether the fields of an input are conditions on a row rather than plain values."""
    return isinstance(type_, GraphQLInputObjectType) and any(
        declaration(definition(field)).resolve for field in type_.fields.values()
    )


class Filter:
    """Filter as given: conditions on a row. `argument` turns a value given to one of its fields into SQL."""

    def __init__(
        self, type_: GraphQLInputObjectType, given: Mapping[str, Any], argument: Callable[[Any, Any, Row], Any]
    ) -> None:
        # in the order of the type, not as given, so that equal filters share one plan
        self._given = {name: given[name] for name in type_.fields if name in given}
        self._fields, self._argument = type_.fields, argument

    def conditions(self, row: Row) -> list[Expression]:
        return [condition for condition, _, _ in self._read(row)]

    def put_on(self, rows: Rows) -> None:
        """Apply the conditions to the rows, with any leads that they have."""
        rows.listed = rows.tally
        for condition, lead, narrow in self._read(rows.row):
            tally = rows.tally and narrow(rows.tally)
            rows.where(condition)
            rows.leads += [lead] if lead else []
            rows.tally = tally
        rows.names_terms = any(parameter_of(self._fields[name]) is TERMS for name in self._given)

    def prices(self) -> Iterator[Price]:
        """Return the price of each condition; a condition on rows that a row is looked up in is charged for each of
        those.
        """
        for name, value in self._given.items():
            field = self._fields[name]
            yield declaration(definition(field)).price
            if is_filter(field.type):
                inner = Filter(field.type, value, self._argument)
                yield from (price._replace(per_row=RELATED * price.per_row) for price in inner.prices())

    def _read(self, row: Row) -> Iterator[tuple[Expression, Lead | None, Narrowing]]:
        """Return each condition on a row, with the leads to the rows that meet it and the way it narrows what is
        counted.
        """
        for name, value in self._given.items():
            field = self._fields[name]
            declared = declaration(definition(field))
            condition: Condition = declared.resolve  # type: ignore[assignment]
            argument = self._argument(field, value, row)
            put, leads = condition(row, argument), declared.leads
            lead = leads.lead(row, argument, put) if leads else None
            yield put, lead, partial(_narrow_tally, declared.tally, condition, argument)


def _narrow_tally(tally: Tallying | None, condition: Condition, argument: Any, tallied: Tallied) -> Tallied | None:
    """Narrow what is counted to the rows that meet a condition."""
    if isinstance(argument, Filter):
        return None
    return tally(tallied, argument) if tally else tallied.where(lambda row: condition(row, argument))
