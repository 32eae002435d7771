"""Validation of a document by the rules of graphql-core, with limits on the time and on the length of messages."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from math import isfinite
from typing import Any

from graphql import (
    SKIP,
    DocumentNode,
    FloatValueNode,
    GraphQLError,
    GraphQLFloat,
    GraphQLInputType,
    GraphQLSchema,
    IntValueNode,
    ListValueNode,
    ObjectValueNode,
    ValidationRule,
    ValueNode,
    get_named_type,
    specified_rules,
    validate,
    validate_input_literal,
)
from graphql.language.visitor import VisitorAction
from graphql.validation import (
    ASTValidationRule,
    OverlappingFieldsCanBeMergedRule,
    ValidationContext,
    ValuesOfCorrectTypeRule,
)
from graphql.validation.validate import ValidationAbortedError

from service.language.hints import add_hints
from service.language.printing import without_python

MAX_MISTAKES = 10
MAX_MESSAGE_LENGTH = 500
EXHAUSTED = "Validation aborted."
"""graphql-core's message when a limit is reached; the message about too many errors is longer."""
CUT_SHORT = "The message is shortened; there may be more errors."


class Values(ValuesOfCorrectTypeRule):
    """Rule on values, whose errors quote the whole value: a long one ends validation. Errors always have a location."""

    def is_valid_value_node(self, node: ValueNode, input_type: GraphQLInputType | None) -> VisitorAction:
        if input_type:
            validate_input_literal(node, input_type, partial(self._report, node))
        return SKIP

    def _report(self, node: ValueNode, error: GraphQLError, path: list[str | int]) -> None:
        if not error.locations:
            # for a scalar, or for a copy in which variables stand for values
            error = GraphQLError(error.message, _value_at(node, path), extensions=error.extensions)
        self.report_error(error)
        if len(error.message) > MAX_MESSAGE_LENGTH:
            raise ValidationAbortedError(CUT_SHORT)


def _value_at(node: ValueNode, path: Iterable[str | int]) -> ValueNode:
    """Return the value at a path within another one; a single value may stand for a list."""
    for step in path:
        match node:
            case ObjectValueNode():
                node = next(member.value for member in node.fields if member.name.value == step)
            case ListValueNode() if isinstance(step, int):
                node = node.values[step]
    return node


class FloatDefaults(ValidationRule):
    """Rule that the default of a variable is a number that a Float can hold; graphql-core would round it."""

    is_default = False

    def enter_variable_definition(self, *_: Any) -> None:
        self.is_default = True

    def leave_variable_definition(self, *_: Any) -> None:
        self.is_default = False

    def enter_int_value(self, node: IntValueNode, *_: Any) -> None:
        self._check(node, float(node.value) == int(node.value))

    def enter_float_value(self, node: FloatValueNode, *_: Any) -> None:
        self._check(node, isfinite(float(node.value)))

    def _check(self, node: ValueNode, is_held: bool) -> None:
        type_ = self.context.get_input_type()
        if self.is_default and not is_held and type_ and get_named_type(type_) is GraphQLFloat:
            message = "The default of a variable is a number that does not fit into a Float."
            self.report_error(GraphQLError(message, node, extensions={"code": "BAD_USER_INPUT"}))


def validation_errors(schema: GraphQLSchema, document: DocumentNode, *, comparisons: int) -> list[GraphQLError] | None:
    """Return the errors of a document, or None if finding them takes more than this number of comparisons."""
    errors = validate(schema, document, list(_rules(comparisons)), max_errors=MAX_MISTAKES)
    if any(isinstance(error, ValidationAbortedError) and error.message == EXHAUSTED for error in errors):
        return None
    add_hints(schema, document, errors)
    for error in errors:
        error.message = without_python(error.message)
        if len(error.message) > MAX_MESSAGE_LENGTH:
            error.message = error.message[:MAX_MESSAGE_LENGTH] + " ..."
    return errors


def _rules(comparisons: int) -> Iterator[type[ASTValidationRule]]:
    class Overlapping(OverlappingFieldsCanBeMergedRule):
        """The rule whose time grows with the square of the fields, with a limit of our own."""

        def __init__(self, context: ValidationContext) -> None:
            super().__init__(context)
            self.rule_context.remaining_complexity_budget = comparisons

    ours: dict[type[ASTValidationRule], type[ASTValidationRule]] = {
        OverlappingFieldsCanBeMergedRule: Overlapping,
        ValuesOfCorrectTypeRule: Values,
    }
    return chain((ours.get(rule, rule) for rule in specified_rules), (FloatDefaults,))
