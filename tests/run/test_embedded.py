"""The embedded database on its folder: started, stopped, killed, started again."""

from __future__ import annotations

import asyncio
import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import asyncpg
import psutil
import psycopg
import pytest

from service.errors import DatabaseFailed, DataFolderInUse, DataFolderUnusable
from service.store.embedded.database import embedded_database, throwaway_database
from service.store.embedded.postmaster import stop_leftovers
from tests.processes import start_process

pytestmark = pytest.mark.slow

HOLD = """
import sys, time
from pathlib import Path
from service.store.embedded.database import embedded_database
with embedded_database(Path(sys.argv[1])) as url:
    print(url, flush=True)
    time.sleep(600)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """Return a data folder; pytest's own are closed to the database's account whenever another run starts."""
    with tempfile.TemporaryDirectory(prefix="gipfelbuch-") as name:
        yield Path(name).resolve()


def remember(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE memory AS SELECT 'Singapore' AS place")


def read_memory(url: str) -> str:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT place FROM memory").fetchone()
    assert row
    return str(row[0])


def postmaster(folder: Path) -> int:
    return int((folder / "postgres" / "postmaster.pid").read_text().splitlines()[0])


def running_in(folder: Path) -> list[int]:
    """Return the processes that use a data folder."""
    data = str(folder.resolve() / "postgres")
    return [process.pid for process in psutil.process_iter(["cwd"]) if process.info["cwd"] == data]


def hold_database(folder: Path) -> AbstractContextManager[subprocess.Popen[str]]:
    """Yield a separate process that runs the database of a folder until it is killed."""
    return start_process([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE)


def test_a_second_start_finds_what_the_first_has_stored(folder: Path) -> None:
    with embedded_database(folder) as url:
        remember(url)
    assert running_in(folder) == []
    with embedded_database(folder) as url:
        assert read_memory(url) == "Singapore"


def test_both_drivers_take_the_url(folder: Path) -> None:
    async def major(url: str) -> object:
        connection = await asyncpg.connect(url)
        try:
            return connection.get_server_version().major
        finally:
            await connection.close()

    with embedded_database(folder) as url:
        assert asyncio.run(major(url)) == 18
        with psycopg.connect(url) as connection:
            assert connection.info.server_version // 10_000 == 18


def test_nobody_else_can_connect(folder: Path) -> None:
    with embedded_database(folder) as url, psycopg.connect(url) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert stat.S_IMODE((folder / "postgres" / "socket").stat().st_mode) == 0o700


def test_text_is_unicode_and_sorts_by_code_point(folder: Path) -> None:
    with embedded_database(folder) as url, psycopg.connect(url) as connection:
        found = connection.execute("SELECT lower('ÖЯ'), 'Z' < 'a', pg_encoding_to_char(encoding) FROM pg_database")
        assert found.fetchone() == ("öя", True, "UTF8")


@pytest.mark.parametrize("name", ["two words", 'a"quote', "a,comma", "ä%20?&", "long" * 40])
def test_any_name_of_a_folder_will_do(folder: Path, name: str) -> None:
    with embedded_database(folder / name) as url:
        remember(url)
        assert read_memory(url) == "Singapore"


def test_two_runs_on_one_folder(folder: Path) -> None:
    with embedded_database(folder) as url:
        with pytest.raises(DataFolderInUse) as refused, embedded_database(folder):
            pass
        remember(url)
    assert refused.value.message == (
        f"The data folder {folder} is in use by process {os.getpid()}. Set GIPFELBUCH_DATA_DIR to another folder."
    )


def test_a_folder_that_cannot_be_made(folder: Path) -> None:
    (folder / "file").touch()
    with pytest.raises(DataFolderUnusable) as refused, embedded_database(folder / "file" / "folder"):
        pass
    assert refused.value.message == (
        f"The data folder {folder}/file/folder cannot be used: Not a directory ({folder}/file/folder)"
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(folder: Path) -> None:
    folder.chmod(0o500)
    with pytest.raises(DataFolderUnusable) as refused, embedded_database(folder):
        pass
    assert refused.value.message == (f"The data folder {folder} cannot be used: Permission denied ({folder}/lock)")


def test_a_folder_of_another_version(folder: Path) -> None:
    with embedded_database(folder):
        pass
    (folder / "postgres" / "PG_VERSION").write_text("17\n")
    with pytest.raises(DatabaseFailed) as refused, embedded_database(folder):
        pass
    assert "initialized by PostgreSQL version 17" in refused.value.message
    assert "\n" not in refused.value.message


def test_the_database_is_killed(folder: Path) -> None:
    with embedded_database(folder) as url:
        remember(url)
        os.kill(postmaster(folder), signal.SIGKILL)
    with embedded_database(folder) as url:
        assert read_memory(url) == "Singapore"


def test_the_service_is_killed(folder: Path) -> None:
    with hold_database(folder) as run:
        assert run.stdout
        remember(run.stdout.readline().strip())
        run.kill()
    orphan = postmaster(folder)
    assert psutil.pid_exists(orphan)
    with embedded_database(folder) as url:
        assert read_memory(url) == "Singapore"
        assert postmaster(folder) != orphan
        assert not psutil.pid_exists(orphan)


def test_both_are_killed_and_the_number_is_taken_by_another_process(folder: Path) -> None:
    with embedded_database(folder) as url:
        remember(url)
        lines = (folder / "postgres" / "postmaster.pid").read_text().splitlines()
    with start_process(["sleep", "600"]) as other:
        (folder / "postgres" / "postmaster.pid").write_text("\n".join([str(other.pid), *lines[1:], ""]))
        with embedded_database(folder) as url:
            assert read_memory(url) == "Singapore"
        assert other.poll() is None


def test_what_a_killed_server_has_left_ends_by_itself_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = tmp_path / "postmaster.pid"
    with start_process(["sleep", "600"]) as run:
        leftover = psutil.Process(run.pid)
        leftover.info = {"name": "postgres", "cwd": str(tmp_path)}
        notice.write_text(f"{run.pid}\n")

        def find_leftover(_: list[str]) -> list[psutil.Process]:
            run.kill()
            run.wait()
            notice.unlink()
            return [leftover]

        monkeypatch.setattr(psutil, "process_iter", find_leftover)
        stop_leftovers(tmp_path)
    assert not notice.exists()


@pytest.mark.parametrize("seconds", [0.2, 0.3, 0.4, 0.5, 0.6, 0.8])
def test_the_first_run_is_killed(folder: Path, seconds: float) -> None:
    with hold_database(folder) as run:
        time.sleep(seconds)
        run.kill()
    with embedded_database(folder) as url:
        remember(url)
        assert read_memory(url) == "Singapore"


def test_a_throwaway_is_thrown_away() -> None:
    with throwaway_database() as url, psycopg.connect(url) as connection:
        folder = Path(connection.info.host).parents[1]
        assert running_in(folder) != []
    assert not folder.exists()
    assert running_in(folder) == []
