"""Searches among all imported names, many of which resemble the search word."""

from typing import Any

import pytest

from tests.schema.asking import answer

pytestmark = [pytest.mark.slow, pytest.mark.anyio]

SEARCH = """query ($text: String!) {
  search(text: $text, first: 100) {
    counts { kind count }
    edges { isSimilar node { __typename ... on Entry { slug } } }
  }
}"""
PEOPLE = "query ($text: String!) { people(filter: {text: $text}) { totalCount } }"


async def search(database: str, text: str) -> Any:
    return (await answer(database, SEARCH, {"text": text}))["data"]["search"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("NATO", ["Summit nato-1999"]),
        ("Hanoi", ["Place hanoi", "Summit hanoi-2019"]),
        ("Bonn", ["Place bonn", "Summit g7-1978", "Summit g7-1985"]),
        ("Seoul", ["Place seoul", "Summit g20-2010-seoul"]),
        ("Moskau", ["Place moscow"]),
        ("Genf", ["Place geneva"]),
        ("Kairo", ["Place cairo"]),
        ("Kiew", ["Place kyiv-ukraine"]),
        ("Genève", ["Place geneva"]),
        ("Иерусалим", ["Place jerusalem"]),
        ("제네바", ["Place geneva"]),
        # the person meant most often, as in `suggest`
        ("Kennedy", ["Person john-f-kennedy", "Person kennedy-alphonse-simmonds"]),
        ("Bush", ["Person george-w-bush", "Person george-h-w-bush"]),
    ],
)
async def test_the_word_itself_comes_first(sets_database: str, text: str, first: list[str]) -> None:
    nodes = [edge["node"] for edge in (await search(sets_database, text))["edges"]]
    assert [f"{node['__typename']} {node['slug']}" for node in nodes[: len(first)]] == first


@pytest.mark.parametrize("text", ["NATO", "Hanoi", "Bonn", "Yalta", "Moscow", "Tokyo", "Vienna", "Cairo"])
async def test_what_is_only_similar_comes_last(sets_database: str, text: str) -> None:
    similar = [edge["isSimilar"] for edge in (await search(sets_database, text))["edges"]]
    assert similar == sorted(similar)


@pytest.mark.parametrize("text", ["Hanoi", "Seoul", "Yalta"])
async def test_nobody_is_counted_whose_name_is_only_like_it(sets_database: str, text: str) -> None:
    assert (await answer(sets_database, PEOPLE, {"text": text}))["data"]["people"] == {"totalCount": 0}


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Khruschev", "nikita-khrushchev"),
        ("Khrushev", "nikita-khrushchev"),
        ("Rooseaelt", "franklin-d-roosevelt"),
        ("Rosoevelt", "franklin-d-roosevelt"),
        ("Trdueau", "justin-trudeau"),
    ],
)
async def test_a_slip_is_forgiven(sets_database: str, text: str, slug: str) -> None:
    assert (await search(sets_database, text))["edges"][0]["node"] == {"__typename": "Person", "slug": slug}


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Jelzin", "boris-yeltsin"),
        ("Eltsine", "boris-yeltsin"),
        ("Ельцин", "boris-yeltsin"),
        ("Chruschtschow", "nikita-khrushchev"),
        ("Брежнев", "leonid-brezhnev"),
        ("Brejnev", "leonid-brezhnev"),
        ("고르바초프", "mikhail-gorbachev"),
        ("Johannes Paul II.", "pope-john-paul-ii"),
        ("Selenskyj", "volodymyr-zelenskyy"),
    ],
)
async def test_people_are_found_by_what_other_languages_call_them(sets_database: str, text: str, slug: str) -> None:
    first = (await search(sets_database, text))["edges"][0]
    assert first == {"isSimilar": False, "node": {"__typename": "Person", "slug": slug}}


SLUGS = {
    "trump": ["donald-trump"],
    "putin": ["vladimir-putin"],
    "merkel": ["angela-merkel"],
    "obama": ["barack-obama"],
    "kim": ["kim-jong-un"],
}


@pytest.mark.parametrize("given", SLUGS)
async def test_a_surname_in_place_of_a_slug_suggests_who_is_meant(sets_database: str, given: str) -> None:
    query = "query ($slug: [String!]) { quotes(filter: {speaker: $slug}) { totalCount } }"
    told = (await answer(sets_database, query, {"slug": [given]}))["extensions"]["warnings"]
    assert told[0]["suggestions"][:1] == SLUGS[given]
