"""The connections that the service reads with, on a real server."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import threading
from collections.abc import AsyncIterator

import asyncpg
import psycopg
import pytest

from service.store.database_urls import name_of_host, without_libpq_only
from service.store.failures import BAD_VALUE, OVERLOADED, TIMED_OUT, UNREACHABLE, Failure, ReadFailed
from service.store.pool import ReadingPool

pytestmark = pytest.mark.slow

BACKEND = "SELECT pg_backend_pid()"


@pytest.fixture
async def pool(scratch: str) -> AsyncIterator[ReadingPool]:
    pool = ReadingPool(scratch, size=2, seconds=5)
    yield pool
    await pool.close()


def failure_and_reason(raised: pytest.ExceptionInfo[ReadFailed]) -> tuple[Failure, str]:
    """Return the row of the table, and the reason for the log."""
    return raised.value.failure, raised.value.reason


def backends(url: str) -> list[int]:
    with psycopg.connect(url) as connection:
        query = """SELECT pid FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'gipfelbuch' ORDER BY pid"""
        return [int(row[0]) for row in connection.execute(query)]


async def test_a_value(pool: ReadingPool) -> None:
    assert await pool.value("SELECT $1::text || $2::text", ["Singa", "pur"]) == "Singapur"


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("application_name", "gipfelbuch"),
        ("default_transaction_read_only", "on"),
        ("statement_timeout", "5s"),
        ("lock_timeout", "2s"),
        ("TimeZone", "UTC"),
        ("DateStyle", "ISO, YMD"),
        ("plan_cache_mode", "force_generic_plan"),
        ("jit", "off"),
        ("random_page_cost", "1.1"),
    ],
)
async def test_the_settings_hold_from_one_request_to_the_next(pool: ReadingPool, setting: str, value: str) -> None:
    found = [await pool.value("SELECT current_setting($1)", [setting]) for _ in range(2)]
    assert found == [value, value]


async def test_it_only_reads(pool: ReadingPool) -> None:
    with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
        await pool.value("CREATE TABLE mountain (name text)")


async def test_one_connection_is_enough_for_one_request_after_another(pool: ReadingPool, scratch: str) -> None:
    found = {await pool.value(BACKEND) for _ in range(5)}
    assert sorted(found) == backends(scratch)
    assert len(found) == 1


async def test_no_more_connections_than_allowed(pool: ReadingPool, scratch: str) -> None:
    slow = "SELECT pg_backend_pid() FROM pg_sleep(0.05)"
    found = set(await asyncio.gather(*[pool.value(slow) for _ in range(6)]))
    assert sorted(found) == backends(scratch)
    assert len(found) == 2


async def test_connections_that_died_meanwhile_are_not_noticed(pool: ReadingPool, scratch: str) -> None:
    slow = "SELECT pg_backend_pid() FROM pg_sleep(0.05)"
    before = set(await asyncio.gather(pool.value(slow), pool.value(slow)))
    with psycopg.connect(scratch) as connection:
        for pid in before:
            connection.execute("SELECT pg_terminate_backend(%s, 1000)", [pid])
    after = await pool.value(BACKEND)
    assert after not in before
    assert backends(scratch) == [after]


async def test_a_connection_that_dies_under_a_statement_is_replaced_once(pool: ReadingPool, scratch: str) -> None:
    before = await pool.value(BACKEND)
    asked = asyncio.ensure_future(pool.value("SELECT pg_backend_pid() FROM pg_sleep(0.5)"))
    await asyncio.sleep(0.1)
    with psycopg.connect(scratch) as connection:
        connection.execute("SELECT pg_terminate_backend(%s, 1000)", [before])
    assert await asked not in (before, None)


async def test_a_mistake_in_a_statement_costs_no_connection(pool: ReadingPool, scratch: str) -> None:
    before = await pool.value(BACKEND)
    with pytest.raises(asyncpg.UndefinedColumnError):
        await pool.value("SELECT height")
    with pytest.raises(ReadFailed) as raised:
        await pool.value("SELECT $1::int", ["high"])
    assert raised.value.failure is BAD_VALUE
    assert await pool.value(BACKEND) == before


async def test_a_request_that_is_given_up_leaves_no_half_read_connection(pool: ReadingPool) -> None:
    asked = asyncio.ensure_future(pool.value("SELECT 'old' FROM pg_sleep(2)"))
    await asyncio.sleep(0.1)
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    assert await asyncio.gather(*[pool.value("SELECT 'new'") for _ in range(4)]) == ["new"] * 4


async def test_a_statement_that_takes_too_long(scratch: str) -> None:
    pool = ReadingPool(scratch, size=1, seconds=0.1)
    with pytest.raises(ReadFailed) as raised:
        await pool.value("SELECT pg_sleep(5)")
    assert raised.value.failure is TIMED_OUT
    assert raised.value.message == "The operation took longer than 0.1 s and was cancelled; ask for less."
    assert await pool.value("SELECT 1") == 1
    await pool.close()


async def test_a_server_that_falls_silent(scratch: str) -> None:
    pool = ReadingPool(scratch, size=1, seconds=0.1)
    silent = await pool.value(BACKEND)
    os.kill(silent, signal.SIGSTOP)
    try:
        with pytest.raises(ReadFailed) as raised:
            await pool.value("SELECT 1")
        assert failure_and_reason(raised) == (UNREACHABLE, "no answer within 2.1 s")
        assert await pool.value(BACKEND) != silent
    finally:
        os.kill(silent, signal.SIGCONT)
    await pool.close()


async def test_no_turn_in_time(scratch: str) -> None:
    pool = ReadingPool(scratch, size=1, seconds=1)
    slow = [asyncio.ensure_future(pool.value("SELECT 'slow' FROM pg_sleep(0.7)")) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(ReadFailed) as raised:
        await pool.value("SELECT 1")
    assert failure_and_reason(raised) == (OVERLOADED, "no connection became free within 1 s")
    assert await asyncio.gather(*slow) == ["slow", "slow"]
    await pool.close()


async def test_after_closing_nothing_is_left(scratch: str) -> None:
    pool = ReadingPool(scratch, size=2, seconds=5)
    await asyncio.gather(*[pool.value("SELECT pg_sleep(0.05)") for _ in range(2)])
    await pool.close()
    async with asyncio.timeout(5):
        while backends(scratch):
            await asyncio.sleep(0.01)


async def test_a_statement_that_runs_while_the_pool_is_closed_leaves_no_connection(scratch: str) -> None:
    pool = ReadingPool(scratch, size=2, seconds=5)
    reading = asyncio.ensure_future(pool.value("SELECT 'slow' FROM pg_sleep(0.2)"))
    async with asyncio.timeout(5):
        while not backends(scratch):
            await asyncio.sleep(0.01)
    await pool.close()
    assert await reading == "slow"
    async with asyncio.timeout(5):
        while backends(scratch):
            await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("postgresql://a@/b?host=/nowhere/at/all", "No such file or directory"),
        ("postgresql://a@127.0.0.1:1/b", "Connection refused"),
        ("postgresql://a@localhost:1/b", "Connection refused"),
        ("postgresql://a:secret@127.0.0.1:secret/b", "the URL of the database cannot be read"),
    ],
)
async def test_no_database(url: str, reason: str) -> None:
    with pytest.raises(ReadFailed) as raised:
        await ReadingPool(url, size=1, seconds=1).value("SELECT 1")
    assert raised.value.failure is UNREACHABLE
    assert reason in raised.value.reason


async def test_names_that_nobody_answers_for_are_looked_up_once_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    answered = threading.Event()

    def look_up(host: str, *_: object, **__: object) -> list[object]:
        asked.append(host)
        answered.wait(20)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    pool = ReadingPool("postgresql://a@silent.example/b", size=9, seconds=1, connect_seconds=0.1)
    for _ in range(3):
        with pytest.raises(ReadFailed) as raised:
            await pool.value("SELECT 1")
        assert failure_and_reason(raised) == (UNREACHABLE, "no connection within 0.1 s")
    assert asked == ["silent.example"]
    answered.set()
    while any(thread.name == "lookup of silent.example" for thread in threading.enumerate()):
        await asyncio.sleep(0.01)
    with pytest.raises(ReadFailed) as raised:
        await pool.value("SELECT 1")
    assert failure_and_reason(raised) == (UNREACHABLE, "[Errno -3] Temporary failure in name resolution")
    assert asked == ["silent.example"] * 2


async def test_a_database_of_another_name(server: str) -> None:
    with pytest.raises(ReadFailed) as raised:
        await ReadingPool(server.replace("/postgres?", "/nowhere?"), size=1, seconds=1).value("SELECT 1")
    assert failure_and_reason(raised) == (UNREACHABLE, 'database "nowhere" does not exist')


async def test_parameters_that_only_libpq_knows(server: str) -> None:
    pool = ReadingPool(f"{server}&connect_timeout=3&keepalives=1&channel_binding=prefer", size=1, seconds=1)
    assert await pool.value("SELECT 1") == 1
    await pool.close()


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("postgresql://u:p%40@a:1,b:2/d?sslmode=require", "postgresql://u:p%40@a:1,b:2/d?sslmode=require"),
        ("postgres://u@h/d?connect_timeout=3", "postgres://u@h/d"),
        ("postgresql://u@/d?password=a+b&keepalives=0", "postgresql://u@/d?password=a%2Bb"),
    ],
)
def test_the_url_that_asyncpg_gets(url: str, kept: str) -> None:
    assert without_libpq_only(url) == kept


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("postgresql://u:p%40@db.example:5432/d", "db.example"),
        ("postgresql://standby-1/d", "standby-1"),
        ("postgresql://u@127.0.0.1/d", None),
        ("postgresql://u@[::1]:5432/d", None),
        ("postgresql://u@%2Frun%2Fpostgresql/d", None),
        ("postgresql://u@/d?host=/run/postgresql", None),
        ("postgresql://u@a,b/d", None),
    ],
)
def test_the_name_that_is_looked_up(url: str, name: str | None) -> None:
    assert name_of_host(url) == name
