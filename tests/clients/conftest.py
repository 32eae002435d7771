"""The npm packages, and the service on a local port for them to query."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.app import create_app
from service.settings import Settings
from tests.http_server import serve_app
from tests.npm import node_with

HERE = Path(__file__).resolve().parent


@pytest.fixture(scope="session")
def node() -> str:
    """Return Node, with the packages pinned by the lock file next to it."""
    return node_with(HERE)


@pytest.fixture(scope="session")
def endpoint(database: str) -> Iterator[str]:
    """Yield the URL of the service, on the seeds."""
    with serve_app(create_app(Settings(database_url=database))) as address:
        yield f"{address}/graphql"
