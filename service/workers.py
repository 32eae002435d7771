"""Several processes that serve one port: any that ends or hangs is replaced, and all end together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from service.errors import SettingsInvalid, listening_error
from service.settings import REPOSITORY, Settings, variable
from service.stopping import GRACE_SECONDS, closed_in_any_case

CHECK_SECONDS = 0.1
SETTLED_SECONDS = 10.0
"""A worker that has lived this long is replaced at once; each other one waits a second longer than the one before."""
LONGEST_PAUSE = 10
TERM_SECONDS = GRACE_SECONDS - 1
LISTEN_SECONDS = 1.0
MOST_SILENT = 10
"""How many times in a row a worker may fail to respond, each time within a second, before it counts as hanging."""
SPARE_CONNECTIONS = 10
"""Connections left for loads, for people who look at the database, and for other programs."""


class Worker:
    """Process that serves the listening socket, and its successor after it has ended."""

    def __init__(
        self, number: int, command: Sequence[str], environment: dict[str, str], descriptor: int, path: Path
    ) -> None:
        """Create the worker. `path`: its socket for metrics, which exists once the worker is ready."""
        self._number = number
        self._command = command
        self._environment = environment
        self._descriptor = descriptor
        self._path = path
        self._short_lives = 0
        self._ended_at: float | None = None
        self._silent = 0
        self._start()

    def hear(self) -> None:
        """Kill the worker if it hangs: it has published its metrics before, and no longer does."""
        from service.web.worker_metrics import ask

        # it may be replaced meanwhile
        process = self.process
        self._silent = 0 if not self._path.exists() or ask(self._path) else self._silent + 1
        if self._silent == MOST_SILENT:
            print(f"Worker {self._number} does not respond and is killed.", file=sys.stderr, flush=True)
            process.kill()

    def check(self) -> None:
        """Start the next process if this one has ended, and the pause is over."""
        if self.process.poll() is None:
            return
        if self._ended_at is None:
            self._ended_at = time.monotonic()
            lasted = self._ended_at - self._began_at
            self._short_lives = 0 if lasted >= SETTLED_SECONDS else self._short_lives + 1
            how = f"Worker {self._number} exited with code {self.process.returncode}; it is being replaced."
            print(how, file=sys.stderr, flush=True)
        if time.monotonic() - self._ended_at >= min(self._short_lives, LONGEST_PAUSE):
            self._start()

    def _start(self) -> None:
        # left by an earlier worker
        self._path.unlink(missing_ok=True)
        self.process = subprocess.Popen(self._command, env=self._environment, pass_fds=[self._descriptor])
        self._began_at = time.monotonic()
        self._ended_at = None
        self._silent = 0


def serve(settings: Settings, listener: socket.socket, connections: int | None, begin: Callable[[], None]) -> None:
    """Serve requests with `settings.workers` processes until a signal comes; `begin` is called once all are ready.

    `connections`: how many the database allows, None if unknown. Raises the same as `serving.serve`, and
    `SettingsInvalid` if there are too few for all workers.
    """
    own = worker_settings(settings, connections)
    try:
        listener.listen()
    except OSError as error:
        raise listening_error(settings.host, settings.port, error) from None
    with TemporaryDirectory(prefix="gipfelbuch-workers-") as folder:
        environment = {**os.environ, **own}
        program = [sys.executable, "-P", str(REPOSITORY / "gipfelbuch.py"), "worker", folder, str(listener.fileno())]
        workers: list[Worker] = []
        with closed_in_any_case(lambda: end_all(workers)):
            for number in range(1, settings.workers + 1):
                workers.append(
                    Worker(number, [*program, str(number)], environment, listener.fileno(), Path(folder, str(number)))
                )
            _supervise(workers, Path(folder), settings, begin)


def worker_settings(settings: Settings, connections: int | None) -> dict[str, str]:
    """Return the variables of each worker, dividing what they share. Raises `SettingsInvalid`."""
    size = settings.pool_size // settings.workers
    if connections is not None:
        # each worker has one more connection, for its health and the revision
        size = min(size, (connections - SPARE_CONNECTIONS) // settings.workers - 1)
        if size < 1 and connections - SPARE_CONNECTIONS < 2 * settings.workers:
            raise SettingsInvalid(
                f"{variable('workers')}: {settings.workers} workers need two connections each, but the database allows "
                f"{connections}, of which {SPARE_CONNECTIONS} are kept for others."
            )
    urls = {name: getattr(settings, name) for name in ("database_url", "database_reader_url")}
    shares = {"pool_size": max(1, size), "heavy_statements": max(1, settings.heavy_statements // settings.workers)}
    return {variable(name): str(value) for name, value in {**urls, **shares}.items() if value}


def end_all(workers: Sequence[Worker]) -> None:
    """Let all workers finish their responses, and kill those that do not end."""
    for worker in workers:
        worker.process.send_signal(signal.SIGTERM)
    end = time.monotonic() + TERM_SECONDS
    for worker in workers:
        try:
            worker.process.wait(max(0.0, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            worker.process.kill()
            worker.process.wait()


def _supervise(workers: Sequence[Worker], folder: Path, settings: Settings, begin: Callable[[], None]) -> None:
    """Keep all workers running; each creates a socket in the folder when it is ready."""
    from service.web.worker_metrics import listen

    if settings.metrics_port is not None:
        listen(settings.metrics_host, settings.metrics_port, folder)
    Thread(target=_listen, args=[workers], daemon=True).start()
    has_begun = False
    while True:
        for worker in workers:
            worker.check()
        if not has_begun and len(list(folder.iterdir())) == len(workers):
            has_begun = True
            begin()
        time.sleep(CHECK_SECONDS)


def _listen(workers: Sequence[Worker]) -> None:
    """Check each worker over and over, in a thread separate from the one that replaces those that have ended."""
    while True:
        for worker in workers:
            worker.hear()
        time.sleep(LISTEN_SECONDS)


def end_with_parent() -> None:
    """Make this process end as soon as its parent has ended, for whatever reason."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    Thread(target=watch, daemon=True).start()
