"""Former states, states without a code, and places in no state."""

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

COUNTRIES = """
east-florida:
  names: {COMMON: {en: East Florida}}
  existedUntil: 1783
  successors: [united-states]
"""
PLACES = """
soviet-union: {names: {COMMON: {en: Soviet Union}}, kind: COUNTRY, country: soviet-union}
high-sea: {names: {COMMON: {en: High sea}}, kind: REGION}
a-ship: {names: {COMMON: {en: A ship}}, kind: VENUE, partOf: high-sea}
"""
MEETINGS = """
high-sea-2019:
  level: LEADERS
  names: {COMMON: {en: High sea 2019}}
  existence: [60363 p2s1]
  participants: {kim-jong-un: PARTICIPANT, soviet-union: PARTICIPANT}
  status: {HELD: [60363 p2s1]}
  place: a-ship
soviet-union-2019:
  level: LEADERS
  names: {COMMON: {en: Soviet Union 2019}}
  existence: [60319 p2s1]
  participants: {east-florida: PARTICIPANT, kosovo: PARTICIPANT}
  status: {HELD: [60319 p2s1]}
  place: soviet-union
"""


@pytest.fixture(scope="module")
def former_states_database(server: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the seeds, and meetings of such states at such places."""
    seeds = shutil.copytree(REPOSITORY / "seeds", tmp_path_factory.mktemp("former") / "seeds")
    for file, text in {"countries.yaml": COUNTRIES, "places.yaml": PLACES, "meetings.yaml": MEETINGS}.items():
        with (seeds / file).open("a", encoding="utf-8") as opened:
            opened.write(text)
    url = copy_database(server, "former_states")
    with write_transaction(url) as connection:
        load(connection, seeds)
    yield url
    statement(server, "DROP DATABASE former_states WITH (FORCE)")


@pytest.fixture
async def oracle(former_states_database: str) -> Oracle:
    return Oracle(await read(former_states_database), Search(former_states_database))


async def data(url: str, oracle: Oracle, query: str) -> Any:
    """Return the response, which is also that of the oracle."""
    answered = await answer(url, query)
    assert list(answered) == ["data"]
    assert answered["data"] == oracle.answer(query)
    return answered["data"]


STATE = """
fragment State on Country {
  slug code alpha3 formerCode
  existedFrom { edtf label earliest basis }
  existedUntil { edtf label(language: "de") latest }
  predecessors { slug }
  successors { slug }
  country { slug }
}
"""


async def test_a_state_that_was_has_a_former_code_days_and_successors(
    former_states_database: str, oracle: Oracle
) -> None:
    query = '{ country(code: "suhh") { ...State } russia: country(code: "RU") { ...State } }' + STATE
    answered = await data(former_states_database, oracle, query)
    assert answered["country"] == {
        "slug": "soviet-union",
        "code": None,
        "alpha3": None,
        "formerCode": "SUHH",
        "existedFrom": {"edtf": "1922-12-30", "label": "30 December 1922", "earliest": "1922-12-30", "basis": "STATED"},
        "existedUntil": {"edtf": "1991-12-26", "label": "26. Dezember 1991", "latest": "1991-12-26"},
        "predecessors": [],
        # nothing names Estonia
        "successors": [{"slug": "russia"}],
        "country": {"slug": "soviet-union"},
    }
    russia = answered["russia"]
    assert [russia[name] for name in ("code", "formerCode", "existedUntil")] == ["RU", None, None]
    assert russia["predecessors"] == [{"slug": "soviet-union"}]


async def test_what_is_linked_is_seen_from_the_day_on_which_it_is_known(
    former_states_database: str, oracle: Oracle
) -> None:
    query = '{ country(code: "RU", asOf: "2019-04-18") { predecessors { slug } } }'
    assert await data(former_states_database, oracle, query) == {
        "country": {"predecessors": [{"slug": "soviet-union"}]}
    }
    query = query.replace("2019-04-18", "2018-05-31")
    assert await data(former_states_database, oracle, query) == {"country": {"predecessors": []}}


async def test_the_code_of_two_letters_that_a_state_had_suggests_it(former_states_database: str) -> None:
    query = """{
        country(code: "su") { slug }
        summits(filter: {country: ["SU", "UK"]}) { totalCount }
        before: country(code: "SU", asOf: "1900-01-01") { slug }
        people(filter: {slug: ["SU"]}) { totalCount }
    }"""
    answered = await answer(former_states_database, query)
    assert answered["data"]["country"] is None
    suggested = [each["suggestions"] for each in answered["extensions"]["warnings"]]
    assert [slugs[:1] for slugs in suggested] == [["soviet-union"], ["soviet-union"], ["united-kingdom"], [], []]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("isFormer: true", ["east-florida", "soviet-union"]),
        ('isFormer: true, existingOn: "1980-01-01"', ["soviet-union"]),
        ('isFormer: true, existingOn: "1991-12-26"', ["soviet-union"]),
        ('isFormer: true, existingOn: "1991-12-27"', []),
        ('isFormer: true, existingOn: "1922-12-29"', []),
        ('isFormer: true, existingOn: "1783-06-01"', ["east-florida"]),
        ('code: ["SUHH", "kosovo", "xk"]', ["kosovo", "soviet-union"]),
        ('code: ["kosovo"], existingOn: "2008-02-16"', []),
        ('text: "Sowjetunion"', ["soviet-union"]),
    ],
)
async def test_filters(former_states_database: str, oracle: Oracle, given: str, found: list[str]) -> None:
    answered = await answer(former_states_database, f"{{ countries(filter: {{{given}}}) {{ nodes {{ slug }} }} }}")
    assert answered["data"] == {"countries": {"nodes": [{"slug": slug} for slug in found]}}
    if "text" not in given:
        assert answered["data"] == oracle.answer(f"{{ countries(filter: {{{given}}}) {{ nodes {{ slug }} }} }}")


async def test_a_state_of_today_is_none_that_was(former_states_database: str, oracle: Oracle) -> None:
    answered = await data(
        former_states_database, oracle, "{ countries(filter: {isFormer: false}, first: 100) { nodes { slug code } } }"
    )
    states = {state["slug"]: state["code"] for state in answered["countries"]["nodes"]}
    assert states["kosovo"] is None
    assert states["russia"] == "RU"
    assert "soviet-union" not in states


async def test_a_place_may_be_in_no_state(former_states_database: str, oracle: Oracle) -> None:
    query = """{
        place(slug: "a-ship") { country { slug } partOf { slug country { slug } } meetings { nodes { slug } } }
        summit(slug: "high-sea-2019") { label setting place { slug country { slug } } }
        event(slug: "high-sea-2019-held") { mode label }
        inside: summits(filter: {place: ["high-sea"]}) { nodes { slug } }
        abroad: summits(filter: {country: ["RU", "SUHH"]}) { nodes { slug } }
        grouped: summits(filter: {involving: ["soviet-union", "kosovo"]}) { counts(by: [COUNTRY]) { keys count } }
    }"""
    answered = await data(former_states_database, oracle, query)
    assert answered["place"] == {
        "country": None,
        "partOf": {"slug": "high-sea", "country": None},
        "meetings": {"nodes": [{"slug": "high-sea-2019"}]},
    }
    assert answered["summit"]["place"] == {"slug": "a-ship", "country": None}
    assert answered["summit"]["setting"] == "BILATERAL"
    # territory of nobody is not that of a third party
    assert answered["event"]["mode"] is None
    assert answered["inside"] == {"nodes": [{"slug": "high-sea-2019"}]}
    abroad = {node["slug"] for node in answered["abroad"]["nodes"]}
    assert "soviet-union-2019" in abroad
    assert "high-sea-2019" not in abroad
    counts = {count["keys"][0]: count["count"] for count in answered["grouped"]["counts"]}
    assert counts == {None: 1, "soviet-union": 1}


async def test_a_meeting_in_a_state_that_was_is_on_foreign_ground(former_states_database: str, oracle: Oracle) -> None:
    answered = await data(former_states_database, oracle, '{ event(slug: "soviet-union-2019-held") { mode } }')
    assert answered == {"event": {"mode": "third-party"}}


async def test_it_has_a_place_of_its_own_and_is_found_by_its_names(former_states_database: str) -> None:
    query = (
        '{ suggest(text: "советск") { entry { __typename slug } } place(slug: "soviet-union") { country { slug } } }'
    )
    answered = (await answer(former_states_database, query))["data"]
    assert {"__typename": "Country", "slug": "soviet-union"} in [each["entry"] for each in answered["suggest"]]
    assert answered["place"] == {"country": {"slug": "soviet-union"}}
