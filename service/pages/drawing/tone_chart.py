"""Chart of the tone between two parties over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from service.pages.drawing.axis import Tick, TimeAxis
from service.pages.drawing.chart import BELOW, RIGHT, TOP, WIDTH
from service.pages.drawing.tone import ToneBars, draw_tone
from service.pages.view import View

LEFT = 130.0


@dataclass(frozen=True)
class ToneChart:
    """`tone`: None if no event is dated within one period. `unplaced`: number of events in no bar."""

    grouping: str
    width: float
    height: float
    left: float
    ticks: Sequence[Tick]
    tone: ToneBars | None
    unplaced: int


def draw_tone_chart(view: View) -> ToneChart:
    """Return the shapes for the operation `tone_of_two`."""
    grouping = view.value_of("by")
    periods = [each for each in view.root["toneOverTime"] if each["tone"]["events"]]
    unplaced = view.root["tone"]["events"] - sum(each["tone"]["events"] for each in periods)
    if not periods:
        return ToneChart(grouping, WIDTH, 0, LEFT, (), None, unplaced)
    axis = TimeAxis(date.fromisoformat(periods[0]["from"]), date.fromisoformat(periods[-1]["to"]), LEFT, RIGHT)
    tone = draw_tone([{**each, "label": period_name(grouping, each["from"])} for each in periods], axis, TOP)
    return ToneChart(grouping, WIDTH, TOP + tone.height + BELOW, LEFT, axis.ticks, tone, unplaced)


def period_name(unit: str, first: str) -> str:
    """Return the label of the period that starts on a day, such as 2019, 2019-Q2 or 2019-06."""
    if unit == "YEAR":
        return first[:4]
    return f"{first[:4]}-Q{(int(first[5:7]) + 2) // 3}" if unit == "QUARTER" else first[:7]
