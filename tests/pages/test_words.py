"""The words of the pages: all of them are translated, with no superfluous ones, and plurals are complete."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from graphql import GraphQLEnumType

from schema import schema
from schema.tables import tables
from service.pages.downloads import ABOUT
from service.pages.filters import WORDS as FILTER_WORDS
from service.pages.forms.atom import CHANGES
from service.pages.forms.ics import GOES_ON as CALENDAR_GOES_ON
from service.pages.plurals import FORMS, phrase_of_count, plurals, singular, singulars
from service.pages.problem_types import PROBLEM_TYPES
from service.pages.refusals import OF_REASONS, OF_TYPES
from service.pages.templating import TEMPLATES, environment
from service.pages.words import catalogues, languages, punctuate, spoken_language, unbroken
from service.store.i18n.date_labels import date_label
from service.store.i18n.enum_labels import ENUM_LABELS

SHARED = {"English"}
"""The language switch's names of languages, which each catalogue has in its own language."""


def words_of_templates() -> Iterator[str]:
    for path in TEMPLATES.glob("*.html"):
        text = path.read_text(encoding="utf-8")
        yield from (each[0] or each[1] for each in re.findall(r"""\b_\((?:"([^"]+)"|'([^']+)')\)""", text))


def words_of_kinds() -> Iterator[str]:
    """Return the templates' words for kinds of organisations and of places."""
    for name in ("OrganisationKind", "PlaceKind"):
        enum = schema._schema.type_map[name]
        assert isinstance(enum, GraphQLEnumType)
        yield from (value.replace("_", " ").lower() for value in enum.values)


def words_of_forms() -> Iterator[str]:
    """Return the words for formats, downloads, problems and refusals, which modules name and not templates."""
    yield from ("Meetings", "Changes", *CHANGES.values(), *ABOUT.values(), CALENDAR_GOES_ON)
    yield from (*OF_TYPES.values(), *OF_REASONS.values())
    yield from (word for words in FILTER_WORDS.values() for word in words.values())
    yield from (table.description for table in tables().values())
    yield from (text for each in PROBLEM_TYPES.values() for text in (each.title, each.about, each.advice))


WRITTEN = SHARED | {*words_of_templates(), *words_of_kinds(), *words_of_forms()}


@pytest.mark.parametrize("language", sorted(catalogues()))
def test_no_word_is_missing(language: str) -> None:
    assert WRITTEN - set(catalogues()[language]) == set()


@pytest.mark.parametrize("language", sorted(catalogues()))
def test_no_word_is_superfluous(language: str) -> None:
    assert set(catalogues()[language]) - WRITTEN == set()


def test_each_noun_has_each_form_of_each_language() -> None:
    for noun, forms in plurals().items():
        assert set(forms) == set(languages()) == set(FORMS)
        for language, written in forms.items():
            assert len(written) == 1 + max(map(FORMS[language], range(200))), (noun, language)
            assert all("{n}" in each for each in written)


@pytest.mark.parametrize(
    ("language", "number", "text"),
    [
        ("en", 0, "0 claims"),
        ("en", 1, "1 claim"),
        ("de", 2, "2 Angaben"),
        ("fr", 0, "0 affirmation"),
        ("fr", 2, "2 affirmations"),
        ("ko", 1, "진술 1개"),
        ("ru", 1, "1 утверждение"),
        ("ru", 3, "3 утверждения"),
        ("ru", 12, "12 утверждений"),
        ("ru", 21, "21 утверждение"),
        ("de-AT", 1, "1 Angabe"),
        ("ja", 1, "1 claim"),
    ],
)
def test_numbers_take_their_plural(language: str, number: int, text: str) -> None:
    assert phrase_of_count("claims", number, language) == text


def test_each_kind_has_a_word_for_a_single_one_in_each_language() -> None:
    for vocabulary, words in singulars().items():
        assert set(words) == set(ENUM_LABELS[vocabulary])
        assert all(set(each) == set(languages()) for each in words.values())
    assert (singular("EntryKind", "SUMMIT", "fr"), singular("SourceKind", "ARTICLE", "ru-Cyrl")) == ("sommet", "статья")


@pytest.mark.parametrize(
    ("language", "text"), [("en", "Meetings: 3; a&#32;b"), ("fr", "Rencontres\u00a0: 3\u00a0; a&#32;b")]
)
def test_a_template_has_colons_as_its_language_sets_them(language: str, text: str) -> None:
    template = environment(language).from_string("{{ _('Meetings') }}: {{ 3 }}; a&#32;{{ 'b' }}")
    assert template.render() == text
    assert punctuate(": %s", f"{language}-CA") == ("\u00a0: %s" if language == "fr" else ": %s")


def test_no_mark_of_french_begins_a_line() -> None:
    words = [*catalogues()["fr"].values(), *(text for forms in plurals().values() for text in forms["fr"])]
    assert [text for text in words if re.search(r"[^\u00a0][:;?!»](?!\w)|«[^\u00a0]", text)] == []


@pytest.mark.parametrize("language", [*languages(), "de-AT", "zh"])
def test_a_day_is_written_as_labels_of_dates_write_it(language: str) -> None:
    written = environment(language).from_string('{% from "macros.html" import time %}{{ time(at) }}')
    label = date_label("2018-05-31", spoken_language(language))
    assert written.render(at="2018-05-31") == f'<time datetime="2018-05-31">{label}</time>'
    at = "2018-05-31T08:30:00+00:00"
    assert written.render(at=at) == f'<time datetime="{at}">{label}</time>'


def test_no_template_writes_a_day_for_machines() -> None:
    plain = {
        path.name: found
        for path in TEMPLATES.glob("*.html")
        if (found := re.findall(r"<time [^>]*>\{\{ ([\w.]+) \}\}</time>", path.read_text(encoding="utf-8")))
    }
    assert plain == {}


@pytest.mark.parametrize(
    ("language", "text", "kept"),
    [
        ("en", "Meeting, between 29 January and 7 February 1909", "Meeting, between 29_January and 7_February_1909"),
        (
            "de",
            "seit Mai 2018, zwischen dem 2. und 4. Dezember 2024",
            "seit Mai_2018, zwischen dem 2. und 4._Dezember_2024",
        ),
        ("de", "ORF, 26 April 2019", "ORF, 26_April_2019"),
        ("fr", "1er mai 1986 ou 2 mai", "1er_mai_1986 ou 2_mai"),
        ("ru", "16 октября 1909 г.", "16_октября_1909_г."),
        ("ko", "1909년 10월 16일 이후", "1909년_10월_16일 이후"),
        ("en", "2 men in 1986, Hanoi 2019", "2 men in 1986, Hanoi 2019"),
        ("en", "No date", "No date"),
    ],
)
def test_a_date_in_a_label_stays_on_one_line(language: str, text: str, kept: str) -> None:
    assert unbroken(text, language) == kept.replace("_", "\u00a0")
