"""Judge the register by a sample: `python -m tests.sets.sample.judge [--sample second] [DATABASE_URL]`.

It prints figures and misses. Without the URL of a database, the record with all its sets is loaded into a database that
is deleted with the command.
"""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from service.settings import REPOSITORY
from service.store.embedded.database import throwaway_database
from service.store.loading.load import load
from service.store.migrations import migrate
from service.store.transactions import write_transaction
from tests.sets.sample.matching import is_person
from tests.sets.sample.reading import Reading, Verdict
from tests.sets.sample.register import Actor, facts_by_document
from tests.sets.sample.sample import SAMPLES, sample

CATEGORIES = ("people", "identity", "encounters", "days", "places")


class Figure(NamedTuple):
    """`precision`: how much of what the register says is right; `recall`: how much of what the rows say it includes."""

    right_of_said: int
    said: int
    right_of_told: int
    told: int

    @property
    def precision(self) -> float:
        return self.right_of_said / self.said if self.said else 1.0

    @property
    def recall(self) -> float:
        return self.right_of_told / self.told if self.told else 1.0

    def __str__(self) -> str:
        precision = f"{self.precision:.3f} ({self.right_of_said} of {self.said})"
        return f"precision {precision}, recall {self.recall:.3f} ({self.right_of_told} of {self.told})"


def judge_register(url: str, name: str = "first") -> list[Verdict]:
    """Return all verdicts on the rows of the sample of that name."""
    rows = sample(name).rows
    facts = asyncio.run(facts_by_document(url, [row.document for row in rows]))
    readings = [Reading(row, facts[row.document], sample(name)) for row in rows]
    return [verdict for reading in readings for verdict in reading.verdicts()] + list(on_identity(readings))


def on_identity(readings: list[Reading]) -> Iterator[Verdict]:
    """Judge whether a person is the same entry in all rows, and that entry is nobody else."""
    entries: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for reading in readings:
        for slug, key in reading.keys.items():
            entries[key or ""][slug] += 1
    for reading in readings:
        for slug, key in reading.keys.items():
            if key:
                usual = entries[key].most_common(1)[0][0]
                is_right = slug == usual and not others_of(reading.actors[slug], key)
                yield reading.verdict("identity", is_right, True, f"has {slug} for {key}, elsewhere {usual}")


def others_of(actor: Actor, key: str) -> list[str]:
    """Return other people of the sample who are the same entry."""
    return [other for other, person in sample().people.items() if other != key and is_person(actor, person)]


def figure(verdicts: Iterable[Verdict], category: str) -> Figure:
    of_category = [verdict for verdict in verdicts if verdict.category == category]
    said = [verdict.is_right for verdict in of_category if verdict.is_said]
    told = [verdict.is_right for verdict in of_category if verdict.is_told]
    return Figure(sum(said), len(said), sum(told), len(told))


def report(verdicts: list[Verdict], *, is_opened: bool = True) -> Iterator[str]:
    """Return the figures of the whole and of both parts, then the misses; for a sealed sample only those that are
    shown.
    """
    shown = [verdict for verdict in verdicts if not verdict.row.is_sealed]
    parts = {"all": verdicts, "shown": shown, "sealed": [verdict for verdict in verdicts if verdict.row.is_sealed]}
    for name, part in parts.items():
        for category in CATEGORIES:
            yield f"{name:7} {category:11} {figure(part, category)}"
    for verdict in verdicts if is_opened else shown:
        if not verdict.is_right and (verdict.is_said or verdict.is_told):
            kind = "wrong" if verdict.is_said else "missing"
            yield f"{verdict.row.document} {verdict.category} {kind}: the register {verdict.about}"


@contextmanager
def whole_record() -> Iterator[str]:
    """Yield a database with the record and all its sets."""
    with throwaway_database() as url:
        migrate(url)
        with write_transaction(url) as connection:
            load(connection, REPOSITORY / "seeds", sets=None)
        yield url


def main() -> None:
    parser = ArgumentParser(description="Judge the register by a sample.")
    parser.add_argument("--sample", choices=list(SAMPLES), default="first")
    parser.add_argument("url", nargs="?")
    arguments = parser.parse_args()
    if arguments.url:
        verdicts = judge_register(arguments.url, arguments.sample)
    else:
        with whole_record() as url:
            verdicts = judge_register(url, arguments.sample)
    print(*report(verdicts, is_opened=arguments.sample == "first"), sep="\n")


if __name__ == "__main__":
    main()
