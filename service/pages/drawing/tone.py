"""Bars of tone over time: cooperation upwards, conflict downwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from service.pages.drawing.axis import TimeAxis

HALF = 40.0
"""Height of the scale on each side."""
HEADROOM = 16.0


@dataclass(frozen=True)
class ToneBar:
    """Mean of a period, at `x` and `width` wide: above the middle line for cooperation, below it for conflict."""

    period: Mapping[str, Any]
    x: float
    y: float
    width: float
    height: float
    kind: str


@dataclass(frozen=True)
class ToneBars:
    """`middle`: line of the neutral score. `scale`: integer score at the end of the scale, on each side."""

    top: float
    height: float
    middle: float
    scale: int
    bars: Sequence[ToneBar]


def draw_tone(periods: Sequence[Mapping[str, Any]], axis: TimeAxis, top: float) -> ToneBars:
    """Return a bar for each period of `toneOverTime` that has events, on the axis of the timeline above."""
    middle = top + HEADROOM + HALF
    told = [period for period in periods if period["tone"]["mean"] is not None]
    scale = max([1, *(ceil(abs(period["tone"]["mean"])) for period in told)])
    return ToneBars(top, 2 * (HALF + HEADROOM), middle, scale, [_bar(each, axis, middle, scale) for each in told])


def _bar(period: Mapping[str, Any], axis: TimeAxis, middle: float, scale: int) -> ToneBar:
    start, end = axis.start_of(date.fromisoformat(period["from"])), axis.end_of(date.fromisoformat(period["to"]))
    mean = period["tone"]["mean"]
    height = max(1.5, abs(mean) / scale * HALF)
    return ToneBar(
        period=period,
        x=round(start, 1),
        y=round(middle - height if mean >= 0 else middle, 1),
        width=round(max(1.5, end - start - 1), 1),
        height=round(height, 1),
        kind="cooperation" if mean > 0 else "conflict" if mean < 0 else "neutral",
    )
