"""Patroni manages a primary and two standbys on this machine; the service finds the one that takes loads, and follows
it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
import yaml

from service.store.embedded.account import database_account, run_as
from service.store.embedded.database import USER
from tests.cluster.test_proxies import Readers, free_port
from tests.run.commands import run_command, run_service
from tests.run.seeds import QUESTION, RENAMED, with_another_name
from tests.run.test_workers import raise_revision

pytestmark = pytest.mark.slow

PATRONI, ETCD = shutil.which("patroni"), shutil.which("etcd")
PROGRAMS = Path("/usr/lib/postgresql/15/bin")
"""Debian's programs, as its Patroni is older than PostgreSQL 18."""
SECONDS = 60
FINE = ("running", "streaming")
DCS = {
    # a leader that has been silent for this many seconds loses the role; three times as long by default
    "ttl": 10,
    "loop_wait": 1,
    "retry_timeout": 3,
    # a load that is reported as committed is also on a standby
    "synchronous_mode": True,
    "postgresql": {"use_pg_rewind": True, "use_slots": True, "parameters": {"wal_log_hints": "on", "fsync": "off"}},
}


class Group:
    """An etcd and three machines, each a PostgreSQL with its Patroni, in a folder owned by the account."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        self.account = database_account()
        if self.account:
            os.chown(folder, self.account.uid, self.account.gid)
        self.etcd = free_port()
        self.ports = [free_port() for _ in range(3)]
        self.rest = [free_port() for _ in range(3)]
        self.url = (
            f"postgresql://{USER}@{','.join(f'127.0.0.1:{port}' for port in self.ports)}/postgres"
            "?target_session_attrs=primary"
        )
        self.machines: list[subprocess.Popen[bytes] | None] = [None] * 3
        stack.callback(self.stop)
        client, peer = f"http://127.0.0.1:{self.etcd}", f"http://127.0.0.1:{free_port()}"
        urls = ["--listen-client-urls", client, "--advertise-client-urls", client, "--listen-peer-urls", peer]
        assert ETCD
        self.store = self._start(ETCD, "--data-dir", str(folder / "etcd"), "--unsafe-no-fsync", *urls, log="etcd")
        wait_until(lambda: fetch_json(f"{client}/health").get("health") == "true")

    def _start(self, *command: str, log: str) -> subprocess.Popen[bytes]:
        options = run_as(self.account, self.folder)
        with (self.folder / f"{log}.log").open("ab") as file:
            return subprocess.Popen(
                command, **options, stdin=subprocess.DEVNULL, stdout=file, stderr=file, start_new_session=True
            )

    def start(self, number: int) -> None:
        """Switch a machine on."""
        settings = self.folder / f"machine-{number}.yml"
        settings.write_text(yaml.safe_dump(self._settings(number)))
        assert PATRONI
        self.machines[number] = self._start(PATRONI, str(settings), log=f"machine-{number}")

    def _settings(self, number: int) -> dict[str, Any]:
        rest, database = f"127.0.0.1:{self.rest[number]}", f"127.0.0.1:{self.ports[number]}"
        return {
            "scope": "gipfelbuch",
            "name": f"machine-{number}",
            "etcd3": {"host": f"127.0.0.1:{self.etcd}"},
            "restapi": {"listen": rest, "connect_address": rest},
            "bootstrap": {"dcs": DCS, "initdb": [{"encoding": "UTF8"}, {"locale": "C.UTF-8"}]},
            "postgresql": {
                "listen": database,
                "connect_address": database,
                "data_dir": str(self.folder / f"data-{number}"),
                "bin_dir": str(PROGRAMS),
                "pgpass": str(self.folder / f"pgpass-{number}"),
                "authentication": {
                    "superuser": {"username": USER},
                    "replication": {"username": "standby"},
                    "rewind": {"username": USER},
                },
                "pg_hba": [
                    "local all all trust",
                    *(f"host {what} 127.0.0.1/32 trust" for what in ("all all", "replication standby")),
                ],
                "parameters": {"unix_socket_directories": str(self.folder)},
            },
        }

    def kill(self, number: int) -> None:
        """Cut a machine's power."""
        process = self.machines[number]
        if process is not None:
            with suppress(psutil.NoSuchProcess):
                kill_family(psutil.Process(process.pid))
            process.wait(10)
        # PostgreSQL's first process is on its own
        with suppress(OSError, ValueError, psutil.NoSuchProcess):
            notice = self.folder / f"data-{number}" / "postmaster.pid"
            kill_family(psutil.Process(int(notice.read_text().split("\n")[0])))
        self.machines[number] = None

    def stop(self) -> None:
        for number in range(3):
            self.kill(number)
        self.store.kill()
        self.store.wait(10)

    def states(self) -> dict[str, str]:
        """Return the state of each machine by its number: "leader running" or "sync_standby streaming", as Patroni
        reports it.
        """
        for port in self.rest:
            if members := fetch_json(f"http://127.0.0.1:{port}/cluster").get("members"):
                return {each["name"][-1]: f"{each['role']} {each['state']}" for each in members}
        return {}

    def leader(self) -> int | None:
        """Return the number of the machine that takes loads."""
        return next((int(name) for name, state in self.states().items() if state == "leader running"), None)

    def is_whole(self) -> bool:
        """Return whether there is a leader with two followers, one of which commits wait for."""
        roles = sorted(state.split()[0] for state in self.states().values() if state.split()[1] in FINE)
        return roles == ["leader", "replica", "sync_standby"]


def kill_family(process: psutil.Process) -> None:
    process.suspend()
    family = [process, *process.children(recursive=True)]
    for each in family:
        with suppress(psutil.NoSuchProcess):
            each.kill()
    psutil.wait_procs(family, timeout=10)


def fetch_json(url: str) -> dict[str, Any]:
    """Return the response as JSON; nothing if nobody responds."""
    try:
        found: dict[str, Any] = httpx.get(url, timeout=2).json()
    except (httpx.TransportError, ValueError):
        return {}
    return found


def wait_until(is_so: Callable[[], object], seconds: float = SECONDS) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it does not come to that"
        time.sleep(0.1)


@contextmanager
def group() -> Iterator[Group]:
    """Yield three machines that have found a leader."""
    if PATRONI is None or ETCD is None or not PROGRAMS.exists():
        pytest.skip("there is no patroni here, or no etcd, or no PostgreSQL 15")
    with tempfile.TemporaryDirectory(prefix="gipfelbuch-") as name, ExitStack() as stack:
        found = Group(Path(name).resolve(), stack)
        for number in range(3):
            found.start(number)
        try:
            wait_until(found.is_whole)
        except AssertionError:
            logs = [path.read_text()[-3000:] for path in found.folder.glob("machine-*.log")]
            raise AssertionError("\n\n".join(logs)) from None
        yield found


@pytest.fixture
def port() -> int:
    return free_port()


def test_the_leader_is_lost_under_readers_and_another_takes_its_place(tmp_path: Path, port: int) -> None:
    with group() as machines:
        assert run_command("load", DATABASE_URL=machines.url).returncode == 0
        with run_service(DATABASE_URL=machines.url, GIPFELBUCH_PORT=port):
            readers = Readers(f"http://127.0.0.1:{port}", seconds_between=0.05)
            lost = machines.leader()
            assert lost is not None
            with readers.run_readers():
                time.sleep(0.5)
                readers.note(raise_revision(machines.url))
                machines.kill(lost)
                began, before = time.monotonic(), readers.counts["right"]
                wait_until(lambda: machines.leader() not in (None, lost))
                before = readers.counts["right"]
                wait_until(lambda: readers.counts["right"] > before + 20)
                seconds = time.monotonic() - began
                seeds = with_another_name(tmp_path / "seeds")
                loaded = run_command("load", DATABASE_URL=machines.url, GIPFELBUCH_SEEDS=seeds)
                assert "(revision 3)" in loaded.stderr
                readers.note(3)
                machines.start(lost)
                wait_until(machines.is_whole)
                time.sleep(0.5)
            print(f"{dict(readers.counts)}; answered again after {seconds:.1f} s")
            assert readers.counts.keys() <= {"right", "503"}
            answer = httpx.post(f"http://127.0.0.1:{port}/graphql", json={"query": QUESTION})
            assert (answer.json(), answer.headers["x-gipfelbuch-revision"]) == (RENAMED, "3")
            assert lost != machines.leader()
