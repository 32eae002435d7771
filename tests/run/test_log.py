"""What the embedded server writes into its log, and how large the log grows."""

from __future__ import annotations

import time
from pathlib import Path

import psycopg
import pytest

from service.store.embedded import postmaster
from service.store.embedded.database import embedded_database

pytestmark = pytest.mark.slow

WORDS = "nobody is to read these words in a log, however they fail"


def test_it_holds_no_statements(folder: Path) -> None:
    with embedded_database(folder) as url, psycopg.connect(url, autocommit=True) as connection:
        for statement in (f"SELECT '{WORDS}'::int", f"SELECT 1 / 0 -- {WORDS}", f"'{WORDS}'"):
            with pytest.raises(psycopg.Error):
                connection.execute(statement.encode())
        with psycopg.connect(url) as other:
            other.execute("SELECT pg_terminate_backend(%s, 1000)", [connection.info.backend_pid])
        written = (folder / "postgres.log").read_text()
    assert "database system is ready to accept connections" in written
    assert WORDS not in written


def test_it_is_cut_where_it_grows_too_long(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postmaster.rotate_log, "__defaults__", (20_000,))
    before = folder / "postgres.log.1"
    with embedded_database(folder) as url, psycopg.connect(url, autocommit=True) as connection:
        for number in range(400):
            connection.execute(f"DO $$BEGIN RAISE LOG '%', repeat('{number % 10}', 1000); END$$".encode())
        time.sleep(0.5)
        assert (folder / "postgres.log").stat().st_size < 120_000
        assert before.stat().st_size > 20_000
        connection.execute("DO $$BEGIN RAISE LOG 'it goes on'; END$$")
        written = (folder / "postgres.log").read_bytes()
    assert b"it goes on" in written
    assert b"\0" not in written
