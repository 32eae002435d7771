"""The words of labels: no language uses the schema's words for anything in the record."""

import re
from dataclasses import replace

import pytest

from service.settings import REPOSITORY
from service.store.i18n.catalogue import ENUM_PROPERTIES
from service.store.i18n.labels import (
    Untranslated,
    bylines,
    claim_wordings,
    enum_value,
    fact_names,
    name_of,
    said_by,
    snapshot_labels,
)
from service.store.i18n.languages import CATALOGUES, FALLBACK, LANGUAGES, SEARCH_LANGUAGES
from service.store.i18n.names import by_tag, primary
from service.store.loading.derived import add_derived_facts
from service.store.loading.facts import IndexedRecord
from service.store.loading.projection import project
from service.store.plover import MODES
from service.store.record.record import Claim, Name, Place, Record, Unnamed
from service.store.record.snapshots import texts_of
from service.store.search.analysers import SCRIPTS
from service.store.seeds import read
from service.store.seeds.properties import KNOWN_PROPERTIES

SHOWN = {
    "north-korea-south-korea-armistice": "Waffenstillstand: Nordkorea, Südkorea, 1953",
    "north-korea-withdraws-from-agreement": "Rückzug aus der Vereinbarung von 2005: Nordkorea → USA",
    "kim-jong-un-declines-flight": (
        "Ablehnung des Heimflugs mit der Air Force One: Kim Jong-un → Donald Trump, Februar 2019"
    ),
    "vladivostok-2019-held": "Treffen, Wladiwostok 2019: Kim Jong-un, Wladimir Putin, 25. April 2019",
}


@pytest.fixture(scope="module")
def record() -> Record:
    return read(REPOSITORY / "seeds")


def test_each_property_has_its_words(record: Record) -> None:
    modes = {mode for modes in MODES.values() for mode in modes}
    assert (record.properties.keys() | KNOWN_PROPERTIES.keys()) - modes - CATALOGUES[
        FALLBACK
    ].properties.keys() == set()


def test_each_value_of_a_vocabulary_has_its_words(record: Record) -> None:
    claims = [claim for fact in record.facts.values() for claim in fact.claims if claim.property in ENUM_PROPERTIES]
    values = {(claim.property, claim.value) for claim in claims if claim.value and not claim.value_typename}
    catalogue = CATALOGUES[FALLBACK]
    assert [(property, value) for property, value in values if not enum_value(catalogue, property, value)] == []


def test_a_claim_reads_as_its_language_does(record: Record) -> None:
    claims = record.facts["vladivostok-2019"].claims
    (claim,) = [claim for claim in claims if claim.property == "departureReason"]
    expected = {
        "en": "reason for leaving: not known (ORF, 26 April 2019 [inferred])",
        "de": "Grund der Abreise: nicht bekannt (ORF, 26. April 2019 [erschlossen])",
        "fr": "raison du départ\u00a0: on l’ignore (ORF, 26 avril 2019 [date déduite])",
        "ko": "출발 이유: 알려지지 않음 (ORF, 2019년 4월 26일 [추정])",
        "ru": "причина отъезда: неизвестно (ORF, 26 апреля 2019 г. [по косвенным данным])",
    }
    assert expected.items() <= claim_labels(record, claim).items()


def claim_labels(record: Record, claim: Claim) -> dict[str, str]:
    """A claim's label as assembled when it is read: in one language, else completely in English."""
    beginnings, ends = claim_wordings(record, said_by(claim)), bylines(record, record.sources[claim.source])
    whole = {tag: beginnings[tag] + ends[tag] for tag in LANGUAGES if tag in beginnings and tag in ends}
    return dict.fromkeys(LANGUAGES, whole[FALLBACK]) | whole


def claim_label(record: Record, fact: str, property: str, language: str) -> str:
    claim = next(claim for claim in record.facts[fact].claims if claim.property == property)
    return claim_labels(record, claim)[language]


@pytest.mark.parametrize(
    ("fact", "property", "language", "told"),
    [
        (
            "kim-jong-un-peace-us-government",
            "text",
            "en",
            "wording: Peace depends on the United States government. (ORF,",
        ),
        ("donald-trump-probably-not", "text", "en", "wording: “probably not” (our translation) (n-tv,"),
        ("donald-trump-probably-not", "text", "de", "Wortlaut: „vermutlich nicht“ (n-tv,"),
        ("hanoi-2019", "ending", "en", "ending: “vorzeitig abgebrochen” (Süddeutsche Zeitung,"),
        (
            "kim-jong-un-strongest-weapon",
            "aboutFact",
            "ru",
            "о каком факте: Показ ракет для подводных лодок (stern,",
        ),
    ],
)
def test_a_claim_gives_words_as_the_label_of_what_has_them_does(
    record: Record, fact: str, property: str, language: str, told: str
) -> None:
    assert claim_label(record, fact, property, language).startswith(told)


@pytest.fixture(scope="module")
def lines(record: Record) -> dict[str, dict[str, str]]:
    """Return the label of each fact in each language, when everything is known, by slug."""
    derived, counted = add_derived_facts(record)
    whole = IndexedRecord(derived, counted)
    return {fact.slug: snapshot_labels(derived, whole.snapshots(fact)[-1]) for fact in derived.facts.values()}


@pytest.fixture(scope="module")
def events(record: Record, lines: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    derived, _ = add_derived_facts(record)
    return {slug: each for slug, each in lines.items() if derived.facts[slug].typename == "Event"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_events_share_a_label(events: dict[str, dict[str, str]], language: str) -> None:
    assert len({each[language] for each in events.values()}) == len(events) > 60


@pytest.fixture(scope="module")
def told_languages(record: Record) -> list[str]:
    """Return the languages of labels, except the fallback, that have our own texts in the record."""
    acts = [by_tag(texts_of(fact, "act")) for fact in record.facts.values() if fact.typename == "Event"]
    languages = [language for language in LANGUAGES if any(language in act for act in acts)]
    assert languages[0] == FALLBACK
    assert len(languages) >= 5
    return languages[1:]


def test_every_event_is_told_in_a_language_that_one_is_told_in(
    events: dict[str, dict[str, str]], told_languages: list[str]
) -> None:
    for language in told_languages:
        letters = SCRIPTS[SEARCH_LANGUAGES[language].script]
        assert [slug for slug, each in events.items() if each[language] == each[FALLBACK]] == []
        assert [slug for slug, each in events.items() if not letters.search(each[language].lower())] == []


def test_what_was_done_stands_in_the_label_and_not_its_code(events: dict[str, dict[str, str]]) -> None:
    assert [events[slug]["de"] for slug in SHOWN] == list(SHOWN.values())


def test_a_line_is_told_in_one_language(lines: dict[str, dict[str, str]]) -> None:
    mixed = [line for each in lines.values() for line in (each["ko"], each["ru"]) if re.search("[가-힣].*[а-яё]", line)]
    assert mixed == []
    assert lines["donald-trump-probably-not"]["ru"] == lines["donald-trump-probably-not"]["en"]


def test_words_are_told_in_our_translation_which_is_marked_unless_the_words_are_ours(
    lines: dict[str, dict[str, str]],
) -> None:
    assert lines["donald-trump-probably-not"]["en"] == "Donald Trump: “probably not” (our translation)"
    assert lines["donald-trump-probably-not"]["de"] == "Donald Trump: „vermutlich nicht“"
    assert lines["kim-jong-un-peace-us-government"]["en"] == (
        "Kim Jong Un: Peace depends on the United States government."
    )


def test_a_paraphrase_of_ours_is_told_in_every_language_that_events_are_told_in(
    record: Record, told_languages: list[str]
) -> None:
    whole = IndexedRecord(record)
    snapshots = [whole.snapshots(fact)[-1] for fact in record.facts.values() if fact.fields.get("form") == "INDIRECT"]
    told = {
        each.fact.slug: {primary(each.require_value("language")), *by_tag(each.texts("translation"))}
        for each in snapshots
    }
    assert len(told) > 15
    assert [slug for slug, languages in told.items() if not languages.issuperset({FALLBACK, *told_languages})] == []


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ({"en": "Xi Jinping", "zh-Hans": "习近平"}, dict.fromkeys(("de", "fr", "ko", "ru"), "Xi Jinping")),
        (
            {"en": "Xi Jinping", "ru": "Си Цзиньпин"},
            {"de": "Xi Jinping", "fr": "Xi Jinping", "ko": None, "ru": "Си Цзиньпин"},
        ),
        ({"en": "Bolkiah", "ms": "Hassanal Bolkiah"}, dict.fromkeys(("de", "fr", "ko", "ru"), "Bolkiah")),
        ({"en": "Joe Biden"}, dict.fromkeys(("de", "fr", "ko", "ru"), "Joe Biden")),
        ({"en": "Putin", "de": "Putin", "fr": "Poutine"}, {"de": "Putin", "fr": "Poutine", "ko": None, "ru": None}),
        ({"en": "Yeltsin", "de": "Jelzin"}, {"de": "Jelzin", "fr": None, "ko": None, "ru": None}),
    ],
)
def test_a_name_serves_the_languages_in_whose_letters_it_has_no_other(
    names: dict[str, str], told: dict[str, str | None]
) -> None:
    named = Place("x", "CITY", tuple(Name(text, tag, "COMMON", {}) for tag, text in names.items()))
    for language, name in told.items():
        if name is None:
            with pytest.raises(Untranslated):
                name_of({"x": named}, "x", language)
        else:
            assert name_of({"x": named}, "x", language) == name


def test_what_is_told_in_english_only_is_told_in_english_as_a_whole(record: Record) -> None:
    claims = record.facts["hanoi-2019"].claims
    (claim,) = [claim for claim in claims if claim.value == "poor preparation on the American side"]
    told = "reason: poor preparation on the American side (stern, 21 or 22 February 2021 [inferred])"
    assert claim_labels(record, claim) == dict.fromkeys(LANGUAGES, told)


@pytest.fixture(scope="module")
def conflicts(record: Record) -> dict[str, dict[str, str]]:
    """Return the label of each conflict in each language, by slug."""
    rows = [entry.rows[0][1] for entry in project(record) if entry.key.table == "conflict"]
    return {str(row["slug"]): row["labels"] for row in rows}  # type: ignore[misc]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_conflicts_share_a_label(conflicts: dict[str, dict[str, str]], language: str) -> None:
    assert len({each[language] for each in conflicts.values()}) == len(conflicts) > 15


def test_a_conflict_names_in_words_over_what_and_between_whom(conflicts: dict[str, dict[str, str]]) -> None:
    expected = {
        "en": "Conflict over number of meetings (different scope): Donald Trump and Kim Jong Un",
        "de": "Widerspruch, Zahl der Treffen (verschiedener Umfang): Donald Trump und Kim Jong-un",
        "fr": "Contradiction, nombre de rencontres (portée différente)\u00a0: Donald Trump et Kim Jong-un",
        "ko": "불일치, 회담 횟수 (서로 다른 범위): 도널드 트럼프–김정은 관계",
        "ru": "Расхождение, число встреч (разный охват): Дональд Трамп и Ким Чен Ын",
    }
    assert expected.items() <= conflicts["donald-trump-kim-jong-un-meeting-count"].items()
    named = {slug: each["en"] for slug, each in conflicts.items()}
    assert named["hanoi-2019-date"] == "Conflict over date: Hanoi 2019, Donald Trump, Kim Jong Un"
    assert named["donald-trump-kim-jong-un-state-after-hanoi"] == "Conflict over state: Donald Trump and Kim Jong Un"
    assert [line for line in named.values() if re.search("over [a-z]+[A-Z]", line)] == []


def test_the_labels_of_all_events_are_these(events: dict[str, dict[str, str]], request: pytest.FixtureRequest) -> None:
    """They are in a table for people to read: `pytest tests/store/test_labels.py --record`."""
    table = "\n".join(
        "\n".join([slug, *(f"  {each[language]}" for language in LANGUAGES)]) for slug, each in events.items()
    )
    path = REPOSITORY / "tests" / "store" / "event_labels.txt"
    if request.config.getoption("--record"):
        path.write_text(table + "\n", encoding="utf-8")
    assert table + "\n" == path.read_text(encoding="utf-8")


def test_a_meeting_without_a_name_goes_by_who_met_and_when(record: Record) -> None:
    """By what was reported first: a later source reports another day and further people."""
    fact = record.facts["vladivostok-2019"]
    bare = replace(fact, names=())
    since = min(claim.reported_on for claim in fact.claims)
    first = replace(bare, claims=tuple(claim for claim in fact.claims if claim.reported_on == since))
    nameless = [replace(record, facts={**record.facts, fact.slug: each}) for each in (bare, first)]
    told, told_first = (fact_names(each, each.facts[fact.slug]) for each in nameless)
    assert told == told_first
    assert told == {
        "en": "Meeting of Kim Jong Un and Vladimir Putin, 23 or 24 April 2019",
        "de": "Treffen von Kim Jong-un und Wladimir Putin, 23. oder 24. April 2019",
        "fr": "Rencontre entre Kim Jong-un et Vladimir Poutine, 23 ou 24 avril 2019",
        "ko": "김정은·블라디미르 푸틴 회담, 2019년 4월 23일 또는 24일",
        "ru": "Встреча: Ким Чен Ын и Владимир Путин, 23 или 24 апреля 2019 г.",
    }
    unnamed = replace(bare, unnamed=(Unnamed("PARTICIPANT", "officials", tuple(claim.slug for claim in fact.claims)),))
    assert [*fact_names(replace(record, facts={**record.facts, fact.slug: unnamed}), unnamed)] == ["en"]


def test_a_meeting_with_a_name_goes_by_it(record: Record) -> None:
    assert fact_names(record, record.facts["vladivostok-2019"])["de"] == "Wladiwostok 2019"
