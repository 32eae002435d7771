"""What is looked at instead of read: from an answer to shapes, which the template of the operation writes as SVG.

Each is a pure function from a view to numbers and texts; nothing here writes markup.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from service.pages.drawing.chart import draw_chart
from service.pages.drawing.panels import draw_panels
from service.pages.drawing.timeline import draw_timeline
from service.pages.drawing.tone_chart import draw_tone_chart
from service.pages.view import View

COUNTS = ("summit", "talks", "event", "invitation", "agreement", "quote", "claim", "source")

DRAWINGS: Mapping[str, Callable[[View], object]] = {
    **{f"{noun}_counts": draw_chart for noun in COUNTS},
    "charts": draw_panels,
    "tone_of_two": draw_tone_chart,
    "timeline": draw_timeline,
    "timeline_of_two": draw_timeline,
}
"""By operation."""
