"""Tables of all sets are checked by forms: a mistake in one is named with its file and line."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from service.errors import SeedsInvalid
from service.importers.archigos.people import read_corrections
from service.importers.archigos.states import read_states
from service.importers.decisions import read_decisions
from service.importers.languages import read_languages
from service.importers.world_leaders.tables import read_bodies, read_titles
from service.settings import SEEDS

READERS: dict[str, Callable[[Path], Any]] = {
    "archigos/people.yaml": read_corrections,
    "archigos/states.yaml": lambda seeds: read_states(seeds, ["USA"]),
    "archigos/languages.yaml": lambda seeds: read_languages(seeds, "archigos"),
    "world-leaders/titles.yaml": lambda seeds: read_titles(seeds, ["King"]),
    "world-leaders/bodies.yaml": lambda seeds: read_bodies(seeds, ["EU"]),
    "world-leaders/languages.yaml": lambda seeds: read_languages(seeds, "world-leaders"),
    "histstate/decisions.yaml": lambda seeds: read_decisions(seeds, "histstate"),
    "histstate/languages.yaml": lambda seeds: read_languages(seeds, "histstate"),
}
GERMAN = "the first state has no day, and each later state has a later day than the one before it"


@pytest.mark.parametrize(
    ("file", "before", "after", "reason"),
    [
        ("archigos/people.yaml", "  AFG-1978: Nur", "  AFG-1978:  # Nur", "nothing is given here; write ~ for null"),
        ("archigos/people.yaml", "  AFG-1978: Nur", "  AFG-1868: Nur", "AFG-1868 is given twice, first in line 7"),
        (
            "archigos/people.yaml",
            "  INS-1945: sukarno",
            "  INS-1945: Sukarno",
            "slugs INS-1945: 'Sukarno' is not a slug",
        ),
        ("archigos/people.yaml", "nobody:", "no-one:", "unknown field no-one"),
        ("archigos/people.yaml", "apart: [DOM", "apart: [[DOM]", "it is not YAML: "),
        ("archigos/states.yaml", "germany since 1871-01-18", "germany since 1871", "GMY states: Invalid isoformat "),
        ("archigos/states.yaml", "[prussia, germany since", "[prussia since 1900-01-01, germany since", GERMAN),
        ("archigos/states.yaml", "CAN: {number: 20,", "CAN: {nummer: 20,", "number is missing"),
        (
            "archigos/languages.yaml",
            "angela-merkel: {de:",
            "angela-merkel: {german:",
            "angela-merkel german: 'german' is ",
        ),
        ("world-leaders/titles.yaml", "King:\n  en: King\n", "King:\n  eng: King\n", "en is missing"),
        (
            "world-leaders/titles.yaml",
            "    china: {de: Staats",
            "    China: {de: Staats",
            "President of China: 'China' is not ",
        ),
        ("world-leaders/bodies.yaml", "  kind: OTHER", "  kind: UNION", "EU kind: 'UNION' is not one of "),
        ("world-leaders/languages.yaml", "li-qiang: {", "Li Qiang: {", "Li Qiang: 'Li Qiang' is not a slug"),
        ("histstate/decisions.yaml", "  decision: same", "  decision: perhaps", "'perhaps' does not match "),
        (
            "histstate/decisions.yaml",
            "president-iliescu:\n  decision:",
            "president-iliescu:\n  decide:",
            "decision is missing",
        ),
        ("histstate/languages.yaml", "kosygin: {de:", "kosygin: {deutsch:", "deutsch: 'deutsch' is "),
    ],
)
def test_a_mistake_in_a_table_is_named_with_its_line(
    tmp_path: Path, file: str, before: str, after: str, reason: str
) -> None:
    seeds = copy_tables(tmp_path)
    table = seeds / "sets" / file
    text = table.read_text(encoding="utf-8")
    assert before in text
    table.write_text(text.replace(before, after, 1), encoding="utf-8")
    line = text[: text.index(before)].count("\n") + 1
    assert [one for one in mistakes(file, seeds) if reason in one and f":{line}: " in one], mistakes(file, seeds)


@pytest.mark.parametrize(
    ("file", "key"),
    [("archigos/states.yaml", "USA"), ("world-leaders/titles.yaml", "King"), ("world-leaders/bodies.yaml", "EU")],
)
def test_what_the_data_have_and_a_table_lacks_is_named(tmp_path: Path, file: str, key: str) -> None:
    seeds = copy_tables(tmp_path)
    table = seeds / "sets" / file
    table.write_text(table.read_text(encoding="utf-8").replace(f"\n{key}:", "\nXYZ:"), encoding="utf-8")
    assert mistakes(file, seeds) == [f"sets/{file}:1: {key} is in the data, but not in this table"]


@pytest.mark.parametrize("file", READERS)
def test_a_table_that_is_missing_is_a_mistake_unless_it_is_optional(tmp_path: Path, file: str) -> None:
    seeds = copy_tables(tmp_path)
    (seeds / "sets" / file).unlink()
    if file.endswith(("languages.yaml", "decisions.yaml")):
        assert READERS[file](seeds) == {}
    else:
        assert mistakes(file, seeds) == [f"sets/{file}:1: the file is missing"]


def copy_tables(folder: Path) -> Path:
    """Return a copy of the tables of all sets, in a folder of seeds."""
    shutil.copytree(SEEDS / "sets", folder / "sets", ignore=shutil.ignore_patterns("*.jsonl", "anchors.lock"))
    return folder


def mistakes(file: str, seeds: Path) -> list[str]:
    """Return the mistakes that are reported when a table is read."""
    with pytest.raises(SeedsInvalid) as refused:
        READERS[file](seeds)
    return refused.value.problems
