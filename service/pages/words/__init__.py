"""The words of the pages: English is what stands in the templates; a file for each other language translates it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from service.store.i18n.catalogue import ENUM_PROPERTIES
from service.store.i18n.enum_labels import ENUM_LABELS, PERIODS
from service.store.i18n.languages import CATALOGUES
from service.store.i18n.names import primary, text_in

ENGLISH = "en"
CACHE_SIZE = 4096
"""How many texts are kept by each function, of all languages that are asked for."""

MARK = re.compile(r"(?<!&#32)[:;](?=\s)")
BEFORE_MARKS = {"fr": "\u00a0"}
"""What stands before a colon or a semicolon, in the languages in which something does."""

VOCABULARIES = {name: enum.__name__ for name, enum in ENUM_PROPERTIES.items()} | {"medium": "Medium"}
"""The enums in whose keys claims of a property give their values."""


@cache
def catalogues() -> Mapping[str, Mapping[str, str]]:
    """The translations by language tag, and in each by the English text."""
    files = sorted(Path(__file__).parent.glob("*.toml"))
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in files}


@cache
def languages() -> tuple[str, ...]:
    """The languages that the pages speak."""
    return (ENGLISH, *catalogues())


@lru_cache(CACHE_SIZE)
def spoken_language(language: str) -> str:
    """The language that the words of a page are in for whoever wants a language: `de` for `de-AT`."""
    return primary(language) if primary(language) in languages() else ENGLISH


@lru_cache(CACHE_SIZE)
def content_language(language: str) -> str:
    """All that an answer in a language is in: where the pages do not speak it, names are in it and words in English."""
    return language if spoken_language(language) == primary(language) else f"{language}, {ENGLISH}"


@lru_cache(CACHE_SIZE)
def translate(text: str, language: str) -> str:
    """An English text in a language; where that is English or has no words here, as it is."""
    return catalogues().get(spoken_language(language), {}).get(text, text)


@lru_cache(CACHE_SIZE)
def punctuate(text: str, language: str) -> str:
    """What joins words, with its colons and semicolons as a language sets them: `punctuate(": ", "fr")`."""
    before = BEFORE_MARKS.get(spoken_language(language), "")
    return MARK.sub(lambda mark: before + mark.group(), text) if before else text


@lru_cache(CACHE_SIZE)
def word_for(vocabulary: str, key: str, language: str) -> str:
    """What a value of an enum is called: `word_for("MeetingStatus", "HELD", "de")`."""
    return text_in(ENUM_LABELS[vocabulary][key], language) or key


@lru_cache(CACHE_SIZE)
def noun(kind: str, language: str) -> str:
    """What entries of a kind are called, as a heading: `noun("SUMMIT", "de")`."""
    text = word_for("EntryKind", kind, language)
    return text[:1].upper() + text[1:]


@lru_cache(CACHE_SIZE)
def month_name(year: int, month: int, language: str) -> str:
    """A month of a year: `month_name(2018, 5, "de")`."""
    return (text_in(PERIODS["MONTH"][month - 1], language) or "%s") % year


@lru_cache(CACHE_SIZE)
def property_name(name: str, language: str) -> str:
    """What the property of a claim is called, as a heading: `property_name("plannedDate", "de")`."""
    text = CATALOGUES[spoken_language(language)].properties.get(name, name)
    return text[:1].upper() + text[1:]


@lru_cache(CACHE_SIZE)
def claimed_word(name: str, value: str, language: str) -> str:
    """The value of a claim of a property: the word for it where it is a key of an enum, else as it is."""
    labels = ENUM_LABELS.get(VOCABULARIES.get(name, ""), {})
    return text_in(labels[value], language) or value if value in labels else value
