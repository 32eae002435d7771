"""Counts with their nouns in the plural form of each language, and nouns for single things."""

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
"""Index of the plural form for an integer in each language, as in gettext's Plural-Forms, after CLDR."""


def phrase_of_count(noun: str, number: int, language: str) -> str:
    """Return a count with a noun of plurals.toml: `phrase_of_count("claims", 2, "de")` is "2 Angaben"."""
    spoken = spoken_language(language)
    return plurals()[noun][spoken][FORMS[spoken](number)].format(n=format_count(number, language))


@lru_cache(CACHE_SIZE)
def singular(vocabulary: str, key: str, language: str) -> str:
    """Return the noun for one thing of a kind: `singular("EntryKind", "SUMMIT", "fr")` is "sommet"."""
    return singulars()[vocabulary][key][spoken_language(language)]


@cache
def singulars() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Return the singular nouns in each language, by key of the vocabulary that has the plural."""
    return tomllib.loads(Path(__file__).with_name("singulars.toml").read_text(encoding="utf-8"))


@cache
def plurals() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Return the forms of each noun, by language."""
    return tomllib.loads(Path(__file__).with_name("plurals.toml").read_text(encoding="utf-8"))
