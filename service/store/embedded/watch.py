"""Restart of a server that ended without being told to; decides nothing about data: PostgreSQL recovers it."""

from __future__ import annotations

import logging
import subprocess
from collections.abc import Mapping
from pathlib import Path
from threading import Event, Lock, Thread

from service.errors import DatabaseFailed
from service.store.embedded.postmaster import Cluster, last_panic, rotate_log, start, stop, stop_leftovers, wait

CHECK_SECONDS = 0.1
# processes left by a dead server end by themselves, unless a statement keeps them
LEFTOVER_SECONDS = 1.0
JOIN_SECONDS = 5.0
PAUSES = (0.0, 1.0, 2.0, 5.0, 10.0, 30.0)

log = logging.getLogger("gipfelbuch.database")


class SupervisedServer:
    """Server that runs, in one process or another, from `begin` until `stop`."""

    def __init__(self, cluster: Cluster, sockets: Path, options: Mapping[str, str], url: str) -> None:
        """Start the server. Raises `OSError`."""
        self._cluster = cluster
        self._sockets = sockets
        self._options = options
        self._url = url
        self._process = start(cluster, sockets, options)
        self._is_over = Event()
        self._changing = Lock()
        self._thread = Thread(target=self._supervise, name="database", daemon=True)

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """Process that serves at present, or did so last."""
        return self._process

    def begin(self) -> None:
        """Wait until the server answers, and from then on restart it whenever it ends. Raises `DatabaseFailed`."""
        wait(self._cluster, self._url, self._process)
        self._thread.start()

    def stop(self) -> None:
        """Stop the server for good."""
        self._is_over.set()
        # a restart in progress at this moment finishes first
        with self._changing:
            stop(self._process)
        if self._thread.is_alive():
            self._thread.join(JOIN_SECONDS)

    def _supervise(self) -> None:
        """Restart the server whenever it has ended, after increasing pauses, and keep its log short."""
        failures = 0
        while not self._is_over.wait(CHECK_SECONDS):
            rotate_log(self._cluster)
            if self._process.poll() is not None:
                # said here because the next start but one replaces the database's own log
                reason = last_panic(self._cluster.log)
                log.error("The database stopped (%s); restarting it.%s", self._process.returncode, reason)
                if self._is_over.wait(PAUSES[min(failures, len(PAUSES) - 1)]):
                    return
                failures = 0 if self._restart() else failures + 1

    def _restart(self) -> bool:
        """Restart the server; return whether it answers."""
        try:
            with self._changing:
                if self._is_over.is_set():
                    return False
                stop_leftovers(self._cluster.data, LEFTOVER_SECONDS)
                self._process = start(self._cluster, self._sockets, self._options)
            wait(self._cluster, self._url, self._process)
        except (OSError, DatabaseFailed) as error:
            if not self._is_over.is_set():
                log.error("The database could not be restarted: %s", error)
            return False
        log.warning("The database is running again.")
        return True
