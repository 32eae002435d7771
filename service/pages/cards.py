"""Cards for other sites: the embed code."""

from __future__ import annotations

from markupsafe import Markup

from service.pages.view import View

FRAME = (
    '<iframe src="{url}" width="{width}" height="{height}" title="{title}" loading="lazy" '
    'style="border:0;max-width:100%"></iframe>'
)
"""Code to copy. The values are escaped."""


def frame_code(view: View, size: tuple[int, int] | None = None) -> str:
    """Return the iframe of the card of a page as HTML. `size`: in CSS pixels; defaults to the size of such cards."""
    assert view.card is not None
    assert view.card.frame is not None
    width, height = size or view.card.frame
    title = f"{view.root['label']} · Gipfelbuch"
    return str(Markup(FRAME).format(url=view.card_url, width=width, height=height, title=title))
