"""The register says what the rows of the sample say: see tests/sets/sample/README.md."""

from __future__ import annotations

import re

import pytest

from service.settings import REPOSITORY
from tests.sets.sample.judge import CATEGORIES, figure, judge_register, report
from tests.sets.sample.namesakes import namesakes_in
from tests.sets.sample.sample import contents

pytestmark = pytest.mark.slow

PRECISION, RECALL = 0.99, 0.97
MEASURED = ("people", "identity", "encounters", "days")
PAIRS = 20
"""Minimum number of pairs of namesakes of whom both are found, so that keeping them apart is meaningful."""


@pytest.mark.parametrize(("sample", "categories"), [("first", CATEGORIES), ("second", MEASURED)])
def test_the_register_is_as_right_and_as_whole_as_it_says(
    sets_database: str, sample: str, categories: tuple[str, ...]
) -> None:
    verdicts = judge_register(sets_database, sample)
    figures = {name: figure(verdicts, name) for name in categories}
    assert all(found.said and found.told for found in figures.values())
    low = [name for name, found in figures.items() if found.precision < PRECISION or found.recall < RECALL]
    assert not low, "\n".join(report(verdicts))


def test_no_two_namesakes_are_one(sets_database: str) -> None:
    found = namesakes_in(sets_database)
    merged = [pair.one.document for pair in found if pair.is_merged]
    assert not merged
    missing = [str(pair) for pair in found if not pair.is_whole]
    assert len(found) - len(missing) >= PAIRS, "\n".join(missing)


def test_rows_that_err_go_to_the_review() -> None:
    """The rows that Archigos contradicts. For the other rows that err, no data set says so."""
    review = (REPOSITORY / "seeds" / "sets" / "histstate" / "review.jsonl").read_text(encoding="utf-8")
    wrong = contents("errors")["Archigos tells otherwise"]
    missing = {row for row in wrong if not re.search(rf"\b{row}\b", review)}
    assert not missing
