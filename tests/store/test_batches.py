"""Entries that a process of its own makes are those that would be made here, in their order."""

import os
import signal
from collections.abc import Iterator

import pytest

from service.settings import REPOSITORY
from service.store.loading import batches
from service.store.loading.batches import make_beside
from service.store.loading.projection import Projection, project
from service.store.rows import EntryRows, Key
from service.store.seeds import read


def _entries() -> Iterator[EntryRows]:
    for number in range(10):
        entry = EntryRows(Key("fact", (f"fact-{number}",)))
        entry.add("fact", {"id": entry.key, "slug": f"fact-{number}"})
        yield entry


def _slugs(entries: Iterator[EntryRows]) -> list[object]:
    return [row["slug"] for entry in entries for _, row in entry.rows]


EXPECTED = [f"fact-{number}" for number in range(10)]


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "BATCH_ROWS", 3)


def test_another_process_makes_them() -> None:
    here = os.getpid()

    def make() -> Iterator[EntryRows]:
        for entry in _entries():
            entry.rows[0][1]["slug"] = os.getpid() == here
            yield entry

    assert _slugs(make_beside(make)) == [False] * 10


def test_what_it_does_not_come_to_is_made_here() -> None:
    here = os.getpid()

    def make() -> Iterator[EntryRows]:
        for number, entry in enumerate(_entries()):
            if number == 7 and os.getpid() != here:
                os.kill(os.getpid(), signal.SIGKILL)
            yield entry

    assert _slugs(make_beside(make)) == EXPECTED


def test_a_mistake_is_told_here() -> None:
    def make() -> Iterator[EntryRows]:
        yield from _entries()
        raise ValueError("no such actor")

    made = make_beside(make)
    assert [next(made).key.natural[0] for _ in range(10)] == EXPECTED
    with pytest.raises(ValueError, match="no such actor"):
        next(made)


def test_it_ends_with_whoever_takes_them() -> None:
    made = make_beside(_entries)
    next(made)
    made.close()  # type: ignore[attr-defined]
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_facts_made_beside_have_the_same_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    record = read(REPOSITORY / "seeds")
    expected = [(entry.key, entry.inputs, entry.named, entry.rows) for entry in project(record)]
    monkeypatch.setattr("service.store.loading.projection.MANY", 1)
    monkeypatch.setattr("service.store.loading.projection.can_make_beside", lambda: True)
    made = [(entry.key, entry.inputs, entry.named, entry.rows) for entry in Projection(record).entries()]
    assert made == expected
