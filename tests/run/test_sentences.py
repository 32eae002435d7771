"""Problems that an operator can fix end in one sentence that names the right thing, and in exit code 2."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

from service.cli import app
from service.errors import ServiceError
from service.settings import Settings, variable
from tests.run.commands import refusal_of, run_command

pytestmark = pytest.mark.slow


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """Return a disk of a given size, as root may mount one on Linux."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size},mode=0755", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def test_the_help_of_serve_tells_every_setting() -> None:
    said = " ".join(run_command("serve", "--help").stdout.split())
    assert [name for name in map(variable, Settings.model_fields) if name not in said] == []
    assert "GIPFELBUCH_PORT (8000): Port to listen on." in said


@pytest.mark.parametrize(
    ("host", "reason"),
    [
        ("192.0.2.1", "cannot assign requested address"),
        ("nowhere.invalid", "name or service not known"),
        ("a" * 64, "it is not a valid host name"),
    ],
)
def test_a_host_that_is_not_ours_is_not_blamed_on_the_port(folder: Path, host: str, reason: str) -> None:
    if sys.platform != "linux":
        pytest.skip("other systems say it in other words")
    said = refusal_of("serve", GIPFELBUCH_DATA_DIR=folder, GIPFELBUCH_HOST=host)
    assert said == f"Cannot listen on {host}: {reason}. Set GIPFELBUCH_HOST to an address of this machine."


NO_SEEDS = "There are no seeds in {folder}/nowhere. Set GIPFELBUCH_SEEDS to the folder that contains them."
NO_DOCUMENTS = "There is no folder {folder}/nowhere. Set GIPFELBUCH_CORPUS or --corpus to the folder of the documents."
NO_SET = "There is no set 'nowhere'. Available sets: archigos, histstate, world-leaders."
REFUSALS = {
    "GIPFELBUCH_SEEDS={folder}/nowhere anchor --corpus {folder}": NO_SEEDS,
    "GIPFELBUCH_SEEDS={folder}/nowhere find 002 Kim": NO_SEEDS,
    "GIPFELBUCH_SEEDS={folder}/nowhere import histstate {folder}": NO_SEEDS,
    "GIPFELBUCH_SEEDS={folder}/nowhere show 002": NO_SEEDS,
    "GIPFELBUCH_SEEDS={folder}/nowhere verify --corpus {folder}": NO_SEEDS,
    "anchor --corpus {folder}/nowhere": NO_DOCUMENTS,
    "find 002 Kim --corpus {folder}/nowhere": NO_DOCUMENTS,
    "show 002 --corpus {folder}/nowhere": NO_DOCUMENTS,
    "verify --corpus {folder}/nowhere": NO_DOCUMENTS,
    "verify": "The folder of the documents is not set: use --corpus or GIPFELBUCH_CORPUS.",
    "GIPFELBUCH_SETS=nowhere verify --corpus {folder}": NO_SET,
    "anchor nowhere --corpus {folder}": NO_SET,
    "review nowhere": NO_SET,
    "review histstate nowhere": "The review of histstate has no line with the slug 'nowhere'.",
    "import nowhere {folder}": (
        "There is no importer 'nowhere'. Available importers: archigos, histstate, world-leaders."
    ),
    "import histstate {folder}": "{folder} is not a folder named histstate and does not contain one.",
    "import histstate {folder}/nowhere": "{folder}/nowhere is not a folder.",
}
"""The message of a command, which may have a setting in front."""


@pytest.mark.parametrize("line", REFUSALS)
def test_what_needs_no_database(folder: Path, line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run within this process, since separate processes would take half a minute."""
    words = line.format(folder=folder).split()
    settings = dict(word.split("=") for word in words if "=" in word)
    for name, value in ({"GIPFELBUCH_SETS": "none"} | settings).items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("GIPFELBUCH_CORPUS", raising=False)
    refusal = CliRunner().invoke(app, [word for word in words if "=" not in word])
    assert isinstance(refusal.exception, ServiceError)
    assert refusal.exception.message == REFUSALS[line].format(folder=folder)
    assert refusal.output == ""


@pytest.mark.parametrize("command", ["load", "serve"])
@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"GIPFELBUCH_SEEDS": "{folder}/nowhere"}, NO_SEEDS),
        ({"GIPFELBUCH_CORPUS": "{folder}/nowhere"}, NO_DOCUMENTS),
        ({"GIPFELBUCH_SETS": "nowhere"}, NO_SET),
    ],
)
def test_what_is_to_be_loaded_is_not_there(
    folder: Path, database: str, port: int, command: str, settings: Mapping[str, str], said: str
) -> None:
    """On a loaded register, which is not served as if everything were fine."""
    given = {name: value.format(folder=folder) for name, value in settings.items()}
    assert refusal_of(command, DATABASE_URL=database, GIPFELBUCH_PORT=port, **given) == said.format(folder=folder)


def test_metrics_have_a_port_of_their_own(folder: Path, port: int) -> None:
    said = refusal_of("serve", GIPFELBUCH_DATA_DIR=folder, GIPFELBUCH_PORT=port, GIPFELBUCH_METRICS_PORT=port)
    assert said == (
        "A setting is invalid. GIPFELBUCH_METRICS_HOST: this is the main address and port; "
        "set GIPFELBUCH_METRICS_PORT to another port"
    )
    assert not any(folder.iterdir())


def test_a_folder_that_holds_something_else_is_left_alone(folder: Path) -> None:
    (folder / "letter.txt").write_text("Dear Kim")
    assert refusal_of("migrate", GIPFELBUCH_DATA_DIR=folder) == (
        f"The data folder {folder} cannot be used: it contains something else (letter.txt); "
        "use an empty or a new folder"
    )
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]


def test_a_variable_that_is_mistyped_is_named() -> None:
    assert refusal_of("migrate", GIPFELBUCH_PROT=8001, GIPFELBUCH_ZZZ="") == (
        "A setting is invalid. GIPFELBUCH_PROT: there is no such setting (did you mean GIPFELBUCH_PORT?); "
        "GIPFELBUCH_ZZZ: there is no such setting"
    )


def test_a_database_that_does_not_answer_is_not_said_to_have_something_new(port: int) -> None:
    done = run_command("serve", DATABASE_URL="postgresql://reader@127.0.0.1:1/register", GIPFELBUCH_PORT=port)
    assert done.returncode == 2
    *_, said = done.stderr.splitlines()
    assert said.startswith("The database cannot be reached: ")
    assert "something new" not in done.stderr


def test_a_disk_that_is_too_small_for_the_database(folder: Path) -> None:
    with small_disk(folder / "disk", "20m") as disk:
        assert refusal_of("migrate", GIPFELBUCH_DATA_DIR=disk / "data") == (
            f"The disk is full, and nothing was changed: a new database needs about 60 MB in {disk}/data."
        )
        assert list((disk / "data").glob("unfinished-*")) == []


def test_a_disk_that_fills_while_the_record_is_loaded(folder: Path) -> None:
    with small_disk(folder / "disk", "50m") as disk:
        said = refusal_of("load", GIPFELBUCH_DATA_DIR=disk / "data")
    assert said.startswith("The disk is full, and nothing was changed: ")


def test_a_disk_that_has_no_room_for_the_files(folder: Path, scratch: str) -> None:
    with small_disk(folder / "disk", "64k") as disk:
        said = refusal_of("load", DATABASE_URL=scratch, TMPDIR=disk)
    assert said.startswith("No space left on device")
    assert os.path.ismount(folder / "disk") is False
