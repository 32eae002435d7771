"""What is looked at instead of read: from an answer to shapes, which the template of the operation writes down.

Each is a pure function from a view to numbers and texts; nothing here writes markup.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from service.pages.drawing.document import draw_document
from service.pages.drawing.map import draw_locator, draw_map
from service.pages.drawing.timeline import draw_timeline
from service.pages.view import View

DRAWINGS: Mapping[str, Callable[[View], object]] = {
    "map": draw_map,
    "place": draw_locator,
    "source": draw_document,
    "timeline": draw_timeline,
    "timeline_of_two": draw_timeline,
    "embed_timeline": draw_timeline,
    "embed_timeline_of_two": draw_timeline,
}
"""By operation."""
