"""The templates in a language: compiled with its words in them, so that a page fills in only what its answer tells."""

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
from service.pages.numbers import format_count, format_mean, format_size
from service.pages.page_data import page_data
from service.pages.picture import HEIGHT, WIDTH
from service.pages.plurals import phrase_of_count, singular
from service.pages.template_code import VALUES, Constants, PageCode, PageContext, Punctuation, to_html
from service.pages.words import claimed_word, languages, month_name, noun, property_name, punctuate, translate, word_for

TEMPLATES = Path(__file__).with_name("templates")

SPOKEN: Mapping[str, Callable[..., str]] = {
    "_": translate,
    "punctuate": punctuate,
    "word": word_for,
    "singular": singular,
    "noun": noun,
    "property_name": property_name,
    "claimed_word": claimed_word,
    "month_name": month_name,
    "phrase_of_count": phrase_of_count,
    "format_count": format_count,
    "format_mean": format_mean,
    "format_size": format_size,
}
"""The functions of words and numbers, which templates call without the language."""


class Page(Template):
    """A template whose macros find the values of the page that calls them, so that they are made but once."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        """As Jinja's, with the values in reach of the macros that it imports."""
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
        """Those of all templates as one dictionary, which each page and module copies: none changes later."""
        return {**self.globals, **(d or {})}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A member of an answer at once, where the attribute of a dictionary would be looked for first, and in vain."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return self.getitem(obj, attribute)


@cache
def environment(language: str) -> Environment:
    """The templates in one of the languages of the pages. In each there are the words, and the functions below."""
    # what a template names and the operation does not select is a mistake, not a gap in the page
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
