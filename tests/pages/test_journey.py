"""The pages in a real browser: a reader's way through them, and what stands in nobody's way on any of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import browse

pytestmark = pytest.mark.slow

HERE = Path(__file__).resolve().parent
Seen = dict[str, Any]


@pytest.fixture(scope="module")
def seen(site: str, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """What journey.mjs saw; the pictures are in the folder for temporary files."""
    found: Seen = browse(HERE / "journey.mjs", site, str(tmp_path_factory.mktemp("pages")))
    return found


def test_from_the_start_by_search_to_a_summit_its_evidence_and_another_day(seen: Seen) -> None:
    journey = seen["journey"]
    assert journey["steps"] == [
        "Who met, what was said, and by whose word we know it",
        "Search for Hanoi",
        "Hanoi 2019",
    ]
    assert "Hanoi" in journey["suggested"]
    assert journey["claims"] > 0
    assert journey["then"].startswith("You look from 2019-04-30")
    assert journey["end"] == "/summits/hanoi-2019"


def test_it_can_be_searched_without_script(seen: Seen) -> None:
    assert seen["foundWithoutScript"] > 0


def test_axe_finds_no_barrier_and_nothing_is_too_wide(seen: Seen) -> None:
    nothing = {"barriers": [], "overflow": 0}
    assert seen["looks"] == {path: dict.fromkeys(("light", "dark", "narrow"), nothing) for path in seen["looks"]}


def test_nothing_is_logged_or_blocked_or_asked_of_another_host(seen: Seen, site: str) -> None:
    assert (seen["logged"], seen["blocked"], seen["asked"]) == ([], [], [site])
