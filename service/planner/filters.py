"""Filters: each field of a filter puts the condition that its input type declares on a row; all are joined by 'and'."""

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
        return [condition for condition, _, _ in self._read(row)]

    def put_on(self, rows: Rows) -> None:
        """Let the conditions hold for the rows, and those lead to them that can."""
        rows.listed = rows.tally
        for condition, lead, narrow in self._read(rows.row):
            tally = rows.tally and narrow(rows.tally)
            rows.where(condition)
            rows.leads += [lead] if lead else []
            rows.tally = tally
        rows.names_terms = any(parameter_of(self._fields[name]) is TERMS for name in self._given)

    def prices(self) -> Iterator[Price]:
        """What each condition costs; one on the rows that a row is looked up in costs for each of those."""
        for name, value in self._given.items():
            field = self._fields[name]
            yield declaration(definition(field)).price
            if is_filter(field.type):
                inner = Filter(field.type, value, self._argument)
                yield from (price._replace(per_row=RELATED * price.per_row) for price in inner.prices())

    def _read(self, row: Row) -> Iterator[tuple[Expression, Lead | None, Narrowing]]:
        """Each condition on a row, with what leads to the rows that meet it and what it makes of what is counted."""
        for name, value in self._given.items():
            field = self._fields[name]
            declared = declaration(definition(field))
            condition: Condition = declared.resolve  # type: ignore[assignment]
            argument = self._argument(field, value, row)
            put, leads = condition(row, argument), declared.leads
            lead = leads.lead(row, argument, put) if leads else None
            yield put, lead, partial(_narrow_tally, declared.tally, condition, argument)


def _narrow_tally(tally: Tallying | None, condition: Condition, argument: Any, tallied: Tallied) -> Tallied | None:
    """What is counted of the rows that meet a condition."""
    if isinstance(argument, Filter):
        return None
    return tally(tallied, argument) if tally else tallied.where(lambda row: condition(row, argument))
