"""Files in which only what a load has changed is rewritten equal those written from scratch."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from schema.tables import tables
from service.downloads import publish, write
from service.downloads.splicing import LINES, Place, Splice, place_in, table_layout
from service.downloads.writing import to_csv
from service.settings import SEEDS
from service.store import downloads
from service.store.enums import EntryKind
from service.store.loading.load import LoadReport, load_record, revision
from service.store.record.record import Record
from service.store.seeds import read
from service.store.transactions import write_transaction
from tests.store.test_incremental import CHAINS, CHANGES

LOADS = 6


@pytest.fixture(scope="module")
def seeds() -> Record:
    return read(SEEDS)


def load_into(url: str, given: Record) -> LoadReport:
    with write_transaction(url) as connection:
        report = load_record(connection, given)
        publish(connection, kept=2, touched=report.touched)
    return report


def stored_digests(url: str) -> dict[str, str]:
    """Return the digests of the files of the current revision, by name."""
    with write_transaction(url) as connection:
        files = downloads.stored_files(connection, revision(connection, raised=False))
        assert {name: len(b"".join(downloads.read_parts(connection, file.sha256))) for name, file in files.items()} == {
            name: file.bytes for name, file in files.items()
        }
    return {name: f"{file.sha256} {file.rows}" for name, file in files.items()}


def written_digests(url: str, folder: Path) -> dict[str, str]:
    with write_transaction(url) as connection:
        return {file.name: f"{file.sha256} {file.rows}" for file in write(connection, folder)}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(CHAINS))
def test_files_are_those_of_a_writing_of_all(scratch: str, seeds: Record, tmp_path: Path, seed: int) -> None:
    random, now = Random(seed), seeds
    assert load_into(scratch, seeds).touched is None
    for number in range(LOADS):
        before = now
        for change in random.choices(CHANGES, k=random.choice((1, 1, 2))):
            now = change(random, now)
        # sometimes what was removed comes back
        now = seeds if number == LOADS - 2 else now
        assert load_into(scratch, now).touched is not None or now == before
        assert stored_digests(scratch) == written_digests(scratch, tmp_path), f"load {number} of {seed}"


@pytest.mark.slow
def test_a_load_that_touches_nothing_writes_no_files(
    scratch: str, seeds: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_into(scratch, seeds)
    before = stored_digests(scratch)
    monkeypatch.setattr("service.downloads.renew_entries", None)
    monkeypatch.setattr("service.downloads.write_entries", None)
    load_into(scratch, seeds)
    assert stored_digests(scratch) == before


@pytest.mark.slow
def test_what_no_load_has_touched_is_left_as_it_is(scratch: str, seeds: Record, tmp_path: Path) -> None:
    """With a file that differs from what the schema returns: only what was changed is queried."""
    load_into(scratch, seeds)
    with write_transaction(scratch) as connection:
        connection.execute('UPDATE snapshot SET labels = \'{"en": "Another label"}\'')
    before = stored_digests(scratch)
    fact = next(fact for fact in seeds.facts.values() if fact.typename == "Quote")
    with_summary = {**seeds.facts, fact.slug: replace(fact, summary={"en": "So it was."})}
    load_into(scratch, replace(seeds, facts=with_summary))
    after = stored_digests(scratch)
    assert {name for name in before if before[name] != after[name]} >= {"quotes.jsonl", "quotes.csv", "facts.csv"}
    assert before["offices.csv"] == after["offices.csv"]


# ------------------------------------------------------------------ rows


def splice_rows(table: str, old: list[list[str]], new: dict[Place, list[list[str]]], part: int) -> bytes:
    layout = table_layout(tables()[table], {})
    content = layout.header + to_csv(old)
    splice = Splice(layout, {place: [to_csv([row]) for row in rows] for place, rows in new.items()})
    return b"".join(splice.of(content[at : at + part] for at in range(0, len(content), part)))


@pytest.mark.parametrize("seed", range(40))
def test_rows_of_whatever_text_are_told_apart(seed: int) -> None:
    random = Random(seed)
    texts = ["plain", 'a "quoted" word', "two\r\nlines", "two\nlines", '"', "", ",", '"\r\n"', "ä"]
    kinds = [EntryKind.PERSON, EntryKind.PLACE, EntryKind.SUMMIT]
    table = tables()["names"]
    width = len(table.header) - 2

    def rows_of(kind: EntryKind, slug: str) -> list[list[str]]:
        count = random.choice((1, 1, 2, 3))
        return [[kind.value, slug, *random.choices(texts, k=width)] for _ in range(count)]

    places = sorted({place_in(table, random.choice(kinds), f"a-{random.randrange(60)}"): None for _ in range(30)})
    names = {place: (list(EntryKind)[place.kind], place.slug.decode()) for place in places}
    before = {place: rows_of(*names[place]) for place in places if random.random() < 0.8}
    new = {place: rows_of(*names[place]) if random.random() < 0.7 else [] for place in random.sample(places, 6)}
    after = sorted(({**before, **new}).items())
    expected = to_csv([table.header]) + to_csv([row for _, rows in after for row in rows])
    given = [row for place in sorted(before) for row in before[place]]
    assert splice_rows("names", given, new, random.choice((1, 7, 100, 10_000))) == expected


def test_lines_come_in_the_order_of_their_slugs() -> None:
    old = b"".join(b'{"slug":"%s","label":"old"}\n' % slug for slug in (b"a", b"a-2", b"b", b"d"))
    new = {Place(0, slug): [b'{"slug":"%s","label":"new"}\n' % slug] for slug in (b"a-1", b"b", b"e")}
    splice = Splice(LINES, {**new, Place(0, b"d"): []})
    content = b"".join(splice.of([old[:30], old[30:]]))
    told = [line[9:-2].split(b'","label":"') for line in content.splitlines()]
    assert told == [[b"a", b"old"], [b"a-1", b"new"], [b"a-2", b"old"], [b"b", b"new"], [b"e", b"new"]]
    assert splice.added == 1
