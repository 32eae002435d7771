"""Numbers as the languages of the pages write them: the separators of CLDR."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from jinja2.filters import do_filesizeformat

from service.pages.words import CACHE_SIZE, spoken_language

SEPARATORS: Mapping[str, tuple[str, str]] = {
    "en": (",", "."),
    "de": (".", ","),
    "fr": ("\u202f", ","),
    "ko": (",", "."),
    "ru": ("\u00a0", ","),
}
"""The grouping separator and the decimal separator of each language."""


@lru_cache(CACHE_SIZE)
def format_count(number: int, language: str) -> str:
    """Return a whole number with its thousands grouped: 20655 is "20.655" in German."""
    group, _ = SEPARATORS[spoken_language(language)]
    return f"{number:,}".replace(",", group)


@lru_cache(CACHE_SIZE)
def format_score(number: float, language: str) -> str:
    """Return a score, or the mean of several, with its sign and one decimal place: 2.6 is "+2,6" in German."""
    _, decimal = SEPARATORS[spoken_language(language)]
    return f"{number:+.1f}".replace(".", decimal)


@lru_cache(CACHE_SIZE)
def format_size(number: int, language: str) -> str:
    """Return a number of bytes in the largest unit of 1,000 that it reaches: 5400000 is "5,4 MB" in German."""
    _, decimal = SEPARATORS[spoken_language(language)]
    return do_filesizeformat(number).replace(".", decimal).replace(" ", "\u00a0")
