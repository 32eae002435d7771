"""Templates per language: compiled with the translations, so that rendering only fills in the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from service.pages.assets import asset_path
from service.pages.cards import frame_code
from service.pages.filters import active_filters
from service.pages.forms.citation import citation_text
from service.pages.forms.png import picture_alt
from service.pages.numbers import format_count, format_score, format_size
from service.pages.picture import HEIGHT, WIDTH
from service.pages.plurals import phrase_of_count, singular
from service.pages.structured_data import page_data
from service.pages.template_code import VALUES, Constants, PageCode, PageContext, Punctuation, to_html
from service.pages.words import (
    claimed_word,
    day_name,
    language_name,
    languages,
    month_name,
    noun,
    property_name,
    punctuate,
    translate,
    unbroken,
    word_for,
)

TEMPLATES = Path(__file__).with_name("templates")

SPOKEN: Mapping[str, Callable[..., str]] = {
    "_": translate,
    "punctuate": punctuate,
    "word": word_for,
    "singular": singular,
    "noun": noun,
    "property_name": property_name,
    "claimed_word": claimed_word,
    "language_name": language_name,
    "month_name": month_name,
    "day_name": day_name,
    "unbroken": unbroken,
    "phrase_of_count": phrase_of_count,
    "format_count": format_count,
    "format_score": format_score,
    "format_size": format_size,
}
"""Functions for words and numbers, which templates call without the language argument."""


class Page(Template):
    """A template whose imported macros can use the values of the calling page, so that they are created only once."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        """Render as Jinja does, with the values available to imported macros."""
        values = dict(*args, **kwargs)
        before = VALUES.set(values)
        try:
            return super().render(values)
        finally:
            VALUES.reset(before)


class Templates(Environment):
    """Templates that read answers, which are dictionaries."""

    template_class = Page
    code_generator_class = PageCode
    context_class = PageContext
    to_html = staticmethod(to_html)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Merge the globals into one dictionary, which each page and module copies: none of them changes later."""
        return {**self.globals, **(d or {})}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Look up a dictionary member directly, instead of first trying an attribute that does not exist."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return self.getitem(obj, attribute)


@cache
def environment(language: str) -> Environment:
    """Return the templates in a language of the pages, with the language functions and the functions below."""
    # a name in a template that the operation does not select is an error, not a gap in the page
    made = Templates(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
        extensions=[Constants, Punctuation],
    )
    made.globals |= {name: partial(function, language=language) for name, function in SPOKEN.items()}
    made.globals |= {
        "active_filters": active_filters,
        "translate": translate,
        "citation": citation_text,
        "frame_code": frame_code,
        "page_data": page_data,
        "picture_alt": picture_alt,
        "picture_size": (WIDTH, HEIGHT),
        "asset": asset_path,
        "languages": languages(),
        "language": language,
    }
    return made
