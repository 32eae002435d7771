"""Strings of a document, lifted out as values before it is parsed.

Documents that differ only in the strings in their arguments become one document, and its plan serves them all. This
runs for every request, and graphql-core's lexer would take longer than everything else (bench/RESULTS.md). So one
regular expression finds the strings, and graphql-core reads only those with escapes.
"""

import re

from graphql import GraphQLError, Lexer, Source, TokenKind

# an unclosed string ends with the line or the text, and nothing is matched twice, so that no text takes long
COMMENT = r"#[^\n\r]*+"
STRING = r'"""(?:\\"""|(?!""").)*+(?:""")?|"(?:\\[^\n\r]|[^"\\\n\r])*+"?'
COMMENT_OR_STRING = re.compile(rf"{COMMENT}|({STRING})", re.DOTALL)


def lift_strings(query: str) -> tuple[str, list[str]]:
    """Return the document, without comments and with each distinct string replaced by its number, and the strings.

    A document with an invalid string is returned unchanged, without strings.
    """
    if '"' not in query and "#" not in query:
        return query, []
    # the rule that compares the arguments of fields with one name treats a block string as a different string
    numbers: dict[tuple[str, bool], int] = {}

    def replace(match: re.Match[str]) -> str:
        token = match[1]
        if token is None:
            return ""
        key = _value(token), token.startswith('"""')
        return f'"{numbers.setdefault(key, len(numbers))}"'

    try:
        return COMMENT_OR_STRING.sub(replace, query), [value for value, _ in numbers]
    except GraphQLError:
        return query, []


def _value(token: str) -> str:
    """Return the value of a string. Raises GraphQLError."""
    if token.isprintable() and "\\" not in token and not token.startswith('"""') and token[1:].endswith('"'):
        return token[1:-1]
    lexer = Lexer(Source(token))
    value = lexer.advance().value
    if value is None or lexer.advance().kind is not TokenKind.EOF:
        raise GraphQLError("This is not a string.")
    return value
