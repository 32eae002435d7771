"""The tables used by the reader of remarks agree with each other and with the states of the register."""

import shutil
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from service.cli import app
from service.importers.histstate.remarks import READERS
from service.importers.histstate.table_forms import ClauseKind
from service.settings import SEEDS
from tests.sets.making import trip, write_data
from tests.sets.reading import TABLES

ROW = trip("1", "Ronald Reagan", "1981-03-10", "1981-03-11", "Canada", "Met with Prime Minister Trudeau.")


def test_every_kind_of_clause_has_a_reader_and_every_reader_a_phrase() -> None:
    assert {phrase.reads for phrase in TABLES.phrases} == set(READERS) == set(ClauseKind)


def test_names_of_states_mean_states_of_the_register() -> None:
    registered = yaml.load((SEEDS / "countries.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    meant = [*TABLES.state_names.values(), *TABLES.state_adjectives.values()]

    assert {name.slug for names in meant for name in names if name.slug} - set(registered) == set()


def test_titles_and_phrases_name_known_states() -> None:
    titles = [title for title, _ in TABLES.titles.values()]
    words = {state for title in titles for state in (*title.states, title.acts_for) if state}
    words |= {phrase.counterpart for phrase in TABLES.phrases if phrase.counterpart}
    words |= {state for group in TABLES.state_groups.values() for state in group}

    assert words - set(TABLES.state_names) == set()


@pytest.mark.parametrize(
    ("words", "day", "slug"),
    [
        ("China, Republic of", "1945-04-26", "china"),
        ("China, Republic of", "1961-07-31", "taiwan"),
        ("Vietnam", "1975-04-30", "south-vietnam"),
        ("Vietnam", "2000-11-16", "vietnam"),
        ("West German", "1974-04-05", "germany"),
        ("Soviet", "1985-11-16", "soviet-union"),
        ("Siam (Thailand)", "1931-04-28", "thailand"),
        ("Congo", "1998-03-23", None),
        ("Atlantis", "1998-03-23", None),
    ],
)
def test_what_words_mean_as_a_state_goes_by_the_day(words: str, day: str, slug: str | None) -> None:
    assert TABLES.state_slug(words, date.fromisoformat(day)) == slug


def test_editions_of_a_series_do_not_overlap() -> None:
    for series in TABLES.gatherings:
        days = sorted((first, last) for _, first, last in series.editions)
        assert all(last < following for (_, last), (following, _) in pairwise(days)), series.series


@pytest.fixture
def seeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the seeds that the settings name."""
    copy = tmp_path / "seeds"
    shutil.copytree(SEEDS, copy, ignore=shutil.ignore_patterns("*.jsonl", "anchors.lock"))
    monkeypatch.setenv("GIPFELBUCH_SEEDS", str(copy))
    return copy


@pytest.mark.parametrize(
    ("file", "before", "after", "reason"),
    [
        ("phrases.yaml", "- {reads: HOST,", "- {reads: [HOST,", "it is not YAML: "),
        ("phrases.yaml", "reads: HOST", "reads: GUEST", "reads: 'GUEST' is not one of MEETING, SUMMIT, "),
        ("phrases.yaml", "{reads: HOST, says", "{reads: HOST, sais", "says is missing"),
        ("phrases.yaml", "(also )?present were", "(also ?present were", "says: not a valid regular expression: "),
        ("phrases.yaml", "stay: VACATION,", "stay: HOLIDAY,", "stay: 'HOLIDAY' is not one of "),
        ("titles.yaml", "- title: Acting President", "- tittle: Acting President", "title is missing"),
        ("states.yaml", "- state: albania\n", "- group: Albania\n  state: albania\n", "an entry has either "),
        (
            "gatherings.yaml",
            "2009-03-01/2009-05-31",
            "2009-03-01/soon",
            "editions g20-2009-london: Invalid ",
        ),
        ("series.yaml", "g8: {de: G8-Gipfel,", "g8: {de: [G8-Gipfel],", "g8 de: a plain value is expected here"),
        ("series.yaml", "g8: {de:", "g8: de:", "it is not YAML: "),
        (
            "holders.yaml",
            "1958/1960",
            "1958/",
            "abdallah-ibrahim offices Prime Minister: '1958/' has no ",
        ),
        ("places.yaml", "[9.06, 7.5]", "[9.06, east]", "coordinates abuja: 'east' is not a number"),
    ],
)
def test_a_mistake_in_a_table_is_named_with_its_line(
    seeds: Path, tmp_path: Path, file: str, before: str, after: str, reason: str
) -> None:
    table = seeds / "sets" / "histstate" / file
    text = table.read_text(encoding="utf-8")
    assert before in text
    table.write_text(text.replace(before, after, 1), encoding="utf-8")

    code, said = run_import(write_data(tmp_path / "data", [ROW], []))

    line = text[: text.index(before)].count("\n") + 1
    assert code == 1
    assert f"sets/histstate/{file}:{line}: {reason}" in said


def test_a_president_without_a_name_is_named(seeds: Path, tmp_path: Path) -> None:
    code, said = run_import(write_data(tmp_path / "data", [ROW], []))

    assert code == 1
    assert "sets/histstate/presidents.yaml:4: barack-obama is in no other set: name is missing" in said


def test_a_table_that_is_missing_is_named(seeds: Path, tmp_path: Path) -> None:
    (seeds / "sets" / "histstate" / "slips.yaml").unlink()

    code, said = run_import(write_data(tmp_path / "data", [ROW], []))

    assert (code, "sets/histstate/slips.yaml:1: the file is missing" in said) == (1, True)


def run_import(data: Path) -> tuple[int, str]:
    """Return the exit code and the output of an import that only checks."""
    result = CliRunner().invoke(app, ["import", "histstate", str(data), "--check"])
    return result.exit_code, result.output
