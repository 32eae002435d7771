"""The text of a document before it is parsed: how much it is, and its texts taken out as values.

Documents that differ only in the texts that they write into arguments become one, whose plan serves them all.
"""

import re
from itertools import accumulate

from graphql import GraphQLError, Lexer, Source, TokenKind

# the lexical grammar of GraphQL (2.1), in which commas, spaces and comments are no tokens; what is left open ends
# with the line or the text, and nothing is tried twice, so that no text takes long
COMMENT = r"#[^\n\r]*+"
TEXT = r'"""(?:\\"""|(?!""").)*+(?:""")?|"(?:\\[^\n\r]|[^"\\\n\r])*+"?'
TOKEN = re.compile(
    rf"{COMMENT}|({TEXT}|\.\.\.|[!$&():=@\[\]{{|}}]|[A-Za-z_]\w*+|-?[0-9][0-9.eE+-]*+)", re.ASCII | re.DOTALL
)
LIFTED = re.compile(rf"{COMMENT}|({TEXT})", re.DOTALL)
MOST_DIGITS = 4_000
"""Of a number; Python refuses to read one of some more."""


def lexical_size(query: str) -> dict[str, int]:
    """How many tokens a document has and how deep its brackets nest; of one that is no GraphQL, about so."""
    found = [token for token in TOKEN.findall(query) if token]
    steps = (1 if token in "([{" else -1 if token in ")]}" else 0 for token in found)
    return {"tokens": len(found), "nesting": max(accumulate(steps), default=0)}


def has_long_number(query: str) -> bool:
    return any(len(token) > MOST_DIGITS and token[0] in "-0123456789" for token in TOKEN.findall(query))


def lift(query: str) -> tuple[str, list[str]]:
    """The document with each different text replaced by its number, and the texts; without its comments.

    A document with a text that GraphQL does not have comes back as it is, without texts.
    """
    if '"' not in query and "#" not in query:
        return query, []
    # a block is another text to the rule that compares the arguments of fields of one name
    numbers: dict[tuple[str, bool], int] = {}

    def replace(found: re.Match[str]) -> str:
        token = found[1]
        if token is None:
            return ""
        key = _text(token), token.startswith('"""')
        return f'"{numbers.setdefault(key, len(numbers))}"'

    try:
        return LIFTED.sub(replace, query), [text for text, _ in numbers]
    except GraphQLError:
        return query, []


def _text(token: str) -> str:
    """What a token of a text stands for."""
    if token.isprintable() and "\\" not in token and not token.startswith('"""') and token[1:].endswith('"'):
        return token[1:-1]
    lexer = Lexer(Source(token))
    found = lexer.advance()
    if found.value is None or lexer.advance().kind is not TokenKind.EOF:
        raise GraphQLError("This is no text.")
    return found.value
