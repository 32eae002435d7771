"""Whether a document is valid: the rules of graphql-core, within bounds of time and of what is said."""

from collections.abc import Iterator

from graphql import DocumentNode, GraphQLError, GraphQLSchema, specified_rules, validate
from graphql.validation import (
    ASTValidationRule,
    OverlappingFieldsCanBeMergedRule,
    ValidationContext,
    ValuesOfCorrectTypeRule,
)
from graphql.validation.validate import ValidationAbortedError

MOST_MISTAKES = 10
LONGEST_MISTAKE = 500
EXHAUSTED = "Validation aborted."
"""What graphql-core says when a bound is reached; it says more of too many mistakes."""
CUT_SHORT = "What is wrong here is long; there may be more."


class Values(ValuesOfCorrectTypeRule):
    """Each mistake of this rule quotes the whole value: one that is long is the last."""

    def report_error(self, error: GraphQLError) -> None:
        super().report_error(error)
        if len(error.message) > LONGEST_MISTAKE:
            raise ValidationAbortedError(CUT_SHORT)


def validation_errors(schema: GraphQLSchema, document: DocumentNode, *, comparisons: int) -> list[GraphQLError] | None:
    """The errors of a document; None where it takes more comparisons than that to find out."""
    found = validate(schema, document, list(_rules(comparisons)), max_errors=MOST_MISTAKES)
    if any(isinstance(error, ValidationAbortedError) and error.message == EXHAUSTED for error in found):
        return None
    for error in found:
        if len(error.message) > LONGEST_MISTAKE:
            error.message = error.message[:LONGEST_MISTAKE] + " ..."
    return found


def _rules(comparisons: int) -> Iterator[type[ASTValidationRule]]:
    class Overlapping(OverlappingFieldsCanBeMergedRule):
        """The rule whose time grows with the square of the fields, with a bound of ours."""

        def __init__(self, context: ValidationContext) -> None:
            super().__init__(context)
            self.rule_context.remaining_complexity_budget = comparisons

    ours: dict[type[ASTValidationRule], type[ASTValidationRule]] = {
        OverlappingFieldsCanBeMergedRule: Overlapping,
        ValuesOfCorrectTypeRule: Values,
    }
    return (ours.get(rule, rule) for rule in specified_rules)
