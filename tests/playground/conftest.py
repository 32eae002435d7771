"""A look at the playground through a real browser, taken once: what was seen, for the tests to judge.

The service is behind a path, where a link that begins at the root would lead astray. The screenshots are left in the
folder that `screenshots` names.
"""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from service.app import create_app
from service.settings import Settings
from tests.listening import below, listening
from tests.npm import node_with

HERE = Path(__file__).resolve().parent
ROOT_PATH = "/register"


@pytest.fixture(scope="session")
def endpoint(database: str) -> Iterator[str]:
    """The URL of the service, on the seeds and behind a path."""
    with listening(below(ROOT_PATH, create_app(Settings(database_url=database)))) as address:
        yield f"{address}{ROOT_PATH}/graphql"


@pytest.fixture(scope="session")
def chromium() -> str:
    """A browser, such as Debian's package `chromium`."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("needs Chromium")
    return found


@pytest.fixture(scope="session")
def screenshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the pictures are."""
    return tmp_path_factory.mktemp("screenshots")


@pytest.fixture(scope="session")
def seen(chromium: str, endpoint: str, screenshots: Path) -> dict[str, Any]:
    """What browser.mjs saw, by scene."""
    node = node_with(HERE)
    arguments = [node, "browser.mjs", chromium, endpoint, str(screenshots)]
    done = subprocess.run(arguments, cwd=HERE, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found
