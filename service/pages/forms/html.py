"""HTML: a template for each operation, complete without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from service.pages.assets import asset_path
from service.pages.cards import frame_code
from service.pages.drawing import DRAWINGS
from service.pages.filters import active_filters
from service.pages.forms.citation import citation_text
from service.pages.forms.png import picture_alt
from service.pages.page_data import page_data
from service.pages.picture import HEIGHT, WIDTH
from service.pages.plurals import phrase_of_count
from service.pages.view import View
from service.pages.words import claimed_word, languages, month_name, property_name, spoken_language, translate, word_for

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parents[1] / "templates"


def render_html(view: View) -> bytes:
    """The page of a view; its template also gets the `drawing`, where there is one of the operation."""
    draw = DRAWINGS.get(view.operation.name)
    drawn = {"drawing": draw(view)} if draw else {}
    return render_template(f"{view.operation.name}.html", view.language, view=view, **view.data, **drawn)


def render_template(name: str, language: str, **values: object) -> bytes:
    """A template with values. In each there are the functions of words, those of `common` below, and the languages."""
    template = _environment().get_template(name)
    spoken: dict[str, Callable[..., str]] = {
        "_": translate,
        "word": word_for,
        "property_name": property_name,
        "claimed_word": claimed_word,
        "month_name": month_name,
        "phrase_of_count": phrase_of_count,
    }
    words = {name: partial(function, language=language) for name, function in spoken.items()}
    common: dict[str, object] = {
        "active_filters": active_filters,
        "translate": translate,
        "citation": citation_text,
        "frame_code": frame_code,
        "page_data": page_data,
        "picture_alt": picture_alt,
        "picture_size": (WIDTH, HEIGHT),
        "asset": asset_path,
        "languages": languages(),
    }
    common["language"] = spoken_language(language)
    return template.render(**words, **common, **values).encode()


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
