"""The list of natural operations: each can be asked and is answered; what the names stand for is found in any store."""

from __future__ import annotations

import pytest

from bench.natural import NAMED, main, names_of, natural_operations, plan_of
from bench.store import fill

pytestmark = pytest.mark.slow

QUOTES = 400


@pytest.fixture
def store(scratch: str) -> str:
    fill(scratch, QUOTES)
    return scratch


def test_each_operation_is_answered(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked = natural_operations()
    assert names_of(store).keys() == NAMED.keys()
    assert main([store, "--rounds", "1"]) in (0, 1)
    told = [line.split("|")[1].strip() for line in capsys.readouterr().out.splitlines() if line.startswith("| ")]
    assert told[1:] == [f"{each.noun}: {each.name}" for each in asked]
    assert len({(each.noun, each.name) for each in asked}) == len(asked) == 134


def test_plan_is_that_of_the_service(store: str) -> None:
    (asked,) = (each for each in natural_operations() if each.name == "all facts, latest first")
    assert "snapshot_date_desc_idx" in plan_of(store, asked)
