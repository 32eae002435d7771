"""Questions and their exact responses: `<noun>/<case>.graphql` runs on the seeded store, `.json` is the whole response.

A line `# variables: {...}` in the operation gives its variables. A response takes one SQL statement, a refusal none.
`pytest tests/queries --record` writes the responses again; read the difference before you keep it.
"""

import re
from pathlib import Path
from typing import Any

import asyncpg
import orjson
import pytest

from schema import schema
from service.language.errors import OperationError
from service.planner.planner import Planner
from service.store.pool import set_codecs

CASES = sorted(Path(__file__).parent.glob("*/*.graphql"))
VARIABLES = re.compile(r"^# variables: (.*)$", re.MULTILINE)
PLANNER = Planner(schema)


async def run_query(url: str, query: str, variables: dict[str, Any]) -> tuple[Any, list[str]]:
    """Return the response, and the statements that it took."""
    try:
        prepared = PLANNER.prepare(query, variables=variables)
    except OperationError as refused:
        errors = [error.formatted for error in refused.errors]
        return ({"errors": errors} if refused.is_request_error else {"data": None, "errors": errors}), []
    statements: list[str] = []
    connection = await asyncpg.connect(url)
    try:
        await set_codecs(connection)
        # at first asyncpg queries types that are new to it
        row = await connection.fetchrow(prepared.sql, *prepared.values) if prepared.sql else None
        with connection.query_logger(lambda logged: statements.append(logged.query)):
            assert row == (await connection.fetchrow(prepared.sql, *prepared.values) if prepared.sql else None)
    finally:
        await connection.close()
    return orjson.loads(prepared.body(row)), statements


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
async def test_the_answer_is_exactly_this(case: Path, database: str, request: pytest.FixtureRequest) -> None:
    await check_answer(case, database, is_recording=request.config.getoption("--record"))


async def check_answer(case: Path, url: str, *, is_recording: bool) -> None:
    """Run the question of a case on a database, and compare, or write, the whole response."""
    query = case.read_text(encoding="utf-8")
    given = VARIABLES.search(query)
    answer, statements = await run_query(url, query, orjson.loads(given[1]) if given else {})
    expected = case.with_suffix(".json")
    if is_recording:
        expected.write_bytes(orjson.dumps(answer, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    recorded = orjson.loads(expected.read_bytes())
    assert answer == recorded
    assert orjson.dumps(answer) == orjson.dumps(recorded), "the keys stand in another order"
    assert len(statements) == (0 if "errors" in answer else 1)
