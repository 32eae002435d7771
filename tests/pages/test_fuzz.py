"""No request to an address causes an internal error, and every response matches the OpenAPI document.

FUZZ_EXAMPLES says how many requests are generated for each path; they are the same each time.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from service.pages.addresses import ADDRESSES

pytestmark = pytest.mark.slow

HERE = Path(__file__).resolve().parent
EXAMPLES = os.environ.get("FUZZ_EXAMPLES", "5")
OPTIONS = [
    f"--config-file={HERE / 'schemathesis.toml'}",
    "run",
    "--checks=all",
    f"--max-examples={EXAMPLES}",
    "--generation-deterministic",
    "--suppress-health-check=all",
    "--continue-on-failure",
    # a busy machine is not a fault of the service
    "--request-timeout=60",
    "--no-color",
]
ALL_CASES = "/summits", "/summits/{slug}"
"""For these, each parameter is tried with each sort of value that it must not have, which takes a hundred requests."""


REFUSAL = "positive_data_acceptance"
"""A check that is left out: refusing a made-up slug is as good as accepting it."""
ACCEPTANCE = "negative_data_rejection"
"""Left out where values are random: something that is not a list becomes a text in a URL, which may be a list."""


def count_tested(site: str, folder: Path, *options: str) -> int:
    """Return how many paths were tested, none of which failed."""
    done = subprocess.run(
        [sys.executable, "-m", "schemathesis.cli", *OPTIONS, *options, f"{site}/openapi.json"],
        # it leaves its findings in its working directory
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = re.search(r"Tested: (\d+)", done.stdout)
    assert found
    return int(found[1])


def test_answers_are_as_the_document_says(site: str, tmp_path: Path) -> None:
    # the root's response to a program ignores all parameters
    addresses = [each for each in ADDRESSES if each.path != "/"]
    paths = [
        path for each in addresses for path in (each.path, *([f"{each.path}.json"] if "json" in each.forms else []))
    ]
    included = [f"--include-path={path}" for path in paths]
    assert count_tested(
        site, tmp_path, "--phases=fuzzing", f"--exclude-checks={REFUSAL},{ACCEPTANCE}", *included
    ) == len(paths)


def test_what_is_not_as_the_document_says_is_refused(site: str, tmp_path: Path) -> None:
    included = [f"--include-path={path}" for path in ALL_CASES]
    assert count_tested(site, tmp_path, "--phases=coverage", f"--exclude-checks={REFUSAL}", *included) == len(ALL_CASES)
