"""Made-up cursors: for each list in each order, each sort key is replaced by values that its type cannot hold.

Each is refused as INVALID_CURSOR. A possible cursor is accepted, whatever entry it may belong to.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pytest
from graphql import GraphQLEnumType, get_named_type

from tests.http.conftest import Ask, Reply
from tests.http.sites import Site, sites

pytestmark = pytest.mark.slow

TEXT = 'text: "kim"'
DIGITS = "1" * 5_000
ANY = ["null", "[]", "{}", '[[["a"]]]', '{"a": 1}', "[" * 5_000 + "]" * 5_000]
"""JSON values that are not a sort key of any type."""
NUMBERS = ["1e400", "-1e400", "NaN", "Infinity", "-Infinity", "9" * 400, DIGITS, "-" + DIGITS, "01", "0x1", "1_000"]
TEXTS = ['"\\u0000"', '"a\\u0000b"', '"\\ud800"', '"a\\udfff"', '"\\ud800\\u0041"', "'a'"]
UNFIT: dict[str, list[str]] = {
    "int": [
        *("2147483648", "-2147483649", "9223372036854775807", "9223372036854775808", "-9223372036854775809"),
        *("18446744073709551616", "1" + "0" * 25, "1.0", "1.5", "1e3", "true", "false", '"1"', '"a"'),
    ],
    "float": ["true", "false", '"1.0"', '"NaN"', '"Infinity"', '"a"'],
    "bool": ["0", "1", "1.0", '"true"', '"t"', '""'],
    "day": [
        *('"5874898-01-01"', '"10000-01-01"', '"-0001-01-01"', '"-4714-01-01"', '"0000-01-01"', '"2019-02-30"'),
        *('"2019-13-01"', '"4714-11-24 BC"', '"now"', '"today"', '"epoch"', '""', '"2019"', '"2019-02-28T00:00:00"'),
        *("0", "20190228", "true", '"Infinity"', '"\\u0662\\u0660\\u0661\\u0669-02-28"', '" 2019-02-28"'),
    ],
    "text": ["0", "1.5", "true", "false"],
}
"""By type of a sort key: JSON values that it cannot have."""
FIT: dict[str, list[str]] = {
    "int": ["0", "-1", "2147483647", "-2147483648"],
    "float": ["0", "-0.0", "1e308", "-1e308", "5e-324", "9007199254740993", "1" + "0" * 25],
    "bool": ["true", "false"],
    "day": ['"0001-01-01"', '"9999-12-31"', '"infinity"', '"-infinity"', '"2000-02-29"'],
    "text": ['""', '"a"', '"\\ud83d\\ude00"', '"\\u00e4\\u0301"', '"\'; DROP TABLE fact; --"', '"' + "x" * 5_000 + '"'],
}
GARBLED = [
    *("", "a", "ab", "====", "....", "%", "bm9uZQ", "W10", "W11d", "e30", "bnVsbA", "dHJ1ZQ", "MA", "Ilgi", "WyI"),
    *(" ", "\n", "\t", "ä", "\u00a0", "\u202e", "😀", "\ufeff", "-_-_", "+/+/", "A" * 10_001, "W" * 100_000),
]
"""Texts that cannot be a cursor of anything: not base64url, not JSON, not a list."""


@lru_cache
def roots() -> dict[str, Site]:
    return {site.name: site for site in sites() if not site.path and "after" in site.field.args}


def orders() -> Iterator[tuple[str, str]]:
    """Yield each root list in each of its orders; empty for the only one."""
    for name, site in roots().items():
        argument = site.field.args.get("orderBy")
        type_ = get_named_type(argument.type) if argument else None
        for order in type_.values if isinstance(type_, GraphQLEnumType) else [""]:
            yield name, order


ORDERS = list(orders())


def page(ask: Ask, name: str, order: str, cursor: str | None = None, end: str = "after") -> Reply:
    """Return a page of a list, by variable."""
    given = [
        *(TEXT for _ in "1" if name == "search"),
        "first: 2",
        f"{end}: $c",
        *([f"orderBy: {order}"] if order else []),
    ]
    selection = "{ totalCount nodes { __typename } pageInfo { startCursor endCursor } }"
    query = f"query ($c: String) {{ {name}({', '.join(given)}) {selection} }}"
    return ask(query, {"c": cursor})


def cursor_of(ask: Ask, name: str, order: str) -> str:
    """Return a cursor that the service returns."""
    found: str = page(ask, name, order).body["data"][name]["pageInfo"]["endCursor"]
    return found


def ends_of(name: str) -> list[str]:
    return [end for end in ("after", "before") if end in roots()[name].field.args]


def decode(cursor: str) -> list[Any]:
    found: list[Any] = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    return found


def encode(parts: list[str]) -> str:
    """Return a cursor of parts that are JSON, or nearly."""
    return encode_bytes(f"[{', '.join(parts)}]".encode())


def encode_bytes(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def kind_of(key: Any) -> str:
    if isinstance(key, bool):
        return "bool"
    if isinstance(key, int | float):
        return type(key).__name__
    is_day = isinstance(key, str) and (key.endswith("infinity") or (len(key) == 10 and key[4] == key[7] == "-"))
    return "day" if is_day else "text"


def kinds_of(name: str, keys: list[Any]) -> list[str]:
    """Return the type of each key of a list; a score that happens to be an integer is a number like the others."""
    is_score = name in ("events", "search")
    return ["float" if kind == "int" and is_score else kind for kind in map(kind_of, keys)]


def user_input_error(name: str, end: str) -> set[tuple[str, tuple[str, ...], str]]:
    return {("BAD_USER_INPUT", (name,), end)}


def assert_refused(ask: Ask, name: str, order: str, cursor: str) -> None:
    for end in ends_of(name):
        reply = page(ask, name, order, cursor, end)
        assert (reply.body["data"], reply.error_places) == (None, user_input_error(name, end)), cursor[:200]
        assert {error["extensions"]["reason"] for error in reply.body["errors"]} == {"INVALID_CURSOR"}


def test_each_order_of_each_list_is_tried() -> None:
    assert len(ORDERS) > 45
    assert {name for name, _ in ORDERS} >= {"people", "conflicts", "countries", "search"}


@pytest.mark.parametrize(("name", "order"), ORDERS)
def test_a_key_that_its_type_cannot_hold(ask: Ask, name: str, order: str) -> None:
    parts = decode(cursor_of(ask, name, order))
    kinds = kinds_of(name, parts[1:])
    written = [json.dumps(part) for part in parts]
    for index, kind in enumerate(kinds, start=1):
        for value in [*ANY, *NUMBERS, *TEXTS, *UNFIT[kind]]:
            assert_refused(ask, name, order, encode([*written[:index], value, *written[index + 1 :]]))


@pytest.mark.parametrize(("name", "order"), ORDERS)
def test_too_few_keys_too_many_and_none_at_all(ask: Ask, name: str, order: str) -> None:
    parts = [json.dumps(part) for part in decode(cursor_of(ask, name, order))]
    shapes = [
        *(
            parts[:-1],
            [*parts, '"a"'],
            [*parts, *parts],
            parts[:1],
            parts[1:],
            [],
            [*parts[:1], *reversed(parts[1:])] * 2,
        ),
        *(
            [f"[{', '.join(parts)}]"],
            ['""', *parts[1:]],
            ["null", *parts[1:]],
            ["0", *parts[1:]],
            [parts[0].lower(), *parts[1:]],
        ),
        *([parts[0], "[" * 100_000], ["[" * 400 + "]" * 400], [parts[0], f"[{', '.join(parts[1:])}]"]),
    ]
    for shape in shapes:
        assert_refused(ask, name, order, encode(shape))
    inside = ", ".join(parts).encode()
    for content in (
        b"{" + inside + b"}",
        inside,
        b"[" + inside,
        b"[" + inside + b"] []",
        b"[" + inside + b", \xff]",
        b"\xef\xbb\xbf",
    ):
        assert_refused(ask, name, order, encode_bytes(content))


@pytest.mark.parametrize(("name", "order"), ORDERS)
def test_what_is_no_cursor_of_anything(ask: Ask, name: str, order: str) -> None:
    cursor = cursor_of(ask, name, order)
    for text in [*GARBLED, cursor[:-1], cursor[1:], cursor + "a", f" {cursor}", f"{cursor}\n", cursor * 2]:
        assert_refused(ask, name, order, text)


def test_a_cursor_of_another_order(ask: Ask) -> None:
    cursors = {(name, order): cursor_of(ask, name, order) for name, order in ORDERS}
    for (name, order), cursor in cursors.items():
        for other in [each for each in ORDERS if each[0] == name and each[1] != order]:
            assert_refused(ask, *other, cursor)
    for name, order in ORDERS:
        for foreign in {cursors["conflicts", ""], cursors["search", ""], cursors["people", "NAME_ASC"]}:
            if decode(foreign)[0] != decode(cursors[name, order])[0]:
                assert_refused(ask, name, order, foreign)


@pytest.mark.parametrize(("name", "order"), ORDERS)
def test_what_could_be_a_cursor_is_answered(ask: Ask, name: str, order: str) -> None:
    parts = decode(cursor_of(ask, name, order))
    written = [json.dumps(part) for part in parts]
    for index, kind in enumerate(kinds_of(name, parts[1:]), start=1):
        for value in FIT[kind]:
            cursor = encode([*written[:index], value, *written[index + 1 :]])
            for end in ends_of(name):
                reply = page(ask, name, order, cursor, end)
                assert (reply.status, reply.error_places) == (200, set()), (cursor, value)
                assert len(reply.body["data"][name]["nodes"]) <= 2


def test_a_forged_cursor_of_a_list_of_an_entry(ask: Ask) -> None:
    inner = [site for site in sites() if site.path and "after" in site.field.args]
    assert len(inner) > 60
    forged = encode(['"FactConnection.DATE_ASC"', '"2019-02-30"', '"2019-02-28"', '"a"'])
    for site in inner:
        for end in [end for end in ("after", "before") if end in site.field.args]:
            for cursor in (
                forged,
                "",
                "W10",
                encode([f'"{get_named_type(site.field.type).name}.DATE_ASC"', *["1e400"] * 3]),
            ):
                query = site.operation(", ".join([*site.required_arguments(), f"{end}: $c"]), "$c: String")
                reply = ask(query, {"c": cursor})
                assert (reply.body["data"], reply.error_places) == (None, {("BAD_USER_INPUT", site.place, end)}), query
