"""An entry's former slug still finds it, wherever a slug is accepted; the response has the present slug."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from service.planner.ids import encode
from service.settings import REPOSITORY
from service.store.loading.load import load
from service.store.transactions import write_transaction
from tests.conftest import copy_database, statement
from tests.schema.asking import answer

pytestmark = pytest.mark.slow

ALIASES = [
    ("actor", "kim", "kim-jong-un", "Person"),
    ("actor", "trump", "donald-trump", "Person"),
    ("actor", "dprk", "north-korea", "Country"),
    ("actor", "yonhap-news", "kcna", "Organisation"),
    ("place", "ha-noi", "hanoi", "Place"),
    ("fact", "hanoi-summit", "hanoi-2019", "Summit"),
    ("fact", "probably-not", "donald-trump-probably-not", "Quote"),
    ("source", "kreml", "kremlin-60363", "Source"),
    ("conflict", "panmunjom-place", "dmz-2019-place", "Conflict"),
]


@pytest.fixture(scope="module")
def renamed_database(server: str, template: str) -> Iterator[str]:
    """Return the seeds, with some entries that had other slugs before."""
    url = copy_database(server, "renamed")
    with write_transaction(url) as connection:
        load(connection, REPOSITORY / "seeds")
    with psycopg.connect(url) as direct, direct.cursor() as cursor:
        cursor.executemany("INSERT INTO alias (entries, former, slug, typename) VALUES (%s, %s, %s, %s)", ALIASES)
    yield url
    statement(server, "DROP DATABASE renamed WITH (FORCE)")


@pytest.mark.parametrize(
    "query",
    [
        '{ person(slug: "kim") { slug } }',
        '{ leader(slug: "kim") { slug id } }',
        '{ organisation(slug: "yonhap-news") { slug } }',
        '{ country(code: "dprk") { slug } }',
        '{ place(slug: "ha-noi") { slug } }',
        '{ fact(slug: "hanoi-summit") { slug } }',
        '{ summit(slug: "hanoi-summit", asOf: "2019-09-17") { id } }',
        '{ meeting(slug: "hanoi-summit") { slug } }',
        '{ quote(slug: "probably-not") { slug } }',
        '{ source(slug: "kreml") { slug } }',
        '{ conflict(slug: "panmunjom-place") { slug } }',
        '{ relationship(between: ["trump", "kim"]) { slug } }',
        '{ path(from: "kim", to: "trump") { length } }',
        '{ people(filter: {slug: ["kim", "donald-trump"]}) { nodes { slug } } }',
        '{ people(filter: {source: ["kreml"]}) { totalCount } }',
        '{ summits(filter: {involvingAll: ["kim", "kim-jong-un", "trump"]}) { nodes { slug } } }',
        '{ summits(filter: {country: ["dprk", "RU"], sourceAll: ["kreml"]}) { totalCount } }',
        '{ summits(filter: {place: ["ha-noi"], slug: ["hanoi-summit"]}) { nodes { slug } } }',
        '{ claims(filter: {fact: ["hanoi-summit"]}) { totalCount } }',
        '{ conflicts(filter: {slug: ["panmunjom-place"]}) { nodes { slug } } }',
    ],
)
async def test_a_former_slug_is_answered_as_the_present_one(renamed_database: str, query: str) -> None:
    present = query
    for _, former, slug, _ in ALIASES:
        present = present.replace(f'"{former}"', f'"{slug}"')
    answered = await answer(renamed_database, query)
    assert query != present
    assert answered == await answer(renamed_database, present)
    assert list(answered) == ["data"]
    assert not any(value in (None, {"totalCount": 0}, {"nodes": []}) for value in answered["data"].values())


async def test_an_id_made_of_a_former_slug_is_refetched_with_the_present_one(renamed_database: str) -> None:
    ids = [encode("Summit", "hanoi-summit"), encode("Person", "hanoi-summit"), encode("Country", "dprk@2019-04-18")]
    query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Entry { slug } } }"
    nodes = [
        {"id": encode("Summit", "hanoi-2019"), "slug": "hanoi-2019"},
        None,
        {"id": encode("Country", "north-korea@2019-04-18"), "slug": "north-korea"},
    ]
    assert await answer(renamed_database, query, {"ids": ids}) == {"data": {"nodes": nodes}}


async def warnings(url: str, query: str) -> list[Any]:
    return [
        (one["value"], one.get("suggestions", one.get("knownSince")))
        for one in (await answer(url, query)).get("extensions", {}).get("warnings", [])
    ]


async def test_what_is_like_a_former_slug_is_suggested_by_its_present_one(renamed_database: str) -> None:
    query = '{ summits(filter: {slug: ["hanoi-sumit"]}) { totalCount } }'
    assert await warnings(renamed_database, query) == [("hanoi-sumit", ["hanoi-2019"])]


async def test_a_former_slug_is_not_known_either_before_its_entry_was_told_of(renamed_database: str) -> None:
    query = '{ summits(asOf: "2018-05-31", filter: {slug: ["hanoi-summit"]}) { totalCount } }'
    assert (await answer(renamed_database, query))["data"] == {"summits": {"totalCount": 0}}
    assert await warnings(renamed_database, query) == [("hanoi-summit", "2019-04-18")]


async def test_a_former_slug_of_another_kind_names_nothing(renamed_database: str) -> None:
    assert await warnings(renamed_database, '{ quotes(filter: {meeting: ["probably-not"]}) { totalCount } }') == [
        ("probably-not", [])
    ]
    assert await warnings(renamed_database, '{ summit(slug: "probably-not") { slug } }') == [("probably-not", [])]
