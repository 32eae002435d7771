"""`gipfelbuch import` makes a set, says what it wrote, and says in a sentence what it cannot do."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from service import importers
from service.cli import app
from service.errors import ServiceError

IMPORTER = (
    "from tests.sets.conftest import import_trips\n\n\ndef make_set(data, seeds):\n    return import_trips(data)\n"
)


@pytest.fixture
def importer(tmp_path: Path, seeds: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of an importer of the trips, beside those that there are."""
    package = tmp_path / "importers" / "made_up"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(IMPORTER, encoding="utf-8")
    monkeypatch.setattr(importers, "__path__", [*importers.__path__, str(tmp_path / "importers")])
    monkeypatch.setenv("GIPFELBUCH_SEEDS", str(seeds))
    return "made-up"


def run(*arguments: object) -> tuple[int, str]:
    """The exit code and what was printed."""
    result = CliRunner().invoke(app, ["import", *map(str, arguments)])
    if isinstance(result.exception, ServiceError):
        return 2, result.exception.message
    return result.exit_code, result.output


def test_an_import_writes_what_differs(importer: str, seeds: Path, data: Path) -> None:
    (data / importer).mkdir()
    meetings = seeds / "sets" / importer / "meetings.jsonl"
    written = meetings.read_bytes()
    meetings.write_bytes(b"")

    code, said = run(importer, data, "--check")
    assert (code, meetings.read_bytes()) == (1, b"")
    assert "meetings.jsonl: 1 lines new, 0 gone, 0 as they were" in said
    assert "The set made-up would be written; 0 lines wait for review." in said

    assert run(importer, data)[0] == 0
    assert meetings.read_bytes() == written
    assert run(importer, data / importer, "--check")[0] == 0


def test_a_folder_without_the_data_is_told(importer: str, tmp_path: Path, data: Path) -> None:
    assert run(importer, tmp_path / "nowhere") == (2, f"{tmp_path}/nowhere is no folder.")
    assert run(importer, tmp_path) == (2, f"{tmp_path} is neither a folder made-up nor holds one.")
    (data / importer).mkdir()
    (data / "histstate/president-travels/made-up.xml").write_text("<trips>", encoding="utf-8")
    code, said = run(importer, data)
    assert (code, "made-up.xml cannot be read: no element found" in said) == (2, True)


def test_an_unknown_importer_is_told_with_those_that_there_are(importer: str, data: Path) -> None:
    code, said = run("trips", data)
    assert (code, said.startswith("There is no importer 'trips'; there are ")) == (2, True)
    assert importer in said
