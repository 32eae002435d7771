"""Functions that reduce the spellings and forms of a word to one, built from the language's declarations."""

import re
from collections.abc import Callable, Sequence

import Stemmer  # type: ignore[import-not-found]

Change = Callable[[str], str]


def snowball(stemmer: str) -> Change:
    """Return the Snowball stemmer of this name. Raises KeyError if there is none."""
    algorithm = Stemmer.Stemmer(stemmer)
    return lambda word: str(algorithm.stemWord(word))


def respell(spellings: Sequence[tuple[str, str]]) -> Change:
    """Return a function that applies each replacement in turn to what its pattern finds in a word."""
    patterns = [(re.compile(pattern), replacement) for pattern, replacement in spellings]

    def change(word: str) -> str:
        for pattern, replacement in patterns:
            word = pattern.sub(replacement, word)
        return word

    return change


def cut_particle(particles: Sequence[str]) -> Change:
    """Return a function that cuts the first of these particles that a word ends in, if two characters remain."""

    def change(word: str) -> str:
        for particle in particles:
            if word.endswith(particle) and len(word) - len(particle) >= 2:
                return word.removesuffix(particle)
        return word

    return change
