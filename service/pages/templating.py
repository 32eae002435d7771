"""The templates in a language: compiled with its words in them, so that a page fills in only what its answer tells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.environment import TemplateModule
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from service.pages.assets import asset_path
from service.pages.cards import frame_code
from service.pages.filters import active_filters
from service.pages.forms.citation import citation_text
from service.pages.forms.png import picture_alt
from service.pages.page_data import page_data
from service.pages.picture import HEIGHT, WIDTH
from service.pages.plurals import phrase_of_count, singular
from service.pages.words import claimed_word, languages, month_name, noun, property_name, translate, word_for

TEMPLATES = Path(__file__).with_name("templates")

SPOKEN: Mapping[str, Callable[..., str]] = {
    "_": translate,
    "word": word_for,
    "singular": singular,
    "noun": noun,
    "property_name": property_name,
    "claimed_word": claimed_word,
    "month_name": month_name,
    "phrase_of_count": phrase_of_count,
}
"""The functions of words, which templates call without the language."""
KNOWN_BEFORE = frozenset({"_", "word", "singular", "noun", "property_name", "asset"})
"""The functions that depend on their arguments alone."""


class Page(Template):
    """A template that is imported once in a page, by however many of those that it is made of."""

    def make_module(
        self, vars: dict[str, Any] | None = None, shared: bool = False, locals: Mapping[str, Any] | None = None
    ) -> TemplateModule:
        """Its macros with the values of the page, `vars`; among these `imported` has what there is already."""
        assert vars is not None
        imported: dict[str | None, TemplateModule] = vars["imported"]
        if self.name not in imported:
            imported[self.name] = super().make_module(vars, shared, locals)
        return imported[self.name]


class Templates(Environment):
    """Templates that read answers, which are dictionaries."""

    template_class = Page

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A member of an answer at once, where the attribute of a dictionary would be looked for first, and in vain."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)


class Constants(Extension):
    """Puts the text that a call gives in its place, where its arguments are written out: `_("Search")`."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """The tokens of a template, in which a call of one of KNOWN_BEFORE with nothing but texts is a text."""
        tokens = list(stream)
        at = 0
        while at < len(tokens):
            token, texts = tokens[at], _texts_of_call(tokens, at)
            if texts:
                function: Any = self.environment.globals[token.value]
                yield Token(token.lineno, "string", function(*texts))
                # the name, and each text with what stands before it, and what closes the call
                at += 2 * len(texts) + 2
            else:
                yield token
                at += 1


def _texts_of_call(tokens: Sequence[Token], at: int) -> list[str]:
    """The arguments of the call that begins there; none where it is no such call or one of them is no text."""
    texts: list[str] = []
    if tokens[at].type != "name" or tokens[at].value not in KNOWN_BEFORE or tokens[at - 1].type == "dot":
        return []
    for before, text in zip(tokens[at + 1 :: 2], tokens[at + 2 :: 2], strict=False):
        if before.type == "rparen":
            return texts
        if before.type != ("comma" if texts else "lparen") or text.type != "string":
            return []
        texts.append(text.value)
    return []


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
        extensions=[Constants],
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
