"""A load that reads only what has changed leaves what a first load of the same seeds makes, including files."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import orjson
import pytest

from service.downloads import publish
from service.errors import SeedsInvalid
from service.settings import SEEDS
from service.store.layout import TABLES
from service.store.loading import load as loading
from service.store.loading.load import LoadReport, load
from service.store.seeds.part import words_in
from service.store.transactions import write_transaction
from tests.conftest import copy_database, statement
from tests.downloads.test_renewal import stored_digests, written_digests
from tests.store.test_incremental import CHAINS, contents

pytestmark = pytest.mark.slow


@pytest.fixture
def second_database(server: str, template: str) -> Iterator[str]:
    """Return a second database for one test."""
    yield copy_database(server, "another")
    statement(server, "DROP DATABASE another WITH (FORCE)")


def load_seeds(url: str, seeds: Path, *, has_files: bool = True) -> LoadReport:
    with write_transaction(url) as connection:
        report = load(connection, seeds, sets=None)
        if has_files:
            publish(connection, kept=2, touched=report.touched)
    return report


# ------------------------------------------------------------------ a copy of the seeds, with some of each set

LOADS, KEPT = 6, 40
SETS = ("archigos", "histstate", "world-leaders")
FACTS = ("meetings", "offices", "events", "additions")


def lines_of(path: Path) -> dict[str, dict[str, Any]]:
    return {entry["slug"]: entry for entry in map(orjson.loads, path.read_bytes().splitlines())}


def write_lines(path: Path, entries: dict[str, dict[str, Any]]) -> None:
    path.write_bytes(b"".join(orjson.dumps(entry) + b"\n" for entry in entries.values()))


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """Return the seeds with the first rows of each set, and the entries that these name."""
    copy = tmp_path / "seeds"
    shutil.copytree(SEEDS, copy)
    every = {path: lines_of(path) for path in sorted(copy.glob("sets/*/*.jsonl")) if path.stem in FACTS}
    words: frozenset[str] = frozenset()
    for entries in every.values():
        # those in the middle are meetings of more people
        start = len(entries) // 2 if len(entries) > KEPT else 0
        words |= {*[*entries][start : start + KEPT]}
    for _ in range(3):
        for path, entries in every.items():
            write_lines(path, {slug: entry for slug, entry in entries.items() if slug in words})
            words |= words_in(path.read_bytes())
    for noun in ("organisations", "people", "places", "sources"):
        for path in sorted(copy.glob(f"sets/*/{noun}.jsonl")):
            kept = {slug: entry for slug, entry in lines_of(path).items() if noun == "organisations" or slug in words}
            write_lines(path, kept)
            words |= words_in(path.read_bytes())
    for path in copy.glob("sets/*/aliases.yaml"):
        # most of what they name is left out
        path.unlink()
    return copy


# ------------------------------------------------------------------ what may change in the files

Change = Callable[[Random, Path], None]


def edit(random: Random, path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    entries = lines_of(path)
    change(entries[random.choice([*entries])])
    write_lines(path, entries)


def change_a_level(random: Random, seeds: Path) -> None:
    level = random.choice(["LEADERS", "MINISTERS", "OFFICIALS"])
    edit(random, seeds / "sets/histstate/meetings.jsonl", lambda entry: entry.update(level=level))


def summarise(random: Random, seeds: Path) -> None:
    path = seeds / "sets" / random.choice(["histstate/events.jsonl", "histstate/meetings.jsonl"])
    edit(random, path, lambda entry: entry.update(summary={"en": f"In other words {random.random()}."}))


def end_an_office_otherwise(random: Random, seeds: Path) -> None:
    def end(entry: dict[str, Any]) -> None:
        said = next(iter(entry.get("exit", {}).values()), None)
        if said:
            entry["exit"] = {random.choice(["Regular", "Irregular", "Natural Death"]): said}

    edit(random, seeds / "sets/archigos/offices.jsonl", end)


def title_an_office_otherwise(random: Random, seeds: Path) -> None:
    path = seeds / "sets" / random.choice(["archigos/offices.jsonl", "world-leaders/offices.jsonl"])
    edit(random, path, lambda entry: entry.update(title={"en": f"leader {random.randrange(9)}"}))


def let_somebody_go(random: Random, seeds: Path) -> None:
    def leave(entry: dict[str, Any]) -> None:
        if len(entry.get("participants", {})) > 1:
            entry["participants"].popitem()

    edit(random, seeds / "sets/histstate/meetings.jsonl", leave)


def remove_a_fact(random: Random, seeds: Path) -> None:
    path = seeds / "sets/histstate/events.jsonl"
    entries = lines_of(path)
    del entries[random.choice([*entries])]
    write_lines(path, entries)


def add_a_fact(random: Random, seeds: Path) -> None:
    path = seeds / "sets/histstate/meetings.jsonl"
    entries = lines_of(path)
    slug = f"another-{random.randrange(10**6)}"
    entries[slug] = {**entries[random.choice([*entries])], "slug": slug}
    write_lines(path, entries)


def remove_an_actor(random: Random, seeds: Path) -> None:
    path = seeds / "sets" / random.choice(SETS) / "people.jsonl"
    entries = lines_of(path)
    del entries[random.choice([*entries])]
    write_lines(path, entries)


def rename_an_actor(random: Random, seeds: Path) -> None:
    path = seeds / "sets" / random.choice(SETS) / "people.jsonl"
    edit(random, path, lambda entry: entry["names"].update(COMMON={"en": f"New {random.random()}"}))


def move_a_passage(random: Random, seeds: Path) -> None:
    """An anchor of a source moves by one letter."""
    path = seeds / "sets" / random.choice(SETS) / "anchors.lock"
    cited = words_in(b"".join(each.read_bytes() for each in path.parent.glob("*.jsonl") if each.stem in FACTS))
    lines = path.read_bytes().split(b"\n")
    of_words = [n for n, line in enumerate(lines) if line.split(b" ")[0].decode() in cited and b"|" not in line]
    number = random.choice(of_words)
    *place, start, end, paragraph, sha256 = lines[number].split(b" ")
    lines[number] = b" ".join([*place, start, b"%d" % (int(end) + 1), paragraph, sha256])
    path.write_bytes(b"\n".join(lines))


def take_a_source_anew(random: Random, seeds: Path) -> None:
    """A source becomes a different document, in its set and in the lock."""
    folder = seeds / "sets" / random.choice(SETS)
    entries = lines_of(folder / "sources.jsonl")
    source = entries[random.choice([*entries])]
    before, source["sha256"] = source["sha256"], f"{random.randrange(2**256):064x}"
    write_lines(folder / "sources.jsonl", entries)
    lock = folder / "anchors.lock"
    lock.write_bytes(lock.read_bytes().replace(before.encode(), source["sha256"].encode()))


def doubt_a_claim(random: Random, seeds: Path) -> None:
    """A claim of a curated document becomes less certain."""
    path = seeds / f"{random.choice(['quotes', 'events', 'meetings', 'offices'])}.yaml"
    text = path.read_text(encoding="utf-8")
    end = random.choice([found.end(1) for found in re.finditer(r'"(\w+ p\d+(s\d+)?)"', text)])
    path.write_text(f"{text[:end]} likely{text[end:]}", encoding="utf-8")


def misspell_a_reference(random: Random, seeds: Path) -> None:
    edit(random, seeds / "sets/histstate/meetings.jsonl", lambda entry: entry.update(place="nowhere"))


IN_PART: tuple[Change, ...] = (
    change_a_level,
    summarise,
    end_an_office_otherwise,
    title_an_office_otherwise,
    move_a_passage,
    take_a_source_anew,
    doubt_a_claim,
)
"""Most of these are read in part."""
CHANGES = (*IN_PART, let_somebody_go, remove_a_fact, add_a_fact, remove_an_actor, rename_an_actor, misspell_a_reference)


def outcome(url: str, seeds: Path, *, has_files: bool) -> LoadReport | list[str]:
    """Return what a load reports, or the mistakes for which it refuses."""
    try:
        return load_seeds(url, seeds, has_files=has_files)
    except SeedsInvalid as error:
        return sorted(error.problems)


def differing_rows(one: dict[str, list[str]], other: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return the rows that only one of two stores has, by table."""
    return {table: sorted({*rows} ^ {*other[table]}) for table, rows in one.items() if rows != other[table]}


@pytest.mark.parametrize("seed", range(CHAINS))
def test_a_load_in_part_is_a_first_load(
    scratch: str, second_database: str, seeds: Path, tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    random, in_part = Random(seed), 0
    load_seeds(scratch, seeds)
    read_in_part = loading._load_changes
    reports: list[LoadReport | None] = []

    def load_and_note(*given: Any) -> Any:
        report, now = read_in_part(*given)
        reports.append(report)
        return report, now

    monkeypatch.setattr(loading, "_load_changes", load_and_note)
    for number in range(LOADS):
        before = tmp_path / f"before-{number}"
        shutil.copytree(seeds, before)
        changes = (
            random.choices(IN_PART, k=random.choice((1, 1, 2))) if number % 4 < 3 else random.choices(CHANGES, k=1)
        )
        for change in changes:
            change(random, seeds)
        reports.clear()
        over = outcome(scratch, seeds, has_files=True)
        in_part += bool(reports and reports[-1])
        statement(second_database, "TRUNCATE " + ", ".join(TABLES))
        first = outcome(second_database, seeds, has_files=False)
        about = f"load {number} of {seed}: {[change.__name__ for change in changes]}"
        if isinstance(over, list) or isinstance(first, list):
            assert over == first, about
            shutil.rmtree(seeds)
            shutil.copytree(before, seeds)
            continue
        assert {noun: each.total for noun, each in over.counts.items()} == {
            noun: each.total for noun, each in first.counts.items()
        }
        of_over, of_first = contents(scratch), contents(second_database)
        assert differing_rows(of_over, of_first) == {}, about
        assert stored_digests(scratch) == written_digests(scratch, tmp_path), about
    assert in_part >= LOADS / 3
