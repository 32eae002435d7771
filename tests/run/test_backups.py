"""A store restored from a backup equals the one that was backed up."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.store.embedded.database import embedded_database
from tests.run.commands import exported, ran, refused, serving

pytestmark = pytest.mark.slow


def test_a_restored_store_is_the_same_and_current(filled: Path, folder: Path) -> None:
    file, anew = folder / "register.dump", folder / "anew"
    assert ran("backup", str(file), GIPFELBUCH_DATA_DIR=filled).returncode == 0
    assert file.read_bytes()[:5] == b"PGDMP"
    done = ran("restore", str(file), GIPFELBUCH_DATA_DIR=anew)
    assert done.returncode == 0, done.stderr
    before, after = (
        exported(folder / name, GIPFELBUCH_DATA_DIR=data) for name, data in (("before", filled), ("after", anew))
    )
    assert len(before) > 20
    assert after == before
    assert "Nothing has changed since the last load." in ran("load", GIPFELBUCH_DATA_DIR=anew).stderr


def test_the_service_goes_on_while_it_is_backed_up(filled: Path, folder: Path, port: int) -> None:
    file = folder / "register.dump"
    with serving(GIPFELBUCH_DATA_DIR=filled, GIPFELBUCH_PORT=port) as (run, _):
        done = ran("backup", str(file), GIPFELBUCH_DATA_DIR=filled)
        assert (done.returncode, run.poll()) == (0, None), done.stderr
        assert refused("backup", str(file), GIPFELBUCH_DATA_DIR=filled) == (f"Nothing was done: {file} already exists.")
    assert file.stat().st_size > 100_000


def test_what_cannot_be_restored_leaves_nothing(filled: Path, folder: Path) -> None:
    file, cut = folder / "register.dump", folder / "cut.dump"
    assert ran("backup", str(file), GIPFELBUCH_DATA_DIR=filled).returncode == 0
    cut.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    with embedded_database(folder / "other") as url:
        assert refused("restore", str(folder / "none"), DATABASE_URL=url).startswith("Nothing was done: there is no")
        assert refused("restore", str(cut), DATABASE_URL=url).startswith("Nothing was done: pg_restore failed: ")
        # as empty as before
        assert ran("restore", str(file), DATABASE_URL=url).returncode == 0
        assert "the database is not empty" in refused("restore", str(file), DATABASE_URL=url)
    assert not list(folder.glob(".unfinished-*"))
