"""The pages' pictures are in the repository and are up to date. `--record` writes badges and network again."""

import re
from base64 import b64decode
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import pytest

from service.settings import REPOSITORY
from tests.docs.badges import badges, draw
from tests.docs.pages import PAGES, Page

IMAGES = REPOSITORY / "docs" / "images"
IMAGE = re.compile(r"!\[([^\]]+)\]\(([^)\s]+)\)")
DRAWN = sorted(IMAGES.rglob("*.svg"))


@pytest.mark.parametrize(("name", "words"), badges().items(), ids=list(badges()))
def test_a_badge_says_what_is_so(name: str, words: tuple[str, str], request: pytest.FixtureRequest) -> None:
    file = IMAGES / "badges" / f"{name}.svg"
    if request.config.getoption("--record"):
        file.write_text(draw(*words), encoding="utf-8")
    assert file.read_text(encoding="utf-8") == draw(*words)
    assert f"![{': '.join(words)}](docs/images/badges/{name}.svg)" in Page("README.md").text


def test_every_picture_is_shown_and_none_is_fetched_from_elsewhere() -> None:
    shown = {(page.path.parent / source).resolve() for page in PAGES for _, source in IMAGE.findall(page.prose)}
    assert shown == {path for path in IMAGES.rglob("*") if path.is_file()}


@pytest.mark.parametrize("path", DRAWN, ids=lambda path: path.name)
def test_a_drawing_is_whole_and_loads_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ElementTree.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"
    assert re.findall(r"(?:href|src|url)\b|https?://(?!www\.w3\.org/2000/svg)|<script|<style", text) == []


def test_the_rooms_of_the_drawing_are_there() -> None:
    named = re.findall(r">([a-z]+/[a-z/]*)<", (IMAGES / "house.svg").read_text(encoding="utf-8"))
    assert len(named) >= 4
    assert [name for name in named if not (REPOSITORY / name).is_dir()] == []


def test_the_network_is_that_of_the_notebook(request: pytest.FixtureRequest) -> None:
    notebook = nbformat.read(REPOSITORY / "docs" / "notebook.ipynb", as_version=4)
    (cell,) = (each for each in notebook.cells if each.id == "picture")
    (picture,) = (b64decode(each.data["image/png"]) for each in cell.outputs if "image/png" in each.get("data", {}))
    if request.config.getoption("--record"):
        (IMAGES / "network.png").write_bytes(picture)
    assert (IMAGES / "network.png").read_bytes() == picture
