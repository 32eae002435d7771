"""Texts of the pages: English is in the templates; one file per other language has the translations."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from service.store.i18n.catalogue import ENUM_PROPERTIES
from service.store.i18n.date_labels import date_label
from service.store.i18n.enum_labels import ENUM_LABELS, PERIODS
from service.store.i18n.languages import CATALOGUES
from service.store.i18n.names import primary, text_in

ENGLISH = "en"
CACHE_SIZE = 4096
"""Maximum number of cached texts per function, over all requested languages."""

MARK = re.compile(r"(?<!&#32)[:;](?=\s)")
BEFORE_MARKS = {"fr": "\u00a0"}
"""Text inserted before colons and semicolons, in languages that need it."""

HAS_FIGURES = re.compile("[0-9]")
NO_BREAK_SPACE = "\u00a0"

VOCABULARIES = {name: enum.__name__ for name, enum in ENUM_PROPERTIES.items()} | {"medium": "Medium"}
"""Enums whose keys are the values of claims about each property."""


@cache
def catalogues() -> Mapping[str, Mapping[str, str]]:
    """Return the translations by language tag and English text."""
    files = sorted(Path(__file__).parent.glob("*.toml"))
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in files}


@cache
def languages() -> tuple[str, ...]:
    """Return the languages of the pages."""
    return (ENGLISH, *catalogues())


@lru_cache(CACHE_SIZE)
def spoken_language(language: str) -> str:
    """Return the language of the texts of a page for a requested language: `de` for `de-AT`."""
    return primary(language) if primary(language) in languages() else ENGLISH


@lru_cache(CACHE_SIZE)
def content_language(language: str) -> str:
    """Return the languages of a response: names in a language that the pages do not support come with English text."""
    return language if spoken_language(language) == primary(language) else f"{language}, {ENGLISH}"


@lru_cache(CACHE_SIZE)
def translate(text: str, language: str) -> str:
    """Translate an English text. English, and texts without a translation, are returned unchanged."""
    return catalogues().get(spoken_language(language), {}).get(text, text)


@lru_cache(CACHE_SIZE)
def punctuate(text: str, language: str) -> str:
    """Adapt colons and semicolons in a separator to a language: `punctuate(": ", "fr")`."""
    before = BEFORE_MARKS.get(spoken_language(language), "")
    return MARK.sub(lambda mark: before + mark.group(), text) if before else text


@lru_cache(CACHE_SIZE)
def word_for(vocabulary: str, key: str, language: str) -> str:
    """Return the label of an enum value: `word_for("MeetingStatus", "HELD", "de")`."""
    return text_in(ENUM_LABELS[vocabulary][key], language) or key


@lru_cache(CACHE_SIZE)
def language_name(tag: str, language: str) -> str:
    """Return the name of a language, or its tag if it has none: `language_name("de", "fr")` is "allemand"."""
    return text_in(ENUM_LABELS["LanguageTag"].get(tag, {}), language) or tag


@lru_cache(CACHE_SIZE)
def noun(kind: str, language: str) -> str:
    """Return the name of a kind of entry as a heading: `noun("SUMMIT", "de")`."""
    text = word_for("EntryKind", kind, language)
    return text[:1].upper() + text[1:]


@lru_cache(CACHE_SIZE)
def month_name(year: int, month: int, language: str) -> str:
    """Return a month with its year: `month_name(2018, 5, "de")`."""
    return (text_in(PERIODS["MONTH"][month - 1], language) or "%s") % year


@lru_cache(CACHE_SIZE)
def day_name(day: str, language: str) -> str:
    """Return a day as a person writes it: `day_name("2018-05-31", "de")` is "31. Mai 2018"."""
    return date_label(day, spoken_language(language))


@lru_cache(CACHE_SIZE)
def property_name(name: str, language: str) -> str:
    """Return the name of a claim's property as a heading: `property_name("plannedDate", "de")`."""
    text = CATALOGUES[spoken_language(language)].properties.get(name, name)
    return text[:1].upper() + text[1:]


@lru_cache(CACHE_SIZE)
def claimed_word(name: str, value: str, language: str) -> str:
    """Return the label of a claim's value if it is a key of an enum, else the value itself."""
    labels = ENUM_LABELS.get(VOCABULARIES.get(name, ""), {})
    return text_in(labels[value], language) or value if value in labels else value


def unbroken(text: str, language: str) -> str:
    """Keep each date in a text on one line: `12 June 2018`, with no-break spaces."""
    if not HAS_FIGURES.search(text):
        return text
    dates = _dates_in_text(spoken_language(language))
    return dates.sub(lambda date: date.group().replace(" ", NO_BREAK_SPACE), text)


@cache
def _dates_in_text(language: str) -> re.Pattern[str]:
    """Return a pattern of the dates in labels, which are in the language or in English."""
    patterns: list[str] = []
    for forms in (CATALOGUES[language].dates, CATALOGUES[ENGLISH].dates):
        day, months = forms.day_number(1), "|".join((forms.months.with_day, forms.months.alone)).replace(" ", "|")
        parts = {"{day}": f"(?:{day}|[0-9]{{1,2}})", "{month}": f"(?:{months})", "{year}": "[0-9]{4}"}
        for form in (forms.day, forms.day_of_year, forms.month):
            patterns.append("".join(parts.get(each) or re.escape(each) for each in re.split(r"({\w+})", form)))
    return re.compile(rf"\b(?:{'|'.join(patterns)})")
