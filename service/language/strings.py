"""The strings of a document, taken out as values before it is parsed.

Documents that differ only in the strings that they write into arguments become one, whose plan serves them all. This
runs for every request, where graphql-core's lexer would take longer than all else (bench/RESULTS.md); so one regular
expression finds the strings, and graphql-core reads those that have escapes.
"""

import re

from graphql import GraphQLError, Lexer, Source, TokenKind

# what is left open ends with the line or the text, and nothing is tried twice, so that no text takes long
COMMENT = r"#[^\n\r]*+"
STRING = r'"""(?:\\"""|(?!""").)*+(?:""")?|"(?:\\[^\n\r]|[^"\\\n\r])*+"?'
COMMENT_OR_STRING = re.compile(rf"{COMMENT}|({STRING})", re.DOTALL)


def lift_strings(query: str) -> tuple[str, list[str]]:
    """The document with each different string replaced by its number, and their values; without its comments.

    A document with a string that GraphQL does not have comes back as it is, without values.
    """
    if '"' not in query and "#" not in query:
        return query, []
    # a block is another string to the rule that compares the arguments of fields of one name
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
    """What a string stands for. Raises GraphQLError."""
    if token.isprintable() and "\\" not in token and not token.startswith('"""') and token[1:].endswith('"'):
        return token[1:-1]
    lexer = Lexer(Source(token))
    value = lexer.advance().value
    if value is None or lexer.advance().kind is not TokenKind.EOF:
        raise GraphQLError("This is no string.")
    return value
