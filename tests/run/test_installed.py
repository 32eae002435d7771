"""An installed program runs anywhere: it includes what it needs, and uses no other package of the same name."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx
import pytest

from schema import print_sdl
from service.settings import REPOSITORY
from service.version import VERSION
from tests.containers.building import UNREACHABLE
from tests.processes import start_process
from tests.run.commands import START_SECONDS, VLADIVOSTOK, curl_line, run_curl, running_in

pytestmark = pytest.mark.slow

MINE = 'raise RuntimeError("this is somebody else\'s package")\n'
PINNED = re.compile(r"^[\w.-]+==\S+", re.MULTILINE)


def run_to_end(*command: str | Path) -> None:
    ended = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False)
    if any(reason in ended.stderr for reason in UNREACHABLE):
        pytest.skip("needs packages from PyPI, which cannot be reached")
    assert ended.returncode == 0, ended.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the repository's wheel, built with the locked packages."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation")
    run_to_end(*pip, "--wheel-dir", folder, REPOSITORY)
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return the folder of programs of an environment with the wheel and its declared dependencies."""
    constraints = tmp_path_factory.mktemp("lock") / "constraints.txt"
    lock = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")
    constraints.write_text("\n".join(PINNED.findall(lock)), encoding="utf-8")
    with tempfile.TemporaryDirectory(prefix="gipfelbuch-") as name:
        environment = Path(name).resolve() / "environment"
        run_to_end(sys.executable, "-m", "venv", "--without-pip", environment)
        pip = (sys.executable, "-m", "pip", "--python", environment / "bin" / "python", "--disable-pip-version-check")
        # only what is run is compiled, when it is run
        run_to_end(*pip, "install", "-q", "--no-compile", "--constraint", constraints, wheel)
        yield environment / "bin"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """Return a folder in which somebody keeps packages with the same names as ours."""
    for name in ("service", "schema"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(MINE)
    return tmp_path


def variables(folder: Path, **settings: object) -> Mapping[str, str]:
    kept = {"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(folder), "GIPFELBUCH_SETS": "none"}
    return kept | {name: str(value) for name, value in settings.items()}


def packed_files(wheel: Path, room: str) -> set[str]:
    """Return the files of a folder in the wheel, by their names within it."""
    with zipfile.ZipFile(wheel) as archive:
        return {name.removeprefix(room) for name in archive.namelist() if name.startswith(room)}


def tracked_files(room: str) -> set[str]:
    """Return the files of a top-level folder of the repository, by their names within it."""
    command = ["git", "-C", str(REPOSITORY), "ls-files", "--cached", "--others", "--exclude-standard", "-z", room]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return {name.removeprefix(room) for name in found.split("\0") if name}


@pytest.mark.parametrize(
    ("room", "place"),
    [
        ("service/", "service/"),
        ("schema/", "schema/"),
        ("seeds/", "service/resources/seeds/"),
        ("alembic/", "service/resources/alembic/"),
    ],
)
def test_the_wheel_holds_every_file_of_a_room(wheel: Path, room: str, place: str) -> None:
    rest = {f"resources/{name}" for name in packed_files(wheel, "service/resources/")} if room == "service/" else set()
    assert packed_files(wheel, place) - rest == tracked_files(room)


def test_it_runs_anywhere_and_takes_nobody_elses_packages(
    programs: Path, elsewhere: Path, folder: Path, port: int
) -> None:
    settings = variables(elsewhere, GIPFELBUCH_DATA_DIR=folder, GIPFELBUCH_PORT=port)
    with start_process([programs / "gipfelbuch", "serve"], cwd=elsewhere, env=settings, stderr=subprocess.PIPE) as run:
        try:
            assert run_curl(curl_line(run)) == VLADIVOSTOK
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
                assert client.get("/").json()["version"] == VERSION
                assert client.get("/schema.graphql").text == print_sdl()
                assert "<title>" in client.get("/graphql", headers={"accept": "text/html"}).text
                listed = client.post("/graphql", json={"query": "{ dataset { softwareVersion downloads { url } } }"})
                dataset = listed.json()["data"]["dataset"]
                assert dataset["softwareVersion"] == VERSION
                assert client.get(dataset["downloads"][0]["url"]).status_code == 200
        finally:
            run.send_signal(signal.SIGTERM)
            assert run.wait(START_SECONDS) == 0
    assert running_in(folder) == []


def test_commands_without_a_database_run_anywhere(programs: Path, elsewhere: Path) -> None:
    def output_of(*command: str | Path) -> str:
        env = variables(elsewhere)
        done = subprocess.run(command, cwd=elsewhere, env=env, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    assert output_of(programs / "gipfelbuch", "--version") == f"gipfelbuch {VERSION}\n"
    assert output_of(programs / "gipfelbuch", "schema") == print_sdl()
    assert output_of(programs / "gipfelbuch", "schema", "--check") == ""
