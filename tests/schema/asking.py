"""Query a database as the service does: one statement for each operation."""

from collections.abc import Mapping
from typing import Any

import orjson

from schema import schema
from service.planner.planner import Planner
from service.store.pool import ReadingPool

PLANNER = Planner(schema)


async def answer(url: str, query: str, variables: Mapping[str, Any] | None = None, **pool: Any) -> Any:
    """Return the whole response, including what comes with its data."""
    prepared = PLANNER.prepare(query, variables=variables)
    reading = ReadingPool(url, size=1, seconds=10, **pool)
    try:
        row = await reading.row(prepared.sql, prepared.values) if prepared.sql else None
    finally:
        await reading.close()
    return orjson.loads(prepared.body(row))
