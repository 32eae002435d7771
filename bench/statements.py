"""The statement that the service sends for an operation, run alone in pgbench: what of the cost is PostgreSQL's."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from pathlib import Path

from bench.operations import Operation
from schema import schema
from service.planner.plans import Planner
from service.store.server.postmaster import PROGRAMS

OPTIONS = "-c plan_cache_mode=force_generic_plan -c jit=off -c random_page_cost=1.1"
"""As on the connections that the service reads with."""


def run_alone(url: str, operation: Operation, seconds: int) -> int:
    """Run the statement for so long on one connection, prepared once; how often it ran."""
    prepared = Planner(schema).prepare(operation.query, None, operation.variables)
    values = [f"--define=p{number}={value}" for number, value in enumerate(prepared.values, 1)]
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "statement.sql"
        script.write_text(re.sub(r"\$(\d+)", r":p\1", str(prepared.sql)) + ";\n")
        done = subprocess.run(
            [
                *(PROGRAMS / "pgbench", "--no-vacuum", "--protocol=prepared"),
                *(f"--time={seconds}", f"--file={script}", *values, url),
            ],
            env={**os.environ, "PGOPTIONS": OPTIONS},
            capture_output=True,
            text=True,
            check=True,
        )
    found = re.search(r"actually processed: (\d+)", done.stdout)
    if found is None:
        raise RuntimeError(done.stdout)
    return int(found[1])
