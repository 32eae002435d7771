"""Small multiples on one time axis: number of facts of each kind, by year."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from service.pages.drawing.chart import BELOW, PeriodBars, axis_of, draw_periods
from service.pages.view import View

WIDTH = 460.0
YEAR_ROOM = 32.0
"""Space for the label of a year, to the right of the last tick."""
LEFT, RIGHT = 45.0, WIDTH - YEAR_ROOM
TOP, DEPTH = 8.0, 90.0
LISTS = {
    "SUMMIT": "/summits",
    "TALKS": "/talks",
    "EVENT": "/events",
    "QUOTE": "/quotes",
    "INVITATION": "/invitations",
    "AGREEMENT": "/agreements",
    "OFFICE": "/offices",
}
"""What is counted, and the path of its list."""


@dataclass(frozen=True)
class Panel:
    """`total`: includes entries in no bar. `unplaced`: number of entries in no bar."""

    kind: str
    path: str
    total: int
    unplaced: int
    periods: PeriodBars


@dataclass(frozen=True)
class Panels:
    width: float
    height: float
    panels: list[Panel]


def draw_panels(view: View) -> Panels:
    """Return a panel for each kind that has any entry with a year. Each panel has its own scale."""
    counts = view.data["facts"]["counts"]
    dated = [each for each in counts if each["keys"][0] in LISTS and each["keys"][1]]
    axis = axis_of(dated, "YEAR", LEFT, RIGHT)
    panels = []
    for kind, path in LISTS.items():
        own = [each for each in dated if each["keys"][0] == kind]
        if axis and own:
            unplaced = sum(each["count"] for each in counts if each["keys"] == [kind, None])
            total = unplaced + sum(each["count"] for each in own)
            periods = draw_periods(view, own, "YEAR", axis, TOP, DEPTH, partial(view.filtered_url, path))
            panels.append(Panel(kind, path, total, unplaced, periods))
    return Panels(WIDTH, TOP + DEPTH + BELOW, panels)
