"""How much an operation may ask for, and what is said of one that cannot be answered."""

from collections.abc import Mapping
from dataclasses import dataclass

from graphql import GraphQLError

SAID = {"depth": "a depth of {}", "nesting": "a nesting of {}", "variables": "{} values in its variables"}


class Refused(Exception):
    """The operation cannot be answered as it stands; nothing was asked of the database."""

    def __init__(self, errors: list[GraphQLError], *, is_request_error: bool = True) -> None:
        super().__init__("; ".join(error.message for error in errors))
        self.errors = errors
        self.is_request_error = is_request_error


def refused(message: str, code: str) -> Refused:
    return Refused([GraphQLError(message, extensions={"code": code})])


def too_complex(limit: str, asked: int, allowed: int) -> Refused:
    """What is said of an operation that asks for more than is allowed."""
    has = SAID.get(limit, f"{{}} {limit}").format(asked)
    message = f"The operation is too complex: it has {has}, and the limit is {allowed}."
    extensions = {"code": "QUERY_TOO_COMPLEX", "limit": limit, "asked": asked, "allowed": allowed}
    return Refused([GraphQLError(message, extensions=extensions)])


@dataclass(frozen=True)
class Limits:
    """How much an operation may ask for: see `Cost`.

    `tokens`: those of the document, and as many values in its variables. `comparisons`: what it may take to see
    whether fields of one name can be merged, two for each pair.
    """

    tokens: int = 10_000
    depth: int = 20
    aliases: int = 100
    fields: int = 1_000
    values: int = 1_000_000
    comparisons: int = 60_000

    @property
    def nesting(self) -> int:
        """How deep brackets may nest, and fields and fragments together; graphql-core reads no deeper than 200."""
        return min(10 * self.depth, 200)

    @property
    def variables(self) -> int:
        """How many values the variables may hold: as many as could stand in the document."""
        return self.tokens

    def weigh(self, found: Mapping[str, int]) -> None:
        """Refuses the first that is too much, saying which, how much and how much is allowed."""
        for name, asked in found.items():
            allowed = getattr(self, name)
            if asked > allowed:
                raise too_complex(name, asked, allowed)
