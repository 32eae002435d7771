"""What leads the spellings and forms of a word back to one, made from what its language declares."""

import re
from collections.abc import Callable, Sequence

import Stemmer  # type: ignore[import-not-found]

Change = Callable[[str], str]


def snowball(stemmer: str) -> Change:
    """The stemmer of that name in Snowball. Raises KeyError where there is none."""
    algorithm = Stemmer.Stemmer(stemmer)
    return lambda word: str(algorithm.stemWord(word))


def respell(spellings: Sequence[tuple[str, str]]) -> Change:
    """Makes each replacement in turn of what its pattern finds in a word."""
    patterns = [(re.compile(pattern), replacement) for pattern, replacement in spellings]

    def change(word: str) -> str:
        for pattern, replacement in patterns:
            word = pattern.sub(replacement, word)
        return word

    return change


def cut_particle(particles: Sequence[str]) -> Change:
    """Cuts the first of these that a word ends in, of which two characters stay."""

    def change(word: str) -> str:
        for particle in particles:
            if word.endswith(particle) and len(word) - len(particle) >= 2:
                return word.removesuffix(particle)
        return word

    return change
