"""Validation of a document by the rules of graphql-core, with limits on the time and on the length of messages."""

from collections.abc import Iterator
from itertools import chain
from math import isfinite
from typing import Any

from graphql import (
    DocumentNode,
    FloatValueNode,
    GraphQLError,
    GraphQLFloat,
    GraphQLInputType,
    GraphQLSchema,
    IntValueNode,
    ListValueNode,
    Node,
    ObjectValueNode,
    ValidationRule,
    ValueNode,
    get_named_type,
    print_ast,
    specified_rules,
    validate,
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

    value: ValueNode

    def is_valid_value_node(self, node: ValueNode, input_type: GraphQLInputType | None) -> VisitorAction:
        self.value = node
        return super().is_valid_value_node(node, input_type)

    def report_error(self, error: GraphQLError) -> None:
        if not error.locations:
            # for a scalar, or for a copy in which variables stand for values
            place = _find(error.nodes[0] if error.nodes else None, self.value)
            error = GraphQLError(error.message, place, extensions=error.extensions)
        super().report_error(error)
        if len(error.message) > MAX_MESSAGE_LENGTH:
            raise ValidationAbortedError(CUT_SHORT)


def _find(copy: Node | None, within: ValueNode) -> ValueNode | None:
    """Return the value, or the one within it, that a copy was made from."""
    if copy is None or print_ast(copy) == print_ast(within):
        return within
    fields = within.fields if isinstance(within, ObjectValueNode) else ()
    values = within.values if isinstance(within, ListValueNode) else [each.value for each in fields]
    return next(filter(None, (_find(copy, each) for each in values)), None)


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
