"""Words of diplomacy that mean the same in the languages of a search: who asks in one finds what is told in another."""

from collections.abc import Callable, Mapping

from service.store.search.folding import key
from service.store.search.lexemes import MEANING
from service.store.search.stemming import Change

Meanings = Callable[[str], list[str]]
"""From a word, spelt in one way, to the lexemes of what it means."""


def _lexemes(meanings: Mapping[str, str]) -> dict[str, str]:
    """By word; of a word that stands in two lines, the first one counts."""
    return {word: MEANING + meaning for meaning, words in reversed([*meanings.items()]) for word in words.split()}


def meanings_by_stem(meanings: Mapping[str, str], stem: Change, normalise: Change) -> Meanings:
    """What words mean that have the stem of one of these."""
    by_stem = {key(stem(normalise(word))): lexeme for word, lexeme in _lexemes(meanings).items()}
    return lambda word: [by_stem[stemmed]] if (stemmed := key(stem(word))) in by_stem else []


def meanings_within(meanings: Mapping[str, str]) -> Meanings:
    """What words mean that are one of these or, of two characters and more, have one in them: 취소 in 취소했나."""
    by_word = _lexemes(meanings)
    return lambda word: list(
        dict.fromkeys(by_word[each] for each in by_word if each == word or (len(each) > 1 and each in word))
    )
