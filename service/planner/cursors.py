"""Cursors: the sort keys of a row and the name of the order, sealed in base64url; made by SQL, opened here."""

import base64
import binascii
from collections.abc import Callable
from datetime import date
from typing import Any

import orjson
from sqlalchemy import func, tuple_

from service.planner.arguments import At, Placeholders
from service.planner.rows import Rows
from service.planner.sql import Expression, base64url, text, word

KEYS: dict[str, tuple[tuple[type, ...], Callable[[Any], Any]]] = {
    "date": ((str,), lambda item: _day(item)),
    "text": ((str,), str),
    "float8": ((int, float), float),
    "int": ((int,), int),
    "boolean": ((bool,), bool),
}
"""By SQL type: what JSON holds a key as, and how it is read."""


def sealed(order: str, keys: list[Expression]) -> Expression:
    """The cursor of a row."""
    return base64url(text(func.json_build_array(word(order), *keys)))


def opened(cursor: Any, order: str, types: list[str], at: At) -> list[Any]:
    """The sort keys in a cursor of this order; anything else is refused."""
    try:
        padded = str(cursor).encode("ascii") + b"=" * (-len(str(cursor)) % 4)
        name, *keys = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if name == order and len(keys) == len(types):
            return [_key(item, type_) for item, type_ in zip(keys, types, strict=True)]
    except (ValueError, TypeError, OverflowError, binascii.Error):
        pass
    raise at.refuse("INVALID_CURSOR", "This is not a cursor of this list: take one from its pageInfo or edges.")


def _key(item: Any, type_: str) -> Any:
    kinds, read = KEYS[type_]
    if type(item) not in kinds or "\0" in str(item):
        raise ValueError(type_)
    return read(item)


def _day(item: str) -> date:
    return {"infinity": date.max, "-infinity": date.min}.get(item) or date.fromisoformat(item)


def types_of(rows: Rows) -> list[str]:
    """The SQL types of its sort keys."""
    names = {
        "DATE": "date",
        "BOOLEAN": "boolean",
        "DOUBLE_PRECISION": "float8",
        "FLOAT": "float8",
        "REAL": "float8",
    }
    kinds = [key.type.__visit_name__.upper() for key, _ in rows.order]
    return [names.get(kind, "int" if "INT" in kind else "text") for kind in kinds]


def placed(placeholders: Placeholders, leaf: Any, rows: Rows) -> list[Expression]:
    """The keys of a given cursor, as placeholders."""
    types, order, get, at = types_of(rows), rows.order_name, leaf.get, leaf.at

    def key(index: int) -> Expression:
        return placeholders.add(types[index], lambda values: opened(get(values), order, types, at)[index])

    return [key(index) for index in range(len(types))]


def beyond(rows: Rows, keys: list[Expression], *, forward: bool) -> Expression:
    """That a row comes after (or before) a cursor: key by key, each in its direction.

    The leading keys of one direction are compared as a tuple, so that an index finds where to begin.
    """
    directions = [descends == forward for _, descends in rows.order]
    columns = [column for column, _ in rows.order]
    run = next((i for i, falls in enumerate(directions) if falls != directions[0]), len(directions))
    head, start = tuple_(*columns[:run]), tuple_(*keys[:run])
    if run == len(keys):
        return head < start if directions[0] else head > start
    condition = columns[-1] < keys[-1] if directions[-1] else columns[-1] > keys[-1]
    for column, key, falls in reversed(list(zip(columns[:-1], keys[:-1], directions[:-1], strict=True))):
        condition = (column < key if falls else column > key) | ((column == key) & condition)
    return (head <= start if directions[0] else head >= start) & condition
