"""No valid operation causes an internal error, whatever schemathesis generates.

FUZZ_EXAMPLES says how many operations are generated for each root field; they are the same each time.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from schema import schema
from service.settings import REPOSITORY
from tests.http.conftest import HERE

pytestmark = pytest.mark.slow

EXAMPLES = os.environ.get("FUZZ_EXAMPLES", "10")
SEED = "20190425"
OPTIONS = [
    f"--config-file={HERE / 'schemathesis.toml'}",
    "run",
    "--checks=all",
    # refusing a generated operation is as good as executing it
    "--exclude-checks=positive_data_acceptance",
    f"--max-examples={EXAMPLES}",
    f"--seed={SEED}",
    "--generation-deterministic",
    "--suppress-health-check=all",
    "--continue-on-failure",
    # a busy machine is not a fault of the service
    "--request-timeout=60",
    "--no-color",
]


def test_nothing_fails_inside(endpoint: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "schemathesis.cli", *OPTIONS, endpoint],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    query = schema._schema.query_type
    assert query
    tested = re.search(r"Tested: (\d+)", done.stdout)
    cases = re.search(r"(\d+) generated, (\d+) passed", done.stdout)
    assert tested
    assert cases
    assert int(tested[1]) == len(query.fields)
    assert cases[1] == cases[2]
    assert int(cases[1]) > len(query.fields)
