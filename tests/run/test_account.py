"""What the database's account may do for a service run by root: it owns its data, and no other permissions change."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from service.store.embedded.account import PROGRAMS, Account, can_run, database_account, runnable_programs
from service.store.embedded.database import embedded_database

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        os.geteuid() != 0 or sys.platform != "linux",
        reason="only root on Linux needs an account for the database",
    ),
]
STRANGER = Account(65_534, 65_534)


@pytest.fixture
def folder() -> Iterator[Path]:
    """Return a folder that only root may enter."""
    with tempfile.TemporaryDirectory(prefix="gipfelbuch-") as name:
        yield Path(name).resolve()


@pytest.fixture
def copies() -> Iterator[Path]:
    """Return a folder that everybody may enter."""
    with tempfile.TemporaryDirectory(prefix="gipfelbuch-") as name:
        Path(name).chmod(0o755)
        yield Path(name).resolve() / "copies"


@pytest.fixture
def account() -> Account:
    found = database_account()
    assert found
    return found


def has_permission(account: Account, question: str, path: Path) -> bool:
    done = subprocess.run(
        ["test", question, path], user=account.uid, group=account.gid, extra_groups=[], cwd="/", check=False
    )
    return done.returncode == 0


def modes(folder: Path) -> list[tuple[int, int, int, list[str]]]:
    """Return mode, owner, group and further attributes of a folder and those above it."""
    return [
        (stat.S_IMODE(each.stat().st_mode), each.stat().st_uid, each.stat().st_gid, os.listxattr(each))
        for each in (folder, *folder.parents)
    ]


def test_data_within_folders_that_are_closed_to_the_account(folder: Path, account: Account) -> None:
    data = folder / "closed" / "data"
    data.mkdir(parents=True)
    data.parent.chmod(0o750)
    before = modes(data)
    for answer in (None, (1,)):
        with embedded_database(data) as url, psycopg.connect(url) as connection:
            # the second run finds what a crash would leave
            found = connection.execute("SELECT to_regclass('memory') IS NOT NULL").fetchone()
            assert found == (answer is not None,)
            connection.execute("CREATE TABLE IF NOT EXISTS memory AS SELECT 1")
            connection.commit()
    assert modes(data) == before
    assert (data / "postgres").stat().st_uid == account.uid
    assert not has_permission(account, "-x", data)
    assert not has_permission(STRANGER, "-x", data)


def test_programs_are_run_where_they_lie_if_the_account_can(account: Account, copies: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="gipfelbuch-") as name:
        Path(name).chmod(0o755)
        programs = install_programs(Path(name))
        assert runnable_programs(account, programs, copies) == programs
    assert not copies.exists()


def install_programs(folder: Path) -> Path:
    """Return the programs, as if installed in another place."""
    package = PROGRAMS.parents[1]
    for part in (package, package.with_suffix(".libs")):
        shutil.copytree(part, folder / part.name)
    return folder / PROGRAMS.relative_to(package.parent)


def test_programs_within_a_closed_folder_are_copied_once(folder: Path, account: Account, copies: Path) -> None:
    programs = install_programs(folder)
    before = modes(programs)
    assert not can_run(account, programs / "postgres")
    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(lambda _: runnable_programs(account, programs, copies), range(2))
    assert first == second
    assert can_run(account, first / "postgres")
    assert can_run(account, first / "initdb")
    assert modes(programs) == before
    (copy,) = copies.iterdir()
    at = copy.stat().st_mtime_ns
    assert runnable_programs(account, programs, copies) == first
    assert copy.stat().st_mtime_ns == at


def test_programs_that_were_installed_for_root_alone_are_copied_for_all(account: Account, copies: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="gipfelbuch-") as name:
        Path(name).chmod(0o755)
        programs = install_programs(Path(name))
        for path in Path(name).rglob("*"):
            path.chmod(path.stat().st_mode & 0o700)
        assert can_run(account, runnable_programs(account, programs, copies) / "postgres")
