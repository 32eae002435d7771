"""`gipfelbuch review` lists what waits, shows its passages if the data are available, and takes decisions."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from service.cli import app
from service.errors import ServiceError
from service.importers.decisions import read_decisions, read_review, read_unconfirmed
from service.settings import REPOSITORY

LINE = "same-encounter--trip-2656-mexico--visit-2143"


@pytest.fixture
def seeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the seeds with the set and those that it requires."""
    copy = tmp_path / "seeds"
    shutil.copytree(REPOSITORY / "seeds", copy)
    monkeypatch.setenv("GIPFELBUCH_SEEDS", str(copy))
    return copy


def run(*arguments: str) -> str:
    """Return the output, or the reason why nothing is done."""
    result = CliRunner().invoke(app, ["review", "histstate", *arguments])
    return result.exception.message if isinstance(result.exception, ServiceError) else result.output


def test_all_lines_are_listed_the_most_doubtful_first(seeds: Path) -> None:
    *lines, last = run().splitlines()
    scores = [float(line.split()[0]) for line in lines]
    assert scores == sorted(scores, reverse=True)
    assert len(lines) == len([*read_review(seeds, "histstate")])
    assert last.startswith(f"{len(lines)} lines await a decision; ")


def test_a_line_is_shown_with_its_passages(seeds: Path, tmp_path: Path) -> None:
    shown = run(LINE)
    assert "answers: same, apart" in shown
    assert "histstate-visit-2143 p7s1" in shown
    assert "(" in run(LINE, "--corpus", str(tmp_path)).splitlines()[-1]


def test_a_decision_is_kept(seeds: Path) -> None:
    before = read_decisions(seeds, "histstate")
    assert run(LINE, "--decide", "nobody") == f"'nobody' is not an answer to {LINE}; the answers are same, apart."
    assert "The next import of histstate will apply this decision." in run(
        LINE, "--decide", "apart", "--note", "One on each side."
    )
    assert read_decisions(seeds, "histstate") == {**before, LINE: "apart"}
    assert LINE in read_unconfirmed(seeds, "histstate")
    run(LINE, "--decide", "apart", "--row", "histstate-visit-2143")
    assert LINE not in read_unconfirmed(seeds, "histstate")
    assert run("no-such-line") == "The review of histstate has no line with the slug 'no-such-line'."
