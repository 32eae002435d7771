"""What the service counts of itself, in the form that Prometheus reads."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Gauge, Histogram, ProcessCollector, generate_latest, start_http_server
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import Response

from service.errors import listening_error
from service.store.pool import ReadingPool
from service.web.caching import NO_STORE

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
ADDRESS_SECONDS = (0.005, 0.025, 0.1, 0.5, 2.5)
"""Fewer, since each path and status has them."""
NOWHERE = "none"
"""The path of a request for which there is nothing."""
METRICS_HEADERS = {"content-type": CONTENT_TYPE_LATEST, "cache-control": NO_STORE}


class Metrics:
    """How many requests were answered with which status, how long they took, and what the process uses."""

    def __init__(self, pool: ReadingPool) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._requests = Histogram(
            "gipfelbuch_request_seconds",
            "From a request to the endpoint to the end of its answer, by HTTP status.",
            ["status"],
            buckets=SECONDS,
            registry=self._registry,
        )
        self._by_status: dict[int, Histogram] = {}
        self._beside = Histogram(
            "gipfelbuch_address_seconds",
            "From a request beside the endpoint to the end of its answer, by the template of its path and HTTP status.",
            ["path", "status"],
            buckets=ADDRESS_SECONDS,
            registry=self._registry,
        )
        self._by_path: dict[tuple[str, int], Histogram] = {}
        connections = Gauge(
            "gipfelbuch_connections_in_use", "Connections to the database on which a read is.", registry=self._registry
        )
        connections.set_function(lambda: pool.in_use)
        waiting = Gauge(
            "gipfelbuch_reads_waiting", "Reads that wait for a connection to the database.", registry=self._registry
        )
        waiting.set_function(lambda: pool.waiting)

    def observe(self, status: int, seconds: float) -> None:
        """Count an answer of the endpoint."""
        histogram = self._by_status.get(status)
        if histogram is None:
            histogram = self._by_status[status] = self._requests.labels(status)
        histogram.observe(seconds)

    def observe_beside(self, path: str | None, status: int, seconds: float) -> None:
        """Count an answer beside the endpoint. `path`: as the routes have it, so that there are as many as routes."""
        key = (path or NOWHERE, status)
        histogram = self._by_path.get(key)
        if histogram is None:
            histogram = self._by_path[key] = self._beside.labels(*key)
        histogram.observe(seconds)

    def listen(self, host: str, port: int) -> Callable[[], None]:
        """Answer by a server of its own, in a thread; gives what ends it. Raises `HostUnusable`, `PortUnusable`."""
        try:
            server, thread = start_http_server(port, host, self._registry)
        except (OSError, UnicodeError) as error:
            raise listening_error(host, port, error, "GIPFELBUCH_METRICS_") from None

        def stop() -> None:
            server.shutdown()
            server.server_close()
            thread.join()

        return stop

    async def text(self, request: Request) -> Response:
        """All that is counted, since the process began."""
        return Response(generate_latest(self._registry), headers=METRICS_HEADERS)
