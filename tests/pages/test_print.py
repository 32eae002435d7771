"""Pages on paper: they contain their information, but nothing that only a screen needs, with their address below."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import browse

pytestmark = pytest.mark.slow

HERE = Path(__file__).resolve().parent
PAGES = {
    "/summits/hanoi-2019": ("Hanoi 2019", "Kim Jong Un", "Donald Trump", "February 2019"),
    "/timeline/donald-trump/kim-jong-un": ("Donald Trump", "Kim Jong Un", "Meetings", "Agreements"),
    "/sources/004-330859f3abdfc3e6": ("SRF, 31 May 2018",),
    "/network": ("Network", "Kim Jong Un"),
}
"""The pages, with some of the text of each."""


@pytest.fixture(scope="module")
def observations(site: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what print.mjs saw of each page; the PDFs are in the folder for temporary files."""
    folder = tmp_path_factory.mktemp("printed")
    found: dict[str, Any] = browse(HERE / "print.mjs", site, str(folder), json.dumps(list(PAGES)))
    return found


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_printed_with_what_it_tells_and_without_its_controls(
    path: str, observations: dict[str, Any], site: str
) -> None:
    page = observations[path]
    for words in PAGES[path]:
        assert words in page["text"]
    assert not {"form", "nav", "button"} & set(page["shown"])
    assert {"h1", ".printed", ".licence"} <= set(page["shown"])
    assert f"{site}{path}" in page["text"]
    # few sheets, dark ink on white paper whatever the screen's colours, nothing beyond the edge
    assert 1 <= page["pages"] <= 6
    assert page["paper"] == "rgb(255, 255, 255)"
    assert not page["isCut"]


@pytest.mark.parametrize("path", ["/timeline/donald-trump/kim-jong-un", "/network"])
def test_what_is_drawn_is_printed(path: str, observations: dict[str, Any]) -> None:
    assert "main svg" in observations[path]["shown"]
