"""What the schema says about imported sets: the contents of each, its licence, and who led which state."""

from typing import Any

import psycopg
import pytest

from schema.files import document
from service.planner.ids import encode
from service.store.enums import EntryKind
from tests.queries.test_cases import run_query

pytestmark = pytest.mark.slow

DATASETS = (
    """{ datasets { slug licence attribution counts { kind count } sources { totalCount } facts { totalCount } } }"""
)
KINDS_OF_FACTS = {"SUMMIT", "TALKS", "QUOTE", "EVENT", "INVITATION", "AGREEMENT", "OFFICE", "RELATIONSHIP"}


async def answer(url: str, query: str, **variables: Any) -> Any:
    """Return the response, which has no error."""
    answered, _ = await run_query(url, query, variables)
    assert "errors" not in answered
    return answered["data"]


async def test_what_a_data_set_tells_is_counted_at_the_load(sets_database: str) -> None:
    datasets = (await answer(sets_database, DATASETS))["datasets"]
    assert datasets
    for dataset in datasets:
        counts = {each["kind"]: each["count"] for each in dataset["counts"]}
        assert counts["SOURCE"] == dataset["sources"]["totalCount"]
        assert sum(counts.get(kind, 0) for kind in KINDS_OF_FACTS) == dataset["facts"]["totalCount"]
        assert counts["CLAIM"] > counts["SOURCE"]
        assert dataset["licence"]


async def test_a_data_set_covers_the_days_of_its_rows(sets_database: str) -> None:
    query = "{ datasets { slug covers { earliest latest basis label } } }"
    with psycopg.connect(sets_database) as connection:
        days = connection.execute(
            "SELECT dataset, min(earliest), max(latest) FROM source JOIN claim ON claim.source_id = source.id"
            " JOIN edtf ON edtf.text = value_date WHERE dataset IS NOT NULL GROUP BY dataset"
        )
        told = {dataset: (str(first), str(last)) for dataset, first, last in days}
    covered = {each["slug"]: each["covers"] for each in (await answer(sets_database, query))["datasets"]}
    bounds = {slug: (covers["earliest"], covers["latest"]) for slug, covers in covered.items()}
    # of a snapshot the rows tell since when each is in office, but only of those who were so on its day
    assert bounds.pop("world-leaders") == (told["world-leaders"][1],) * 2
    assert bounds == {slug: told[slug] for slug in ("archigos", "histstate")}
    assert covered["archigos"]["label"] == "23 July 1840 - 31 December 2015"
    assert {covers["basis"] for covers in covered.values()} == {"STATED"}


async def test_counts_are_those_of_the_day(sets_database: str) -> None:
    on_day = "query ($day: Date) { datasets(asOf: $day) { slug counts { kind count } sources { totalCount } } }"
    with psycopg.connect(sets_database) as connection:
        days = [day for (day,) in connection.execute("SELECT min(reported_on) FROM source GROUP BY dataset")]
    for day in days:
        for dataset in (await answer(sets_database, on_day, day=str(day)))["datasets"]:
            (sources,) = [each["count"] for each in dataset["counts"] if each["kind"] == "SOURCE"]
            assert sources == dataset["sources"]["totalCount"]


@pytest.mark.parametrize(
    ("code", "day", "leaders"),
    [
        ("US", "1961-06-03", ["john-f-kennedy"]),
        ("US", "1985-11-19", ["ronald-reagan"]),
        ("GB", "1945-07-27", ["clement-attlee", "winston-churchill"]),
        ("SUHH", "1961-06-03", ["nikita-khrushchev"]),
        ("US", "1700-01-01", []),
    ],
)
async def test_who_led_a_state_on_a_day(sets_database: str, code: str, day: str, leaders: list[str]) -> None:
    query = "query ($code: String!, $day: Date) { country(code: $code) { leaders(on: $day) { nodes { slug } } } }"
    found = (await answer(sets_database, query, code=code, day=day))["country"]["leaders"]["nodes"]
    assert [each["slug"] for each in found] == leaders


async def test_what_is_imported_can_be_told_apart(sets_database: str) -> None:
    query = """{
        all: facts { totalCount }
        imported: facts(filter: { curation: [IMPORTED] }) { totalCount }
        curated: facts(filter: { curation: [CURATED] }) { totalCount }
        kinds: facts { counts(by: [CURATION]) { keys count } }
        claims: claims(filter: { curation: [IMPORTED] }) { totalCount }
    }"""
    found = await answer(sets_database, query)
    by_kind = {each["keys"][0]: each["count"] for each in found["kinds"]["counts"]}
    assert by_kind["IMPORTED"] == found["imported"]["totalCount"] > 3_000
    assert found["imported"]["totalCount"] + found["curated"]["totalCount"] == found["all"]["totalCount"]
    assert found["claims"]["totalCount"] > found["imported"]["totalCount"]


async def test_a_source_bears_its_licence_in_the_files(sets_database: str) -> None:
    ids = [encode("Source", "archigos-usa-1981")]
    (source,) = (await answer(sets_database, document(EntryKind.SOURCE), ids=ids))["nodes"]
    assert source["dataset"].keys() >= {"slug", "name", "licence", "url", "attribution", "version"}
    assert source["dataset"]["slug"] == "archigos"
    assert source["dataset"]["licence"].startswith("CC")
