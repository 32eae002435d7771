"""Every word of a vocabulary has a label of its own in each language, and periods read as dates do."""

import re

import pytest

from service.store import enums
from service.store.enums import FactKind
from service.store.i18n.date_labels import date_label
from service.store.i18n.enum_labels import ENUM_LABELS, PERIODS
from service.store.i18n.languages import LANGUAGES, SEARCH_LANGUAGES
from service.store.plover import MODES

TERMS = [
    enums.AttributionRole,
    enums.Curation,
    enums.EntryKind,
    enums.EventType,
    FactKind,
    enums.Factuality,
    enums.InvitationResponse,
    enums.AgreementKind,
    enums.MeetingFormat,
    enums.MeetingLevel,
    enums.MeetingOutcome,
    enums.MeetingPhase,
    enums.MeetingSetting,
    enums.MeetingStatus,
    enums.Medium,
    enums.Modality,
    enums.PassageRole,
    enums.QuadClass,
    enums.QuoteForm,
    enums.Rank,
    enums.SourceKind,
    enums.WithinKind,
]
SHOWN = ("en", "de", "ko", "ru", "fr")
"""The languages whose words are checked one by one."""
SCRIPTS = {"Latin": "[A-Za-zÀ-ÖØ-öø-ÿœ]", "Cyrillic": "[А-Яа-яЁё]", "Hangul": "[0-9가-힣]"}
SIGNS = "[ ,·’-]"
"""Characters that may occur between the letters of a label."""


def test_these_vocabularies_and_no_others_are_worded() -> None:
    assert set(ENUM_LABELS) == {term.__name__ for term in TERMS} | {"Mode", "Hearsay", "Leads", "LanguageTag"}


@pytest.mark.parametrize("vocabulary", TERMS, ids=lambda term: term.__name__)
def test_every_value_has_a_word(vocabulary: type[enums.Vocabulary]) -> None:
    assert sorted(ENUM_LABELS[vocabulary.__name__]) == sorted(term.value for term in vocabulary)


def test_every_mode_has_a_word() -> None:
    assert set(ENUM_LABELS["Mode"]) == {mode for modes in MODES.values() for mode in modes}


def test_hearsay_has_the_two_words_of_a_boolean_key() -> None:
    assert [*ENUM_LABELS["Hearsay"]] == ["true", "false"]
    true, false = ([words[language] for language in SHOWN] for words in ENUM_LABELS["Hearsay"].values())
    assert true == ["hearsay", "vom Hörensagen", "전해 들은 말", "с чужих слов", "par ouï-dire"]
    assert false == ["first-hand", "aus erster Hand", "직접 들은 말", "из первых рук", "de première main"]


def test_leads_has_the_two_words_of_a_boolean_key() -> None:
    assert [*ENUM_LABELS["Leads"]] == ["true", "false"]


@pytest.mark.parametrize("vocabulary", sorted(ENUM_LABELS))
def test_each_word_is_written_in_the_script_of_its_language(vocabulary: str) -> None:
    for key, labels in ENUM_LABELS[vocabulary].items():
        assert tuple(labels) == LANGUAGES, key
        for language, label in labels.items():
            letters = f"{SCRIPTS[SEARCH_LANGUAGES[language].script]}+"
            assert re.fullmatch(f"{letters}(?:{SIGNS}+{letters})*(?:[(]{letters}[)])?", label), (key, label)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("vocabulary", sorted(ENUM_LABELS))
def test_no_two_words_of_a_vocabulary_are_alike(vocabulary: str, language: str) -> None:
    labels = [labels[language].casefold() for labels in ENUM_LABELS[vocabulary].values()]
    assert sorted(set(labels)) == sorted(labels)


@pytest.mark.parametrize(
    ("vocabulary", "key", "labels"),
    [
        (
            "MeetingOutcome",
            "NO_AGREEMENT",
            [
                "no agreement",
                "keine Einigung",
                "합의 없음",
                "без соглашения",
                "sans accord",
            ],
        ),
        ("MeetingStatus", "HELD", ["held", "abgehalten", "개최됨", "состоялось", "a eu lieu"]),
        ("MeetingPhase", "UNDERWAY", ["under way", "im Gange", "진행 중", "идёт", "en cours"]),
        (
            "MeetingFormat",
            "MULTILATERAL",
            [
                "multilateral meeting",
                "multilaterales Treffen",
                "다자 회의",
                "многосторонняя встреча",
                "rencontre multilatérale",
            ],
        ),
        ("EventType", "MOBILIZE", ["mobilisation", "Mobilisierung", "동원", "мобилизация", "mobilisation"]),
        ("FactKind", "SUMMIT", ["summits", "Gipfel", "정상회담", "саммиты", "sommets"]),
        ("LanguageTag", "de", ["German", "Deutsch", "독일어", "немецкий", "allemand"]),
        ("Mode", "heavy-weapons", ["heavy weapons", "schwere Waffen", "중화기", "тяжёлое вооружение", "armes lourdes"]),
    ],
)
def test_words_read_as_a_heading_does(vocabulary: str, key: str, labels: list[str]) -> None:
    assert [ENUM_LABELS[vocabulary][key][language] for language in SHOWN] == labels


@pytest.mark.parametrize("language", LANGUAGES)
def test_months_and_years_read_as_dates_do(language: str) -> None:
    months = [period[language].replace("%s", "2019") for period in PERIODS["MONTH"]]
    assert months == [date_label(f"2019-{month:02}", language) for month in range(1, 13)]
    assert [period[language].replace("%s", "2019") for period in PERIODS["YEAR"]] == [date_label("2019", language)]


def test_quarters() -> None:
    quarters = [{language: quarter[language] for language in SHOWN} for quarter in PERIODS["QUARTER"]]
    assert quarters == [
        {"en": "Q1 %s", "de": "1. Quartal %s", "fr": "T1 %s", "ko": "%s년 1분기", "ru": "1-й квартал %s г."},
        {"en": "Q2 %s", "de": "2. Quartal %s", "fr": "T2 %s", "ko": "%s년 2분기", "ru": "2-й квартал %s г."},
        {"en": "Q3 %s", "de": "3. Quartal %s", "fr": "T3 %s", "ko": "%s년 3분기", "ru": "3-й квартал %s г."},
        {"en": "Q4 %s", "de": "4. Quartal %s", "fr": "T4 %s", "ko": "%s년 4분기", "ru": "4-й квартал %s г."},
    ]


def test_a_template_has_one_place_for_the_year_and_no_other_sign_of_format() -> None:
    assert {period: len(templates) for period, templates in PERIODS.items()} == {"MONTH": 12, "QUARTER": 4, "YEAR": 1}
    for templates in PERIODS.values():
        for labels in templates:
            assert tuple(labels) == LANGUAGES
            assert all(label.count("%") == label.count("%s") == 1 for label in labels.values())
