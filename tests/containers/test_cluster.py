"""The scripts of examples/cluster, as the containers of the profile `cluster` run them, on ports of this machine."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import psycopg
import pytest

from service.settings import REPOSITORY
from service.store.embedded.account import PROGRAMS, database_account, run_as, runnable_programs
from service.store.embedded.postmaster import LOCALE
from tests.containers.files import compose
from tests.containers.test_commands import free_port

pytestmark = pytest.mark.slow

PASSWORD = "a:b@c/d %'"
SECONDS = 30
FOLDER = REPOSITORY / "examples" / "cluster"


class Machine:
    """Where the containers would run: one folder owned by the account for all, and the programs of the image."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.account = database_account()
        self.programs = runnable_programs(self.account) if self.account else PROGRAMS
        if self.account:
            os.chown(folder, self.account.uid, self.account.gid)

    def start(self, *command: str, **environment: object) -> subprocess.Popen[str]:
        options = run_as(self.account, self.folder)
        path = f"{self.programs}{os.pathsep}{os.defpath}"
        options["env"] = {"PATH": path, "LC_ALL": "C", **{name: str(value) for name, value in environment.items()}}
        return subprocess.Popen(command, **options, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def run(self, *command: str, **environment: object) -> None:
        with self.start(*command, **environment) as process:
            _, said = process.communicate(timeout=SECONDS)
            assert process.returncode == 0, said

    def script(self, name: str) -> str:
        """Return a script as it is mounted: where the account can read it."""
        copy = self.folder / name
        copy.write_bytes((FOLDER / name).read_bytes())
        copy.chmod(0o755)
        return str(copy)


def options_of(name: str, port: int, folder: Path) -> list[str]:
    """Return PostgreSQL's options in a container, and where it listens here."""
    found = compose(POSTGRES_PASSWORD=PASSWORD)["services"][name]
    _, *given = found.get("command") or found["entrypoint"][1:]
    here = {"port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": folder, "fsync": "off"}
    return [*given, *(part for key, value in here.items() for part in ("-c", f"{key}={value}"))]


@pytest.fixture
def machine() -> Iterator[Machine]:
    with tempfile.TemporaryDirectory(prefix="gipfelbuch-") as name:
        yield Machine(Path(name).resolve())


@contextmanager
def stopped_at_the_end(process: subprocess.Popen[str]) -> Iterator[subprocess.Popen[str]]:
    with process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=SECONDS)


@contextmanager
def start_primary(machine: Machine, *further: str) -> Iterator[int]:
    """Yield the port of the primary as the image creates it, with passwords required."""
    port, data = free_port(), machine.folder / "primary"
    secret = machine.folder / "password"
    secret.write_text(PASSWORD)
    secret.chmod(0o644)
    rules = ("--auth-host=scram-sha-256", "--auth-local=trust", f"--pwfile={secret}")
    machine.run("initdb", f"--pgdata={data}", "--username=gipfelbuch", *rules, *LOCALE)
    options = [*options_of("primary", port, machine.folder), *further]
    with stopped_at_the_end(machine.start("postgres", *options, PGDATA=data)):
        wait_until(lambda: is_ready(port))
        machine.run(
            machine.script("primary.sh"),
            PGDATA=data,
            PGHOST=machine.folder,
            PGPORT=port,
            POSTGRES_USER="gipfelbuch",
            POSTGRES_DB="postgres",
            POSTGRES_PASSWORD=PASSWORD,
        )
        # the image restarts it after its scripts
        machine.run("pg_ctl", "reload", f"--pgdata={data}")
        yield port


@contextmanager
def standby(machine: Machine, name: str, following: int) -> Iterator[tuple[int, Path]]:
    """Yield the port of a standby, and its data."""
    port, data = free_port(), machine.folder / name / "18" / "docker"
    environment = compose(POSTGRES_PASSWORD=PASSWORD)["services"][name]["environment"] | {
        "PRIMARY": "127.0.0.1",
        "PGPORT": following,
        "PGDATA": data,
    }
    command = [machine.script("standby.sh"), *options_of(name, port, machine.folder)]
    with stopped_at_the_end(machine.start(*command, **environment)):
        wait_until(lambda: is_ready(port))
        yield port, data


def connect(port: int) -> psycopg.Connection:
    return psycopg.connect(host="127.0.0.1", port=port, user="gipfelbuch", password=PASSWORD, dbname="postgres")


def is_ready(port: int) -> bool:
    try:
        connect(port).close()
    except psycopg.OperationalError:
        return False
    return True


def value(port: int, query: str) -> object:
    with connect(port) as connection:
        row = connection.execute(query.encode()).fetchone()
    return row and row[0]


def has_table(port: int, name: str) -> bool:
    return value(port, f"SELECT to_regclass('{name}')::text") == name


def wait_until(is_so: Callable[[], bool]) -> None:
    for _ in range(10 * SECONDS):
        if is_so():
            return
        time.sleep(0.1)
    raise AssertionError("it does not come to that")


FOLLOWING = "SELECT count(*) FROM pg_replication_slots WHERE active AND slot_name IN ('standby_1', 'standby_2')"
GIVEN_UP = "SELECT wal_status FROM pg_replication_slots WHERE slot_name = 'standby_1'"


def test_two_standbys_follow_by_slots_of_their_own(machine: Machine) -> None:
    with ExitStack() as stack:
        leader = stack.enter_context(start_primary(machine))
        # left by an attempt that was killed
        machine.run("mkdir", "-p", f"{machine.folder}/standby-1/18/docker.unfinished/base")
        followers = [stack.enter_context(standby(machine, f"standby-{number}", leader)) for number in (1, 2)]
        wait_until(lambda: value(leader, FOLLOWING) == 2)
        with connect(leader) as connection:
            connection.execute("CREATE TABLE told (what text)")
            connection.execute("INSERT INTO told VALUES ('of it')")
        for port, data in followers:
            assert value(port, "SHOW transaction_read_only") == "on"
            wait_until(partial(has_table, port, "told"))
            assert value(port, "SELECT what FROM told") == "of it"
            assert [path.name for path in data.parent.iterdir()] == ["docker"]


def test_one_that_starts_again_goes_on_with_what_it_has(machine: Machine) -> None:
    with start_primary(machine) as leader:
        with standby(machine, "standby-1", leader) as (_, data):
            made = data.stat().st_ino
        with connect(leader) as connection:
            connection.execute("CREATE TABLE meanwhile ()")
        with standby(machine, "standby-1", leader) as (port, data):
            assert data.stat().st_ino == made
            wait_until(partial(has_table, port, "meanwhile"))


def test_one_that_was_given_up_is_copied_again(machine: Machine) -> None:
    with start_primary(machine, "-c", "max_slot_wal_keep_size=1MB", "-c", "min_wal_size=32MB") as leader:
        with standby(machine, "standby-1", leader) as (_, data):
            (data / "of_the_first_copy").touch()
            wait_until(lambda: value(leader, GIVEN_UP) == "reserved")
        with connect(leader) as connection:
            connection.autocommit = True
            connection.execute("CREATE TABLE meanwhile ()")
            for _ in range(3):
                connection.execute("SELECT pg_switch_wal(), pg_logical_emit_message(false, '', '')")
            connection.execute("CHECKPOINT")
        assert value(leader, GIVEN_UP) == "lost"
        with standby(machine, "standby-1", leader) as (port, data):
            assert not (data / "of_the_first_copy").exists()
            assert has_table(port, "meanwhile")
            wait_until(lambda: value(leader, GIVEN_UP) == "reserved")


def test_one_starts_without_the_primary(machine: Machine) -> None:
    with start_primary(machine) as leader, standby(machine, "standby-1", leader):
        pass
    with standby(machine, "standby-1", leader) as (port, _):
        assert value(port, "SHOW transaction_read_only") == "on"
