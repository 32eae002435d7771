"""Judged searches: what a person expects from each, and how high up the list it is.

The ranking was made with `judged.yaml` at hand, all of which is met. `unseen.yaml` was written by somebody who had read
neither that file nor the ranking: it is measured by its mean reciprocal rank.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.schema.asking import answer

pytestmark = pytest.mark.slow

FOLDER = Path(__file__).parent
JUDGED, UNSEEN = (yaml.safe_load((FOLDER / name).read_text()) for name in ("judged.yaml", "unseen.yaml"))
LEAST_OF_JUDGED, LEAST_OF_UNSEEN = 0.99, 0.94
SEARCH = """query ($text: String!, $day: Date) {
  search(text: $text, first: 100, asOf: $day) { edges { hasAllWords node { __typename ... on Entry { slug } } } }
}"""

MATCHED = """query ($text: String!) {
  search(text: $text) { edges { matched { text isHit } node { __typename ... on Entry { slug } } } }
}"""


async def search_slugs(url: str, text: str) -> list[str]:
    """Return type and slug of each, best first."""
    return [entry for entry, _ in await found_on(url, text)]


async def found_on(url: str, text: str, day: date | None = None) -> list[tuple[str, bool]]:
    """Return type and slug of each, best first, as of a day, and whether it has all the words."""
    given = {"text": text} | ({"day": day.isoformat()} if day else {})
    edges = (await answer(url, SEARCH, given))["data"]["search"]["edges"]
    return [(f"{edge['node']['__typename']} {edge['node']['slug']}", edge["hasAllWords"]) for edge in edges]


def reciprocal_rank(entries: list[str], judged: dict[str, Any]) -> float:
    """Return one divided by the position of the first expected entry; 0 if none is found."""
    wanted = {*judged.get("first", ()), *judged.get("three", ())}
    return next((1 / place for place, entry in enumerate(entries, start=1) if entry in wanted), 0.0)


def faults(entries: list[str], judged: dict[str, Any]) -> list[str]:
    """Return which expectations are not met."""
    told = []
    if "first" in judged and entries[:1] not in [[entry] for entry in judged["first"]]:
        told.append(f"first is {entries[:1]}")
    told += [f"{entry} is not among {entries[:3]}" for entry in judged.get("three", ()) if entry not in entries[:3]]
    told += [f"{entry} is found" for entry in judged.get("absent", ()) if entry in entries]
    return told


@pytest.mark.parametrize("judged", JUDGED, ids=lambda judged: judged["text"])
async def test_a_person_finds_what_he_means(database: str, judged: dict[str, Any]) -> None:
    assert faults(await search_slugs(database, judged["text"]), judged) == []


@pytest.mark.parametrize(
    ("searches", "least"), [(JUDGED, LEAST_OF_JUDGED), (UNSEEN, LEAST_OF_UNSEEN)], ids=["judged", "unseen"]
)
async def test_the_mean_reciprocal_rank(database: str, searches: list[dict[str, Any]], least: float) -> None:
    ranked = [judged for judged in searches if "first" in judged or "three" in judged]
    ranks = [reciprocal_rank(await search_slugs(database, judged["text"]), judged) for judged in ranked]
    mean = sum(ranks) / len(ranks)
    print(f"mean reciprocal rank of {len(ranks)} searches: {mean:.3f}")
    assert len(searches) >= 100
    assert {judged["language"] for judged in searches} >= {"de", "en", "fr", "ko", "ru"}
    assert mean >= least


async def test_what_is_not_looked_for_is_not_found(database: str) -> None:
    away = [judged for judged in UNSEEN if "absent" in judged]
    assert [judged["text"] for judged in away if faults(await search_slugs(database, judged["text"]), judged)] == []


@pytest.mark.parametrize(
    ("text", "entry", "day"),
    [
        # a claim's value, a status, a title of an office and a place, each reported by a later source
        ("dolphinarium", "Summit vladivostok-2019", "2019-04-26"),
        ("gescheitert Hanoi", "Summit hanoi-2019", "2019-09-17"),
        ("Geheimdienstchef", "Person kim-yong-chol", "2018-05-31"),
    ],
)
async def test_it_is_found_from_the_day_on_which_it_was_told(database: str, text: str, entry: str, day: str) -> None:
    told = date.fromisoformat(day)
    assert (entry, True) in await found_on(database, text, told)
    assert (entry, True) not in await found_on(database, text, told - timedelta(days=1))


@pytest.mark.parametrize(
    ("text", "entry", "shown"),
    [
        # the text with most of the words, not the name
        ("Wladiwostok Delfinarium", "Summit vladivostok-2019", "dolphinarium Vladivostok"),
        # of two with one of the words each, the one with the rarer word
        ("Kim dolphinarium", "Summit vladivostok-2019", "dolphinarium"),
        # in the letters in which it is typed
        ("Putin", "Summit helsinki-2018", "Putin"),
        ("푸틴", "Summit helsinki-2018", "푸틴의"),
        ("путин", "Summit helsinki-2018", "Путина"),
        # a title that equals the whole search text
        ("russischer Außenminister", "Person sergey-lavrov", "Außenminister Russlands"),
    ],
)
async def test_the_text_is_shown_that_was_found(database: str, text: str, entry: str, shown: str) -> None:
    edges = (await answer(database, MATCHED, {"text": text}))["data"]["search"]["edges"]
    parts = {f"{edge['node']['__typename']} {edge['node']['slug']}": edge["matched"] for edge in edges}[entry]
    assert " ".join(part["text"] for part in parts if part["isHit"]) == shown
