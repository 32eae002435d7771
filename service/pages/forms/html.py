"""HTML: a template for each operation, complete without JavaScript."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from markupsafe import Markup

from service.pages.drawing import DRAWINGS
from service.pages.view import View, page_address
from service.pages.words import spoken_language

NEW_TAB = Markup(' target="_blank" rel="noopener"')
"""What links of a card have, as what stands in a frame leads out of it."""


def render_html(view: View) -> bytes:
    """The page of a view; its template also gets the `drawing`, where there is one of the operation."""
    draw = DRAWINGS.get(view.operation.name)
    drawn = {"drawing": draw(view)} if draw else {}
    new_tab = NEW_TAB if view.address.frame else ""
    values = {"view": view, "to": view.href, "new_tab": new_tab, **view.data, **drawn}
    return render_template(f"{view.operation.name}.html", view.language, site=view.site, choices=view.choices, **values)


def render_template(
    name: str, language: str, *, site: str, choices: Sequence[tuple[str, str]] = (), **values: object
) -> bytes:
    """A template with values, and with all that each has: `service/pages/templating.py`.

    In each, `site` is where the service stands, and `to` makes the address of a page there, with the `choices`: the
    parameters that were chosen for this page and hold for others.
    """
    # the first page may wait for it, the start of the service need not
    from service.pages.templating import environment

    given = {"site": site, "choices": choices, "to": partial(page_address, site, choices), **values}
    return environment(spoken_language(language)).get_template(name).render(given).encode()
