"""People of one name are people apart: those whom tests/sets/sample/namesakes.yaml lists."""

from __future__ import annotations

import pytest

from tests.sets.sample.namesakes import namesakes_in

pytestmark = pytest.mark.slow

PAIRS = 20
"""How many pairs at least have to be found, both of them, so that keeping them apart says something."""


def test_no_two_namesakes_are_one(sets_database: str) -> None:
    found = namesakes_in(sets_database)
    assert not [str(pair) for pair in found if pair.is_merged]
    missing = [str(pair) for pair in found if not pair.is_whole]
    assert len(found) - len(missing) >= PAIRS, "\n".join(missing)
