"""A visit to the playground with a real browser, made once: what it saw, for the tests to check.

The service is behind a path, where links that begin at the root would be wrong. The screenshots are kept in the folder
that `screenshots` names.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from service.app import create_app
from service.settings import Settings
from tests.browser.chromium import browse
from tests.http_server import mount_below, serve_app

HERE = Path(__file__).resolve().parent
ROOT_PATH = "/register"


@pytest.fixture(scope="session")
def endpoint(database: str) -> Iterator[str]:
    """Yield the URL of the service, on the seeds and behind a path."""
    with serve_app(mount_below(ROOT_PATH, create_app(Settings(database_url=database)))) as address:
        yield f"{address}{ROOT_PATH}/graphql"


@pytest.fixture(scope="session")
def screenshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the screenshots."""
    return tmp_path_factory.mktemp("screenshots")


@pytest.fixture(scope="session")
def observations(endpoint: str, screenshots: Path) -> dict[str, Any]:
    """Return what browser.mjs saw, by scene."""
    found: dict[str, Any] = browse(HERE / "browser.mjs", endpoint, str(screenshots))
    return found
