"""The role that the service reads with, on the embedded database and on one of the operator's."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import psycopg
import pytest

from service.errors import DatabaseRefuses
from service.store.embedded.database import READER, embedded_database, embedded_reader_url
from service.store.migrations import migrate
from service.store.pool import ReadingPool
from service.store.roles import TEMP_FILES, role_of
from tests.conftest import database_url, statement
from tests.run.commands import START_SECONDS, VLADIVOSTOK, refusal_of, run_curl, run_service

pytestmark = [pytest.mark.slow, pytest.mark.sql]


@pytest.fixture
def empty(server: str) -> Iterator[str]:
    """Return a database without tables for one test."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE without_tables")
        yield server.replace("/postgres?", "/without_tables?")
        connection.execute("DROP DATABASE without_tables WITH (FORCE)")
        connection.execute("DROP ROLE IF EXISTS sherpa")


@pytest.fixture(scope="module")
def readable(server: str) -> Iterator[str]:
    """Return a database with tables and a reader, which nobody changes."""
    statement(server, "CREATE DATABASE readable")
    url = database_url(server, "readable")
    migrate(url, embedded_reader_url(url))
    yield embedded_reader_url(url)
    statement(server, "DROP DATABASE readable WITH (FORCE)")


def test_the_name_of_a_role(monkeypatch: pytest.MonkeyPatch) -> None:
    assert role_of("postgresql://a%20b@host/database") == "a b"
    assert role_of("postgresql://host/database?user=c") == "c"
    monkeypatch.setenv("PGUSER", "d")
    assert role_of("postgresql://host/database") == "d"


WRITING = [
    "INSERT INTO term (term, descriptions) VALUES ('a', '{}')",
    "UPDATE dataset SET revision = 0",
    "DELETE FROM dataset",
    "TRUNCATE dataset",
    "CREATE TABLE mountain (name text)",
    "DROP TABLE dataset",
    "COPY dataset TO PROGRAM 'true'",
    "SELECT pg_read_file('/etc/passwd')",
]


@pytest.mark.parametrize("writing", WRITING)
async def test_it_may_only_select(readable: str, writing: str) -> None:
    pool = ReadingPool(readable, size=1, seconds=5)
    assert await pool.value("SELECT current_user::text") == READER
    assert await pool.value("SELECT count(*) FROM fact") == 0
    with pytest.raises((asyncpg.InsufficientPrivilegeError, asyncpg.ReadOnlySQLTransactionError)):
        await pool.value(writing)
    # settings that a statement can undo give no access
    await pool.value("SELECT set_config('default_transaction_read_only', 'off', false)")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await pool.value(writing)
    await pool.close()


async def test_its_temporary_files_are_bounded(readable: str) -> None:
    pool = ReadingPool(readable, size=1, seconds=5)
    assert await pool.value("SELECT current_setting('temp_file_limit')") == TEMP_FILES
    assert await pool.value("SELECT current_setting('transaction_read_only')") == "on"
    await pool.close()


async def test_a_role_of_the_operators_reads_what_is_and_what_will_be(empty: str) -> None:
    with psycopg.connect(empty, autocommit=True) as connection:
        connection.execute("CREATE ROLE sherpa LOGIN")
        url = empty.replace("gipfelbuch@", "sherpa@")
        migrate(empty, url)
        connection.execute("CREATE TABLE of_tomorrow (name text)")
        pool = ReadingPool(url, size=1, seconds=5)
        assert await pool.value("SELECT count(*) FROM fact") == 0
        assert await pool.value("SELECT count(*) FROM of_tomorrow") == 0
        await pool.close()
        assert migrate(empty, url).applied == ()
        connection.execute("DROP OWNED BY sherpa")


async def test_an_owner_who_is_no_superuser(empty: str, server: str) -> None:
    with psycopg.connect(empty, autocommit=True) as connection:
        connection.execute("CREATE ROLE sherpa LOGIN")
        connection.execute("CREATE ROLE guide LOGIN")
        connection.execute("GRANT CREATE ON DATABASE without_tables TO guide")
        connection.execute("GRANT ALL ON SCHEMA public TO guide")
        try:
            migrate(empty.replace("gipfelbuch@", "guide@"), empty.replace("gipfelbuch@", "sherpa@"))
            pool = ReadingPool(empty.replace("gipfelbuch@", "sherpa@"), size=1, seconds=5)
            assert await pool.value("SELECT count(*) FROM fact") == 0
            assert await pool.value("SELECT current_setting('transaction_read_only')") == "on"
            await pool.close()
        finally:
            connection.execute("DROP OWNED BY sherpa, guide CASCADE")
            connection.execute("DROP ROLE guide")


def test_a_role_that_is_not_there(empty: str) -> None:
    with pytest.raises(DatabaseRefuses) as told:
        migrate(empty, empty.replace("gipfelbuch@", "yeti@"))
    assert (
        told.value.message == "The database refused the operation: the role yeti in DATABASE_READER_URL does not exist"
    )


def test_a_service_on_two_urls(port: int, folder: Path, scratch: str) -> None:
    settings = {
        "GIPFELBUCH_DATA_DIR": folder,
        "GIPFELBUCH_PORT": port,
        "DATABASE_URL": scratch,
        "DATABASE_READER_URL": embedded_reader_url(scratch),
    }
    with run_service(**settings) as (run, line):
        assert run_curl(line) == VLADIVOSTOK
        assert readers(scratch) == {READER}
        run.send_signal(signal.SIGTERM)
        assert run.wait(START_SECONDS) == 0


def readers(url: str) -> set[str]:
    """Return the roles that the service is connected as."""
    query = (
        "SELECT usename FROM pg_stat_activity WHERE application_name = 'gipfelbuch' AND datname = current_database()"
    )
    with psycopg.connect(url) as connection:
        return {str(row[0]) for row in connection.execute(query)}


def test_a_folder_from_before_gets_its_reader_at_the_next_start(folder: Path, port: int) -> None:
    with embedded_database(folder) as url:
        migrate(url)
        with psycopg.connect(url) as connection:
            assert not connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [READER]).fetchall()
    with run_service(GIPFELBUCH_DATA_DIR=folder, GIPFELBUCH_PORT=port) as (run, line):
        assert run_curl(line) == VLADIVOSTOK
        run.send_signal(signal.SIGTERM)
        assert run.wait(START_SECONDS) == 0
    with embedded_database(folder) as url, psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole, rolconfig FROM pg_roles WHERE rolname = %s", [READER]
        ).fetchone()
    assert row == (False, False, False, [f"temp_file_limit={TEMP_FILES}", "default_transaction_read_only=on"])


@pytest.mark.parametrize("command", ["load", "migrate"])
def test_a_database_that_only_lets_read(empty: str, command: str) -> None:
    with psycopg.connect(empty, autocommit=True) as connection:
        connection.execute("ALTER DATABASE without_tables SET default_transaction_read_only = on")
    assert refusal_of(command, DATABASE_URL=empty) == (
        "The database refused the operation: cannot execute CREATE TABLE in a read-only transaction; "
        "it is a standby, or this user may only read"
    )


def test_a_database_that_fails_at_what_it_is_told(scratch: str) -> None:
    """As with a full disk: here it runs out of room for temporary tables, locks or whatever else."""
    with psycopg.connect(scratch, autocommit=True) as connection:
        connection.execute(
            "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS "
            "$$BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END$$"
        )
        connection.execute("CREATE TRIGGER fail BEFORE INSERT ON source FOR EACH ROW EXECUTE FUNCTION fail()")
    assert refusal_of("load", DATABASE_URL=scratch) == (
        "The disk is full, and nothing was changed: the database could not write "
        "(could not extend file: No space left on device)."
    )
