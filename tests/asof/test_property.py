"""The response for an `asOf` day is the plain response of a register that knows only what had been published by then.

GENERATED_OPERATIONS says how many random operations are run; each has a number, and is always the same.
"""

import os
import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from random import Random
from typing import Any

import pytest
from graphql import parse, validate

from tests.asof.conftest import SCHEMA, Stores
from tests.asof.rewriting import ID, OPAQUE, TIMELESS, as_of, decode_id, rewrite_as_of
from tests.asof.whole import lists, whole_list_operations
from tests.oracle.operations import Operation, Operations
from tests.oracle.shrinking import shrink

pytestmark = pytest.mark.slow

HOW_MANY = int(os.environ.get("GENERATED_OPERATIONS", "50"))
BLOCK = 25
DAYS = ("_reportedOn", "_knownSince", "latest")


def day_of(number: int, stores: Stores) -> date:
    """Return a random day: of a publication, next to one, between two, or far from all."""
    random = Random(number)
    near = random.choice(stores.days) + timedelta(days=random.choice([-1, 0, 0, 1, 40]))
    return random.choice([near, near, near, near, date(1, 1, 1), date(2100, 1, 1)])


@pytest.mark.parametrize("first", range(0, HOW_MANY, BLOCK))
async def test_random_operations_on_random_days(first: int, stores: Stores, operations: Operations) -> None:
    for number in range(first, min(first + BLOCK, HOW_MANY)):
        day, operation = day_of(number, stores), operations.make(number)
        if await faults(stores, operation, day):
            smallest = await shrink_operation(stores, operation, day)
            told = "\n".join(await faults(stores, smallest, day))
            pytest.fail(f"operation {number} as of {day}\n{told}\n{smallest}")


@pytest.mark.parametrize("name", lists(SCHEMA))
async def test_all_that_each_list_tells_on_each_day(name: str, stores: Stores) -> None:
    operation = whole_list_operations(SCHEMA, name)
    assert not validate(SCHEMA, parse(operation.query))
    assert await faults_on_each_day(stores, operation) == {}


@pytest.mark.parametrize("name", lists(SCHEMA))
async def test_an_id_leads_back_to_the_same_day(name: str, stores: Stores) -> None:
    for day in stores.days:
        listed = Operation(f'{{ {name}(first: 100, asOf: "{day}") {{ nodes {{ id slug label }} }} }}', {})
        nodes = (await stores.whole.answer(listed))[name]["nodes"]
        ids = [node["id"] for node in nodes]
        fetched = Operation(
            "query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Entry { slug label } } }", {"ids": ids}
        )
        assert await stores.whole.answer(fetched) == {"nodes": nodes}
        assert {decode_id(id_)[1] for id_ in ids} <= {day.isoformat()}


PATH = """
query ($from: String!, $to: String!, $kind: [FactKind!], $maxLength: Int) {
  path(from: $from, to: $to, kind: $kind, maxLength: $maxLength) {
    length people { slug } steps { from { slug } to { slug } facts(first: 100) { totalCount nodes { slug label } } }
  }
}
"""
KINDS = ("SUMMIT", "TALKS", "QUOTE", "EVENT", "INVITATION", "OFFICE", "RELATIONSHIP")


async def test_paths_between_any_two(stores: Stores) -> None:
    people = await stores.whole.answer(Operation("{ people(first: 100) { nodes { slug } } }", {}))
    random = Random(1)
    for one, other in combinations([person["slug"] for person in people["people"]["nodes"]], 2):
        given = {"from": one, "to": other, "maxLength": random.randint(1, 6)}
        kinds = {"kind": random.sample(KINDS, 3)} if random.random() < 0.5 else {}
        operation, day = Operation(PATH, {**given, **kinds}), random.choice(stores.days)
        assert await faults(stores, operation, day) == [], f"{operation} as of {day}"


SEARCH = """
query ($text: String!, $kind: [SearchKind!], $first: Int = 100, $after: String) {
  search(text: $text, kind: $kind, first: $first, after: $after) {
    totalCount totalIsExact counts { kind count } pageInfo { hasNextPage endCursor }
    edges { score matchedWords hasAllWords matched { text isHit } node { __typename ... on Entry { slug label } } }
  }
}
"""
SOUGHT = """Kim Jongun|Lawrow|Лавров|김정은|Wladiwostock|Pjongjang|Putin|Gipfel|summit|sanctions|"Kim Jong Un"|Brief
Trump -Hanoi|Trump or Putin|Atomwaffen|denuclearisation|missile|2019|invited|Verhandlungen|abgebrochen|nuclear
Delfinarium|armoured train|cancelled summit|Juni 2018|Kim Putin Treffen Banane|Außenminister|gescheitert|Waffentest"""


@pytest.mark.parametrize("text", re.split(r"[|\n]", SOUGHT))
async def test_a_search_on_each_day(text: str, stores: Stores) -> None:
    page = (await stores.whole.answer(Operation(SEARCH, {"text": text, "first": 3})))["search"]["pageInfo"]
    kinds = Random(text).sample(["PERSON", "PLACE", "SUMMIT", "QUOTE", "EVENT", "SOURCE"], 3)
    for more in ({}, {"kind": kinds}, {"after": page["endCursor"]}):
        operation = Operation(SEARCH, {"text": text, **more})
        assert await faults_on_each_day(stores, operation) == {}


SUGGEST = "query ($text: String!) { suggest(text: $text, first: 20) { name kind entry { slug label } } }"


@pytest.mark.parametrize("text", ["k", "p", "han", "nor", "пу", "김", "s"])
async def test_what_is_suggested_on_each_day(text: str, stores: Stores) -> None:
    operation = Operation(SUGGEST, {"text": text})
    assert await faults_on_each_day(stores, operation) == {}


async def faults(stores: Stores, operation: Operation, day: date) -> list[str]:
    plainly, at_last = rewrite_as_of(SCHEMA, operation, None), rewrite_as_of(SCHEMA, operation, stores.last)
    return [
        *await faults_on(stores, rewrite_as_of(SCHEMA, operation, day), plainly, day),
        *await faults_at_last(stores, at_last, plainly),
    ]


async def faults_on_each_day(stores: Stores, operation: Operation) -> dict[date, list[str]]:
    """Return the faults by day of an operation without ids: for another `asOf` day only a variable differs."""
    plainly, at_last = rewrite_as_of(SCHEMA, operation, None), rewrite_as_of(SCHEMA, operation, stores.last)
    found = {day: await faults_on(stores, as_of(at_last, day), plainly, day) for day in stores.days}
    found[stores.last] += await faults_at_last(stores, at_last, plainly)
    return {day: faults for day, faults in found.items() if faults}


async def faults_on(stores: Stores, then: Operation, plainly: Operation, day: date) -> list[str]:
    """Return what an `asOf` response contains that was reported later, or that a register without later sources says
    differently.
    """
    seen, plain = await stores.whole.answer(then), await stores.on(day).answer(plainly)
    return [*too_late(seen, day), *differences(seen, plain, day, (OPAQUE, TIMELESS))]


async def faults_at_last(stores: Stores, at_last: Operation, plainly: Operation) -> list[str]:
    """Return where the response for the last day of publication differs from the plain one."""
    seen, plain = await stores.whole.answer(at_last), await stores.whole.answer(plainly)
    return list(differences(seen, plain, stores.last, (OPAQUE,)))


async def shrink_operation(stores: Stores, operation: Operation, day: date) -> Operation:
    """Return an operation with a fault, as short as possible."""

    async def is_wrong(each: Operation) -> bool:
        return bool(await faults(stores, each, day))

    return await shrink(SCHEMA, operation, is_wrong)


def too_late(answer: Any, day: date, path: str = "") -> Iterator[str]:
    """Return what was reported after a day, leaving aside what may differ between days, such as the
    register's history.
    """
    pairs = answer.items() if isinstance(answer, dict) else enumerate(answer) if isinstance(answer, list) else ()
    for key, value in pairs:
        if key in DAYS and isinstance(value, str) and date.fromisoformat(value) > day:
            yield f"{path}.{key}: {value} is after {day}"
        if not (isinstance(key, str) and key.startswith(OPAQUE)):
            yield from too_late(value, day, f"{path}.{key}")


def differences(seen: Any, plain: Any, day: date, aside: tuple[str, ...], path: str = "") -> Iterator[str]:
    """Return where an `asOf` response differs from the plain one; ids differ only by the day, keys of `aside` may
    differ.
    """
    if isinstance(seen, dict) and isinstance(plain, dict) and list(seen) == list(plain):
        for key in seen:
            if key == ID:
                yield from id_differences(seen[key], plain[key], day, path)
            elif not key.startswith(aside):
                yield from differences(seen[key], plain[key], day, aside, f"{path}.{key}")
    elif isinstance(seen, list) and isinstance(plain, list) and len(seen) == len(plain):
        for index, (one, other) in enumerate(zip(seen, plain, strict=True)):
            yield from differences(one, other, day, aside, f"{path}[{index}]")
    elif seen != plain:
        yield f"{path}: {seen!r:.200} instead of {plain!r:.200}"


def id_differences(seen: str, plain: str, day: date, path: str) -> Iterator[str]:
    name, none = decode_id(plain)
    if decode_id(seen) != (name, day.isoformat()) or none is not None:
        yield f"{path}.id: {decode_id(seen)} instead of {name} as of {day}"
