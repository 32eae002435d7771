"""Spans of requests for OpenTelemetry, made after the response from times that are recorded anyway."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter_ns, time_ns
from typing import NamedTuple

from opentelemetry.sdk.resources import SERVICE_NAME, SERVICE_VERSION, OTELResourceDetector, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind, StatusCode, set_span_in_context
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from opentelemetry.util.types import AttributeValue

from service.version import VERSION
from service.web.exchange import Exchange
from service.web.problems import code_of

BILLION = 1_000_000_000


class Part(NamedTuple):
    """A phase of a request, in seconds of perf_counter."""

    name: str
    begun: float
    seconds: float
    is_statement: bool = False


class Traces:
    """Exporter of a span for each request, containing those of its plan, its wait for a connection and its statement.

    A cached response does not have the last three. Several statements are reported as one.
    """

    def __init__(self, provider: TracerProvider) -> None:
        self._provider = provider
        self._tracer = provider.get_tracer("gipfelbuch", VERSION)
        self._propagator = TraceContextTextMapPropagator()

    def record(self, exchange: Exchange, status: int) -> None:
        """Export the spans of a request that has been answered with an HTTP status."""
        # perf_counter counts from an arbitrary moment
        epoch = time_ns() - perf_counter_ns()
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in exchange.scope["headers"]}
        span = self._tracer.start_span(
            f"{exchange.scope['method']} {exchange.route}".rstrip(),
            self._propagator.extract(headers),
            SpanKind.SERVER,
            _attributes(exchange, status),
            start_time=epoch + _nanoseconds(exchange.begun),
        )
        if status >= 500:
            span.set_status(StatusCode.ERROR)
        within = set_span_in_context(span)
        for part in _parts(exchange):
            kind = SpanKind.CLIENT if part.is_statement else SpanKind.INTERNAL
            attributes = {"db.system.name": "postgresql"} if part.is_statement else None
            begun = epoch + _nanoseconds(part.begun)
            child = self._tracer.start_span(part.name, within, kind, attributes, start_time=begun)
            child.end(begun + _nanoseconds(part.seconds))
        span.end(epoch + perf_counter_ns())

    def close(self) -> None:
        """Send what has not been sent."""
        self._provider.shutdown()


def traces_by_otlp() -> Traces:
    """Return an exporter set up by OpenTelemetry's variables. Raises ImportError if the exporter is missing."""
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # type: ignore[import-not-found,unused-ignore]

    own = Resource({SERVICE_NAME: "gipfelbuch", SERVICE_VERSION: VERSION})
    provider = TracerProvider(resource=own.merge(OTELResourceDetector().detect()))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return Traces(provider)


def _attributes(exchange: Exchange, status: int) -> dict[str, AttributeValue]:
    """Return the attributes, named as in OpenTelemetry where it has a name; of client text, only the
    operation's name.
    """
    scope = exchange.scope
    attributes: dict[str, AttributeValue] = {
        "http.request.method": scope["method"],
        "url.path": scope["path"],
        "http.response.status_code": status,
        "gipfelbuch.request_id": exchange.request_id.decode(),
    }
    if exchange.prepared is not None:
        attributes["gipfelbuch.document"] = exchange.prepared.document_hash
        attributes["gipfelbuch.cost"] = exchange.prepared.cost.work
        if exchange.prepared.operation_name:
            attributes["graphql.operation.name"] = exchange.prepared.operation_name
    if exchange.revision:
        attributes["gipfelbuch.revision"] = exchange.revision
    if exchange.error is not None:
        attributes["error.type"] = code_of(exchange.error)
    return attributes


def _parts(exchange: Exchange) -> Iterator[Part]:
    durations = exchange.durations
    if durations.planning:
        yield Part("plan", durations.planning_begun, durations.planning)
    if durations.begun:
        yield Part("pool", durations.begun, durations.waiting)
        yield Part("statement", durations.begun + durations.waiting, durations.database, is_statement=True)


def _nanoseconds(seconds: float) -> int:
    return round(seconds * BILLION)
