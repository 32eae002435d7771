"""The service on a local port, and the audits from npm that query it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest

from service.app import create_app
from service.settings import Settings
from tests.http_server import serve_app
from tests.npm import node_with

HERE = Path(__file__).resolve().parent
ACCEPT = {"accept": "application/graphql-response+json"}


@pytest.fixture(scope="session")
def node() -> str:
    """Return Node, with the packages pinned by the lock file next to it."""
    return node_with(HERE)


@pytest.fixture(scope="session")
def endpoint(database: str) -> Iterator[str]:
    """Yield the URL of the service, on the seeds."""
    with serve_app(create_app(Settings(database_url=database))) as address:
        yield f"{address}/graphql"


class Reply(NamedTuple):
    """A response: the status and the JSON."""

    status: int
    body: dict[str, Any]

    @property
    def error_places(self) -> set[tuple[str, tuple[str, ...], str | None]]:
        """Return the code, the path and the argument of each error."""
        return {
            (error["extensions"]["code"], tuple(error.get("path", ())), error["extensions"].get("argument"))
            for error in self.body.get("errors", [])
        }

    @property
    def codes(self) -> set[str]:
        return {code for code, _, _ in self.error_places}


Ask = Callable[..., Reply]


@pytest.fixture(scope="session")
def ask(endpoint: str) -> Iterator[Ask]:
    """Send a POST; whatever the response, it is not a failure of the service."""
    with httpx.Client(headers=ACCEPT, timeout=60) as client:

        def send(query: str, variables: dict[str, Any] | None = None) -> Reply:
            response = client.post(endpoint, json={"query": query, "variables": variables or {}})
            assert response.status_code in (200, 400), (response.text, query[:2_000], variables)
            reply = Reply(response.status_code, response.json())
            assert "INTERNAL_SERVER_ERROR" not in reply.codes
            return reply

        yield send
