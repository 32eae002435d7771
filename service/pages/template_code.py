"""Code generation for templates: translations are inserted as constants, and values are written with few calls."""

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
"""Functions whose result depends only on their arguments."""


def to_html(value: Any) -> str:
    """Convert a value to HTML as plain text, without checking the result for safety again."""
    type_ = type(value)
    if type_ is str:
        # separate checks are faster than one combined check, even for long texts
        is_special = "&" in value or "<" in value or ">" in value or "'" in value or '"' in value
        return escape(value) if is_special else value
    if type_ is Markup:
        return value  # type: ignore[no-any-return]
    return str(value) if type_ is int or type_ is float else escape(value)


class PageCode(CodeGenerator):
    """Generates code that writes values with the environment's `to_html` and calls functions directly.

    No template function needs the context or the escaping state.
    """

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write("environment.to_html(")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """Write a call as it appears in the template."""
        self.visit(node.node, frame)
        # what follows begins with a comma
        self.write("(*()")
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")


VALUES: ContextVar[Mapping[str, Any]] = ContextVar("values", default={})  # noqa: B039
"""Values of the page being rendered."""


class PageContext(Context):
    """Resolves names that a template, or macros it imports, use without defining them."""

    def resolve_or_missing(self, key: str) -> Any:
        """Look up a name among the template's variables, the shared globals and the values of the page."""
        if key in self.vars:
            return self.vars[key]
        if key in self.parent:
            return self.parent[key]
        return VALUES.get().get(key, missing)


class Constants(Extension):
    """Replaces calls with constant arguments by their result: `_("Search")`."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """Yield the tokens of a template; calls of KNOWN_BEFORE with only text arguments are replaced by texts."""
        tokens = list(stream)
        at = 0
        while at < len(tokens):
            token, texts = tokens[at], _texts_of_call(tokens, at)
            if texts:
                function: Any = self.environment.globals[token.value]
                yield Token(token.lineno, "string", function(*texts))
                # the name, each text with the token before it, and the closing parenthesis
                at += 2 * len(texts) + 2
            else:
                yield token
                at += 1


class Punctuation(Extension):
    """Adapts colons and semicolons in the text of a template to its language."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """Yield the tokens of a template, with `punctuate` applied to literal text."""
        punctuate: Any = self.environment.globals["punctuate"]
        for token in stream:
            yield token if token.type != "data" else Token(token.lineno, "data", punctuate(token.value))


def _texts_of_call(tokens: Sequence[Token], at: int) -> list[str]:
    """Return the text arguments of the call that starts here; empty if it is no such call or has other arguments."""
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
