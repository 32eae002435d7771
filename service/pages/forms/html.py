"""HTML: a template for each operation, complete without JavaScript."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from service.pages.assets import asset_path
from service.pages.drawing import DRAWINGS
from service.pages.view import View
from service.pages.words import languages, translate, word_for

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parents[1] / "templates"


def render_html(view: View) -> bytes:
    """The page of a view; its template also gets the `drawing`, where there is one of the operation."""
    draw = DRAWINGS.get(view.operation.name)
    drawn = {"drawing": draw(view)} if draw else {}
    return render_template(f"{view.operation.name}.html", view.language, view=view, **view.data, **drawn)


def render_template(name: str, language: str, **values: object) -> bytes:
    """A template with values. In each there are `_`, `word`, `asset`, `language` and `languages`."""
    template = _environment().get_template(name)
    words = {"_": partial(translate, language=language), "word": partial(word_for, language=language)}
    return template.render(**words, asset=asset_path, language=language, languages=languages(), **values).encode()


@cache
def _environment() -> Environment:
    # the first page may wait for it, the start of the service need not
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    # what a template names and the operation does not select is a mistake, not a gap in the page
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
