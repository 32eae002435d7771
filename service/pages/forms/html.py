"""HTML: one template per operation, complete without JavaScript."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from markupsafe import Markup

from service.pages.drawing import DRAWINGS
from service.pages.view import View, page_address
from service.pages.words import spoken_language

NEW_TAB = Markup(' target="_blank" rel="noopener"')
"""Attributes of links in a card, which open outside its frame."""


def render_html(view: View) -> bytes:
    """Return the page of a view. Its template also gets the `drawing` if the operation has one."""
    draw = DRAWINGS.get(view.operation.name)
    drawn = {"drawing": draw(view)} if draw else {}
    new_tab = NEW_TAB if view.address.frame else ""
    values = {"view": view, "to": view.href, "new_tab": new_tab, **view.data, **drawn}
    return render_template(f"{view.operation.name}.html", view.language, site=view.site, choices=view.choices, **values)


def render_template(
    name: str, language: str, *, site: str, choices: Sequence[tuple[str, str]] = (), **values: object
) -> bytes:
    """Render a template with values and the ones shared by all templates: `service/pages/templating.py`.

    In each, `site` is the base URL of the service, and `to` builds the address of a page with the `choices`: parameters
    chosen for this page that its links keep.
    """
    # imported here, so that only the first page waits for it and not the start of the service
    from service.pages.templating import environment

    given = {"site": site, "choices": choices, "to": partial(page_address, site, choices), **values}
    return environment(spoken_language(language)).get_template(name).render(given).encode()
