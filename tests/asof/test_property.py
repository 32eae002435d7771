"""The answer as of a day is the plain answer of a register that knows only what had been published by then."""

import os
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from graphql import parse, validate

from tests.asof.asked import ASIDE, ID, OPAQUE, TIMELESS, asked, opened
from tests.asof.conftest import SCHEMA, Stores
from tests.oracle.operations import Operation, Operations
from tests.asof.whole import lists, widest
from tests.oracle.reduced import reduced

CASES = int(os.environ.get("CASES", "200"))
"""How many random operations; `CASES=5000 make test` asks more."""
DAYS = ("_reportedOn", "_knownSince", "latest")


def day_of(number: int, stores: Stores) -> date:
    """A random day: of a publication, beside one, between two, or far from all."""
    random = Random(number)
    near = random.choice(stores.days) + timedelta(days=random.choice([-1, 0, 0, 1, 40]))
    return random.choice([near, near, near, date(1, 1, 1), date(2100, 1, 1)])


@pytest.mark.parametrize("number", range(CASES))
def test_a_random_operation(number: int, stores: Stores, operations: Operations) -> None:
    day, operation = day_of(number, stores), operations.made(number)
    faults = list(faults_of(stores, operation, day))
    if faults:
        small = reduced(SCHEMA, operation, lambda each: any(faults_of(stores, each, day)))
        told = "\n".join(faults_of(stores, small, day))
        pytest.fail(f"as of {day}\n{told}\n{small}\n# was\n{operation}")


def faults_of(stores: Stores, operation: Operation, day: date) -> Iterator[str]:
    yield from faults_on(stores, operation, day)
    yield from faults_at_last(stores, operation)


def faults_on(stores: Stores, operation: Operation, day: date) -> Iterator[str]:
    """As of a day: what was reported later, and what a register that knows nothing later tells otherwise."""
    aside = OPAQUE | TIMELESS
    seen = stores.whole.answer(asked(SCHEMA, operation, day, aside))
    yield from too_late(seen, day)
    yield from differences(seen, stores.on(day).answer(asked(SCHEMA, operation, None, aside)), day)


def faults_at_last(stores: Stores, operation: Operation) -> Iterator[str]:
    """What the answer as of the last day of publication tells otherwise than the plain one."""
    seen, plain = (stores.whole.answer(asked(SCHEMA, operation, day, OPAQUE)) for day in (stores.last, None))
    yield from differences(seen, plain, stores.last)


def too_late(answer: Any, day: date, path: str = "") -> Iterator[str]:
    """What was reported after a day."""
    for key, value in pairs(answer):
        if key in DAYS and isinstance(value, str) and date.fromisoformat(value) > day:
            yield f"{path}.{key}: {value} is after {day}"
        yield from too_late(value, day, f"{path}.{key}")


def differences(seen: Any, plain: Any, day: date, path: str = "") -> Iterator[str]:
    """Where an answer as of a day is not the plain one; ids differ by the day alone."""
    if isinstance(seen, dict) and isinstance(plain, dict):
        if list(seen) != list(plain):
            yield f"{path}: {list(seen)} instead of {list(plain)}"
        for key in seen.keys() & plain.keys():
            if key == ID:
                yield from _id_differences(seen[key], plain[key], day, path)
            elif not key.startswith(ASIDE):
                yield from differences(seen[key], plain[key], day, f"{path}.{key}")
    elif isinstance(seen, list) and isinstance(plain, list) and len(seen) == len(plain):
        for index, (one, other) in enumerate(zip(seen, plain, strict=True)):
            yield from differences(one, other, day, f"{path}[{index}]")
    elif seen != plain:
        yield f"{path}: {seen!r} instead of {plain!r}"


def _id_differences(seen: str, plain: str, day: date, path: str) -> Iterator[str]:
    name, none = opened(plain)
    if opened(seen) != (name, day.isoformat()) or none is not None:
        yield f"{path}.id: {opened(seen)} instead of {name} as of {day}"


def pairs(answer: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(answer, dict):
        yield from answer.items()
    elif isinstance(answer, list):
        yield from ((str(index), value) for index, value in enumerate(answer))


@pytest.mark.parametrize("name", lists(SCHEMA))
def test_everything_on_each_day(name: str, stores: Stores) -> None:
    operation = widest(SCHEMA, name)
    assert not validate(SCHEMA, parse(operation.query))
    for day in stores.days:
        assert list(faults_on(stores, operation, day)) == []
    assert list(faults_at_last(stores, operation)) == []
