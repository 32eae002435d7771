"""The service on a port of this machine, and the audits from npm to ask it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.app import create_app
from service.settings import Settings
from tests.listening import listening
from tests.npm import node_with

HERE = Path(__file__).resolve().parent


@pytest.fixture(scope="session")
def node() -> str:
    """Node, with the packages that the lock pins beside it."""
    return node_with(HERE)


@pytest.fixture(scope="session")
def endpoint(database: str) -> Iterator[str]:
    """The URL of the service, on the seeds."""
    with listening(create_app(Settings(database_url=database))) as address:
        yield f"{address}/graphql"
