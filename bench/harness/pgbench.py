"""The service's statement for an operation, run alone in pgbench: PostgreSQL's part of the cost."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from bench.harness.client import Pace
from bench.harness.operations import Operation
from schema import schema
from service.planner.planner import Planner
from service.settings import Settings
from service.store.embedded.account import PROGRAMS
from service.store.pool import reading_pool

PLANNER_OPTIONS = """
SELECT coalesce(string_agg(format('-c %s=%s', name, setting), ' ' ORDER BY name), '') FROM pg_settings
WHERE source = 'client' AND category LIKE 'Query Tuning%'
"""


@lru_cache(maxsize=1)
def planner_options(url: str) -> str:
    """Return the planner settings of the service's reading connections, as options of a connection."""

    async def fetch_options() -> str:
        pool = reading_pool(Settings(database_url=url))
        try:
            return str(await pool.value(PLANNER_OPTIONS))
        finally:
            await pool.close()

    return asyncio.run(fetch_options())


def run_pgbench(url: str, operation: Operation, pace: Pace) -> int:
    """Run the statement for this time, prepared once on each connection; return how often it ran."""
    request = operation.request()
    prepared = Planner(schema).prepare(request.query, None, request.variables)
    values = [f"--define=p{number}={_literal(value)}" for number, value in enumerate(prepared.values, 1)]
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "statement.sql"
        script.write_text(re.sub(r"\$(\d+)", r":p\1", str(prepared.sql)) + ";\n")
        done = subprocess.run(
            [
                *(PROGRAMS / "pgbench", "--no-vacuum", "--protocol=prepared", f"--client={pace.connections}"),
                *(f"--time={max(1, round(pace.seconds))}", f"--file={script}", *values, url),
            ],
            env={**os.environ, "PGOPTIONS": planner_options(url)},
            capture_output=True,
            text=True,
            check=True,
        )
    found = re.search(r"actually processed: (\d+)", done.stdout)
    if found is None:
        raise RuntimeError(done.stdout)
    return int(found[1])


def _literal(value: object) -> str:
    """Return a value as PostgreSQL reads it, a list as an array."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "{" + ",".join('"' + str(each).replace('"', '\\"') + '"' for each in value) + "}"
    return value.isoformat() if isinstance(value, date) else str(value)
