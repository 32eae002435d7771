"""Numbers with what they count, in the plural that a language has for them; and what a single thing is called."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from service.pages.numbers import format_count
from service.pages.words import CACHE_SIZE, spoken_language

FORMS: Mapping[str, Callable[[int], int]] = {
    "en": lambda n: int(n != 1),
    "de": lambda n: int(n != 1),
    "fr": lambda n: int(n > 1),
    "ko": lambda n: 0,
    "ru": lambda n: 0 if n % 10 == 1 and n % 100 != 11 else 1 if n % 10 in (2, 3, 4) and n % 100 // 10 != 1 else 2,
}
"""Which of its forms a language takes for a whole number, as gettext's Plural-Forms have it after CLDR."""


def phrase_of_count(noun: str, number: int, language: str) -> str:
    """So many of what a noun of plurals.toml names: `phrase_of_count("claims", 2, "de")` is "2 Angaben"."""
    spoken = spoken_language(language)
    return plurals()[noun][spoken][FORMS[spoken](number)].format(n=format_count(number, language))


@lru_cache(CACHE_SIZE)
def singular(vocabulary: str, key: str, language: str) -> str:
    """What a single thing of a kind is called: `singular("EntryKind", "SUMMIT", "fr")` is "sommet"."""
    return singulars()[vocabulary][key][spoken_language(language)]


@cache
def singulars() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """The word for a single thing in each language, by the vocabulary that has the word for several, and its key."""
    return tomllib.loads(Path(__file__).with_name("singulars.toml").read_text(encoding="utf-8"))


@cache
def plurals() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """The forms of each noun, by language."""
    return tomllib.loads(Path(__file__).with_name("plurals.toml").read_text(encoding="utf-8"))
