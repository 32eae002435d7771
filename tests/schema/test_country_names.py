"""States have names in every language, and only recorded ones are listed."""

from typing import Any

import pytest

from tests.schema.asking import answer

QUERY = """query ($language: LanguageTag!) {
    country(code: "KP") { name(language: $language) label(language: $language) }
    place(slug: "north-korea") { name(language: $language) label(language: $language) }
}"""


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("fr", "Corée du Nord"),
        ("fr-CA", "Corée du Nord"),
        ("ja", "北朝鮮"),
        ("zh-TW", "北韓"),
        ("zh-Hans", "朝鲜"),
        ("de", "Nordkorea"),
        ("de-CH", "Nordkorea"),
        ("ko", "북한"),
        ("ko-KP", "북한"),
        ("RU", "Северная Корея"),
        ("en", "North Korea"),
        ("tlh", "North Korea"),
    ],
)
async def test_a_state_and_its_place_have_a_name_in_the_language(database: str, language: str, name: str) -> None:
    called = {"name": name, "label": name}
    expected = {"data": {"country": called, "place": called}}
    assert await answer(database, QUERY, {"language": language}) == expected
    written = QUERY.replace("query ($language: LanguageTag!) ", "").replace("$language", f'"{language}"')
    assert await answer(database, written) == expected


async def test_only_recorded_names_are_listed(database: str) -> None:
    query = '{ country(code: "FI") { names { text language kind } name(language: "fi") } }'
    names: Any = [
        {"text": "Finland", "language": "en", "kind": "COMMON"},
        {"text": "Finnland", "language": "de", "kind": "COMMON"},
        {"text": "핀란드", "language": "ko-Kore", "kind": "COMMON"},
        {"text": "Финляндия", "language": "ru", "kind": "COMMON"},
        {"text": "Finlande", "language": "fr", "kind": "COMMON"},
    ]
    assert await answer(database, query) == {"data": {"country": {"names": names, "name": "Suomi"}}}


async def test_counts_are_labelled_so_too(database: str) -> None:
    query = '{ summits(filter: {country: ["VN"]}) { counts(by: [COUNTRY]) { keys labels(language: "fr") count } } }'
    counts = [{"keys": ["vietnam"], "labels": ["Viêt Nam"], "count": 1}]
    assert await answer(database, query) == {"data": {"summits": {"counts": counts}}}


async def test_who_is_no_state_keeps_to_the_recorded_names(database: str) -> None:
    query = '{ person(slug: "sergey-lavrov") { name(language: "ja") ru: name(language: "ru") } }'
    assert await answer(database, query) == {"data": {"person": {"name": "Sergey Lavrov", "ru": "Сергей Лавров"}}}
