"""An import after one changed row changes what that row says, and nothing else; a curator's work survives."""

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from service import coverage
from service.cli import app
from service.errors import CorpusUnusable, SeedsInvalid
from service.importers.seedset import render_set, write_set
from service.store.loading.load import LoadReport, load
from service.store.seeds import read
from service.store.transactions import write_transaction
from service.store.verify import verify
from tests.sets.conftest import FILE, import_trips


def load_with_sets(url: str, seeds: Path, **folders: Path) -> LoadReport:
    with write_transaction(url) as connection:
        return load(connection, seeds, folders.get("corpus"), sets=None)


def import_again(seeds: Path, data: Path, before: str, after: str) -> None:
    """Change a row and import the data again."""
    path = data / FILE
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    write_set(seeds, "made-up", render_set(seeds, import_trips(data)))


def test_a_changed_row_changes_its_facts_alone(scratch: str, seeds: Path, data: Path) -> None:
    load_with_sets(scratch, seeds)
    before = read(seeds, sets=None)
    import_again(seeds, data, "Visited the border.", "Visited the border on foot.")
    after = read(seeds, sets=None)

    assert before.facts.keys() == after.facts.keys()
    changed = {slug for slug, fact in after.facts.items() if fact.claims != before.facts[slug].claims}
    assert changed == set(), "its first sentence stands where it stood"
    assert {slug for slug, one in after.sources.items() if one != before.sources[slug]} == {"made-up-trip-1"}

    import_again(seeds, data, "Met with\n            President Moon.", "Met President Moon.")
    changed = {slug for slug, fact in read(seeds, sets=None).facts.items() if fact.claims != after.facts[slug].claims}
    assert changed == {"trip-1-south-korea"}
    report = load_with_sets(scratch, seeds)
    assert (report.counts["facts"].changed, report.counts["facts"].added, report.counts["facts"].removed) == (1, 0, 0)
    assert report.counts["sources"].changed == 1
    assert not report.lost


def test_what_is_written_by_hand_survives(seeds: Path, data: Path) -> None:
    decisions = seeds / "sets" / "made-up" / "decisions.yaml"
    decisions.write_text("trip-1: kept\n", encoding="utf-8")
    import_again(seeds, data, "Met with Chairman Kim.", "Met Chairman Kim.")
    assert decisions.read_text(encoding="utf-8") == "trip-1: kept\n"


def test_with_the_data_passages_have_their_words(seeds: Path, data: Path, tmp_path: Path) -> None:
    record = read(seeds, [tmp_path, data], sets=None)
    told = [claim.passage for claim in record.facts["trip-1-south-korea"].claims if claim.property == "existence"]
    assert [(passage.exact, passage.state) for passage in told] == [("remarks: Met with President Moon.", "VERIFIED")]
    import_again(seeds, data, "<remarks>Met with Chairman", "<remarks>Spoke with Chairman")
    assert {claim.passage.state for claim in read(seeds, data, sets=None).facts["dmz-2019"].claims} == {
        "VERIFIED",
        "UNCHECKED",
    }


def test_rows_are_verified_by_their_passages_alone(
    seeds: Path, data: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reports = verify(seeds, [corpus, data], sets=None)
    rows = [report for report in reports if report.dataset]
    assert [(row.source, row.faults, row.sentences) for row in rows] == [
        ("made-up-trip-1", [], ()),
        ("made-up-trip-2", [], ()),
    ]
    assert all(0 < row.cited < row.characters for row in rows)
    coverage.show(reports)
    assert "made-up: 2 rows" in capsys.readouterr().out

    without = verify(seeds, corpus, sets=None)
    assert [report.faults for report in without if report.dataset] == [[], []]
    coverage.show(without)
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("made-up: ")]
    assert line.split() == ["made-up:", "2", "rows", "not", "available", "0"]
    path = data / FILE
    path.write_text(path.read_text(encoding="utf-8").replace("<id>2</id>", "<id>3</id>"), encoding="utf-8")
    (missing,) = [report for report in verify(seeds, [corpus, data], sets=None) if report.faults]
    assert (missing.source, missing.faults) == ("made-up-trip-2", ["it is not in the corpus"])


def test_a_row_that_has_changed_leaves_orphans(seeds: Path, data: Path) -> None:
    path = data / FILE
    path.write_text(path.read_text(encoding="utf-8").replace("Chairman Kim", "Mr. Kim"), encoding="utf-8")
    existence = [
        claim.passage.state
        for claim in read(seeds, data, sets=None).facts["dmz-2019"].claims
        if (claim.source, claim.property) == ("made-up-trip-2", "existence")
    ]
    assert existence == ["ORPHAN"]


def test_the_lock_of_a_set_is_written_by_its_name(
    seeds: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIPFELBUCH_SEEDS", str(seeds))
    lock = seeds / "sets" / "made-up" / "anchors.lock"
    before = lock.read_bytes()
    lock.write_bytes(b"")
    written = CliRunner().invoke(app, ["anchor", "made-up", "--corpus", str(data)])
    assert (written.exit_code, lock.read_bytes()) == (0, before)
    assert written.output.startswith(f"{lock}: ")
    refused = CliRunner().invoke(app, ["anchor", "made-up", "--corpus", str(tmp_path)]).exception
    assert isinstance(refused, CorpusUnusable)
    assert refused.message.startswith(f"None of the documents is in {tmp_path}. ")


def test_of_thousands_of_mistakes_some_are_told() -> None:
    told = SeedsInvalid([f"people.jsonl:{line}: it is wrong" for line in range(1, 3_001)])
    assert len(told.problems) == 3_000
    assert told.message.splitlines()[0] == "The seeds contain 3000 mistakes; nothing was loaded:"
    assert told.message.splitlines()[-1] == "... and 2800 more"


def test_a_row_is_shown_field_by_field(seeds: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIPFELBUCH_SEEDS", str(seeds))
    shown = CliRunner().invoke(app, ["show", "made-up-trip-2", "--corpus", f"{seeds}{os.pathsep}{data}"])
    assert shown.output.splitlines()[2] == "p1s1  id: 2"
    assert "p6s1  country@id: korea-north" in shown.output
    assert "->" not in shown.output
    found = CliRunner().invoke(app, ["find", "made-up-trip-2", "Chairman Kim", "--corpus", str(data)])
    assert found.output == "p7s1 w4-5\n"
