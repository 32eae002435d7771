"""On which days an office is held: within its term, if both ends of that are known, and within the span that is shown."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from service.settings import REPOSITORY
from service.store.loading.load import load
from service.store.migrations import write_transaction
from tests.conftest import copied, statement
from tests.oracle.oracle import Oracle
from tests.oracle.register import read
from tests.oracle.search import Search
from tests.schema.asking import answer

pytestmark = [pytest.mark.slow, pytest.mark.anyio]

OFFICES = "".join(
    f"""
{slug}:
  person: choe-son-hui
  title: {{en: {slug}}}
  existence: [60363 p2s1]
  {dates}
"""
    for slug, dates in {
        "ended": 'date: {"2001-02-03/2005-06-07": [60363 p2s1]}',
        "still-held-when-told": 'date: {"2001-02-03/": [60363 p2s1]}\n  attested: {"2001-02-03/2015-12-31": [60363 p2s1]}',
        "begun-and-no-more-told": 'date: {"2001-02-03/": [60363 p2s1]}',
        "begun-some-time": 'date: {"/2005-06-07": [60363 p2s1]}',
        "for-ever": 'date: {"2001-02-03/..": [60363 p2s1]}',
    }.items()
)


@pytest.fixture(scope="module")
def terms(server: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The seeds, and offices with terms of every kind."""
    seeds = shutil.copytree(
        REPOSITORY / "seeds", tmp_path_factory.mktemp("terms") / "seeds", ignore=shutil.ignore_patterns("sets")
    )
    with (seeds / "offices.yaml").open("a", encoding="utf-8") as opened:
        opened.write(OFFICES)
    url = copied(server, "office_terms")
    with write_transaction(url) as connection:
        load(connection, seeds)
    yield url
    statement(server, "DROP DATABASE office_terms WITH (FORCE)")


@pytest.fixture
async def oracle(terms: str) -> Oracle:
    return Oracle(await read(terms), Search(terms))


@pytest.mark.parametrize(
    ("day", "held"),
    [
        ("2001-02-02", []),
        ("2001-02-03", ["ended", "for-ever", "still-held-when-told"]),
        ("2005-06-07", ["ended", "for-ever", "still-held-when-told"]),
        ("2005-06-08", ["for-ever", "still-held-when-told"]),
        ("2015-12-31", ["for-ever", "still-held-when-told"]),
        ("2016-01-01", ["for-ever"]),
    ],
)
async def test_held_on_a_day(terms: str, oracle: Oracle, day: str, held: list[str]) -> None:
    query = f"""{{
        offices(filter: {{on: "{day}", person: ["choe-son-hui"]}}) {{ nodes {{ slug }} }}
        person(slug: "choe-son-hui") {{ offices(on: "{day}") {{ slug }} }}
    }}"""
    answered: dict[str, Any] = (await answer(terms, query))["data"]
    assert answered == oracle.answer(query)
    assert sorted(node["slug"] for node in answered["offices"]["nodes"]) == held
    assert sorted(office["slug"] for office in answered["person"]["offices"]) == held


async def test_a_term_without_an_end_says_so(terms: str, oracle: Oracle) -> None:
    query = '{ offices(filter: {slug: ["still-held-when-told"]}) { nodes { date { edtf label latest } attested { edtf } } } }'
    answered = (await answer(terms, query))["data"]
    assert answered == oracle.answer(query)
    assert answered["offices"]["nodes"] == [
        {
            "date": {"edtf": "2001-02-03/", "label": "from 3 February 2001, end unknown", "latest": None},
            "attested": {"edtf": "2001-02-03/2015-12-31"},
        }
    ]
