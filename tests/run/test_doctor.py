"""What `gipfelbuch doctor` finds, if all is well and if something is not."""

from __future__ import annotations

import signal
from pathlib import Path

import psycopg
import pytest

from service.version import VERSION
from tests.run.commands import START_SECONDS, run_command, run_service

pytestmark = pytest.mark.slow


def findings(code: int, **settings: object) -> dict[str, str]:
    """Return the findings on each thing, problems with WRONG in front."""
    done = run_command("doctor", **settings)
    assert (done.returncode, done.stderr) == (code, "")
    rows = [line.partition(": ") for line in done.stdout.splitlines()]
    return {row[0].split(maxsplit=1)[1]: row[2] if row[0].startswith("ok ") else f"WRONG {row[2]}" for row in rows}


def test_before_the_first_start(folder: Path) -> None:
    found = findings(0, GIPFELBUCH_DATA_DIR=folder / "new")
    assert list(found) == ["program", "settings", "database", "disk", "seeds", "documents", "sets"]
    assert found["program"].startswith(f"Gipfelbuch {VERSION} on Python ")
    assert found["settings"] == "GIPFELBUCH_DATA_DIR, GIPFELBUCH_SETS set; all others have their defaults"
    assert found["database"] == f"none yet; the first start creates it in {folder}/new"
    assert list(folder.iterdir()) == []


def test_beside_a_service_and_after_it(filled_folder: Path, port: int) -> None:
    with run_service(GIPFELBUCH_DATA_DIR=filled_folder, GIPFELBUCH_PORT=port) as (run, _):
        beside = findings(0, GIPFELBUCH_DATA_DIR=filled_folder)
        run.send_signal(signal.SIGTERM)
        assert run.wait(START_SECONDS) == 0
    after = findings(0, GIPFELBUCH_DATA_DIR=filled_folder)
    for found in (beside, after):
        assert found["database"].startswith("PostgreSQL 18.")
        assert found["database, extensions"] == "plpgsql 1.0; only plpgsql is needed"
        assert found["database, tables"] == "up to date; the record is at revision 1"


def test_a_database_of_the_users_that_has_no_record(scratch: str) -> None:
    found = findings(0, DATABASE_URL=scratch, DATABASE_READER_URL=scratch)
    assert found["settings"] == "DATABASE_READER_URL, DATABASE_URL, GIPFELBUCH_SETS set; all others have their defaults"
    assert found["database, tables"] == found["reading, tables"] == "none yet; the next start creates them"


def test_each_standby_is_looked_at(scratch: str) -> None:
    away = "postgresql://reader:secret@127.0.0.1:1/register"
    found = findings(1, DATABASE_URL=scratch, DATABASE_READ_URLS=f"{away} {scratch}")
    place = scratch.partition("host=")[2].partition("&")[0].replace("%2F", "/")
    assert found["standby 127.0.0.1:1"].startswith("WRONG The database cannot be reached: connection failed")
    assert found[f"standby {place}, tables"] == "none yet; the next start creates them"
    assert "secret" not in str(found)


def test_a_folder_that_holds_something_else(folder: Path) -> None:
    (folder / "letter.txt").touch()
    found = findings(1, GIPFELBUCH_DATA_DIR=folder)
    assert found["database"] == (
        f"WRONG The data folder {folder} cannot be used: it contains something else (letter.txt); use an empty "
        "or a new folder"
    )


def test_a_place_in_which_nothing_can_be_made(folder: Path) -> None:
    (folder / "file").touch()
    found = findings(1, GIPFELBUCH_DATA_DIR=folder / "file" / "data")
    assert found["database"] == (
        f"WRONG none yet, and {folder}/file/data cannot be created: {folder}/file is not a writable folder"
    )


def test_a_role_that_has_been_given_nothing_yet(scratch: str) -> None:
    with psycopg.connect(scratch, autocommit=True) as connection:
        connection.execute("CREATE ROLE newcomer LOGIN")
        try:
            found = findings(1, DATABASE_URL=scratch, DATABASE_READER_URL=scratch.replace("gipfelbuch@", "newcomer@"))
        finally:
            connection.execute("DROP ROLE newcomer")
    assert found["reading"] == "WRONG The database refused the operation: permission denied for table alembic_version"
    assert "sets" in found


def test_what_is_wrong_is_said_and_the_rest_looked_at(folder: Path) -> None:
    (folder / "seeds").mkdir()
    found = findings(
        1,
        DATABASE_URL="postgresql://reader:secret@127.0.0.1:1/register",
        GIPFELBUCH_CORPUS=folder / "nowhere",
        GIPFELBUCH_SEEDS=folder / "seeds",
    )
    assert found["database"].startswith("WRONG The database cannot be reached: connection failed")
    assert found["documents"] == (
        f"WRONG There is no folder {folder}/nowhere. Set GIPFELBUCH_CORPUS or --corpus to the folder of the documents."
    )
    assert found["seeds"].startswith("WRONG ")
    assert "secret" not in str(found)


def test_a_setting_that_cannot_be_used() -> None:
    assert list(findings(1, GIPFELBUCH_PROT=8000).items())[-1] == (
        "settings",
        "WRONG A setting is invalid. GIPFELBUCH_PROT: there is no such setting (did you mean GIPFELBUCH_PORT?)",
    )
