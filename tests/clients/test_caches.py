"""Real clients query one meeting on two days: their caches keep two records, and read back what they received."""

import json
import subprocess
from typing import Any

import pytest

from tests.clients.conftest import HERE

pytestmark = pytest.mark.slow

THEN = "2019-04-18"
RECORDS = [
    {"slug": "vladivostok-2019", "status": "HELD"},
    {"slug": "vladivostok-2019", "status": "SCHEDULED"},
]


def run_script(node: str, *arguments: str) -> Any:
    done = subprocess.run([node, *arguments], cwd=HERE, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("major", ["3", "4"])
def test_apollo_keeps_two_days_apart(major: str, node: str, endpoint: str) -> None:
    assert run_script(node, "apollo.mjs", endpoint, major, THEN) == {
        "major": major,
        "records": RECORDS,
        "people": 2,
        "isReadAsAnswered": True,
        "again": "SCHEDULED",
        "isSameRecord": True,
    }


def test_urql_keeps_two_days_apart(node: str, endpoint: str) -> None:
    assert run_script(node, "urql.mjs", endpoint, THEN) == {
        "records": RECORDS,
        "people": 2,
        "isReadAsAnswered": True,
        "again": "SCHEDULED",
        "warnings": [],
    }
