"""How the templates become code: words stand in their places, and values are written and called without detours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context
from jinja2.utils import missing
from markupsafe import Markup, escape

KNOWN_BEFORE = frozenset({"_", "punctuate", "word", "singular", "noun", "property_name", "asset"})
"""The functions that depend on their arguments alone."""


def to_html(value: Any) -> str:
    """A value as it stands in HTML: plain text, as nobody asks what has been written whether it is safe."""
    type_ = type(value)
    if type_ is str:
        # to look for each is faster than to look for any, in what is long too
        is_special = "&" in value or "<" in value or ">" in value or "'" in value or '"' in value
        return escape(value) if is_special else value
    if type_ is Markup:
        return value  # type: ignore[no-any-return]
    return str(value) if type_ is int or type_ is float else escape(value)


class PageCode(CodeGenerator):
    """Code that writes values by `to_html` of the environment, and calls what it calls at once.

    None of the functions of the templates wants to know the context, or how it escapes.
    """

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write("environment.to_html(")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """Write a call as it stands in the template."""
        self.visit(node.node, frame)
        # what follows begins with a comma
        self.write("(*()")
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")


VALUES: ContextVar[Mapping[str, Any]] = ContextVar("values", default={})  # noqa: B039
"""Those of the page that is made now."""


class PageContext(Context):
    """Where a template, or the macros of one that it imports, find what they name and do not define."""

    def resolve_or_missing(self, key: str) -> Any:
        """What the template has set, what it is given with what all templates have, or what the page is made of."""
        if key in self.vars:
            return self.vars[key]
        if key in self.parent:
            return self.parent[key]
        return VALUES.get().get(key, missing)


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


class Punctuation(Extension):
    """Sets the colons and semicolons between the words of a template as its language does."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """The tokens of a template, with `punctuate` of what it says by itself."""
        punctuate: Any = self.environment.globals["punctuate"]
        for token in stream:
            yield token if token.type != "data" else Token(token.lineno, "data", punctuate(token.value))


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
