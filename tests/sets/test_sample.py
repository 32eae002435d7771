"""The register says what the rows of the sample tell: see tests/sets/sample/README.md."""

from __future__ import annotations

import re

import pytest

from service.settings import REPOSITORY
from tests.sets.sample.judge import figure, judge_register, report
from tests.sets.sample.sample import contents

pytestmark = pytest.mark.slow

PRECISION, RECALL = 0.99, 0.97


def test_the_register_is_as_right_and_as_whole_as_it_says(sets_database: str) -> None:
    verdicts = judge_register(sets_database)
    figures = {name: figure(verdicts, name) for name in ("people", "identity", "encounters", "days")}
    assert all(found.said and found.told for found in figures.values())
    low = [name for name, found in figures.items() if found.precision < PRECISION or found.recall < RECALL]
    assert not low, "\n".join(report(verdicts))


def test_rows_that_err_go_to_the_review() -> None:
    """Those of which Archigos tells otherwise; of the others no set tells it."""
    review = (REPOSITORY / "seeds" / "sets" / "histstate" / "review.jsonl").read_text(encoding="utf-8")
    wrong = contents("errors")["Archigos tells otherwise"]
    assert not [row for row in wrong if not re.search(rf"\b{row}\b", review)]
