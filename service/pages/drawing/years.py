"""Bars of counts by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from service.pages.drawing.periods import period_parameters
from service.pages.view import View

WIDTH = 1000.0
HEIGHT = 60.0
WIDEST = 40.0
LABEL_WIDTH = 38.0


@dataclass(frozen=True)
class YearBar:
    """The count of a year. `url`: the list of exactly these entries; None if no parameters match exactly these."""

    year: int
    count: int
    x: float
    y: float
    width: float
    height: float
    url: str | None
    is_labelled: bool


@dataclass(frozen=True)
class YearBars:
    """`undated`: number of entries without a single known year."""

    width: float
    height: float
    bars: Sequence[YearBar]
    undated: int


def draw_years(view: View) -> YearBars | None:
    """Return a bar for each year with a count in `years`, linked to exactly these entries; None if there are none."""
    counts = {int(row["keys"][0][:4]): row["count"] for row in view.root["years"] if row["keys"][0]}
    if not counts:
        return None
    begin = min(counts)
    width, highest = min(WIDTH / (max(counts) - begin + 1), WIDEST), max(counts.values())
    bars: list[YearBar] = []
    label = 0.0
    for year, count in sorted(counts.items()):
        height = round(max(1.5, count / highest * (HEIGHT - 2)), 1)
        x = round((year - begin) * width, 1)
        parameters = period_parameters(view, date(year, 1, 1), date(year, 12, 31))
        url = view.changed_url(**parameters) if parameters else None
        is_labelled = not bars or x - label >= LABEL_WIDTH
        label = x if is_labelled else label
        bars.append(YearBar(year, count, x, HEIGHT - height, round(width * 0.85, 1), height, url, is_labelled))
    return YearBars(WIDTH, HEIGHT, bars, sum(row["count"] for row in view.root["years"] if not row["keys"][0]))
