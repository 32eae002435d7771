"""How statements are built: one for a page of any size, all tables joined, plans cached and limited."""

from pathlib import Path

import asyncpg
import pytest

from schema import schema
from service.language.errors import OperationError
from service.planner.planner import Planner
from service.store.database_urls import without_libpq_only
from service.store.pool import set_codecs
from tests.schema.joins import missing_joins

CASES = sorted((Path(__file__).parents[1] / "queries").glob("*/*.graphql"))
PAGE = "query ($size: Int!) { quotes(first: $size) { nodes { text speaker { name } claims { totalCount } } } }"


@pytest.mark.parametrize("size", [20, 100])
async def test_a_page_of_any_size_is_one_statement(database: str, size: int) -> None:
    prepared = Planner(schema).prepare(PAGE, variables={"size": size})
    assert prepared.sql is not None
    connection = await asyncpg.connect(without_libpq_only(database))
    await set_codecs(connection)
    asked: list[str] = []
    with connection.query_logger(lambda logged: asked.append(logged.query)):
        await connection.fetchval(prepared.sql, *prepared.values)
    await connection.close()
    assert asked == [prepared.sql]


@pytest.mark.slow
def test_no_statement_puts_tables_side_by_side() -> None:
    planner, seen = Planner(schema), 0
    for case in CASES:
        try:
            sql = planner.prepare(case.read_text(encoding="utf-8"), variables=None).sql or ""
        except OperationError:
            continue
        seen += 1
        assert missing_joins(sql) == [], case
    assert seen > 100


@pytest.mark.parametrize(
    ("sql", "how_many"),
    [
        ("SELECT a.x, b.y FROM a JOIN b ON b.id = a.id ORDER BY a.x, b.y", 0),
        ("SELECT f(a.x, (SELECT b.y FROM b WHERE b.z IN (1, 2))) FROM a", 0),
        ("SELECT x FROM g(1, 2) AS given (slug, position) WHERE true", 0),
        ("SELECT x FROM a LEFT OUTER JOIN LATERAL (SELECT 1) AS b ON true", 0),
        ("SELECT ', FROM a, b' FROM a", 0),
        ("SELECT a.x FROM a, b WHERE a.id = b.id", 1),
        ("SELECT (SELECT count(*) FROM a AS t1, b AS t2 WHERE t1.x) FROM c", 1),
        ("SELECT x FROM a JOIN b ON true", 1),
        ("SELECT x FROM a CROSS JOIN b", 1),
    ],
)
def test_tables_side_by_side_are_found(sql: str, how_many: int) -> None:
    assert len(missing_joins(sql)) == how_many
