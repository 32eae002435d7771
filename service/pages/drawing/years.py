"""Bars of counts by year, or by several years where there are many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from service.pages.view import View

WIDTH = 1000.0
HEIGHT = 60.0
MOST_BARS = 50
LABEL_WIDTH = 38.0
STEPS = (1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True)
class YearBar:
    """How many there are from `first` to `last`, both years included."""

    first: int
    last: int
    count: int
    x: float
    y: float
    width: float
    height: float
    url: str
    is_labelled: bool


@dataclass(frozen=True)
class YearBars:
    """`undated`: how many lie in no one year that is known."""

    width: float
    height: float
    bars: Sequence[YearBar]
    undated: int


def draw_years(view: View) -> YearBars | None:
    """A bar for each period in which `years` counts any, which leads to these alone; None where there is none."""
    counts = Counter({int(row["keys"][0][:4]): row["count"] for row in view.root["years"] if row["keys"][0]})
    if not counts:
        return None
    first, last = min(counts), max(counts)
    step = next(step for step in STEPS if last // step - first // step < MOST_BARS or step == STEPS[-1])
    periods: Counter[int] = Counter()
    for year, count in counts.items():
        periods[year // step] += count
    begin, number = first // step, last // step - first // step + 1
    width, highest = min(WIDTH / number, 40.0), max(periods.values())
    bars: list[YearBar] = []
    label = 0.0
    for period, count in sorted(periods.items()):
        height = round(max(1.5, count / highest * (HEIGHT - 2)), 1)
        start, end = period * step, period * step + step - 1
        x = round((period - begin) * width, 1)
        url = view.changed_url(**{"from": start, "to": end})
        is_labelled = not bars or x - label >= LABEL_WIDTH
        label = x if is_labelled else label
        bars.append(YearBar(start, end, count, x, HEIGHT - height, round(width - 1, 1), height, url, is_labelled))
    return YearBars(WIDTH, HEIGHT, bars, sum(row["count"] for row in view.root["years"] if not row["keys"][0]))
