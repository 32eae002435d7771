"""A PgBouncer in transaction mode between the service and the database, as with hosted PostgreSQL."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from service.store.embedded.account import NAME
from service.store.failures import ReadFailed
from service.store.pool import ReadingPool
from service.store.statements import PooledReader
from tests.processes import start_process
from tests.run.commands import START_SECONDS, VLADIVOSTOK, run_command, run_curl, run_service
from tests.run.seeds import QUESTION, RENAMED, with_another_name

pytestmark = pytest.mark.slow

PROGRAM = shutil.which("pgbouncer", path=f"{os.defpath}:/usr/sbin")
CONFIGURATION = """
[databases]
{name} = host={host} port=5432 user=gipfelbuch
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 2
{more}
"""
PASSED_OVER = (
    "ignore_startup_parameters = default_transaction_read_only, statement_timeout, lock_timeout, plan_cache_mode, jit, "
    "random_page_cost, gipfelbuch.public_url"
)


class Pooler(NamedTuple):
    """A PgBouncer that shares two server connections between all clients, and the URL of the database behind it."""

    command: list[str]
    port: int
    url: str

    @contextmanager
    def run_pooler(self) -> Iterator[None]:
        with start_process(self.command, stderr=subprocess.DEVNULL):
            wait(self.port)
            yield


def pooler(database: str, folder: Path, port: int, more: str = "") -> Pooler:
    if PROGRAM is None:
        pytest.skip("there is no pgbouncer here")
    parts = urlsplit(database)
    name, host = parts.path.removeprefix("/"), parse_qs(parts.query)["host"][0]
    settings = folder / "pgbouncer.ini"
    settings.write_text(CONFIGURATION.format(name=name, host=host, port=port, more=more))
    # only the database's account may use the socket, and the program refuses to run as root
    command = [PROGRAM, "-q", *(["-u", NAME] if os.geteuid() == 0 else []), str(settings)]
    return Pooler(command, port, f"postgresql://gipfelbuch@127.0.0.1:{port}/{name}")


def wait(port: int) -> None:
    for _ in range(100):
        try:
            return socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.05)
    raise AssertionError("pgbouncer does not listen")


@pytest.fixture(params=["", PASSED_OVER], ids=["settings refused", "settings passed over"])
def pooled_url(request: pytest.FixtureRequest, database: str, tmp_path: Path, port: int) -> Iterator[str]:
    """Yield the URL of the seeds behind a PgBouncer."""
    found = pooler(database, tmp_path, port, request.param)
    with found.run_pooler():
        yield found.url


async def test_many_at_once_are_answered_with_the_settings_of_the_service(pooled_url: str) -> None:
    pool = ReadingPool(pooled_url, size=8, seconds=5, public_url="https://it's.example")
    questions = [
        ("SELECT $1::int4 + count(*) FROM source", 10),
        ("SELECT current_setting('statement_timeout') || $1::text", "5s!"),
        ("SELECT current_setting('plan_cache_mode')", "force_generic_plan"),
        ("SELECT current_setting('transaction_read_only')", "on"),
        ("SELECT current_setting('gipfelbuch.public_url')", "https://it's.example"),
        ("SELECT $1::date = DATE '2019-02-28'", True),
    ]
    values: list[list[object]] = [[0], ["!"], [], [], [], ["2019-02-28"]]
    try:
        for _ in range(20):
            asked = [pool.value(sql, given) for (sql, _), given in zip(questions, values, strict=True)]
            assert await asyncio.gather(*asked) == [answer for _, answer in questions]
        assert {type(reader) for reader in pool._idle} == {PooledReader}
    finally:
        await pool.close()


async def test_after_a_failure_the_connection_serves_on(pooled_url: str) -> None:
    pool = ReadingPool(pooled_url, size=1, seconds=1)
    try:
        for statement, code in (("SELECT '2019-02-30'::date", "BAD_USER_INPUT"), ("SELECT pg_sleep(5)", "TIMEOUT")):
            with pytest.raises(ReadFailed) as failed:
                await pool.value(statement)
            assert failed.value.code == code
            assert await pool.value("SELECT 1") == 1
    finally:
        await pool.close()


async def test_whoever_gets_no_connection_waits_for_one_of_ours(database: str, tmp_path: Path, port: int) -> None:
    found = pooler(database, tmp_path, port, "max_client_conn = 3")
    pool = ReadingPool(found.url, size=8, seconds=5)
    with found.run_pooler():
        try:
            # of several first clients the pooler may admit none, as it still counts those that it has closed
            assert await pool.value("SELECT 1") == 1
            values = [pool.value("SELECT $1::int4", [number]) for number in range(20)]
            assert await asyncio.gather(*values) == list(range(20))
        finally:
            await pool.close()


def test_a_service_that_has_no_other_way_to_its_database(scratch: str, folder: Path, tmp_path: Path, port: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        found = pooler(scratch, tmp_path, listener.getsockname()[1])
    settings = {"DATABASE_URL": found.url, "GIPFELBUCH_DATA_DIR": folder}
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client, ExitStack() as service:
        with found.run_pooler():
            run, line = service.enter_context(run_service(**settings, GIPFELBUCH_PORT=port))
            answers_all(client, line)
        for path in ("/health/ready", "/graphql?query={__typename,dataset{revision}}"):
            away = client.get(path)
            assert (away.status_code, away.json()["errors"][0]["extensions"]["code"]) == (503, "DATABASE_UNREACHABLE")
        with found.run_pooler():
            answers_all(client, line)
            assert "Nothing has changed since the last load." in load_changes(**settings)
            # everything that the database is queried for a second time, on the connections of the first
            assert "(revision 2)" in load_changes(**settings, GIPFELBUCH_SEEDS=with_another_name(tmp_path / "seeds"))
            assert client.get("/graphql", params={"query": QUESTION}).json() == RENAMED
            run.send_signal(signal.SIGTERM)
            assert run.wait(START_SECONDS) == 0


def answers_all(client: httpx.Client, line: str) -> None:
    """Check questions, files, readiness and metrics."""
    assert run_curl(line) == VLADIVOSTOK
    listed = client.post("/graphql", json={"query": "{ dataset { downloads { url sha256 } } }"}).json()
    for file in listed["data"]["dataset"]["downloads"]:
        assert sha256(client.get(file["url"]).content).hexdigest() == file["sha256"]
    assert client.get("/health/ready").json() == {"status": "ready"}
    assert "gipfelbuch_request_seconds_count" in client.get("/metrics").text


def load_changes(**settings: object) -> str:
    """Return the messages of a load that succeeds."""
    done = run_command("load", **settings)
    assert done.returncode == 0, done.stderr
    return done.stderr
