"""The command that writes the files."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from service.settings import PREFIX
from service.store.downloads import File

pytestmark = pytest.mark.slow


def run_export(url: str, to: Path) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    command = [sys.executable, "-m", "service.cli", "export", "--to", str(to)]
    return subprocess.run(
        command,
        env=kept | {"DATABASE_URL": url, "GIPFELBUCH_SETS": "none"},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_it_writes_what_the_service_offers(published_database: str, files: list[File], tmp_path: Path) -> None:
    to = tmp_path / "new" / "folder"
    done = run_export(published_database, to)
    size = sum(file.bytes for file in files)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines()[-1].startswith(f"{len(files)} files ({size:,} bytes) were written to {to}. (")
    assert {path.name: path.read_bytes() for path in to.iterdir()} == {
        file.path.name: file.path.read_bytes() for file in files
    }


def test_it_takes_the_place_of_an_earlier_one_and_leaves_other_files(
    published_database: str, files: list[File], tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("ours")
    (tmp_path / "people.csv").write_text("old")
    assert run_export(published_database, tmp_path).returncode == 0
    (people,) = (file for file in files if file.path.name == "people.csv")
    assert (tmp_path / "people.csv").read_bytes() == people.path.read_bytes()
    assert (tmp_path / "notes.txt").read_text() == "ours"
    assert len(list(tmp_path.iterdir())) == len(files) + 1


def test_an_empty_store_is_loaded_first(scratch: str, files: list[File], tmp_path: Path) -> None:
    assert run_export(scratch, tmp_path).returncode == 0
    assert {path.name for path in tmp_path.iterdir()} == {file.path.name for file in files}
    (claims,) = (file for file in files if file.path.name == "claims.jsonl")
    assert (tmp_path / "claims.jsonl").read_bytes() == claims.path.read_bytes()


def test_a_folder_that_cannot_be_made(published_database: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    to = tmp_path / "file" / "folder"
    done = run_export(published_database, to)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (2, f"Cannot write into {to}: not a directory.")
