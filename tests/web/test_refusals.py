"""Every error that the database can return for a read has a code and a status."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator

import asyncpg
import pytest

from service.store.failures import (
    BAD_VALUE,
    BY_SQLSTATE,
    CONNECTION_LOST,
    FAULT,
    LOCKED,
    OVERLOADED,
    TIMED_OUT,
    TOO_COMPLEX,
    UNREACHABLE,
    Failure,
    ReadFailed,
    failure_of,
)
from service.store.pool import ReadingPool

DRIVER: list[type[asyncpg.PostgresError]] = [
    each
    for each in vars(asyncpg).values()
    if isinstance(each, type) and issubclass(each, asyncpg.PostgresError) and each.sqlstate
]


@pytest.fixture
async def pool(scratch: str) -> AsyncIterator[ReadingPool]:
    pool = ReadingPool(scratch, size=1, seconds=5)
    yield pool
    await pool.close()


@pytest.mark.parametrize("error", DRIVER, ids=[each.__name__ for each in DRIVER])
def test_whatever_the_driver_can_raise_has_a_row(error: type[asyncpg.PostgresError]) -> None:
    sqlstate = str(error.sqlstate)
    row = BY_SQLSTATE.get(sqlstate) or BY_SQLSTATE.get(sqlstate[:2])
    assert row is not None
    assert failure_of(error("it says so")) is row


def test_a_class_of_a_later_version_is_a_fault_until_it_has_a_row() -> None:
    class OfTomorrow(asyncpg.PostgresError):
        sqlstate = "ZZ001"

    assert failure_of(OfTomorrow("new")) is FAULT


def test_each_row_is_of_a_class_or_a_condition() -> None:
    known = {str(each.sqlstate) for each in DRIVER}
    classes = {each[:2] for each in known}
    assert [each for each in BY_SQLSTATE if not re.fullmatch("[0-9A-Z]{2}([0-9A-Z]{3})?", each)] == []
    assert [each for each in BY_SQLSTATE if each not in known | classes] in ([], ["25P04"])


@pytest.mark.parametrize("error", [OSError(), ConnectionResetError(), TimeoutError(), asyncpg.InternalClientError("")])
def test_a_lost_connection(error: Exception) -> None:
    assert isinstance(error, CONNECTION_LOST)
    assert failure_of(error) is UNREACHABLE


@pytest.mark.parametrize(
    ("statement", "values", "failure"),
    [
        ("SELECT $1::int", [2**40], BAD_VALUE),
        ("SELECT $1::int", ["high"], BAD_VALUE),
        ("SELECT $1::text", ["\0"], BAD_VALUE),
        ("SELECT ($1::text)::int", ["high"], BAD_VALUE),
        ("SELECT ($1::text)::date", ["2019-02-30"], BAD_VALUE),
        ("SELECT (10 ^ 400)::text", [], BAD_VALUE),
        ("SELECT repeat('a', 2000000000) || repeat('b', 2000000000)", [], TOO_COMPLEX),
        ("SELECT ($1::text)::tsquery", ["&".join(f"w{n}" + "z" * 98 for n in range(20_000))], TOO_COMPLEX),
        ("SELECT 1" + " + 1" * 20_000, [], TOO_COMPLEX),
        pytest.param("SELECT pg_sleep(9)", [], TIMED_OUT, marks=pytest.mark.slow),
    ],
)
async def test_what_the_server_says(scratch: str, statement: str, values: list[object], failure: Failure) -> None:
    pool = ReadingPool(scratch, size=1, seconds=2)
    with pytest.raises(ReadFailed) as raised:
        await pool.value(statement, values)
    assert raised.value.failure is failure
    assert await pool.value("SELECT 1") == 1
    await pool.close()


@pytest.mark.slow
async def test_a_lock_that_is_waited_for(scratch: str, pool: ReadingPool) -> None:
    holder = await asyncpg.connect(scratch)
    async with holder.transaction():
        await holder.execute("LOCK actor IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(ReadFailed) as raised:
            await pool.value("SELECT count(*) FROM actor")
    await holder.close()
    assert raised.value.failure is LOCKED
    assert await pool.value("SELECT count(*) FROM actor") == 0


async def test_too_large_a_temporary_file(scratch: str) -> None:
    owner = await asyncpg.connect(scratch)
    await owner.execute("CREATE ROLE of_few_files LOGIN; ALTER ROLE of_few_files SET temp_file_limit = '64kB'")
    try:
        pool = ReadingPool(scratch.replace("gipfelbuch@", "of_few_files@"), size=1, seconds=5)
        with pytest.raises(ReadFailed) as raised:
            await pool.value("SELECT count(*) FROM (SELECT n FROM generate_series(1, 1000000) n ORDER BY -n) sorted")
        await pool.close()
    finally:
        await owner.execute("DROP ROLE of_few_files")
        await owner.close()
    assert raised.value.failure is TOO_COMPLEX


async def test_no_connection_left_to_give(scratch: str) -> None:
    """One existing connection serves everybody; without any, the response is that there are too many."""
    owner = await asyncpg.connect(scratch)
    await owner.execute("CREATE ROLE of_one_connection LOGIN CONNECTION LIMIT 1")
    url = scratch.replace("gipfelbuch@", "of_one_connection@")
    try:
        first, second = (ReadingPool(url, size=4, seconds=5) for _ in range(2))
        # PostgreSQL may refuse each of several concurrent connections
        await first.value("SELECT 1")
        slow = "SELECT $1::text FROM pg_sleep(0.1)"
        found = await asyncio.gather(*(first.value(slow, [str(n)]) for n in range(4)))
        with pytest.raises(ReadFailed) as raised:
            await second.value("SELECT 1")
        await first.close()
        await second.close()
    finally:
        await owner.execute("DROP ROLE of_one_connection")
        await owner.close()
    assert found == ["0", "1", "2", "3"]
    assert raised.value.failure is OVERLOADED
