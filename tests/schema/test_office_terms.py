"""On which days an office is held: in its term, if both ends of that are known, and in the span that is shown."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from service.settings import REPOSITORY
from service.store.loading.load import load
from service.store.transactions import write_transaction
from tests.conftest import copy_database, statement
from tests.oracle.oracle import Oracle
from tests.oracle.register import read
from tests.oracle.search import Search
from tests.schema.asking import answer

pytestmark = [pytest.mark.slow, pytest.mark.anyio]

TERM, SHOWN = "2001-02-03", "60363 p2s1"
TERMS = {
    "ended": f'date: {{"{TERM}/2005-06-07": [{SHOWN}]}}',
    "still-held-when-told": f'date: {{"{TERM}/": [{SHOWN}]}}\n  attested: {{"{TERM}/2015-12-31": [{SHOWN}]}}',
    "begun-and-no-more-told": f'date: {{"{TERM}/": [{SHOWN}]}}',
    "begun-some-time": f'date: {{"/2005-06-07": [{SHOWN}]}}',
    "for-ever": f'date: {{"{TERM}/..": [{SHOWN}]}}',
}
OFFICES = "".join(
    f"{slug}:\n  person: choe-son-hui\n  title: {{en: {slug}}}\n  existence: [{SHOWN}]\n  {dates}\n"
    for slug, dates in TERMS.items()
)
OFFICES += "".join(
    f"{slug}:\n  person: lee-hsien-loong\n  title: {{en: {slug}}}\n  of: singapore\n  {leads}\n"
    f"  existence: [{SHOWN}]\n  date: {{{year}-02-03/{year}-11-12: [{SHOWN}]}}\n"
    for slug, year, leads in (("minister-of-defence", 1987, ""), ("prime-minister-before", 1997, "leads: yes"))
)


@pytest.fixture(scope="module")
def terms(server: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the seeds, and offices with terms of every kind."""
    seeds = shutil.copytree(
        REPOSITORY / "seeds", tmp_path_factory.mktemp("terms") / "seeds", ignore=shutil.ignore_patterns("sets")
    )
    with (seeds / "offices.yaml").open("a", encoding="utf-8") as opened:
        opened.write(OFFICES)
    url = copy_database(server, "office_terms")
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
    query = """{
        offices(filter: {slug: ["still-held-when-told"]}) { nodes { date { edtf label latest } attested { edtf } } }
    }"""
    answered = (await answer(terms, query))["data"]
    assert answered == oracle.answer(query)
    assert answered["offices"]["nodes"] == [
        {
            "date": {"edtf": "2001-02-03/", "label": "from 3 February 2001, end unknown", "latest": None},
            "attested": {"edtf": "2001-02-03/2015-12-31"},
        }
    ]


@pytest.mark.parametrize(("day", "leading"), [("1987-06-07", []), ("1997-06-07", ["lee-hsien-loong"])])
async def test_who_was_a_minister_did_not_lead(terms: str, oracle: Oracle, day: str, leading: list[str]) -> None:
    query = f"""{{
        country(code: "SG") {{ leaders(on: "{day}") {{ nodes {{ slug }} }} }}
        offices(filter: {{on: "{day}", of: ["singapore"], leads: true}}) {{ totalCount }}
    }}"""
    answered: dict[str, Any] = (await answer(terms, query))["data"]
    assert [person["slug"] for person in answered["country"]["leaders"]["nodes"]] == leading
    assert answered["offices"]["totalCount"] == len(leading)
    assert answered == oracle.answer(query)
