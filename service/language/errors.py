"""Errors of operations that cannot be executed as sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLError

from service.errors import BadInput

MAX_ERRORS = 10
"""Maximum number of errors reported for one operation."""
SIZE_PHRASES = {"depth": "a depth of {}", "nesting": "a nesting of {}", "variables": "{} values in its variables"}


Path = tuple[str, ...]
"""The response names down to a field."""


@dataclass(frozen=True)
class ArgumentLocation:
    """Location in an operation: a field, and an argument of that field."""

    path: Path
    argument: str

    @property
    def name(self) -> str:
        """The argument's own name, or that of a field of it."""
        return self.argument.rpartition(".")[2]

    def member(self, name: str) -> "ArgumentLocation":
        return ArgumentLocation(self.path, f"{self.argument}.{name}")

    @property
    def owner(self) -> "ArgumentLocation":
        """The location of the input that this is a member of."""
        return ArgumentLocation(self.path, self.argument.rpartition(".")[0])

    def refuse(self, reason: str, message: str) -> BadInput:
        return BadInput(message, argument=self.argument, reason=reason, path=self.path)

    def refuse_null(self) -> BadInput:
        return self.refuse("NULL_VALUE", f"`{self.name}` must not be null here.")


class OperationError(Exception):
    """The operation is refused; the database was not queried.

    `is_request_error`: whether execution could not begin, so that the response has no `data` (GraphQL, 7.1).
    """

    def __init__(self, errors: list[GraphQLError], *, is_request_error: bool = True) -> None:
        super().__init__("; ".join(error.message for error in errors))
        self.errors = errors
        self.is_request_error = is_request_error


def operation_error(message: str, code: str, **extensions: Any) -> OperationError:
    return OperationError([GraphQLError(message, extensions={"code": code, **extensions})])


def with_code(errors: Iterable[GraphQLError], code: str) -> list[GraphQLError]:
    """Return the same errors, adding this code to those without one."""
    coded = list(errors)
    for error in coded:
        error.extensions = {"code": code, **(error.extensions or {})}
    return coded


def complexity_error(limit: str, asked: int, allowed: int) -> OperationError:
    """Return the error for an operation that is longer, deeper or wider than is allowed."""
    has = SIZE_PHRASES.get(limit, f"{{}} {limit}").format(asked)
    message = f"The operation is too complex: it has {has}, and the limit is {allowed}."
    return operation_error(message, "QUERY_TOO_COMPLEX", limit=limit, asked=asked, allowed=allowed)


def argument_errors(errors: Iterable[BadInput]) -> OperationError:
    """Return the error for arguments that cannot be used: all of them, up to ten."""
    graphql_errors = [
        GraphQLError(
            error.message,
            path=list(error.path),
            extensions={"code": error.code, "argument": error.argument, "reason": error.reason},
        )
        for error in errors
    ]
    return OperationError(graphql_errors[:MAX_ERRORS], is_request_error=False)
