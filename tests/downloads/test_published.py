"""The files in the store: those of its last revisions, with identical contents stored once."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
import pytest

from schema.tables import tables
from service.downloads import publish, write
from service.settings import REPOSITORY
from service.store.download_parts import PART_BYTES, unpack
from service.store.downloads import INSERT_PART, File, read_parts, remove_old_contents, store_files, stored_files
from service.store.enums import EntryKind
from service.store.loading.load import load, load_record
from service.store.loading.touched import Touched
from service.store.record.record import Record
from service.store.revision import STATE
from service.store.transactions import write_transaction
from tests.schema.asking import answer

pytestmark = pytest.mark.slow

QUERY = "{ dataset { revision downloads { kind format url bytes sha256 revision } } }"
FILES = len(EntryKind) + len(tables()) + 4
"""Lines of each kind, the tables, three files that describe these, and all in one."""
EMPTY = Record({}, {}, {}, {}, {}, {})


async def fetch_dataset(url: str, **pool: Any) -> dict[str, Any]:
    found: dict[str, Any] = (await answer(url, QUERY, **pool))["data"]["dataset"]
    return found


def content(url: str, name: str, revision: int = 1) -> bytes:
    query = """
        SELECT content FROM download_part JOIN download USING (sha256)
        WHERE name = %s AND revision = %s ORDER BY position
    """
    with psycopg.connect(url) as connection:
        return b"".join(unpack(found) for (found,) in connection.execute(query, (name, revision)))


async def test_the_register_lists_the_files_that_it_keeps(published_database: str, files: list[File]) -> None:
    found = await fetch_dataset(published_database)
    assert found["revision"] == 1
    assert found["downloads"] == [
        {
            "kind": file.kind,
            "format": file.format,
            "url": f"/downloads/1/{file.path.name}",
            "bytes": file.bytes,
            "sha256": file.sha256,
            "revision": 1,
        }
        for file in sorted((file for file in files if file.kind), key=lambda file: (file.kind, file.format))
    ]
    for file in files:
        assert content(published_database, file.name) == file.path.read_bytes()


async def test_links_begin_with_the_public_address(published_database: str) -> None:
    found = await fetch_dataset(published_database, public_url="https://example.org/register")
    assert found["downloads"][0]["url"] == "https://example.org/register/downloads/1/agreements.jsonl"


def test_a_load_that_changes_nothing_leaves_the_files(scratch: str) -> None:
    def load_again() -> list[tuple[Any, ...]]:
        with write_transaction(scratch) as connection:
            load(connection, REPOSITORY / "seeds")
            publish(connection, kept=9)
        with psycopg.connect(scratch) as connection:
            query = (
                "SELECT download.ctid::text, revision, sha256 FROM download JOIN dataset USING (revision) ORDER BY 1"
            )
            return connection.execute(query).fetchall()

    first = load_again()
    assert [revision for _, revision, _ in first] == [1] * FILES
    assert load_again() == first


@pytest.fixture
def empty(scratch: str) -> str:
    """Return a store into which nothing is loaded, with its files."""
    with write_transaction(scratch) as connection:
        load_record(connection, EMPTY)
        publish(connection, kept=9)
    return scratch


def fetch_revisions(url: str) -> tuple[int, set[int]]:
    """Return the revision of the register, and those of the files."""
    with psycopg.connect(url) as connection:
        (now,) = connection.execute("SELECT revision FROM dataset").fetchone() or (0,)
        return now, {revision for (revision,) in connection.execute("SELECT DISTINCT revision FROM download")}


def test_files_of_nothing(empty: str) -> None:
    header = b"slug,label,knownSince,property,basis,note,facts.totalCount,claims.totalCount,"
    header += b"independentOrigins,isWithdrawn\r\n"
    assert content(empty, "conflicts.csv") == header
    assert content(empty, "conflicts.jsonl") == b""
    assert fetch_revisions(empty) == (1, {1})


async def test_files_come_after_the_revision_and_those_of_before_are_offered_until_then(empty: str) -> None:
    async def fetch_offered() -> tuple[int, set[int]]:
        found = await fetch_dataset(empty)
        return found["revision"], {file["revision"] for file in found["downloads"]}

    with write_transaction(empty) as connection:
        load(connection, REPOSITORY / "seeds")
    assert await fetch_offered() == (2, {1})
    before = state(empty)
    with write_transaction(empty) as connection:
        assert publish(connection, kept=9)
    assert fetch_revisions(empty) == (2, {1, 2})
    assert await fetch_offered() == (2, {2})
    # so that no earlier response, which is cached by the state, is returned any more
    assert state(empty) != before


def test_what_another_load_has_touched_meanwhile_is_written_too(empty: str, tmp_path: Path) -> None:
    with write_transaction(empty) as connection:
        touched = load(connection, REPOSITORY / "seeds").touched or Touched(1, 2, {})
        load_record(connection, EMPTY)
    with write_transaction(empty) as connection:
        assert publish(connection, kept=9, touched=touched)
        written = {file.name: file.sha256 for file in write(connection, tmp_path)}
        assert {name: file.sha256 for name, file in stored_files(connection, 3).items()} == written


def state(url: str) -> str:
    with psycopg.connect(url) as connection:
        return str((connection.execute(STATE.encode()).fetchone() or ("",))[0])


def parts(url: str) -> list[tuple[Any, ...]]:
    """Return the parts in the store, each by the location of its row, which changes when the row is rewritten."""
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT ctid::text, sha256, position FROM download_part ORDER BY 1").fetchall()


def test_what_changed_nothing_in_the_files_has_them_once(empty: str) -> None:
    before = parts(empty)
    with write_transaction(empty) as connection:
        load_record(connection, Record({}, {}, {}, {}, {}, {"status": {"en": "How matters stand."}}))
        publish(connection, kept=9)
    assert fetch_revisions(empty) == (2, {1, 2})
    # the file that names the revision is different; everything else is as it was
    assert len(set(parts(empty)) - set(before)) == len({"datapackage.json", "README.md", "gipfelbuch.zip"})
    assert set(before) <= set(parts(empty))


def test_files_that_are_made_otherwise_come_with_a_new_revision(empty: str) -> None:
    with write_transaction(empty) as connection:
        connection.execute("UPDATE download SET sha256 = repeat('0', 64) WHERE kind = 'CLAIM'")
        publish(connection, kept=9)
    assert fetch_revisions(empty) == (2, {1, 2})


@pytest.fixture
def store_revision(scratch: str, tmp_path: Path) -> Callable[..., None]:
    """Store a file of claims and one of talks as those of a revision, keeping so many revisions."""

    def store_texts(number: int, claims: str, talks: str, *, kept: int) -> None:
        files = []
        for kind, content in ((EntryKind.CLAIM, claims), (EntryKind.TALKS, talks)):
            path = tmp_path / f"{kind.lower()}.csv"
            path.write_text(content)
            files.append(File(path, "text/csv", len(content), sha256(content.encode()).hexdigest(), kind))
        with write_transaction(scratch) as connection:
            store_files(connection, files, number)
            remove_old_contents(connection, kept=kept)

    return store_texts


def contents(url: str) -> list[str]:
    """Return everything that is stored."""
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT content FROM download_part ORDER BY content").fetchall()
    return [content.decode() for (content,) in rows]


def test_the_last_revisions_are_kept(scratch: str, store_revision: Callable[..., None]) -> None:
    store_revision(1, "first", "one", kept=2)
    store_revision(2, "second", "two", kept=2)
    assert contents(scratch) == ["first", "one", "second", "two"]
    store_revision(4, "third", "three", kept=2)
    assert contents(scratch) == ["second", "third", "three", "two"]
    with psycopg.connect(scratch) as connection:
        rows = connection.execute("SELECT revision, kind, bytes FROM download ORDER BY 1, 2").fetchall()
    assert rows == [
        (1, "CLAIM", 5),
        (1, "TALKS", 3),
        (2, "CLAIM", 6),
        (2, "TALKS", 3),
        (4, "CLAIM", 5),
        (4, "TALKS", 5),
    ]


def test_what_is_alike_is_stored_once_and_stays_while_one_that_is_kept_has_it(
    scratch: str, store_revision: Callable[..., None]
) -> None:
    store_revision(1, "first", "alike", kept=1)
    store_revision(2, "second", "alike", kept=1)
    store_revision(3, "third", "alike", kept=1)
    assert contents(scratch) == ["alike", "third"]
    store_revision(4, "first", "other", kept=1)
    assert contents(scratch) == ["first", "other"]


def test_with_a_lower_number_the_next_load_removes_more(scratch: str, store_revision: Callable[..., None]) -> None:
    store_revision(1, "first", "one", kept=9)
    store_revision(2, "second", "two", kept=9)
    store_revision(3, "third", "three", kept=1)
    assert contents(scratch) == ["third", "three"]


def test_a_load_that_fails_removes_nothing(empty: str) -> None:
    def fail() -> None:
        with write_transaction(empty) as connection:
            load(connection, REPOSITORY / "seeds")
            publish(connection, kept=1)
            connection.execute("SELECT 1 / 0")

    before = parts(empty)
    with pytest.raises(psycopg.errors.DivisionByZero):
        fail()
    assert (fetch_revisions(empty), parts(empty)) == ((1, {1}), before)


def test_a_long_file_is_kept_in_parts(scratch: str, tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_bytes(bytes(range(256)) * (PART_BYTES // 256) * 2 + b"end")
    file = File(path, "application/x-ndjson", 2 * PART_BYTES + 3, "0" * 64, EntryKind.CLAIM)
    with write_transaction(scratch) as connection:
        store_files(connection, [file], 1)
        kept = [part for (part,) in connection.execute("SELECT content FROM download_part ORDER BY position")]
    assert [len(unpack(part)) for part in kept] == [PART_BYTES, PART_BYTES, 3]
    assert content(scratch, "claims.jsonl") == path.read_bytes()
    # repetitive content is compressed; three bytes would get longer
    assert max(map(len, kept)) < PART_BYTES // 100
    assert kept[2] == b"end"


def test_a_part_that_an_earlier_version_has_stored_is_read_as_it_is(scratch: str) -> None:
    with write_transaction(scratch) as connection:
        for position, part in enumerate((b"slug\r\n", b"kaesong\r\n")):
            row = {"sha256": "0" * 64, "position": position, "content": part}
            connection.execute(INSERT_PART, row)
        assert [*read_parts(connection, "0" * 64)] == [b"slug\r\n", b"kaesong\r\n"]
