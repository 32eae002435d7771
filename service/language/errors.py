"""What is said of an operation that cannot be answered as it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLError

from service.errors import BadInput

MAX_ERRORS = 10
"""So many are told of one operation."""
SIZE_PHRASES = {"depth": "a depth of {}", "nesting": "a nesting of {}", "variables": "{} values in its variables"}


Path = tuple[str, ...]
"""The response names down to a field."""


@dataclass(frozen=True)
class ArgumentLocation:
    """A place in an operation: a field, and an argument of it."""

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
        """The place of that which this is a member of."""
        return ArgumentLocation(self.path, self.argument.rpartition(".")[0])

    def refuse(self, reason: str, message: str) -> BadInput:
        return BadInput(message, argument=self.argument, reason=reason, path=self.path)

    def refuse_null(self) -> BadInput:
        return self.refuse("NULL_VALUE", f"`{self.name}` must not be null here.")


class OperationError(Exception):
    """The operation is refused; nothing was asked of the database.

    `is_request_error`: whether it could not begin, so that the answer has no `data` (GraphQL, 7.1).
    """

    def __init__(self, errors: list[GraphQLError], *, is_request_error: bool = True) -> None:
        super().__init__("; ".join(error.message for error in errors))
        self.errors = errors
        self.is_request_error = is_request_error


def operation_error(message: str, code: str, **extensions: Any) -> OperationError:
    return OperationError([GraphQLError(message, extensions={"code": code, **extensions})])


def with_code(errors: Iterable[GraphQLError], code: str) -> list[GraphQLError]:
    """The same errors; those without a code get this one."""
    coded = list(errors)
    for error in coded:
        error.extensions = {"code": code, **(error.extensions or {})}
    return coded


def complexity_error(limit: str, asked: int, allowed: int) -> OperationError:
    """Of an operation that is longer, deeper or wider than is allowed."""
    has = SIZE_PHRASES.get(limit, f"{{}} {limit}").format(asked)
    message = f"The operation is too complex: it has {has}, and the limit is {allowed}."
    return operation_error(message, "QUERY_TOO_COMPLEX", limit=limit, asked=asked, allowed=allowed)


def argument_errors(errors: Iterable[BadInput]) -> OperationError:
    """Of arguments that cannot be used: all of them, but for more than ten."""
    graphql_errors = [
        GraphQLError(
            error.message,
            path=list(error.path),
            extensions={"code": error.code, "argument": error.argument, "reason": error.reason},
        )
        for error in errors
    ]
    return OperationError(graphql_errors[:MAX_ERRORS], is_request_error=False)
