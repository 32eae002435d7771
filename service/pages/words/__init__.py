"""The words of the pages: English is what stands in the templates; a file for each other language translates it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from service.store.i18n.enum_labels import ENUM_LABELS
from service.store.i18n.names import text_in

ENGLISH = "en"

VOCABULARIES = {
    "eventType": "EventType",
    "form": "QuoteForm",
    "format": "MeetingFormat",
    "kind": "AgreementKind",
    "level": "MeetingLevel",
    "medium": "Medium",
    "modality": "Modality",
    "outcome": "MeetingOutcome",
    "response": "InvitationResponse",
    "setting": "MeetingSetting",
    "status": "MeetingStatus",
}
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


def translate(text: str, language: str) -> str:
    """An English text in a language; where that is English or has no words here, as it is."""
    return catalogues().get(language, {}).get(text, text)


def word_for(vocabulary: str, key: str, language: str) -> str:
    """What a value of an enum is called: `word_for("MeetingStatus", "HELD", "de")`."""
    return text_in(ENUM_LABELS[vocabulary][key], language) or key


def property_name(name: str, language: str) -> str:
    """What the property of a claim is called: `property_name("plannedDate", "de")`."""
    english = re.sub("[A-Z]", lambda capital: f" {capital[0].lower()}", name)
    return translate(english[:1].upper() + english[1:], language)


def claimed_word(name: str, value: str, language: str) -> str:
    """The value of a claim of a property: the word for it where it is a key of an enum, else as it is."""
    labels = ENUM_LABELS.get(VOCABULARIES.get(name, ""), {})
    return text_in(labels[value], language) or value if value in labels else value
