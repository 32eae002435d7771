"""Migrations on real servers, and the messages about a database that cannot be used."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from service.errors import DatabaseRefuses, DatabaseTooNew, DatabaseTooOld, DatabaseUnreachable
from service.settings import REPOSITORY
from service.store.connection import scalar
from service.store.embedded.database import throwaway_database
from service.store.migrations import migrate
from service.store.transactions import write_transaction
from service.store.upgrading import differences

pytestmark = [pytest.mark.slow, pytest.mark.sql]

OLDEST = Path("/usr/lib/postgresql/15/bin")


def revisions() -> list[str]:
    """Return the revisions of this version, the oldest first."""
    scripts = ScriptDirectory.from_config(Config(toml_file=REPOSITORY / "pyproject.toml"))
    return [script.revision for script in scripts.walk_revisions()][::-1]


@pytest.fixture
def empty() -> Iterator[str]:
    with throwaway_database() as url:
        yield url


def test_the_second_time_there_is_nothing_to_do(empty: str) -> None:
    first = migrate(empty)
    assert list(first.applied) == revisions()
    assert str(first) == f"Applied {len(revisions())} migrations (revision {revisions()[-1]})."
    again = migrate(empty)
    assert again.applied == ()
    assert str(again) == f"The tables are up to date (revision {revisions()[-1]})."


def test_of_two_at_once_one_migrates(empty: str) -> None:
    with ThreadPoolExecutor(2) as threads:
        both = list(threads.map(migrate, [empty, empty]))
    assert sorted(len(each.applied) for each in both) == [0, len(revisions())]


def test_the_tables_are_those_declared(template: str) -> None:
    assert differences(template) is None


@pytest.mark.parametrize(
    ("changed", "steps"),
    [
        (
            "ALTER TABLE event DROP CONSTRAINT event_medium_check",
            "add constraint event_medium_check",
        ),
        (
            "ALTER TABLE event ADD CONSTRAINT event_mode_check CHECK (mode <> 'telex')",
            "remove constraint event_mode_check",
        ),
        (
            "ALTER TABLE event DROP CONSTRAINT event_medium_check,"
            " ADD CONSTRAINT event_medium_check CHECK (medium IN ('CALL', 'TELEX'))",
            "add constraint event_medium_check, remove constraint event_medium_check",
        ),
        ("ALTER TABLE event DROP COLUMN mode", "add column event mode"),
        ("DROP INDEX event_score_idx", "add index event_score_idx"),
        (
            "DROP INDEX event_score_idx; CREATE INDEX event_score_idx ON event (score) WHERE score > 0",
            "add index event_score_idx, remove index event_score_idx",
        ),
        (
            "DROP INDEX search_text_hidden_idx;"
            " CREATE INDEX search_text_hidden_idx ON search_text USING gist (lexemes)",
            "add index search_text_hidden_idx, remove index search_text_hidden_idx",
        ),
        (
            "DROP INDEX shared_date_desc_idx; CREATE INDEX shared_date_desc_idx ON shared"
            " (between_id, is_dated DESC, first_on DESC, last_on, slug)",
            "add index shared_date_desc_idx, remove index shared_date_desc_idx",
        ),
        (
            "CREATE OR REPLACE FUNCTION slug_warnings(unknown json) RETURNS json LANGUAGE sql AS 'SELECT unknown'",
            "change function slug_warnings(json)",
        ),
        ("ALTER FUNCTION slug_warnings VOLATILE", "change function slug_warnings(json)"),
        ("DROP FUNCTION slug_warnings", "add function slug_warnings(json)"),
        (
            "CREATE FUNCTION slug_warnings(known integer) RETURNS integer LANGUAGE sql AS 'SELECT known'",
            "remove function slug_warnings(integer)",
        ),
        (
            "CREATE OR REPLACE VIEW mode AS SELECT term AS slug, current_date AS known_since FROM term",
            "change view mode",
        ),
        ("DROP VIEW property", "add view property"),
    ],
)
def test_what_is_not_as_declared_is_told(scratch: str, changed: str, steps: str) -> None:
    with psycopg.connect(scratch) as connection:
        connection.execute(changed.encode())
    assert differences(scratch) == (
        f"The migrations do not result in the declared tables. Missing: {steps}. "
        "Run `gipfelbuch migrate --draft MESSAGE` to draft a migration."
    )


def test_a_transaction_that_fails_leaves_nothing(scratch: str) -> None:
    def fail() -> None:
        with write_transaction(scratch) as connection:
            connection.execute("CREATE TABLE half_done ()")
            connection.execute("SELECT 1 / 0")

    with pytest.raises(psycopg.errors.DivisionByZero):
        fail()
    with write_transaction(scratch) as connection:
        assert scalar(connection, "SELECT to_regclass('half_done')") is None


@pytest.mark.skipif(not OLDEST.exists(), reason="no PostgreSQL 15 here")
def test_the_oldest_version_will_do() -> None:
    locale = ("--encoding=UTF8", "--locale=C.UTF-8")
    with throwaway_database(OLDEST, locale) as url:
        assert list(migrate(url).applied) == revisions()
        assert differences(url) is None


def test_nobody_listens() -> None:
    with pytest.raises(DatabaseUnreachable) as refused:
        migrate("postgresql://reader@127.0.0.1:1/register")
    assert refused.value.message == (
        "The database cannot be reached: connection failed: "
        'connection to server at "127.0.0.1", port 1 failed: Connection refused'
    )


def test_a_url_that_is_none() -> None:
    with pytest.raises(DatabaseUnreachable) as refused:
        migrate("postgresql://reader@127.0.0.1:port/register")
    assert refused.value.message == (
        "The database cannot be reached: its URL is invalid: it does not have the form "
        "postgresql://user:password@host:port/database; in a password, write /, ?, #, @ and % as "
        "%2F, %3F, %23, %40 and %25"
    )


def test_tables_of_a_later_version(scratch: str) -> None:
    with write_transaction(scratch) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'of_tomorrow'")
    with pytest.raises(DatabaseTooNew) as refused:
        migrate(scratch)
    assert refused.value.message == (
        "The database is at revision of_tomorrow, which this version of Gipfelbuch does not know: "
        "a later version has migrated the database."
    )


def test_a_user_without_rights(empty: str) -> None:
    with psycopg.connect(empty) as connection:
        connection.execute("CREATE ROLE guest LOGIN")
    with pytest.raises(DatabaseRefuses) as refused:
        migrate(empty.replace("gipfelbuch@", "guest@"))
    assert refused.value.message == "The database refused the operation: permission denied for schema public"


def test_a_server_that_is_too_old() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=greet_as_version_14, args=(listener,), daemon=True).start()
        port = listener.getsockname()[1]
        with pytest.raises(DatabaseTooOld) as refused:
            migrate(f"postgresql://reader@127.0.0.1:{port}/register?sslmode=disable&gssencmode=disable")
    assert refused.value.message == "The database is PostgreSQL 14.19; Gipfelbuch needs 15 or later."


def greet_as_version_14(listener: socket.socket) -> None:
    """Start a session as an old server does (PostgreSQL's documentation, 54.2.1 Start-up)."""
    client, _ = listener.accept()
    with client:
        client.recv(1024)
        for kind, body in (
            (b"R", struct.pack("!I", 0)),
            (b"S", b"server_version\x0014.19\x00"),
            (b"S", b"client_encoding\x00UTF8\x00"),
            (b"Z", b"I"),
        ):
            client.sendall(kind + struct.pack("!I", 4 + len(body)) + body)
        client.recv(1024)
