"""The words of the pages: English is what stands in the templates; a file for each other language translates it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from service.store.i18n.enum_labels import ENUM_LABELS
from service.store.i18n.names import primary, text_in

ENGLISH = "en"


@cache
def catalogues() -> Mapping[str, Mapping[str, str]]:
    """The translations by language tag, and in each by the English text."""
    files = sorted(Path(__file__).parent.glob("*.toml"))
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in files}


@cache
def languages() -> tuple[str, ...]:
    """The languages that the pages speak."""
    return (ENGLISH, *catalogues())


def spoken_language(language: str) -> str:
    """The language that the words of a page are in for whoever wants a language: `de` for `de-AT`."""
    return primary(language) if primary(language) in languages() else ENGLISH


def content_language(language: str) -> str:
    """All that an answer in a language is in: where the pages do not speak it, names are in it and words in English."""
    return language if spoken_language(language) == primary(language) else f"{language}, {ENGLISH}"


def translate(text: str, language: str) -> str:
    """An English text in a language; where that is English or has no words here, as it is."""
    return catalogues().get(spoken_language(language), {}).get(text, text)


def word_for(vocabulary: str, key: str, language: str) -> str:
    """What a value of an enum is called: `word_for("MeetingStatus", "HELD", "de")`."""
    return text_in(ENUM_LABELS[vocabulary][key], language) or key
