"""How much an operation may ask for."""

from collections.abc import Mapping
from dataclasses import dataclass

from service.language.errors import complexity_error

MAX_PARSER_NESTING = 200
"""graphql-core reads no document whose brackets nest deeper."""


@dataclass(frozen=True)
class Limits:
    """How much an operation may ask for.

    `tokens`: those of the document; `variables`: values in its variables. `depth`, `aliases`: as they are written.
    `fields`: those that are composed, each with every spread and for every type that is told apart. `work`, `bytes`:
    see `Cost`. `comparisons`: what it may take to see whether fields of one name can be merged, two for each pair.

    The parser counts the tokens (documents.py), the others are given to `check`. The service takes its limits from
    service/settings.py; these are for whoever has no settings.
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
        """How deep fields and fragments may nest together."""
        return min(10 * self.depth, MAX_PARSER_NESTING)

    def check(self, sizes: Mapping[str, int]) -> None:
        """Refuses the first that is too much, saying which, how much and how much is allowed."""
        for name, asked in sizes.items():
            allowed = getattr(self, name)
            if asked > allowed:
                raise complexity_error(name, asked, allowed)
