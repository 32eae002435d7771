"""The parts of a word that represent it: the nouns of a compound, or pairs of neighbouring characters."""

from collections.abc import Callable, Sequence

from service.store.search.folding import key
from service.store.search.stemming import Change
from service.store.search.vocabulary import Meanings

SHORTEST_COMPOUND = 8

Split = Callable[[str], list[str]]
"""Maps a word to the lexemes of its parts, or to nothing if it has none."""


def split_compounds(compounds: str, links: Sequence[str], stem: Change, meanings: Meanings) -> Split:
    """Return a split of a compound into the meanings of its nouns; empty if a piece is none of the nouns."""
    nouns = frozenset(compounds.split())
    heads = frozenset(map(stem, nouns))

    def sense(noun: str) -> str:
        return next(iter(meanings(noun)), key(stem(noun)))

    def first_part(word: str) -> list[str]:
        """Return the parts of what precedes the last noun, without the linking letters."""
        for link in links:
            bare = word.removesuffix(link) if link else word
            if len(bare) > 2 and (bare in nouns or bare + "e" in nouns):
                return [sense(bare if bare in nouns else bare + "e")]
        return split(word)

    def split(word: str) -> list[str]:
        if len(word) < SHORTEST_COMPOUND:
            return []
        for end in range(len(word) - 3, 2, -1):
            head, tail = word[end:], word[:end]
            if stem(head) in heads and (first := first_part(tail)):
                return [*first, sense(head)]
        return []

    return split


def split_in_pairs(bare: Change) -> Split:
    """Return a split into pairs of neighbouring characters, for words of more than two.

    The particle stays if only two characters would be left: 김정은 without 은 would be half a name.
    """

    def split(word: str) -> list[str]:
        shorter = bare(word)
        whole = shorter if len(shorter) > 2 else word
        return [whole[place : place + 2] for place in range(len(whole) - 1)] if len(whole) > 2 else []

    return split
