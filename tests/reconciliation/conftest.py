"""The service on the seeds, queried as by OpenRefine."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from httpx import ASGITransport, AsyncClient
from jsonschema import Draft7Validator
from referencing import Registry
from referencing.jsonschema import DRAFT7

from service.app import create_app
from service.settings import Settings

BASE = "http://localhost:8000"
SCHEMAS = Path(__file__).with_name("schemas")
Match = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture(scope="module")
async def client(database: str) -> AsyncIterator[AsyncClient]:
    app = create_app(Settings(database_url=database))
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=ASGITransport(app), base_url=BASE) as client,
    ):
        yield client


@pytest.fixture(scope="module")
async def match(client: AsyncClient) -> Match:
    """Return the candidates of names by the key of each query: a form with one field, as OpenRefine sends it."""

    async def send_queries(queries: dict[str, Any]) -> dict[str, Any]:
        assert valid("reconciliation-query-batch", queries)
        response = await client.post("/reconcile", data={"queries": orjson.dumps(queries).decode()})
        assert response.status_code == 200, response.text
        answer: dict[str, Any] = response.json()
        assert valid("reconciliation-result-batch", answer)
        return {key: each["result"] for key, each in answer.items()}

    return send_queries


def valid(name: str, content: object) -> bool:
    """Check a document against a schema of the specification; if the schema does not allow it, the test fails."""
    Draft7Validator(_schema(name), registry=REGISTRY).validate(content)
    return True


def _schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = orjson.loads((SCHEMAS / f"{name}.json").read_bytes())
    schema.pop("$schema", None)
    # authentication, which this service does not have, would be looked up elsewhere
    schema.get("properties", {}).pop("authentication", None)
    return schema


def _registry() -> Registry[Any]:
    contents = [_schema(path.stem) for path in SCHEMAS.glob("*.json")]
    return Registry().with_resources((each["$id"], DRAFT7.create_resource(each)) for each in contents if "$id" in each)


REGISTRY = _registry()
