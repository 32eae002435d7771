"""Words of diplomacy with the same meaning in all search languages: a search in one language finds texts in another."""

from collections.abc import Callable, Mapping

from service.store.search.folding import key
from service.store.search.lexemes import MEANING
from service.store.search.stemming import Change

Meanings = Callable[[str], list[str]]
"""Maps a word, in one spelling, to the lexemes of its meanings."""


def _lexemes(meanings: Mapping[str, str]) -> dict[str, str]:
    """Return lexemes by word; for a word in two lines, the first line counts."""
    return {word: MEANING + meaning for meaning, words in reversed([*meanings.items()]) for word in words.split()}


def meanings_by_stem(meanings: Mapping[str, str], stem: Change, normalise: Change) -> Meanings:
    """Return a function for the meanings of words that have the same stem as one of these."""
    by_stem = {key(stem(normalise(word))): lexeme for word, lexeme in _lexemes(meanings).items()}
    return lambda word: [by_stem[stemmed]] if (stemmed := key(stem(word))) in by_stem else []


def meanings_within(meanings: Mapping[str, str]) -> Meanings:
    """Return a function for the meanings of words that are one of these or contain one: 취소 in 취소했나.

    A word that is contained in another has two characters or more.
    """
    by_word = _lexemes(meanings)
    return lambda word: list(
        dict.fromkeys(by_word[each] for each in by_word if each == word or (len(each) > 1 and each in word))
    )
