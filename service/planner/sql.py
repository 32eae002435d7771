"""Small words of SQL that the planner composes with. Every reference is by name, so no FROM ever slips in unseen."""

import re
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Integer, Select, Text, cast, func, literal_column
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql.elements import Null
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.type_api import TypeEngine

Expression = ColumnElement[Any]

DIALECT = postgresql.dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]
PLACEHOLDER = re.compile(r"\$(\d+)(?=::)")
MOST_PIECES = 100


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


class Written(Text):
    """A text that is JSON already."""


JSON = Written()


def json_object(pairs: Sequence[tuple[str, Expression]]) -> Expression:
    """A JSON object with its keys, which are names, in order. Text put together costs less than json's own functions
    (bench/RESULTS.md), which look up each type and write spaces.
    """
    pieces: list[Expression] = []
    for position, (key, value) in enumerate(pairs):
        pieces += [word(("," if position else "{") + f'"{key}":'), written(value)]
    return _joined([*(pieces or [word("{")]), word("}")])


def _joined(pieces: Sequence[Expression]) -> Expression:
    """Texts one after the other; a function takes a hundred."""
    while len(pieces) > MOST_PIECES:
        pieces = [func.concat(*pieces[start : start + MOST_PIECES]) for start in range(0, len(pieces), MOST_PIECES)]
    return func.concat(*pieces, type_=JSON)


def written(value: Expression) -> Expression:
    """A value as JSON."""
    if isinstance(value, Null):
        return word("null")
    if isinstance(value.type, Written):
        # what is put together here is never null; what is selected may be
        return value if isinstance(value, FunctionElement) else func.coalesce(value, word("null"))
    plain = isinstance(value.type, Boolean | Integer)
    return func.coalesce(cast(value, Text) if plain else text(func.to_json(value)), word("null"))


def json_array(items: Expression) -> Expression:
    """The JSON array of what was joined by commas; an empty one for null."""
    return func.concat(word("["), items, word("]"), type_=JSON)


def text(value: Expression) -> Expression:
    return value.op("::")(literal_column("text"))


def base64url(value: Expression) -> Expression:
    """A text in base64url, without padding or line breaks."""
    encoded = func.encode(func.convert_to(value, word("UTF8")), word("base64"))
    return func.translate(encoded, literal_column(r"E'+/=\n'"), word("-_"))


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
