"""What is suggested while a name is typed."""

from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml

from service.errors import BadInput
from service.language.errors import OperationError
from tests.schema.asking import PLANNER, answer
from tests.search.test_judged import reciprocal_rank

JUDGED: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "suggested.yaml").read_text())
LEAST = 0.99

SUGGEST = """query ($text: String!, $kind: [SearchKind!], $first: Int, $day: Date) {
  suggest(text: $text, kind: $kind, first: $first, asOf: $day) { name kind entry { __typename slug } }
}"""


async def suggest(url: str, text: str, **given: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await answer(url, SUGGEST, {"text": text, **given}))["data"]["suggest"]
    return found


async def slugs(url: str, text: str, **given: Any) -> list[str]:
    return [each["entry"]["slug"] for each in await suggest(url, text, **given)]


@pytest.mark.parametrize(
    ("text", "slug", "name"),
    [
        ("put", "vladimir-putin", "Vladimir Putin"),
        ("Vladimir P", "vladimir-putin", "Vladimir Putin"),
        ("wladimirpu", "vladimir-putin", "Wladimir Putin"),
        ("tru", "donald-trump", "Donald Trump"),
        ("lav", "sergey-lavrov", "Sergey Lavrov"),
        ("Law", "sergey-lavrov", "Sergej Lawrow"),
        ("nor", "north-korea", "North Korea"),
        ("пут", "vladimir-putin", "Владимир Путин"),
        ("김", "kim-jong-un", "김정은"),
        ("kim", "kim-jong-un", "Kim Jong Un"),
        ("südk", "south-korea", "Südkorea"),
        ("сев", "north-korea", "Северная Корея"),
        ("朝", "north-korea", "朝鲜"),
    ],
)
async def test_who_is_meant_comes_first(database: str, text: str, slug: str, name: str) -> None:
    first = (await suggest(database, text))[0]
    assert (first["entry"]["slug"], first["name"]) == (slug, name)


async def test_the_mean_reciprocal_rank(database: str) -> None:
    ranks = []
    for judged in JUDGED:
        entries = [each["entry"] for each in await suggest(database, judged["text"])]
        ranks.append(reciprocal_rank([f"{entry['__typename']} {entry['slug']}" for entry in entries], judged))
    mean = sum(ranks) / len(ranks)
    print(f"mean reciprocal rank of {len(ranks)} beginnings: {mean:.3f}")
    assert len(JUDGED) >= 40
    assert mean >= LEAST


async def test_a_place_and_the_meeting_that_is_called_after_it(database: str) -> None:
    assert {*(await slugs(database, "wladiwo"))[:2]} == {"vladivostok", "vladivostok-2019"}


async def test_a_beginning_that_no_name_has_suggests_nothing(database: str) -> None:
    for text in ("xqz", "", "?!", "rump"):
        assert await suggest(database, text) == []


async def test_kinds_and_sizes(database: str) -> None:
    assert {each["kind"] for each in await suggest(database, "s", kind=["SUMMIT"])} == {"SUMMIT"}
    assert await suggest(database, "s", kind=[]) == await suggest(database, "s", kind=["QUOTE"]) == []
    some = await slugs(database, "s", first=3)
    assert len(some) == 3
    assert (await slugs(database, "s", first=20))[:3] == some
    assert len(await suggest(database, "s")) == 10


async def test_only_what_had_been_told_of_is_suggested(database: str) -> None:
    assert await slugs(database, "pottinger") == ["matthew-pottinger"]
    assert await slugs(database, "pottinger", day="2019-09-17") == []
    assert await slugs(database, "vlad", day="2018-05-31", kind=["PERSON"]) == ["vladimir-putin"]


@pytest.mark.parametrize(
    ("given", "argument", "reason"),
    [
        ({"text": "k" * 201}, "text", "TOO_MANY_CHARACTERS"),
        ({"text": "a\0b"}, "text", "INVALID_TEXT"),
        ({"text": "k", "first": 21}, "first", "PAGE_TOO_LARGE"),
        ({"text": "k", "first": -1}, "first", "PAGE_SIZE_NEGATIVE"),
        ({"text": "k", "day": "2019-02-30"}, "asOf", "INVALID_DATE"),
    ],
)
def test_what_cannot_be_suggested_is_refused(given: dict[str, Any], argument: str, reason: str) -> None:
    with pytest.raises(OperationError) as refused:
        PLANNER.prepare(SUGGEST, variables=given)
    (error,) = refused.value.errors
    assert error.extensions == {"code": BadInput.code, "argument": argument, "reason": reason}


async def test_each_entry_once_and_the_best_known_of_many_first(scratch: str) -> None:
    with psycopg.connect(scratch, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO actor (slug, typename, name, name_key, names, is_leader, known_since, digest)"
            " SELECT 'kim-' || n, 'Person', 'Kim ' || n, 'x', '{}', false, '2019-01-01', ''"
            " FROM generate_series(1, 5000) AS n"
        )
        connection.execute(
            "INSERT INTO suggestion (typename, slug, known_from, known_until, level, key, name, preference, actor_id)"
            " SELECT typename, slug, '2019-01-01', 'infinity', CASE WHEN slug = 'kim-4711' THEN 7 ELSE 2 END,"
            " key, name, 0, id FROM actor, unnest(ARRAY['kim' || slug, 'kimm' || slug]) AS key"
        )
    found = await slugs(scratch, "kim", first=20)
    assert found[0] == "kim-4711"
    assert len(set(found)) == 20
