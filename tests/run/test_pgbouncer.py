"""A PgBouncer in transaction mode between the service and the database, as hosted PostgreSQL gives it."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from service.store.failures import ReadFailed
from service.store.pool import ReadingPool
from service.store.server.account import NAME
from service.store.statements import PooledReader

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


@pytest.fixture(params=["", PASSED_OVER], ids=["settings refused", "settings passed over"])
def pooled(request: pytest.FixtureRequest, database: str, tmp_path: Path, port: int) -> Iterator[str]:
    """The URL of the seeds behind a PgBouncer that has two connections for all."""
    if PROGRAM is None:
        pytest.skip("there is no pgbouncer here")
    parts = urlsplit(database)
    name, host = parts.path.removeprefix("/"), parse_qs(parts.query)["host"][0]
    settings = tmp_path / "pgbouncer.ini"
    settings.write_text(CONFIGURATION.format(name=name, host=host, port=port, more=request.param))
    # the socket is for the account of the database alone, and the program refuses to run as root
    command = [PROGRAM, "-q", *(["-u", NAME] if os.geteuid() == 0 else []), str(settings)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            wait(port)
            yield f"postgresql://gipfelbuch@127.0.0.1:{port}/{name}"
        finally:
            process.terminate()


def wait(port: int) -> None:
    for _ in range(100):
        try:
            return socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.05)
    raise AssertionError("pgbouncer does not listen")


async def test_many_at_once_are_answered_with_the_settings_of_the_service(pooled: str) -> None:
    pool = ReadingPool(pooled, size=8, seconds=5, public_url="https://it's.example")
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


async def test_after_a_failure_the_connection_serves_on(pooled: str) -> None:
    pool = ReadingPool(pooled, size=1, seconds=1)
    try:
        for statement, code in (("SELECT '2019-02-30'::date", "BAD_USER_INPUT"), ("SELECT pg_sleep(5)", "TIMEOUT")):
            with pytest.raises(ReadFailed) as failed:
                await pool.value(statement)
            assert failed.value.code == code
            assert await pool.value("SELECT 1") == 1
    finally:
        await pool.close()
