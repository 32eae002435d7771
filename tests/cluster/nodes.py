"""PostgreSQL servers that replicate each other, each on loopback ports that a test can cut or make hang."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psutil
import psycopg

from service.store.embedded.account import PROGRAMS, database_account, run_as, runnable_programs
from service.store.embedded.postmaster import LOCALE
from tests.cluster.forwarder import HOST, Forwarder

USER, DATABASE = "gipfelbuch", "postgres"
START_SECONDS = 60.0
SOON_SECONDS = 30.0
OPTIONS = {
    "unix_socket_directories": "",
    "max_connections": "80",
    "shared_buffers": "16MB",
    "fsync": "off",
    "wal_retrieve_retry_interval": "100ms",
    "wal_receiver_timeout": "5s",
    "wal_sender_timeout": "5s",
    "max_wal_size": "32MB",
    "min_wal_size": "4MB",
    "jit": "off",
    "timezone": "UTC",
}


class Node:
    """Server on existing data; `address` is where the service finds it, `link` where it finds its primary."""

    def __init__(
        self,
        name: str,
        data: Path,
        *,
        host: str = HOST,
        reach: str = HOST,
        within: Callable[[int, int], Sequence[str]] | None = None,
    ) -> None:
        """Create the node. `host` is where it listens, and `reach` where its link does, if not on the loopback.

        `within` returns what runs a program elsewhere, as the account of two numbers; no other node's forwarder leads
        there.
        """
        self.name = name
        self.data = data
        self.host = host
        self.port = free_port()
        self.address = Forwarder(self.port)
        self.link = Forwarder(0, reach)
        self._reach = reach
        self._within = within
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The URL given to the service."""
        return url_of(self.address.port)

    @property
    def own_url(self) -> str:
        """The URL that bypasses the forwarder."""
        return url_of(self.port, self.host)

    @property
    def label(self) -> str:
        """The service's name for it."""
        return f"{HOST}:{self.address.port}" if self._within is None else f"{self.host}:{self.port}"

    def start(self) -> None:
        """Start it and wait until it responds."""
        own = {"listen_addresses": self.host, "port": str(self.port), "cluster_name": self.name}
        account = database_account()
        options = run_as(account, self.data)
        prefix: Sequence[str] = ()
        if self._within and account:
            prefix, options = self._within(account.uid, account.gid), {"cwd": self.data}
        flags = [f"--{name}={value}" for name, value in {**OPTIONS, **own}.items()]
        with (self.data.parent / f"{self.name}.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*prefix, str(programs() / "postgres"), "-D", str(self.data), *flags],
                **options,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait_until(lambda: self.ask("SELECT 1") == 1, START_SECONDS)

    def signal(self, number: int) -> None:
        """Send a signal to the server's first process."""
        assert self._process
        self._process.send_signal(number)

    def kill(self) -> None:
        """Kill it as a power failure does, with the processes of its connections."""
        assert self._process
        process = psutil.Process(self._process.pid)
        process.suspend()
        family = [process, *process.children()]
        for each in family:
            each.kill()
        self._process.wait(10)
        psutil.wait_procs(family, timeout=10)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def end(self) -> None:
        """Shut it down in good order."""
        assert self._process
        self._process.send_signal(signal.SIGINT)
        self._process.wait(30)

    def stop(self) -> None:
        """Stop it immediately, if it runs."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT)
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()

    def close(self) -> None:
        """Stop it and release the ports."""
        self.stop()
        self.address.close()
        self.link.close()

    def ask(self, sql: str, values: Sequence[object] = ()) -> Any:
        """Return the first value of a statement; None if it returns none, or nobody responds."""
        try:
            with psycopg.connect(self.own_url, autocommit=True, connect_timeout=5) as connection:
                cursor = connection.execute(sql.encode(), values)
                row = cursor.fetchone() if cursor.description else None
                return row[0] if row else None
        except psycopg.OperationalError:
            return None

    def set(self, **settings: str) -> None:
        """Change settings for as long as the data exist, and reload them at once."""
        with psycopg.connect(self.own_url, autocommit=True) as connection:
            for name, value in settings.items():
                connection.execute(f"ALTER SYSTEM SET {name} = '{value}'".encode())
            connection.execute("SELECT pg_reload_conf()")

    def follow(self, primary: Node) -> None:
        """Copy a running primary, and follow it from then on by the link."""
        self.copy(primary)
        self.start()

    def copy(self, primary: Node) -> None:
        """Copy a running primary, in order to follow it."""
        self.link.mend(target=primary.port)
        command = [str(programs() / "pg_basebackup"), "-D", str(self.data), "-R", "-c", "fast", "--no-sync"]
        reach = ["-h", self._reach, "-p", str(self.link.port), "-U", USER]
        account = database_account()
        subprocess.run([*command, *reach], **run_as(account, self.data.parent), check=True, capture_output=True)

    def received_bytes(self) -> int:
        """Return how much of its primary's log a standby has received, in bytes."""
        return int(self.ask("SELECT pg_last_wal_receive_lsn() - '0/0'"))

    def has_reached(self, other: Node) -> bool:
        """Return whether it has applied everything that another one has written."""
        lsn = other.ask("SELECT pg_current_wal_flush_lsn()::text")
        return bool(lsn and self.ask("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", [lsn]))


class Cluster:
    """A primary and its standbys; the primary may change."""

    def __init__(self, primary: Node, standbys: Sequence[Node]) -> None:
        self.primary = primary
        self.standbys = list(standbys)

    @property
    def nodes(self) -> list[Node]:
        """All nodes."""
        return [self.primary, *self.standbys]

    @property
    def url(self) -> str:
        """The URL of the current primary."""
        places = ",".join(f"{HOST}:{node.address.port}" for node in self.nodes)
        return f"postgresql://{USER}@{places}/{DATABASE}?target_session_attrs=read-write"

    def promote(self, standby: Node) -> None:
        """Promote a standby to primary; the old one is left as it is, and nobody follows the new one yet."""
        assert standby.ask("SELECT pg_promote()") is True
        self.standbys.remove(standby)
        self.primary = standby

    def follow(self) -> None:
        """Make all others follow the primary."""
        for node in self.standbys:
            node.link.mend(target=self.primary.port)


@contextmanager
def cluster_of(data: Path, folder: Path, standbys: int = 2) -> Iterator[Cluster]:
    """Yield a cluster in a folder, its primary on a copy of data, until the block ends."""
    account = database_account()
    shutil.copytree(data, folder / "primary")
    if account:
        folder.chmod(0o711)
        change_owner(folder, account.uid, account.gid)
    with ExitStack() as stack:

        def node(name: str) -> Node:
            made = Node(name, folder / name)
            stack.callback(made.close)
            return made

        primary = node("primary")
        primary.start()
        following = [node(f"standby{number}") for number in range(1, standbys + 1)]
        for standby in following:
            standby.follow(primary)
        cluster = Cluster(primary, following)
        wait_until(lambda: all(standby.has_reached(primary) for standby in following))
        yield cluster


def new_data(data: Path) -> None:
    """Create an empty database cluster."""
    account = database_account()
    if account:
        change_owner(data.parent, account.uid, account.gid)
    options = ["-D", str(data), "-U", USER, "--auth=trust", "--no-instructions", "--no-sync", "--wal-segsize=1"]
    subprocess.run(
        [programs() / "initdb", *options, *LOCALE], **run_as(account, data.parent), check=True, capture_output=True
    )


def programs() -> Path:
    """Return the folder of PostgreSQL programs that the database's account can run."""
    account = database_account()
    return runnable_programs(account, PROGRAMS) if account else PROGRAMS


def change_owner(folder: Path, uid: int, gid: int) -> None:
    """Make an account the owner of a folder and everything in it."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, uid, gid)


def url_of(port: int, host: str = HOST) -> str:
    return f"postgresql://{USER}@{host}:{port}/{DATABASE}"


def free_port() -> int:
    with socket.create_server((HOST, 0)) as listener:
        return int(listener.getsockname()[1])


def wait_until(is_so: Callable[[], object], seconds: float = SOON_SECONDS) -> None:
    """Wait until a condition is met."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, f"it is not so within {seconds:g} s"
        time.sleep(0.02)
