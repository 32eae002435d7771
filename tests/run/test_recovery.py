"""The commands in docs/reliability.md for point-in-time recovery, exactly as printed there, in other folders."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx
import psycopg
import pytest

from service.store.embedded.account import PROGRAMS, database_account, run_as, runnable_programs
from service.store.embedded.database import USER
from service.store.embedded.postmaster import LOCALE
from tests.docs.pages import Page
from tests.run.commands import VLADIVOSTOK, export_digests, run_command, run_curl, run_service
from tests.run.seeds import QUESTION, RENAMED, with_another_name

pytestmark = pytest.mark.slow

PAGE = Page("docs/reliability.md")
SECTION = re.compile(r"^## Back to a moment\n.*?(?=^## )", re.MULTILINE | re.DOTALL)
PLACE = re.compile(r"^(\w+)=", re.MULTILINE)
TIME = "2026-11-29 10:15:00+00"
"""The time in the page's example."""
SECONDS = 60


class Commands(NamedTuple):
    """Blocks of the section; one line of `targets` is used."""

    places: str
    archive: str
    copy: str
    mark: str
    targets: str
    recover: str
    look: str
    resume: str


class Server:
    """PostgreSQL in a folder owned by the account, controlled by the page's commands."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.account = database_account()
        self.programs = runnable_programs(self.account) if self.account else PROGRAMS
        self.places = {
            "data": str(folder / "data"),
            "archive": str(folder / "archive"),
            "base": str(folder / "base"),
            "anew": str(folder / "anew"),
            "database": "postgres",
        }
        self.url = f"postgresql://{USER}@/postgres?host={folder}&port=5432"

    def run(self, commands: str) -> str:
        """Return the output of commands that succeed."""
        done = self.try_to(commands)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def try_to(self, commands: str) -> subprocess.CompletedProcess[str]:
        script = "".join(f"{name}='{value}'\n" for name, value in self.places.items()) + commands
        options = run_as(self.account, self.folder)
        path = f"{self.programs}{os.pathsep}{os.defpath}"
        options["env"] = {"PATH": path, "LC_ALL": "C", "PGHOST": str(self.folder), "PGUSER": USER}
        return subprocess.run(
            ["sh", "-ec", script], **options, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=SECONDS
        )


def page_commands() -> Commands:
    section = SECTION.search(PAGE.text)
    assert section
    blocks = [block.text for block in PAGE.blocks if section.start() < block.start < section.end()]
    return Commands(*blocks)


@contextmanager
def new_server() -> Iterator[Server]:
    """Yield a server as a system has it, without an archive; anything still running in its folder at the end is
    stopped.
    """
    with tempfile.TemporaryDirectory(prefix="gipfelbuch-") as name:
        server = Server(Path(name).resolve())
        if server.account:
            os.chown(server.folder, server.account.uid, server.account.gid)
        try:
            server.run(f'initdb --pgdata="$data" --username={USER} --auth=trust {" ".join(LOCALE)}')
            settings = f"listen_addresses = ''\nunix_socket_directories = '{server.folder}'\nfsync = off\n"
            server.run(f'cat >>"$data/postgresql.conf" <<END\n{settings}END\n')
            server.run('pg_ctl start --pgdata="$data" --log="$data/server.log"')
            yield server
        finally:
            for notice in server.folder.glob("*/postmaster.pid"):
                server.try_to(f"pg_ctl stop --pgdata={notice.parent} --mode=immediate")


class MistakenServer(NamedTuple):
    """Stopped server on which a second load was a mistake, and the files of its register after the first one."""

    server: Server
    commands: Commands
    files: Mapping[str, str]
    between: str
    """A time between the two."""
    mistake: Path
    """The seeds of the second load."""


@pytest.fixture(scope="module")
def mistaken_server() -> Iterator[MistakenServer]:
    commands = page_commands()
    with new_server() as server, tempfile.TemporaryDirectory(prefix="gipfelbuch-") as name:
        folder = Path(name).resolve()
        server.run(commands.archive)
        server.run(commands.copy)
        assert run_command("load", DATABASE_URL=server.url).returncode == 0
        files = export_digests(folder / "files", DATABASE_URL=server.url)
        server.run(commands.mark)
        between = server.run('psql -d "$database" -Atc "SELECT now()"').strip()
        seeds = with_another_name(folder / "seeds")
        mistake = run_command("load", DATABASE_URL=server.url, GIPFELBUCH_SEEDS=seeds)
        assert "(revision 2)" in mistake.stderr
        assert export_digests(folder / "mistaken", DATABASE_URL=server.url) != files
        yield MistakenServer(server, commands, files, between, seeds)


@pytest.fixture
def targets(mistaken_server: MistakenServer) -> list[str]:
    return mistaken_server.commands.targets.splitlines()


@pytest.fixture(autouse=True)
def before_it(mistaken_server: MistakenServer) -> Iterator[None]:
    """Let each test start with the server after the mistake, and leave it so."""
    yield
    server = mistaken_server.server
    server.try_to('pg_ctl stop --pgdata="$anew" --mode=immediate')
    shutil.rmtree(server.places["anew"], ignore_errors=True)
    for path in Path(server.places["archive"]).iterdir():
        # the log of the recovered server; the page's archive belongs to one server
        if path.name.endswith(".history") or path.name.startswith("00000002"):
            path.unlink()
    if not (Path(server.places["data"]) / "postmaster.pid").exists():
        server.run('pg_ctl start --pgdata="$data" --log="$data/server.log"')


def test_the_places_are_those_of_the_page(mistaken_server: MistakenServer) -> None:
    assert PLACE.findall(mistaken_server.commands.places) == list(mistaken_server.server.places)
    assert [line.partition("=")[0] for line in mistaken_server.commands.targets.splitlines()] == ["target"] * 3


@pytest.mark.parametrize("number", range(3), ids=["name", "time", "revision"])
def test_the_store_is_that_of_between_the_loads(
    mistaken_server: MistakenServer, targets: list[str], number: int, folder: Path
) -> None:
    server, commands = mistaken_server.server, mistaken_server.commands
    server.run(targets[number].replace(TIME, mistaken_server.between) + "\n" + commands.recover)
    assert wait_until_paused(server, commands.look).split("|")[1].strip() == "1"
    server.run(commands.resume)
    wait_until_primary(server.url)
    assert export_digests(folder / "files", DATABASE_URL=server.url) == mistaken_server.files


def test_a_service_that_runs_meanwhile_answers_what_is_there_then(
    mistaken_server: MistakenServer, targets: list[str], folder: Path, port: int
) -> None:
    server, commands = mistaken_server.server, mistaken_server.commands

    def ask(**headers: str) -> httpx.Response:
        url = f"http://127.0.0.1:{port}/graphql"
        return httpx.post(url, json={"query": QUESTION}, headers=headers, timeout=20)

    with run_service(DATABASE_URL=server.url, GIPFELBUCH_PORT=port, GIPFELBUCH_SEEDS=mistaken_server.mistake) as (
        _,
        line,
    ):
        assert ask().json() == ask().json() == RENAMED
        server.run(targets[0] + "\n" + commands.recover)
        wait_until_paused(server, commands.look)
        assert run_curl(line) == VLADIVOSTOK
        refused = ask(**{"x-gipfelbuch-at-least": "2"})
        assert refused.json()["errors"][0]["extensions"]["code"] == "REVISION_NOT_REACHED"
        server.run(commands.resume)
        wait_until_primary(server.url)
        assert "Nothing has changed since the last load." in run_command("load", DATABASE_URL=server.url).stderr
        anew = run_command("load", DATABASE_URL=server.url, GIPFELBUCH_SEEDS=mistaken_server.mistake)
        assert "(revision 2)" in anew.stderr
        assert ask(**{"x-gipfelbuch-at-least": "2"}).json() == RENAMED


def test_an_archive_that_ends_too_early_gives_no_other_store(
    mistaken_server: MistakenServer, targets: list[str], folder: Path
) -> None:
    server = mistaken_server.server
    stop, copied, started = mistaken_server.commands.recover.partition("cp -R")
    server.run(f"{targets[0]}\n{stop}")
    archive = Path(server.places["archive"])
    (copy,) = archive.glob("*.backup")
    away = [path for path in archive.glob("00000001*") if path.name > copy.name]
    assert away
    for path in away:
        path.rename(folder / path.name)
    try:
        # it may respond for a moment while it is still reading
        server.try_to(f"{targets[0]}\n{copied}{started}")
        anew = Path(server.places["anew"])
        wait_until(lambda: not (anew / "postmaster.pid").exists(), "it has not ended")
        assert "recovery ended before configured recovery target was reached" in (anew / "server.log").read_text()
    finally:
        for path in away:
            (folder / path.name).rename(path)


def wait_until(is_so: Callable[[], bool], otherwise: str) -> None:
    for _ in range(200):
        if is_so():
            return
        time.sleep(0.1)
    raise AssertionError(otherwise)


def wait_until_paused(server: Server, look: str) -> str:
    """Wait for the line that the page's check prints once the recovery has paused."""
    said = ""

    def is_paused() -> bool:
        nonlocal said
        said = server.try_to(look).stdout
        return "paused" in said

    wait_until(is_paused, "the target is not reached")
    return next(line for line in said.splitlines() if "paused" in line)


def wait_until_primary(url: str) -> None:
    def is_primary() -> bool:
        with psycopg.connect(url) as connection:
            return connection.execute("SELECT pg_is_in_recovery()").fetchone() == (False,)

    wait_until(is_primary, "it does not take loads again")
