"""The numbers of several workers: each tells its own on a socket in a folder, and whoever is asked asks all."""

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
"""How long a worker is waited for; one that is silent is left out."""
BYTES = 65_536


class MetricsSocket:
    """Tells everybody who connects what one worker has counted."""

    def __init__(self, path: Path, text: Callable[[], bytes]) -> None:
        self._path = path
        self._text = text
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Begin to tell; what a worker before has left is removed."""
        self._path.unlink(missing_ok=True)
        self._server = await asyncio.start_unix_server(self._tell, self._path)

    async def close(self) -> None:
        """Tell no more."""
        if self._server is not None:
            self._server.close()
            self._path.unlink(missing_ok=True)

    async def _tell(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            writer.write(self._text())
            await writer.drain()
        writer.close()


class WorkersCollector(Collector):
    """What all workers have counted, each sample with the label `worker`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def collect(self) -> Iterable[Metric]:
        """The metrics of all that answer."""
        together: dict[str, Metric] = {}
        for path in sorted(self._folder.iterdir()):
            for metric in text_string_to_metric_families(ask(path)):
                family = together.setdefault(metric.name, Metric(metric.name, metric.documentation, metric.type))
                for sample in metric.samples:
                    family.add_sample(sample.name, {**sample.labels, "worker": path.name}, sample.value)
        return together.values()


def registry_of_workers(folder: Path) -> CollectorRegistry:
    """The numbers of all workers that tell theirs in a folder."""
    registry = CollectorRegistry()
    registry.register(WorkersCollector(folder))
    return registry


def listen(host: str, port: int, folder: Path) -> None:
    """Answer with the numbers of all, in a thread, until the process ends. Raises `HostUnusable`, `PortUnusable`."""
    try:
        start_http_server(port, host, registry_of_workers(folder))
    except (OSError, UnicodeError) as error:
        raise listening_error(host, port, error, "GIPFELBUCH_METRICS_") from None


def ask(path: Path) -> str:
    """The numbers that a worker tells at a path; none where it does not answer in time."""
    parts = []
    with suppress(OSError), socket.socket(socket.AF_UNIX) as client:
        client.settimeout(ANSWER_SECONDS)
        client.connect(str(path))
        while part := client.recv(BYTES):
            parts.append(part)
        return b"".join(parts).decode()
    return ""
