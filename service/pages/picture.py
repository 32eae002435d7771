"""Pictures of 1200 by 630 pixels, as shown next to links in social networks: lines of text in one colour on paper.

Drawn by Pillow with bundled fonts (fonts/README.md), so that they look the same on every machine. The cost is bounded:
texts are truncated before they are measured.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

FONTS = Path(__file__).with_name("fonts")
WIDTH, HEIGHT, MARGIN = 1200, 630, 72
PAPER, INK = (252, 251, 248), (13, 45, 62)
FULL, SOFT = 255, 150
"""Amount of ink: a pixel is one byte, and the palette maps it to a colour."""
LONGEST = 400
"""Maximum number of characters of a text that are considered. No more would fit."""
TITLE_SIZES = ((76, 2), (64, 3), (54, 4), (46, 5), (40, 6))
"""Font sizes in pixels, with the maximum number of title lines in each. At the last size, the title is truncated."""
TEXT, SMALL = 34, 26
TITLE_TOP, TEXT_BOTTOM, FOOTER_TOP = 138, 536, 558
LANE_LEFT, HIGHEST_LANE, LEAST_BAR = MARGIN + 220, 52, 6
DOT, DOTS_APART = 3, 10
LEADING = 1.24
SUMMIT = ((2, 27), (12, 8), (18, 18), (21, 13), (30, 27))
"""Outline of the logo, on a square of 32."""
BAR_INKS = {"left out": SOFT, "bounds": 70, "unheld": None, "held": FULL}
"""In drawing order: exact dates are drawn over inexact ones."""


class Bar(NamedTuple):
    """A bar in a lane, between two fractions of its width.

    `kind`: "held" for what took place on these days, "bounds" for what took place at some time within them, "unheld"
    for what is planned or was called off, "left out" if more took place than is drawn.
    """

    start: float
    end: float
    kind: str


class Chart(NamedTuple):
    """Chart below the lines: a lane for each name, and labels along the bottom, by fraction of the width."""

    lanes: Sequence[tuple[str, Sequence[Bar]]]
    ticks: Sequence[tuple[float, str]]


class Picture(NamedTuple):
    """Contents of a picture: heading, title, lines of text, chart, and footer."""

    heading: str
    title: str
    lines: Sequence[str] = ()
    footer: str = ""
    chart: Chart | None = None


@cache
def _characters() -> frozenset[str]:
    return frozenset((FONTS / "characters.txt").read_text(encoding="utf-8"))


def is_drawable(text: str) -> bool:
    """Whether the fonts cover a text: the languages of the pages, and all of Latin script."""
    return _characters().issuperset(unicodedata.normalize("NFC", text))


def draw_picture(picture: Picture) -> bytes:
    """Return the picture as PNG. Equal pictures give equal bytes."""
    # imported here, so that only requests for pictures wait for it
    from PIL import Image, ImageDraw

    image = Image.new("P", (WIDTH, HEIGHT), 0)
    image.putpalette(_palette())
    draw = ImageDraw.Draw(image)
    draw.fontmode = "L"
    _draw_frame(draw, picture)
    y = _draw_title(draw, picture.title)
    for line in picture.lines:
        if y + TEXT * LEADING > TEXT_BOTTOM:
            break
        y = _draw_lines(draw, _wrap(line, _font("regular", TEXT), _lines_down(y)), y, "regular", TEXT, FULL) + 10
    if picture.chart:
        _draw_chart(draw, picture.chart, y)
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _palette() -> list[int]:
    """Colours from paper to ink."""
    return [
        round(paper + (ink - paper) * step / 255) for step in range(256) for paper, ink in zip(PAPER, INK, strict=True)
    ]


def _draw_frame(draw: ImageDraw, picture: Picture) -> None:
    """Draw the logo and the name, the heading, and the footer."""
    name, small = _font("semibold", TEXT), _font("regular", SMALL)
    draw.polygon([(MARGIN - 4 + 1.6 * x, 44 + 1.6 * y) for x, y in SUMMIT], fill=FULL)
    draw.text((MARGIN + 62, 92), "Gipfelbuch", font=name, fill=FULL, anchor="ls")
    (heading,) = _wrap(picture.heading, small, 1, WIDTH // 2) or [""]
    draw.text((WIDTH - MARGIN, 92), heading, font=small, fill=SOFT, anchor="rs")
    draw.line((MARGIN, FOOTER_TOP - 10, WIDTH - MARGIN, FOOTER_TOP - 10), fill=60, width=2)
    _draw_lines(draw, _wrap(picture.footer, small, 1), FOOTER_TOP, "regular", SMALL, SOFT)


def _draw_title(draw: ImageDraw, title: str) -> float:
    """Draw the title as large as it fits. Returns the y position below it."""
    for size, most in TITLE_SIZES:
        lines = _wrap(title, _font("semibold", size), most)
        if not lines or not lines[-1].endswith("…"):
            break
    return _draw_lines(draw, lines, TITLE_TOP, "semibold", size, FULL) + 18


def _draw_chart(draw: ImageDraw, chart: Chart, top: float) -> None:
    """Draw the lanes, which share the space above the labels."""
    small, width, bottom = _font("regular", SMALL), WIDTH - MARGIN - LANE_LEFT, FOOTER_TOP - 52
    height = min(HIGHEST_LANE, (bottom - top) / max(1, len(chart.lanes)))
    for at, label in chart.ticks:
        x = LANE_LEFT + at * width
        draw.line((x, top, x, bottom), fill=60)
        draw.text((x, bottom + 32), label, font=small, fill=SOFT, anchor="ms")
    for row, (name, bars) in enumerate(chart.lanes):
        middle = top + (row + 0.5) * height
        (label,) = _wrap(name, small, 1, LANE_LEFT - MARGIN - 10) or [""]
        draw.text((MARGIN, middle), label, font=small, fill=FULL, anchor="lm")
        for bar in sorted(bars, key=lambda bar: [*BAR_INKS].index(bar.kind)):
            left = LANE_LEFT + bar.start * width
            right = max(left + LEAST_BAR, LANE_LEFT + bar.end * width)
            box = (left, middle - height * 0.3, min(right, WIDTH - MARGIN), middle + height * 0.3)
            if bar.kind == "left out":
                _draw_dots(draw, box, BAR_INKS[bar.kind])
            else:
                draw.rectangle(box, fill=BAR_INKS[bar.kind], outline=FULL)


def _draw_dots(draw: ImageDraw, box: tuple[float, float, float, float], ink: int | None) -> None:
    left, top, right, bottom = map(int, box)
    for x in range(left, right - DOT, DOTS_APART):
        for y in range(top, bottom - DOT, DOTS_APART):
            draw.ellipse((x, y, x + DOT, y + DOT), fill=ink)


def _draw_lines(draw: ImageDraw, lines: Sequence[str], y: float, weight: str, size: int, ink: int) -> float:
    for line in lines:
        draw.text((MARGIN, y + size), line, font=_font(weight, size), fill=ink, anchor="ls")
        y += size * LEADING
    return y


def _lines_down(y: float) -> int:
    """Return how many lines of text fit below a y position, at most three."""
    return min(3, int((TEXT_BOTTOM - y) / (TEXT * LEADING)))


def _wrap(text: str, font: FreeTypeFont, most: int, width: int = WIDTH - 2 * MARGIN) -> list[str]:
    """Wrap the text to a width in pixels, `most` lines at most. Truncated text ends with an ellipsis."""
    words = " ".join(unicodedata.normalize("NFC", text[: LONGEST + 1]).split())
    lines = [""]
    for part in _parts(words.split(" "), font, width):
        joined = f"{lines[-1]} {part}".strip()
        if _length(joined, font) <= width:
            lines[-1] = joined
        elif len(lines) == most:
            return [*lines[:-1], _shorten(lines[-1], font, width)]
        else:
            lines.append(part)
    if len(text) > LONGEST:
        lines[-1] = _shorten(lines[-1], font, width)
    return [line for line in lines if line]


def _parts(words: Sequence[str], font: FreeTypeFont, width: int) -> Iterator[str]:
    """Split into words. Words wider than a line are split into parts that fit on a line."""
    for word in words:
        start, length = 0, 0.0
        for at, letter in enumerate(word):
            length += _advance(letter, font)
            if length > width:
                yield word[start:at]
                start, length = at, _advance(letter, font)
        yield word[start:]


def _shorten(line: str, font: FreeTypeFont, width: int) -> str:
    while _length(f"{line}…", font) > width:
        line = line[:-1]
    return f"{line.rstrip(' ,;.·')}…"


def _length(text: str, font: FreeTypeFont) -> float:
    """Width in pixels. The basic layout ignores kerning."""
    return sum(_advance(letter, font) for letter in text)


@lru_cache(16_384)
def _advance(letter: str, font: FreeTypeFont) -> float:
    return font.getlength(letter)


@cache
def _font(weight: str, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    # basic layout: the better one is not available in every build of Pillow
    return ImageFont.truetype(FONTS / f"{weight}.otf", size, layout_engine=ImageFont.Layout.BASIC)
