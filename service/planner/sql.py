"""Small words of SQL that the planner composes with. Every reference is by name, so no FROM ever slips in unseen."""

import re
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal_column
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql.type_api import TypeEngine

Expression = ColumnElement[Any]

DIALECT = postgresql.dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]
PLACEHOLDER = re.compile(r"\$(\d+)(?=::)")
MOST_PAIRS = 50  # json_build_object takes a hundred arguments


def column(alias: str, name: str, type_: TypeEngine[Any]) -> Expression:
    return literal_column(f"{alias}.{DIALECT.identifier_preparer.quote(name)}", type_)


def raw(sql: str) -> Expression:
    """A piece of SQL of our own."""
    return literal_column(sql)


def word(text: str) -> Expression:
    """A text of our own as a literal: part of the statement, never a user's."""
    quoted = text.replace("'", "''")
    return literal_column(f"'{quoted}'::text")


def number(value: int) -> Expression:
    return literal_column(str(int(value)))


def json_object(pairs: Sequence[tuple[str, Expression]]) -> Expression:
    """A JSON object with its keys in order; longer ones than PostgreSQL builds at once are joined."""
    parts = [_build(pairs[start : start + MOST_PAIRS]) for start in range(0, max(len(pairs), 1), MOST_PAIRS)]
    if len(parts) == 1:
        return parts[0]
    bare = [func.substr(text(part), 2, func.length(text(part)) - 2) for part in parts]
    joined = func.concat_ws(word(","), *bare)
    return func.concat(word("{"), joined, word("}")).op("::")(literal_column("json"))


def text(value: Expression) -> Expression:
    return value.op("::")(literal_column("text"))


def base64url(value: Expression) -> Expression:
    """A text in base64url, without padding or line breaks."""
    encoded = func.encode(func.convert_to(value, word("UTF8")), word("base64"))
    return func.translate(encoded, literal_column(r"E'+/=\n'"), word("-_"))


def _build(pairs: Sequence[tuple[str, Expression]]) -> Expression:
    return func.json_build_object(*(item for key, value in pairs for item in (word(key), value)))


def compiled(statement: Select[Any]) -> str:
    """The statement's text; placeholders ($1, $2 ...) stand in it already."""
    return str(statement.compile(dialect=DIALECT, compile_kwargs={"literal_binds": True}))


def numbered(statement: str) -> tuple[str, tuple[int, ...]]:
    """A statement with the placeholders that it has numbered without gaps, and which they were, from 0."""
    used = sorted({int(number) for number in PLACEHOLDER.findall(statement)})
    numbers = {str(old): new for new, old in enumerate(used, start=1)}
    text = PLACEHOLDER.sub(lambda found: f"${numbers[found[1]]}", statement)
    return text, tuple(number - 1 for number in used)


def aliases() -> Iterator[str]:
    """Names for the tables of one statement, each used once."""
    return (f"t{number}" for number in count(1))
