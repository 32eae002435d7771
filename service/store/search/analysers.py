"""What a word is found by in each language: its stem, its parts, and whether it is a stop word.

A text is analysed in its own language. A query is analysed in every language whose letters it is written in, since
nobody says which language it is. A query and a text in the same language therefore always meet.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from service.store.i18n.catalogue import SearchLanguage
from service.store.i18n.languages import SEARCH_LANGUAGES
from service.store.i18n.names import primary
from service.store.search.folding import LONGEST, exact_form, key
from service.store.search.lexemes import SENSE, folded_form
from service.store.search.stemming import Change, cut_particle, respell, snowball
from service.store.search.vocabulary import Meanings, meanings_by_stem, meanings_within
from service.store.search.word_parts import Split, split_compounds, split_in_pairs

SCRIPTS = {
    "Latin": re.compile(r"[a-zß-ɏ'’ʼ]+"),
    "Cyrillic": re.compile(r"[Ѐ-ӿ]+"),
    "Hangul": re.compile(r"[0-9]*[가-힣]+"),
    "Han": re.compile(r"[㐀-鿿]+"),
}
"""Patterns for whole words in lower case, by script."""


@dataclass(frozen=True, eq=False)
class Analyser:
    """Analysis of one language; words are passed in lower case."""

    letters: re.Pattern[str]
    """The pattern of a whole word in this language."""
    stem: Change
    normalise: Change
    """Unifies different spellings before stemming."""
    meanings: Meanings
    """Returns the meaning of a word that is the same in every language, if the vocabulary has it."""
    split: Split
    """Returns the parts of a word that represent it if all of them are present."""
    stems_are_words: bool
    """Whether a word without its particle is also found as spelt, not only folded."""

    def forms(self, word: str) -> list[str]:
        """Return what a word is found by: its stem, its folded stem and its meanings."""
        plain = self.normalise(word)
        stem = self.stem(plain)
        spellings = [exact_form(stem)] if self.stems_are_words else []
        return [*spellings, folded_form(stem), *self.meanings(plain)]

    def parts(self, word: str) -> list[str]:
        """Return the parts that are searched for together where the word itself is missing."""
        return self.split(self.normalise(word))

    def sense(self, word: str) -> str:
        """Return the meaning of a word, or else its stem, which is the same for words with the same meaning."""
        plain = self.normalise(word)
        return "".join(self.meanings(plain)) or key(self.stem(plain))


def _analyser(language: SearchLanguage) -> Analyser:
    normalise = respell(language.spellings)
    stem = snowball(language.stemmer) if language.stemmer else cut_particle(language.particles)
    if language.particles:
        meanings = meanings_within(language.meanings)
    else:
        meanings = meanings_by_stem(language.meanings, stem, normalise)
    if language.is_split_in_pairs:
        split = split_in_pairs(stem)
    else:
        split = split_compounds(language.compounds, language.links, stem, meanings)
    return Analyser(SCRIPTS[language.script], stem, normalise, meanings, split, bool(language.particles))


ANALYSERS: Mapping[str, Analyser] = {tag: _analyser(language) for tag, language in SEARCH_LANGUAGES.items()}
STOPPED_WORDS = frozenset(word for language in SEARCH_LANGUAGES.values() for word in language.stop_words.split())
"""Prefixes do not find these words, and they are only searched for by themselves."""
STOPPED = "-"
"""Prefix of the lexemes of stop words."""


def is_stop_word(word: str) -> bool:
    return word.casefold() in STOPPED_WORDS


@lru_cache(maxsize=1_024)
def analysers(word: str, language: str | None = None) -> tuple[Analyser, ...]:
    """Return the analysers for a word in lower case: the language's own if its letters fit, otherwise all that fit."""
    own = ANALYSERS.get(primary(language)) if language else None
    if own and own.letters.fullmatch(word):
        return (own,)
    return tuple(each for each in ANALYSERS.values() if each.letters.fullmatch(word))


@lru_cache(maxsize=1_024)
def lexemes(word: str, language: str | None = None) -> tuple[str, ...]:
    """Return what a word is found by: as spelt, folded, and its forms; without a language, in all of them."""
    if is_stop_word(word):
        return (STOPPED + word.casefold(),)
    lower = word.casefold()
    forms = [form for each in analysers(lower, language) for form in each.forms(lower)]
    forms += [lower.lstrip("0")] if lower.isdigit() else []
    return tuple(dict.fromkeys(filter(None, (exact_form(word), folded_form(word), *forms))))


@lru_cache(maxsize=1_024)
def parts(word: str, language: str | None = None) -> tuple[tuple[str, ...], ...]:
    """Return the parts of a word by each analyser that splits it; all parts from one analyser represent the word."""
    if is_stop_word(word):
        return ()
    lower = word.casefold()
    split = (tuple(each.parts(lower)) for each in analysers(lower, language))
    return tuple(dict.fromkeys(filter(None, split)))


@lru_cache(maxsize=8_192)
def _sense(analyser: Analyser, word: str) -> str:
    return analyser.sense(word)


def senses(words: Iterable[str], language: str | None = None) -> list[str]:
    """Return what a whole text is found by in any order and form of its words: one lexeme for each language."""
    lower = [word.casefold() for word in words if not is_stop_word(word)]
    lettered = [word for word in lower if not word.isdigit()]
    if not lettered:
        return []
    whole = []
    for each in analysers(lettered[0], language):
        if not all(each.letters.fullmatch(word) for word in lettered):
            continue
        meant = " ".join(sorted(word if word.isdigit() else _sense(each, word) for word in lower))
        whole += [SENSE + meant] if len(meant) < LONGEST else []
    return list(dict.fromkeys(whole))
