"""Limits of an operation."""

from collections.abc import Mapping
from dataclasses import dataclass

from service.language.errors import complexity_error

MAX_PARSER_NESTING = 200
"""graphql-core does not read documents whose brackets nest more deeply."""


@dataclass(frozen=True)
class Limits:
    """Limits of an operation.

    `tokens`: those of the document; `variables`: values in its variables. `depth`, `aliases`: as written. `fields`:
    fields to compose, counted for every spread and for every type that is treated separately. `work`, `bytes`: see
    `Cost`. `comparisons`: how many it may take to check whether fields of one name can be merged, two for each pair.

    The parser counts the tokens (documents.py); the other numbers are passed to `check`. The service takes its limits
    from service/settings.py; the defaults here are for code without settings.
    """

    tokens: int = 2_000
    variables: int = 10_000
    depth: int = 20
    aliases: int = 100
    fields: int = 900
    work: float = 1_000.0
    bytes: int = 8 * 1024 * 1024
    comparisons: int = 20_000

    @property
    def nesting(self) -> int:
        """Maximum nesting of fields and fragments together."""
        return min(10 * self.depth, MAX_PARSER_NESTING)

    def check(self, sizes: Mapping[str, int]) -> None:
        """Refuse the first number that exceeds its limit, naming the limit, the number and the maximum."""
        for name, asked in sizes.items():
            allowed = getattr(self, name)
            if asked > allowed:
                raise complexity_error(name, asked, allowed)
