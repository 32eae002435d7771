"""Every word of a vocabulary has a label of its own in each language, and periods read as dates do."""

import re

import pytest

from schema.words import PERIODS, WORDS
from service.store import enums
from service.store.enums import FactKind
from service.store.plover import MODES
from service.store.wording import dates

LANGUAGES = ["en", "de", "ko", "ru"]
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
]
SCRIPTS = {"en": "[a-z]", "de": "[A-Za-zÄÖÜäöüßé]", "ko": "[0-9가-힣]", "ru": "[А-Яа-яЁё]"}
SIGNS = "[ ,·-]"
"""What may stand between the letters of a label."""


def test_these_vocabularies_and_no_others_are_worded() -> None:
    assert set(WORDS) == {term.__name__ for term in TERMS} | {"Mode", "Hearsay"}


@pytest.mark.parametrize("vocabulary", TERMS, ids=lambda term: term.__name__)
def test_every_value_has_a_word(vocabulary: type[enums.Vocabulary]) -> None:
    assert sorted(WORDS[vocabulary.__name__]) == sorted(term.value for term in vocabulary)


def test_every_mode_has_a_word() -> None:
    assert set(WORDS["Mode"]) == {mode for modes in MODES.values() for mode in modes}


def test_hearsay_has_the_two_words_of_a_boolean_key() -> None:
    assert WORDS["Hearsay"] == {
        "true": {"en": "hearsay", "de": "vom Hörensagen", "ko": "전해 들은 말", "ru": "с чужих слов"},
        "false": {"en": "first-hand", "de": "aus erster Hand", "ko": "직접 들은 말", "ru": "из первых рук"},
    }


@pytest.mark.parametrize("vocabulary", sorted(WORDS))
def test_each_word_is_written_in_the_script_of_its_language(vocabulary: str) -> None:
    for key, labels in WORDS[vocabulary].items():
        assert list(labels) == LANGUAGES, key
        for language, label in labels.items():
            letters = f"{SCRIPTS[language]}+"
            assert re.fullmatch(f"{letters}(?:{SIGNS}+{letters})*", label), (key, label)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("vocabulary", sorted(WORDS))
def test_no_two_words_of_a_vocabulary_are_alike(vocabulary: str, language: str) -> None:
    labels = [labels[language].casefold() for labels in WORDS[vocabulary].values()]
    assert sorted(set(labels)) == sorted(labels)


@pytest.mark.parametrize(
    ("vocabulary", "key", "labels"),
    [
        ("MeetingOutcome", "NO_AGREEMENT", ["no agreement", "keine Einigung", "합의 없음", "без соглашения"]),
        ("MeetingStatus", "HELD", ["held", "abgehalten", "개최됨", "состоялось"]),
        ("MeetingPhase", "UNDERWAY", ["under way", "im Gange", "진행 중", "идёт"]),
        (
            "MeetingFormat",
            "MULTILATERAL",
            ["multilateral meeting", "multilaterales Treffen", "다자 회의", "многосторонняя встреча"],
        ),
        ("EventType", "MOBILIZE", ["mobilisation", "Mobilisierung", "동원", "мобилизация"]),
        ("FactKind", "SUMMIT", ["summits", "Gipfel", "정상회담", "саммиты"]),
        ("Mode", "heavy-weapons", ["heavy weapons", "schwere Waffen", "중화기", "тяжёлое вооружение"]),
    ],
)
def test_words_read_as_a_heading_does(vocabulary: str, key: str, labels: list[str]) -> None:
    assert list(WORDS[vocabulary][key].values()) == labels


@pytest.mark.parametrize("language", LANGUAGES)
def test_months_and_years_read_as_dates_do(language: str) -> None:
    months = [period[language].replace("%s", "2019") for period in PERIODS["MONTH"]]
    assert months == [dates.label(f"2019-{month:02}", language) for month in range(1, 13)]
    assert [period[language].replace("%s", "2019") for period in PERIODS["YEAR"]] == [dates.label("2019", language)]


def test_quarters() -> None:
    assert [list(period.values()) for period in PERIODS["QUARTER"]] == [
        ["Q1 %s", "1. Quartal %s", "%s년 1분기", "1-й квартал %s г."],
        ["Q2 %s", "2. Quartal %s", "%s년 2분기", "2-й квартал %s г."],
        ["Q3 %s", "3. Quartal %s", "%s년 3분기", "3-й квартал %s г."],
        ["Q4 %s", "4. Quartal %s", "%s년 4분기", "4-й квартал %s г."],
    ]


def test_a_template_has_one_place_for_the_year_and_no_other_sign_of_format() -> None:
    assert {period: len(templates) for period, templates in PERIODS.items()} == {"MONTH": 12, "QUARTER": 4, "YEAR": 1}
    for templates in PERIODS.values():
        for labels in templates:
            assert list(labels) == LANGUAGES
            assert all(label.count("%") == label.count("%s") == 1 for label in labels.values())
