"""Metrics of several workers: each publishes its own on a socket in a folder, and the one asked collects all
of them.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import Metric
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import Collector

from service.errors import listening_error

ANSWER_SECONDS = 1.0
"""How long to wait for a worker; one that does not respond is left out."""
BYTES = 65_536


class MetricsSocket:
    """Socket on which a worker publishes its metrics."""

    def __init__(self, path: Path, text: Callable[[], bytes]) -> None:
        self._path = path
        self._text = text
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Start publishing, after removing what an earlier worker has left."""
        self._path.unlink(missing_ok=True)
        self._server = await asyncio.start_unix_server(self._tell, self._path)

    async def close(self) -> None:
        """Stop publishing."""
        if self._server is not None:
            self._server.close()
            self._path.unlink(missing_ok=True)

    async def _tell(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            writer.write(self._text())
            await writer.drain()
        writer.close()


class WorkersCollector(Collector):
    """Metrics of all workers, each sample with the label `worker`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def collect(self) -> Iterable[Metric]:
        """Yield the metrics of all workers that respond."""
        together: dict[str, Metric] = {}
        for path in sorted(self._folder.iterdir()):
            for metric in text_string_to_metric_families(ask(path)):
                family = together.setdefault(metric.name, Metric(metric.name, metric.documentation, metric.type))
                for sample in metric.samples:
                    family.add_sample(sample.name, {**sample.labels, "worker": path.name}, sample.value)
        return together.values()


def registry_of_workers(folder: Path) -> CollectorRegistry:
    """Return the registry of the workers that publish their metrics in a folder."""
    registry = CollectorRegistry()
    registry.register(WorkersCollector(folder))
    return registry


def listen(host: str, port: int, folder: Path) -> None:
    """Serve the metrics of all workers, in a thread, until the process ends. Raises `HostUnusable`, `PortUnusable`."""
    try:
        start_http_server(port, host, registry_of_workers(folder))
    except (OSError, UnicodeError) as error:
        raise listening_error(host, port, error, "GIPFELBUCH_METRICS_") from None


def ask(path: Path) -> str:
    """Return the metrics that a worker publishes at a path; none if it does not respond in time."""
    parts = []
    with suppress(OSError), socket.socket(socket.AF_UNIX) as client:
        client.settimeout(ANSWER_SECONDS)
        client.connect(str(path))
        while part := client.recv(BYTES):
            parts.append(part)
        return b"".join(parts).decode()
    return ""
