"""What the database's account may do to folders, for a service that root runs."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.store.server.account import ATTRIBUTE, Account, let_through, own_account

pytestmark = pytest.mark.skipif(
    os.geteuid() != 0 or sys.platform != "linux",
    reason="only root on Linux needs an account for the database",
)
STRANGER = 65_534


@pytest.fixture
def closed() -> Iterator[Path]:
    """A folder within two that are root's alone."""
    with tempfile.TemporaryDirectory(prefix="gipfelbuch-") as name:
        inner = Path(name).resolve() / "inner"
        inner.mkdir(mode=0o700)
        (inner / "data").mkdir(mode=0o755)
        yield inner / "data"


@pytest.fixture
def account() -> Account:
    found = own_account()
    assert found
    return found


def may(uid: int, question: str, path: Path) -> bool:
    asked = subprocess.run(["test", question, path], user=uid, group=uid, extra_groups=[], cwd="/", check=False)
    return asked.returncode == 0


def test_the_account_passes_and_nobody_else(closed: Path, account: Account) -> None:
    assert not may(account.uid, "-x", closed)
    let_through(account, closed)
    assert may(account.uid, "-x", closed)
    assert not may(account.uid, "-r", closed.parent)
    assert not may(STRANGER, "-x", closed)


def test_once_is_enough(closed: Path, account: Account) -> None:
    let_through(account, closed)
    before = os.getxattr(closed.parent, ATTRIBUTE)
    let_through(account, closed)
    assert os.getxattr(closed.parent, ATTRIBUTE) == before


def test_a_folder_that_was_closed_again_is_opened_to_the_account_alone(closed: Path, account: Account) -> None:
    let_through(Account(STRANGER, STRANGER), closed)
    assert may(STRANGER, "-x", closed)
    for folder in closed.parents[:2]:
        folder.chmod(0o700)
    assert not may(STRANGER, "-x", closed)
    let_through(account, closed)
    assert may(account.uid, "-x", closed)
    assert not may(STRANGER, "-x", closed)


def test_rights_of_a_group_stay(closed: Path, account: Account) -> None:
    closed.parent.chmod(0o750)
    let_through(account, closed)
    assert stat.S_IMODE(closed.parent.stat().st_mode) == 0o750
    assert may(account.uid, "-x", closed)
