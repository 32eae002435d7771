"""The spans of a request for OpenTelemetry."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from service import app as joined
from service.app import create_app
from service.errors import SettingsInvalid
from service.settings import Settings
from service.web.tracing import Traces

QUERY = {"query": "query Which { summits { totalCount } }"}
TRACE, PARENT = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"


class TracedClient:
    """Client of a traced service, and the spans that it has exported."""

    def __init__(self, client: AsyncClient, exporter: InMemorySpanExporter) -> None:
        self.client = client
        self._exporter = exporter

    def spans(self) -> Sequence[ReadableSpan]:
        """Return those exported since the last call; that of the request is the last."""
        spans = self._exporter.get_finished_spans()
        self._exporter.clear()
        return spans


@asynccontextmanager
async def start_traced_client(url: str) -> Any:
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    app = create_app(Settings(database_url=url), traces=Traces(provider))
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=ASGITransport(app), base_url="http://gipfelbuch.test") as client,
    ):
        yield TracedClient(client, exporter)


async def test_a_request_and_what_it_was_in(database: str) -> None:
    opened: AbstractAsyncContextManager[TracedClient] = start_traced_client(database)
    async with opened as service:
        headers = {"traceparent": f"00-{TRACE}-{PARENT}-01", "x-request-id": "seen-1"}
        await service.client.post("/graphql", json=QUERY, headers=headers)
        plan, pool, statement, request = service.spans()
    assert [each.name for each in (plan, pool, statement, request)] == ["plan", "pool", "statement", "POST /graphql"]
    assert {f"{each.context.trace_id:032x}" for each in (plan, pool, statement, request)} == {TRACE}
    assert request.parent
    assert f"{request.parent.span_id:016x}" == PARENT
    assert {each.parent and each.parent.span_id for each in (plan, pool, statement)} == {request.context.span_id}
    times = [(each.start_time or 0, each.end_time or 0) for each in (request, plan, pool, statement)]
    (begun, ended), *within = times
    assert all(begun <= first <= last <= ended for first, last in within)
    assert times[1][1] <= times[2][0] <= times[3][0]
    attributes = dict(request.attributes or {})
    assert float(str(attributes.pop("gipfelbuch.cost"))) > 0
    assert attributes == {
        "http.request.method": "POST",
        "url.path": "/graphql",
        "http.response.status_code": 200,
        "graphql.operation.name": "Which",
        "gipfelbuch.document": attributes["gipfelbuch.document"],
        "gipfelbuch.request_id": "seen-1",
        "gipfelbuch.revision": 1,
    }
    assert statement.attributes == {"db.system.name": "postgresql"}


async def test_a_kept_answer_has_no_statement_and_a_page_its_address(database: str) -> None:
    opened: AbstractAsyncContextManager[TracedClient] = start_traced_client(database)
    async with opened as service:
        for _ in range(2):
            await service.client.post("/graphql", json=QUERY)
        assert [each.name for each in service.spans()][-1:] == ["POST /graphql"]
        await service.client.post("/graphql", json=QUERY)
        assert [each.name for each in service.spans()] == ["POST /graphql"]
        await service.client.get("/summits/hanoi-2019.json")
        assert service.spans()[-1].name.startswith("GET /summits/{")


async def test_what_goes_wrong_is_told(database: str) -> None:
    opened: AbstractAsyncContextManager[TracedClient] = start_traced_client(database)
    async with opened as service:
        await service.client.post("/graphql", json={"query": "{ nothing }"})
        (request,) = service.spans()
    assert (request.attributes or {})["error.type"] == "GRAPHQL_VALIDATION_FAILED"
    assert request.status.is_unset


async def test_traces_are_off_unless_they_are_asked_for(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> Traces:
        raise AssertionError("nobody has asked for them")

    monkeypatch.setattr(joined, "_traces", refuse)
    create_app(Settings(database_url=database))


def test_traces_without_the_extra_are_refused(database: str) -> None:
    # the exporter is not among the packages installed for the tests
    with pytest.raises(SettingsInvalid, match=r"GIPFELBUCH_TRACES requires `pip install 'gipfelbuch\[telemetry\]'`"):
        create_app(Settings(database_url=database, traces=True))
