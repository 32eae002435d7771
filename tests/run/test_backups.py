"""A store restored from a backup equals the one that was backed up."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.store.embedded.database import embedded_database
from tests.run.commands import export_digests, refusal_of, run_command, run_service

pytestmark = pytest.mark.slow


def test_a_restored_store_is_the_same_and_current(filled_folder: Path, folder: Path) -> None:
    file, anew = folder / "register.dump", folder / "anew"
    assert run_command("backup", str(file), GIPFELBUCH_DATA_DIR=filled_folder).returncode == 0
    assert file.read_bytes()[:5] == b"PGDMP"
    done = run_command("restore", str(file), GIPFELBUCH_DATA_DIR=anew)
    assert done.returncode == 0, done.stderr
    before, after = (
        export_digests(folder / name, GIPFELBUCH_DATA_DIR=data)
        for name, data in (("before", filled_folder), ("after", anew))
    )
    assert len(before) > 20
    assert after == before
    assert "Nothing has changed since the last load." in run_command("load", GIPFELBUCH_DATA_DIR=anew).stderr


def test_the_service_goes_on_while_it_is_backed_up(filled_folder: Path, folder: Path, port: int) -> None:
    file = folder / "register.dump"
    with run_service(GIPFELBUCH_DATA_DIR=filled_folder, GIPFELBUCH_PORT=port) as (run, _):
        done = run_command("backup", str(file), GIPFELBUCH_DATA_DIR=filled_folder)
        assert (done.returncode, run.poll()) == (0, None), done.stderr
        assert refusal_of("backup", str(file), GIPFELBUCH_DATA_DIR=filled_folder) == (
            f"Nothing was done: {file} already exists."
        )
    assert file.stat().st_size > 100_000


def test_what_cannot_be_restored_leaves_nothing(filled_folder: Path, folder: Path) -> None:
    file, cut = folder / "register.dump", folder / "cut.dump"
    assert run_command("backup", str(file), GIPFELBUCH_DATA_DIR=filled_folder).returncode == 0
    cut.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    with embedded_database(folder / "other") as url:
        assert refusal_of("restore", str(folder / "none"), DATABASE_URL=url).startswith("Nothing was done: there is no")
        assert refusal_of("restore", str(cut), DATABASE_URL=url).startswith("Nothing was done: pg_restore failed: ")
        # as empty as before
        assert run_command("restore", str(file), DATABASE_URL=url).returncode == 0
        assert "the database is not empty" in refusal_of("restore", str(file), DATABASE_URL=url)
    assert not list(folder.glob(".unfinished-*"))
