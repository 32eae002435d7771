"""What a word is found by in each language: its stem, its parts, and whether it tells nothing. One entry a language.

A text is analysed in its own language, a query in every language whose letters it is written in, as nobody says which
it is; a query and a text of one language so always meet.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from service.store.search.folding import LONGEST, key, spelt
from service.store.search.lexemes import SENSE
from service.store.search.stemming import (
    ENGLISH,
    FRENCH,
    GERMAN,
    RUSSIAN,
    Change,
    as_in_america,
    without_article,
    without_diaeresis,
)
from service.store.search.stop_words import STOP_WORDS
from service.store.search.vocabulary import by_stem, within_korean
from service.store.search.word_parts import (
    GERMAN_MEANINGS,
    bigrams,
    bigrams_without_particle,
    compound_parts,
    without_particle,
)
from service.store.wording.names import primary

LATIN = re.compile(r"[a-zß-ɏ'’ʼ]+")
CYRILLIC = re.compile(r"[Ѐ-ӿ]+")
HANGUL = re.compile(r"[0-9]*[가-힣]+")
HAN = re.compile(r"[㐀-鿿]+")


@dataclass(frozen=True, eq=False)
class Analyser:
    """How one language is read: words come in lower case."""

    letters: re.Pattern[str]
    """What a whole word of it is written in."""
    stem: Change = str
    normalise: Change = str
    """Makes one of several spellings, before the stem is taken."""
    meanings: Callable[[str], list[str]] = lambda word: []
    """What a word means in every language, of those of the vocabulary."""
    split: Callable[[str], list[str]] = lambda word: []
    """The parts of a word that stand for it where all of them are there."""

    def forms(self, word: str) -> list[str]:
        """What a word is found by: its stem, folded, and what it means."""
        plain = self.normalise(word)
        return [key(self.stem(plain)), *self.meanings(plain)]

    def parts(self, word: str) -> list[str]:
        """What is looked for together where the word itself is not there."""
        return self.split(self.normalise(word))

    def sense(self, word: str) -> str:
        """What it means, else its stem: the same of words that mean the same."""
        stem, *meant = self.forms(word)
        return "".join(meant) or stem


ANALYSERS: Mapping[str, Analyser] = {
    "de": Analyser(
        LATIN,
        GERMAN,
        meanings=GERMAN_MEANINGS,
        split=compound_parts,
    ),
    "en": Analyser(
        LATIN,
        ENGLISH,
        as_in_america,
        by_stem("en", ENGLISH, as_in_america),
    ),
    "fr": Analyser(
        LATIN,
        FRENCH,
        without_article,
        by_stem("fr", FRENCH),
    ),
    "ru": Analyser(
        CYRILLIC,
        RUSSIAN,
        without_diaeresis,
        by_stem("ru", RUSSIAN, without_diaeresis),
    ),
    "ko": Analyser(
        HANGUL,
        without_particle,
        meanings=within_korean,
        split=bigrams_without_particle,
    ),
    "zh": Analyser(HAN, split=bigrams),
}
STOPPED_WORDS = frozenset(word for words in STOP_WORDS.values() for word in words.split())
"""No beginning finds them, and they are only asked for by themselves."""
STOPPED = "-"
"""What the lexeme of such a word begins with."""


def is_stop_word(word: str) -> bool:
    return word.casefold() in STOPPED_WORDS


@lru_cache(maxsize=65_536)
def analysers(word: str, language: str | None = None) -> tuple[Analyser, ...]:
    """Those that read a word in lower case: that of the language if it is written in its letters, else all of these."""
    own = ANALYSERS.get(primary(language)) if language else None
    if own and own.letters.fullmatch(word):
        return (own,)
    return tuple(each for each in ANALYSERS.values() if each.letters.fullmatch(word))


@lru_cache(maxsize=65_536)
def lexemes(word: str, language: str | None = None) -> tuple[str, ...]:
    """What a word is found by: as it is spelt, folded, and its forms; without a language, in every one."""
    if is_stop_word(word):
        return (STOPPED + word.casefold(),)
    lower = word.casefold()
    forms = [form for each in analysers(lower, language) for form in each.forms(lower)]
    forms += [lower.lstrip("0")] if lower.isdigit() else []
    spellings = [spelt(without_particle(lower))] if HANGUL.fullmatch(lower) else []
    return tuple(dict.fromkeys(filter(None, (spelt(word), key(word), *spellings, *forms))))


@lru_cache(maxsize=65_536)
def parts(word: str, language: str | None = None) -> tuple[tuple[str, ...], ...]:
    """The parts of a word by each analyser that splits it; all of one stand for the word."""
    if is_stop_word(word):
        return ()
    lower = word.casefold()
    split = (tuple(each.parts(lower)) for each in analysers(lower, language))
    return tuple(dict.fromkeys(filter(None, split)))


def senses(words: Iterable[str], language: str | None = None) -> list[str]:
    """What a whole text is found by in whatever order and forms its words stand: one lexeme for each language."""
    lower = [word.casefold() for word in words if not is_stop_word(word)]
    lettered = [word for word in lower if not word.isdigit()]
    if not lettered:
        return []
    found = []
    for each in analysers(lettered[0], language):
        if not all(each.letters.fullmatch(word) for word in lettered):
            continue
        meant = " ".join(sorted(word if word.isdigit() else each.sense(word) for word in lower))
        found += [SENSE + meant] if len(meant) < LONGEST else []
    return list(dict.fromkeys(found))
