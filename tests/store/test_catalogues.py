"""Requirements on every language of labels: a catalogue that is complete, agrees with CLDR and can be searched."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
import Stemmer  # type: ignore[import-not-found]
from babel import Locale

from service.errors import VocabularyIncomplete
from service.store.enums import Medium
from service.store.i18n.catalogue import Catalogue, SearchLanguage, require_words
from service.store.i18n.date_labels import date_label
from service.store.i18n.languages import CATALOGUES, FALLBACK, LANGUAGES, SEARCH_LANGUAGES
from service.store.plover import ALL_MODES
from tests.store.test_dates import LABELS

BESIDES = ("tag", "cldr", "search")
"""Fields of a catalogue that contain no words of labels."""


def texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Return every text of a catalogue by its path; for a phrase with forms, each of them."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from texts(each, f"{path}.{getattr(key, '__name__', key)}")
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in BESIDES:
                yield from texts(getattr(value, field.name), f"{path}.{field.name}")


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"{(\w*)}", text))


def phrase_paths(catalogue: Catalogue) -> dict[str, set[frozenset[str]]]:
    """Return the placeholders of each text, in all its forms, by its path without the name of the form."""
    found: dict[str, set[frozenset[str]]] = {}
    for path, text in texts(catalogue):
        plain = re.sub(r"(\.dates\.\w+)\.(?:day|longer)$", r"\1", path)
        found.setdefault(plain, set()).add(frozenset(placeholders(text)))
    return found


@pytest.fixture(params=LANGUAGES)
def catalogue(request: pytest.FixtureRequest) -> Catalogue:
    return CATALOGUES[request.param]


@pytest.fixture(params=SEARCH_LANGUAGES)
def search_language(request: pytest.FixtureRequest) -> SearchLanguage:
    return SEARCH_LANGUAGES[request.param]


def test_the_fallback_comes_first_and_each_language_by_its_tag() -> None:
    assert LANGUAGES[0] == FALLBACK
    assert [catalogue.tag for catalogue in CATALOGUES.values()] == [*LANGUAGES]
    assert {tag: language.tag for tag, language in SEARCH_LANGUAGES.items()} == {tag: tag for tag in SEARCH_LANGUAGES}
    assert SEARCH_LANGUAGES.keys() > set(LANGUAGES)


def test_it_has_every_key_and_every_placeholder(catalogue: Catalogue) -> None:
    assert phrase_paths(catalogue) == phrase_paths(CATALOGUES[FALLBACK])


def test_no_text_is_empty_or_has_blanks_at_its_ends(catalogue: Catalogue) -> None:
    links = (".dates.either", ".dates.both", ".dates.about", ".dates.doubt", ".phrases.last")
    assert [path for path, text in texts(catalogue) if not text.strip()] == []
    assert [path for path, text in texts(catalogue) if path not in links and text != text.strip()] == []


def test_it_has_a_word_for_every_mode(catalogue: Catalogue) -> None:
    assert set(catalogue.modes) == ALL_MODES
    assert set(catalogue.hearsay) == {"true", "false"}


def test_a_word_that_is_missing_in_several_languages_is_named_in_each() -> None:
    words = {key: word for key, word in CATALOGUES["de"].enums[Medium].items() if key != "LETTER"}
    incomplete = [replace(each, enums={**each.enums, Medium: words}) for each in (CATALOGUES["de"], CATALOGUES["ru"])]
    with pytest.raises(VocabularyIncomplete) as raised:
        require_words(incomplete, [Medium])
    assert str(raised.value).splitlines() == [
        f"Medium.LETTER is in service/store/enums.py, but not in Medium of service/store/i18n/languages/{tag}.py."
        for tag in ("de", "ru")
    ]


# ------------------------------------------------------------------ CLDR


def from_cldr(pattern: str) -> str:
    """Return a CLDR date pattern as a catalogue writes it, with plain spaces instead of no-break spaces."""
    pattern = re.sub("'([^']*)'", lambda match: match[1], pattern).replace("\u202f", " ").replace("\u00a0", " ")
    for letters, name in (("MMMM", "month"), ("LLLL", "month"), ("y", "year"), ("d", "day")):
        pattern = re.sub(rf"(?<![{{\w]){letters}(?!\w)|(?<![{{a-z]){letters}(?=[년일])", f"{{{name}}}", pattern)
    return pattern


def test_its_months_are_those_of_cldr(catalogue: Catalogue) -> None:
    months = Locale.parse(catalogue.cldr).months
    assert catalogue.dates.months.with_day.split() == [months["format"]["wide"][month] for month in range(1, 13)]
    assert catalogue.dates.months.alone.split() == [months["stand-alone"]["wide"][month] for month in range(1, 13)]
    assert len(catalogue.dates.months.since.split()) == len(catalogue.dates.months.between.split()) == 12


def test_its_days_months_and_years_are_written_as_in_cldr(catalogue: Catalogue) -> None:
    locale, forms = Locale.parse(catalogue.cldr), catalogue.dates
    assert from_cldr(locale.date_formats["long"].pattern) == forms.day
    assert from_cldr(str(locale.datetime_skeletons["MMMMd"])) == forms.day_of_year
    assert from_cldr(str(locale.datetime_skeletons["yMMMM"])) == forms.month


def test_its_lists_are_those_of_cldr(catalogue: Catalogue) -> None:
    lists = Locale.parse(catalogue.cldr).list_patterns
    for style, link in (("standard", catalogue.dates.both), ("or", catalogue.dates.either)):
        assert lists[style]["2"] == lists[style]["end"] == "{0}" + link + "{1}"
        assert lists[style]["start"] == lists[style]["middle"] == "{0}, {1}"


def test_its_names_of_languages_are_those_of_cldr(catalogue: Catalogue) -> None:
    names = Locale.parse(catalogue.cldr).languages
    assert set(catalogue.languages) >= set(LANGUAGES)
    assert catalogue.languages == {tag: names[tag.replace("-", "_")] for tag in catalogue.languages}


# ------------------------------------------------------------------ dates


@pytest.mark.parametrize("text", [row[0] for row in LABELS])
def test_a_date_of_any_shape_is_told_whole(catalogue: Catalogue, text: str) -> None:
    label = date_label(text, catalogue.tag)
    years = set(re.findall(r"\d{4}", text))
    assert years <= set(re.findall(r"\d{4}", label))
    assert not re.search(r"[{}]|  |^ | $", label)


def test_no_two_dates_are_told_alike(catalogue: Catalogue) -> None:
    same = {"2019-02-28/2019-02-28": "2019-02-28", "[2018,2018]": "2018"}
    shapes = [row[0] for row in LABELS if row[0] not in same]
    assert len({date_label(shape, catalogue.tag) for shape in shapes}) == len(shapes)


# ------------------------------------------------------------------ search


def test_its_stemmer_exists(search_language: SearchLanguage) -> None:
    assert not search_language.stemmer or search_language.stemmer in Stemmer.algorithms()
    assert not (search_language.stemmer and search_language.particles)


def test_its_stop_words_are_in_lower_case_and_stand_once(search_language: SearchLanguage) -> None:
    words = search_language.stop_words.split()
    assert words
    assert [word for word in words if word != word.casefold() and word != word.lower()] == []
    assert len(set(words)) == len(words)


def test_its_meanings_are_those_of_the_fallback(search_language: SearchLanguage) -> None:
    assert search_language.meanings.keys() <= SEARCH_LANGUAGES[FALLBACK].meanings.keys()
    assert [meaning for meaning, words in search_language.meanings.items() if not words.strip()] == []
    order = [*SEARCH_LANGUAGES[FALLBACK].meanings]
    assert sorted(search_language.meanings, key=order.index) == [*search_language.meanings]


def test_a_language_of_labels_is_searched_by_kinds_and_meanings(catalogue: Catalogue) -> None:
    fallback = SEARCH_LANGUAGES[FALLBACK]
    assert catalogue.search.kinds.keys() == fallback.kinds.keys()
    assert len(catalogue.search.meanings) > 0.95 * len(fallback.meanings)


def test_a_meaning_goes_by_its_first_english_word() -> None:
    meanings = SEARCH_LANGUAGES[FALLBACK].meanings
    assert [meaning for meaning, words in meanings.items() if words.split()[0] != meaning] == []
