"""Cursors: the sort keys of a row and the name of the order, in base64url. SQL creates them; this module
decodes them.
"""

import base64
import binascii
from collections.abc import Callable
from datetime import date
from math import isfinite
from typing import Any

import orjson

from service.language.errors import ArgumentLocation
from service.planner.arguments import Leaf
from service.planner.relations import Rows
from service.sql import Expression, and_, base64url, func, or_, row_of, text_literal

INT4 = 2**31
"""No count that lists are sorted by comes near this number."""


def _parse_day(item: str) -> str:
    return item if item in ("infinity", "-infinity") else date.fromisoformat(item).isoformat()


def _parse_integer(item: int) -> int:
    if not -INT4 <= item < INT4:
        raise ValueError(item)
    return item


def _parse_float(item: float) -> float:
    if not isfinite(number := float(item)):
        raise ValueError(item)
    return number


KEY_TYPES: dict[str, tuple[tuple[type, ...], Callable[[Any], Any]]] = {
    "date": ((str,), _parse_day),
    "text": ((str,), str),
    "float8": ((int, float), _parse_float),
    "bigint": ((int,), _parse_integer),
    "boolean": ((bool,), bool),
}
"""For each SQL type, the JSON types that may hold a key and how to read it. Invalid keys raise ValueError."""


def encode(order: str, keys: list[Expression]) -> Expression:
    """Return the cursor of a row."""
    return base64url(func.json_build_array(text_literal(order), *keys).cast("text"))


def decode(cursor: Any, order: str, types: list[str], at: ArgumentLocation) -> list[Any]:
    """Return the sort keys in a cursor of this order; refuse any other cursor."""
    try:
        padded = str(cursor).encode("ascii") + b"=" * (-len(str(cursor)) % 4)
        name, *keys = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if name == order and len(keys) == len(types):
            return [_parse_key(item, type_) for item, type_ in zip(keys, types, strict=True)]
    except (ValueError, TypeError, OverflowError, binascii.Error):
        pass
    raise at.refuse("INVALID_CURSOR", "This is not a cursor of this list: take one from its pageInfo or edges.")


def _parse_key(item: Any, type_: str) -> Any:
    kinds, read = KEY_TYPES[type_]
    if type(item) not in kinds or "\0" in str(item):
        raise ValueError(type_)
    return read(item)


def key_types(rows: Rows) -> list[str]:
    """Return the SQL types of the sort keys; integers are compared as the widest integer type."""
    return [
        "bigint" if key.type == "integer" else key.type if key.type in KEY_TYPES else "text" for key, _ in rows.order
    ]


def bind(
    add: Callable[[str, Leaf, Callable[[Any, ArgumentLocation], Any]], Expression], leaf: Leaf, rows: Rows
) -> list[Expression]:
    """Bind the keys of a given cursor, each as a placeholder with its SQL type and the way to read it from the leaf."""
    types, order = key_types(rows), rows.order_name

    def key(index: int) -> Expression:
        return add(types[index], leaf, lambda value, at: decode(value, order, types, at)[index])

    return [key(index) for index in range(len(types))]


def after_condition(rows: Rows, keys: list[Expression], *, forward: bool) -> Expression:
    """Return the condition that a row comes after (or before) a cursor: key by key, each in its direction.

    Leading keys with the same direction are compared as a tuple, so that an index can find where to begin.
    """
    directions = [descends == forward for _, descends in rows.order]
    columns = [column for column, _ in rows.order]
    run = next((i for i, descends in enumerate(directions) if descends != directions[0]), len(directions))
    head, start = row_of(columns[:run]), row_of(keys[:run])
    if run == len(keys):
        return head < start if directions[0] else head > start
    condition = columns[-1] < keys[-1] if directions[-1] else columns[-1] > keys[-1]
    for column, key, descends in reversed(list(zip(columns[:-1], keys[:-1], directions[:-1], strict=True))):
        condition = or_(column < key if descends else column > key, and_(column == key, condition))
    return and_(head <= start if directions[0] else head >= start, condition)
