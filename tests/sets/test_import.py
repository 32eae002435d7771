"""`gipfelbuch import` makes a set, reports what it wrote, and says in a sentence what it cannot do."""

from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

from service import importers
from service.cli import app
from service.errors import ServiceError
from service.importers.former import add_former, find_successor
from service.store.seeds import read

IMPORTER = (
    "from tests.sets.conftest import import_trips\n\n\ndef make_set(data, seeds):\n    return import_trips(data)\n"
)


@pytest.fixture
def importer(tmp_path: Path, seeds: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Yield the name of an importer of the trips, in addition to the existing ones."""
    package = tmp_path / "importers" / "made_up"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(IMPORTER, encoding="utf-8")
    monkeypatch.setattr(importers, "__path__", [*importers.__path__, str(tmp_path / "importers")])
    monkeypatch.setenv("GIPFELBUCH_SEEDS", str(seeds))
    return "made-up"


def run(*arguments: object) -> tuple[int, str]:
    """Return the exit code and the output."""
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
    assert "meetings.jsonl: 1 lines added, 0 removed, 0 unchanged" in said
    assert "The set made-up would be written; 0 lines await review." in said

    assert run(importer, data)[0] == 0
    assert meetings.read_bytes() == written
    assert run(importer, data / importer, "--check")[0] == 0


def test_an_import_keeps_what_entries_were_called_before(importer: str, seeds: Path, data: Path) -> None:
    (data / importer).mkdir()
    folder = seeds / "sets" / importer
    for file in ("meetings.jsonl", "people.jsonl"):
        text = (folder / file).read_text(encoding="utf-8")
        (folder / file).write_text(
            text.replace("trip-1-south-korea", "trip-1").replace("moon-jae-in", "president-moon"), encoding="utf-8"
        )
    (folder / "aliases.yaml").write_text(
        "facts:\n  first-trip: trip-1\n  trip-1-south-korea: trip-1\n", encoding="utf-8"
    )

    assert run(importer, data)[0] == 0
    assert (folder / "aliases.yaml").read_text(encoding="utf-8").splitlines()[2:] == [
        "actors:",
        "  president-moon: moon-jae-in",
        "facts:",
        "  first-trip: trip-1-south-korea",
        "  trip-1: trip-1-south-korea",
    ]
    assert run(importer, data, "--check")[0] == 0
    assert read(seeds, sets=[importer]).aliases["actors"] == {"president-moon": "moon-jae-in"}
    # without the set, facts that only it has are not reported as lost
    assert "actors" not in read(seeds).aliases


def test_the_event_that_a_meeting_is_is_called_after_it(seeds: Path) -> None:
    meeting = {"existence": ["made-up-trip-1 p8s1"], "status": {"HELD from 2019-06-30": ["made-up-trip-1 p8s1"]}}
    folder = seeds / "sets" / "made-up"
    (folder / "meetings.jsonl").write_bytes(orjson.dumps({"slug": "trip-1", **meeting}))
    (folder / "aliases.yaml").write_text("facts:\n  trip-1-south-korea-held: trip-1-held\n", encoding="utf-8")
    former = add_former(seeds, "made-up", {"meetings": [{"slug": "trip-1-south-korea", **meeting}]})
    assert former["facts"] == {"trip-1": "trip-1-south-korea", "trip-1-held": "trip-1-south-korea-held"}


def test_who_is_named_no_more_is_not_who_was_there_besides() -> None:
    was, told = {"kim": {"row-1"}, "moon": {"row-1"}}, {"moon": {"row-1"}}
    assert find_successor("kim", was, told, may_be_known=False) is None
    assert find_successor("kim", was, told, may_be_known=True) == "moon"


def test_a_folder_without_the_data_is_told(importer: str, tmp_path: Path, data: Path) -> None:
    assert run(importer, tmp_path / "nowhere") == (2, f"{tmp_path}/nowhere is not a folder.")
    assert run(importer, tmp_path) == (2, f"{tmp_path} is not a folder named made-up and does not contain one.")
    (data / importer).mkdir()
    (data / "histstate/president-travels/made-up.xml").write_text("<trips>", encoding="utf-8")
    code, said = run(importer, data)
    assert (code, "made-up.xml cannot be read: no element found" in said) == (2, True)


def test_an_unknown_importer_is_told_with_those_that_there_are(importer: str, data: Path) -> None:
    code, said = run("trips", data)
    assert (code, said.startswith("There is no importer 'trips'. Available importers: ")) == (2, True)
    assert importer in said
