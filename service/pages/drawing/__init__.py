"""Charts and other drawings: from an answer to shapes, which the template of the operation writes as markup.

Each is a pure function from a view to numbers and texts. Nothing here writes markup.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from service.pages.drawing.calendar import draw_calendar
from service.pages.drawing.chart import draw_chart
from service.pages.drawing.document import draw_document
from service.pages.drawing.map import draw_locator, draw_map
from service.pages.drawing.network import draw_network
from service.pages.drawing.panels import draw_panels
from service.pages.drawing.timeline import draw_timeline
from service.pages.drawing.tone_chart import draw_tone_chart
from service.pages.view import View

COUNTS = ("summit", "talks", "event", "invitation", "agreement", "quote", "office", "claim", "source")

DRAWINGS: Mapping[str, Callable[[View], object]] = {
    "map": draw_map,
    "calendar": draw_calendar,
    "place": draw_locator,
    "source": draw_document,
    "network": draw_network,
    **{f"{noun}_counts": draw_chart for noun in COUNTS},
    "charts": draw_panels,
    "tone_of_two": draw_tone_chart,
    "timeline": draw_timeline,
    "timeline_of_two": draw_timeline,
    "embed_timeline": draw_timeline,
    "embed_timeline_of_two": draw_timeline,
}
"""Drawings, by operation."""
