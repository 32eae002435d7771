"""Charts of counts: a bar for each period on a time axis, or for each other value, most frequent first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from service.pages.drawing.axis import LABEL_ROOM, Tick, TimeAxis
from service.pages.drawing.periods import MONTHS, last_day, period_parameters
from service.pages.drawing.tone import ToneBars, draw_tone
from service.pages.parameters import parameter_name
from service.pages.view import View

WIDTH = 960.0
LEFT, RIGHT = 50.0, WIDTH - LABEL_ROOM
TOP, DEPTH = 10.0, 200.0
"""Top edge and maximum height of the bars of periods."""
BELOW = 20.0
"""Space for the labels of ticks."""
ROW, THICKNESS = 24.0, 16.0
NAME_END = 300.0
MOST_ROWS = 50
MOST_COUNTS = 1000
"""Number of most frequent rows that the operations request."""
PARAMETERS = {"HEARSAY": "is_hearsay", "LANGUAGE": "in_language", "PLACE": "exact_place"}
"""Groupings that have a different name as a filter. `place` would match everything within the counted place."""

Count = Mapping[str, Any]


class Bar(NamedTuple):
    """The count of a value. `url`: the list filtered to that value; None if it cannot be filtered."""

    counted: Count
    x: float
    y: float
    width: float
    height: float
    url: str | None

    @property
    def label(self) -> str:
        return str(self.counted["labels"][-1])


class Level(NamedTuple):
    """A grid line at a number."""

    y: float
    number: int


@dataclass(frozen=True)
class PeriodBars:
    """Adjacent bars, each as wide as its period is long. The axis runs from `left` to `right`."""

    left: float
    right: float
    bottom: float
    ticks: Sequence[Tick]
    levels: Sequence[Level]
    bars: Sequence[Bar]


@dataclass(frozen=True)
class Chart:
    """Counts of the list at `path` by one grouping. Either `periods` or `rows` is drawn.

    `total`: number of entries in the list; if each entry has exactly one value, it is the sum and needs no extra count.
    `bars`: one per value, as drawn, for the table. `unplaced`: number of entries without a value or, for periods,
    without a date within one of them. `left_out`: number of values in the table that are not drawn. `is_cut`: whether
    there may be more values than were requested.
    """

    path: str
    grouping: str
    total: int
    width: float
    height: float
    bars: Sequence[Bar]
    unplaced: int
    periods: PeriodBars | None
    tone: ToneBars | None
    left_out: int
    is_cut: bool


def draw_chart(view: View) -> Chart:
    """Return the shapes for an operation that counts a list."""
    grouping, path = view.value_of("by"), view.address.path.replace("/charts", "")
    url = partial(view.filtered_url, path)
    counts = [each for each in view.root["counts"] if each["keys"][0] is not None]
    unplaced = sum(each["count"] for each in view.root["counts"] if each["keys"][0] is None)
    total = view.root.get("totalCount") or sum(each["count"] for each in view.root["counts"])
    is_cut = len(view.root["counts"]) >= MOST_COUNTS
    if grouping not in MONTHS:
        bars = _draw_rows(counts, _filter_of(grouping, view), url)
        drawn = min(len(bars), MOST_ROWS)
        height = TOP + drawn * ROW
        return Chart(path, grouping, total, WIDTH, height, bars, unplaced, None, None, len(bars) - drawn, is_cut)
    axis = axis_of(counts, grouping, LEFT, RIGHT)
    periods = draw_periods(view, counts, grouping, axis, TOP, DEPTH, url) if axis else None
    tone = _draw_tone(counts, grouping, axis, TOP + DEPTH + BELOW)
    height = TOP + DEPTH + BELOW + (tone.height if tone else 0)
    drawn_bars = periods.bars if periods else ()
    return Chart(path, grouping, total, WIDTH, height, drawn_bars, unplaced, periods, tone, 0, is_cut)


def axis_of(counts: Sequence[Count], unit: str, left: float, right: float) -> TimeAxis | None:
    """Return the axis from the first to the last period with entries; None if there are none."""
    starts = [date.fromisoformat(each["keys"][-1]) for each in counts]
    return TimeAxis(min(starts), last_day(unit, max(starts)), left, right) if starts else None


def draw_periods(
    view: View, counts: Sequence[Count], unit: str, axis: TimeAxis, top: float, depth: float, url: Callable[..., str]
) -> PeriodBars:
    """Return the bars of periods in chronological order, at most `depth` high. Their last key is their first day.

    url: returns the address of the counted entries, filtered by parameters.
    """
    step, most = _scale(max((each["count"] for each in counts), default=1))
    bottom = top + depth
    levels = [Level(round(bottom - number / most * depth, 1), number) for number in range(0, most + 1, step)]
    bars = [_period_bar(view, each, unit, axis, bottom, depth / most, url) for each in counts]
    in_order = sorted(bars, key=lambda bar: str(bar.counted["keys"][-1]))
    return PeriodBars(axis.left, axis.right, bottom, axis.ticks, levels, in_order)


def _period_bar(
    view: View, count: Count, unit: str, axis: TimeAxis, bottom: float, each: float, url: Callable[..., str]
) -> Bar:
    first = date.fromisoformat(count["keys"][-1])
    last = last_day(unit, first)
    start, end = axis.start_of(first), axis.end_of(last)
    height = round(count["count"] * each, 1)
    parameters = period_parameters(view, first, last)
    to_own = url(**parameters) if parameters else None
    width = max(0.5, (end - start) * 0.85)
    return Bar(count, round(start, 1), round(bottom - height, 1), round(width, 1), height, to_own)


def _draw_tone(counts: Sequence[Count], unit: str, axis: TimeAxis | None, top: float) -> ToneBars | None:
    """Return the tone of events below their counts; None if it is not requested or no event has one."""
    periods = [
        {
            "from": each["keys"][0],
            "to": last_day(unit, date.fromisoformat(each["keys"][0])).isoformat(),
            "label": each["labels"][0],
            "tone": each["tone"],
        }
        for each in sorted(counts, key=lambda each: str(each["keys"][0]))
        if "tone" in each and each["tone"]["events"]
    ]
    return draw_tone(periods, axis, top) if axis and periods else None


def _draw_rows(counts: Sequence[Count], parameter: str | None, url: Callable[..., str]) -> list[Bar]:
    """Return a row for each value. Rows that are too many to be drawn are below the drawing."""
    most = max((each["count"] for each in counts), default=1)
    room = WIDTH - 70 - NAME_END
    return [
        Bar(
            each,
            NAME_END,
            TOP + index * ROW,
            round(max(1.0, each["count"] / most * room), 1),
            THICKNESS,
            url(**{parameter: each["keys"][0]}) if parameter else None,
        )
        for index, each in enumerate(counts)
    ]


def _filter_of(grouping: str, view: View) -> str | None:
    """Return the parameter that filters the list by one value; None if there is none or the chart already has it."""
    parameter = PARAMETERS.get(grouping, grouping.lower())
    known = {parameter_name(name) for name in view.operation.variable_names - {"language"}}
    given = {name for name, _ in view.parameters}
    return parameter if parameter in known - given else None


def _scale(most: int) -> tuple[int, int]:
    """Return the interval of the grid lines and the highest number: at most five lines, at round numbers."""
    steps = (factor * 10**power for power in range(12) for factor in (1, 2, 5))
    step = next(step for step in steps if most <= 4 * step)
    return step, -(-most // step) * step
