"""Metrics of the service, in the format that Prometheus reads."""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from collections.abc import Callable, Iterable
from itertools import accumulate
from pathlib import Path

from prometheus_client import CollectorRegistry, Gauge, Histogram, ProcessCollector, generate_latest, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector
from prometheus_client.utils import floatToGoString
from starlette.requests import Request
from starlette.responses import Response

from service.errors import listening_error
from service.settings import Settings
from service.store.read_servers import ANSWERED, BEHIND, Reads, ReadServers
from service.web.answers import KeptAnswers
from service.web.caching import NO_STORE
from service.web.worker_metrics import registry_of_workers

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
ADDRESS_SECONDS = (0.005, 0.025, 0.1, 0.5, 2.5)
"""Fewer buckets, since each path and status has its own."""
NOWHERE = "none"
"""The path of requests to which no route applies."""
REQUESTS_HELP = "Seconds from a request to the endpoint to the end of its response, by HTTP status."
ANSWERS_HELP = (
    "Responses served from the cache (hit), shared with another request that was computing them (shared) or computed "
    "(miss), and those removed from the cache because the record had changed (stale)."
)
USED_HELP = "Whether the service reads from a standby: it responds and is not behind the primary."
LAG_HELP = "Revisions of the record by which a standby was behind the primary when last checked."
READS_HELP = (
    "Reads by server and result: answered; behind, if the answer was older than the primary's state and was discarded; "
    "else the error code, after which the read is retried on another server if that may help."
)
METRICS_HEADERS = {"content-type": CONTENT_TYPE_LATEST, "cache-control": NO_STORE}


class Durations:
    """Histogram: how many took up to each of `SECONDS`, how many took longer, and the total number of seconds.

    This costs a request less than the library's histogram.
    """

    __slots__ = ("counts", "sum")

    def __init__(self) -> None:
        self.counts = [0] * (len(SECONDS) + 1)
        self.sum = 0.0


class _RequestSeconds(Collector):
    """Requests by HTTP status."""

    def __init__(self, requests: dict[int, Durations]) -> None:
        self._requests = requests

    def collect(self) -> Iterable[Metric]:
        family = HistogramMetricFamily("gipfelbuch_request_seconds", REQUESTS_HELP, labels=["status"])
        for status, durations in self._requests.copy().items():
            limits = [*map(floatToGoString, SECONDS), "+Inf"]
            family.add_metric(
                [str(status)], list(zip(limits, accumulate(durations.counts), strict=True)), durations.sum
            )
        return [family]


class _AnswerCounts(Collector):
    """Counts of cached responses."""

    def __init__(self, answers: KeptAnswers) -> None:
        self._answers = answers

    def collect(self) -> Iterable[Metric]:
        family = CounterMetricFamily("gipfelbuch_kept_answers", ANSWERS_HELP, labels=["result"])
        for result in ("hit", "shared", "miss", "stale"):
            family.add_metric([result], self._answers.counts[result])
        return [family]


class _ServerFigures(Collector):
    """Metrics of the servers that are read from."""

    def __init__(self, servers: ReadServers) -> None:
        self._servers = servers

    def collect(self) -> Iterable[Metric]:
        used = GaugeMetricFamily("gipfelbuch_read_server_used", USED_HELP, labels=["server"])
        lag = GaugeMetricFamily("gipfelbuch_read_server_lag_revisions", LAG_HELP, labels=["server"])
        reads = CounterMetricFamily("gipfelbuch_server_reads", READS_HELP, labels=["server", "result"])
        for server in self._servers.servers:
            used.add_metric([server.name], server.is_used)
            lag.add_metric([server.name], server.lag)
        counts = {server.name: server.reads for server in self._servers.servers}
        for name, results in {"primary": self._servers.primary_reads, **counts}.items():
            for result in sorted({ANSWERED, BEHIND, *results}):
                reads.add_metric([name, result], results[result])
        return [used, lag, reads]


class Metrics:
    """Metrics: how many requests got which status, how long they took, and the resources that the process uses."""

    def __init__(self, pool: Reads, workers: Path | None = None) -> None:
        """Create the metrics. `workers`: the folder in which all workers publish theirs, if there are several."""
        self._registry = CollectorRegistry()
        self._of_all = registry_of_workers(workers) if workers else self._registry
        ProcessCollector(registry=self._registry)
        self._requests: dict[int, Durations] = {}
        self._registry.register(_RequestSeconds(self._requests))
        self._address_seconds = Histogram(
            "gipfelbuch_address_seconds",
            "Seconds from a request outside the endpoint to the end of its response, by path template and HTTP status.",
            ["path", "status"],
            buckets=ADDRESS_SECONDS,
            registry=self._registry,
        )
        self._by_path: dict[tuple[str, int], Histogram] = {}
        connections = Gauge(
            "gipfelbuch_connections_in_use", "Database connections in use by reads.", registry=self._registry
        )
        connections.set_function(lambda: pool.in_use)
        waiting = Gauge("gipfelbuch_reads_waiting", "Reads waiting for a database connection.", registry=self._registry)
        waiting.set_function(lambda: pool.waiting)

    def watch_answers(self, answers: KeptAnswers) -> None:
        """Include the cached responses."""
        size = Gauge("gipfelbuch_kept_answers_bytes", "Total size of the cached answers.", registry=self._registry)
        size.set_function(lambda: answers.size)
        self._registry.register(_AnswerCounts(answers))

    def watch_servers(self, servers: ReadServers) -> None:
        """Include several servers that are read from."""
        self._registry.register(_ServerFigures(servers))

    def observe(self, status: int, seconds: float) -> None:
        """Count a response of the endpoint."""
        durations = self._requests.get(status)
        if durations is None:
            durations = self._requests[status] = Durations()
        durations.counts[bisect_left(SECONDS, seconds)] += 1
        durations.sum += seconds

    def observe_other_path(self, path: str | None, status: int, seconds: float) -> None:
        """Count a response outside the endpoint. `path`: that of the route, so that there are only as many as
        routes.
        """
        key = (path or NOWHERE, status)
        histogram = self._by_path.get(key)
        if histogram is None:
            histogram = self._by_path[key] = self._address_seconds.labels(*key)
        histogram.observe(seconds)

    def listen(self, settings: Settings) -> Callable[[], None]:
        """Serve the metrics on a server of its own, in a thread. Return what stops it. Raises `HostUnusable`,
        `PortUnusable`.
        """
        host, port = settings.metrics_host, settings.metrics_port or 0
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
        """Return all metrics since the process began; with several workers, those of all."""
        return Response(await asyncio.to_thread(generate_latest, self._of_all), headers=METRICS_HEADERS)

    def own(self) -> bytes:
        """Return the metrics of this process."""
        return generate_latest(self._registry)
