"""The files in the store: those of its revision, and of no other."""

from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import text

from service.downloads import publish
from service.settings import REPOSITORY
from service.store.downloads import PART_BYTES, File, store_files
from service.store.enums import EntryKind
from service.store.loading.load import load, store
from service.store.migrations import write_transaction
from service.store.record.record import Record
from tests.schema.asking import answer

pytestmark = pytest.mark.slow

QUERY = "{ dataset { revision downloads { kind format url bytes sha256 revision } } }"
EMPTY = Record({}, {}, {}, {}, {}, {})


async def listed(url: str, **pool: Any) -> dict[str, Any]:
    found: dict[str, Any] = (await answer(url, QUERY, **pool))["data"]["dataset"]
    return found


def content(url: str, kind: str, media: str) -> bytes:
    query = "SELECT string_agg(content, '' ORDER BY position) FROM download_part WHERE kind = %s AND format = %s"
    with psycopg.connect(url) as connection:
        (found,) = connection.execute(query, (kind, media)).fetchone() or (None,)
    return bytes(found or b"")


async def test_the_register_lists_the_files_that_it_keeps(published: str, files: list[File]) -> None:
    found = await listed(published)
    assert found["revision"] == 1
    assert found["downloads"] == [
        {
            "kind": file.kind.value,
            "format": file.format,
            "url": f"/downloads/1/{file.path.name}",
            "bytes": file.bytes,
            "sha256": file.sha256,
            "revision": 1,
        }
        for file in sorted(files, key=lambda file: (file.kind.value, file.format))
    ]
    for file in files:
        assert content(published, file.kind.value, file.format) == file.path.read_bytes()


async def test_links_begin_with_the_public_address(published: str) -> None:
    found = await listed(published, public_url="https://example.org/register")
    assert found["downloads"][0]["url"] == "https://example.org/register/downloads/1/agreement.jsonl"


def test_a_load_that_changes_nothing_leaves_the_files(scratch: str) -> None:
    def loaded() -> list[tuple[Any, ...]]:
        with write_transaction(scratch) as connection:
            load(connection, REPOSITORY / "seeds")
            publish(connection)
        with psycopg.connect(scratch) as connection:
            query = (
                "SELECT download.ctid::text, revision, sha256 FROM download JOIN dataset USING (revision) ORDER BY 1"
            )
            return connection.execute(query).fetchall()

    first = loaded()
    assert [revision for _, revision, _ in first] == [1] * 2 * len(EntryKind)
    assert loaded() == first


@pytest.fixture
def empty(scratch: str) -> str:
    """A store into which nothing is loaded, with its files."""
    with write_transaction(scratch) as connection:
        store(connection, EMPTY)
        publish(connection)
    return scratch


def revised(url: str) -> tuple[int, set[int]]:
    """The revision of the register, and those of the files."""
    with psycopg.connect(url) as connection:
        (now,) = connection.execute("SELECT revision FROM dataset").fetchone() or (0,)
        return now, {revision for (revision,) in connection.execute("SELECT DISTINCT revision FROM download")}


def test_files_of_nothing(empty: str) -> None:
    header = b"slug,label,knownSince,property,basis,note,facts.totalCount,claims.totalCount,"
    header += b"independentOrigins,isWithdrawn\r\n"
    assert content(empty, "CONFLICT", "text/csv") == header
    assert content(empty, "CONFLICT", "application/x-ndjson") == b""
    assert revised(empty) == (1, {1})


async def test_files_of_an_earlier_revision_are_not_offered(empty: str) -> None:
    with write_transaction(empty) as connection:
        load(connection, REPOSITORY / "seeds")
    assert await listed(empty) == {"revision": 2, "downloads": []}
    with write_transaction(empty) as connection:
        publish(connection)
    assert revised(empty) == (2, {2})


def test_what_changed_nothing_in_the_files_passes_them_on(empty: str) -> None:
    with write_transaction(empty) as connection:
        store(connection, Record({}, {}, {}, {}, {}, {"status": {"en": "How matters stand."}}))
        publish(connection)
    assert revised(empty) == (2, {2})


def test_files_that_are_made_otherwise_come_with_a_new_revision(empty: str) -> None:
    with write_transaction(empty) as connection:
        connection.execute(text("UPDATE download SET sha256 = repeat('0', 64) WHERE kind = 'CLAIM'"))
        publish(connection)
    assert revised(empty) == (2, {2})


def test_a_long_file_is_kept_in_parts(scratch: str, tmp_path: Path) -> None:
    path = tmp_path / "claim.jsonl"
    path.write_bytes(bytes(range(256)) * (PART_BYTES // 256) * 2 + b"end")
    file = File(EntryKind.CLAIM, "application/x-ndjson", path, 2 * PART_BYTES + 3, "0" * 64)
    with write_transaction(scratch) as connection:
        store_files(connection, [file], 1)
        lengths = connection.execute(text("SELECT length(content) FROM download_part ORDER BY position")).scalars()
        assert list(lengths) == [PART_BYTES, PART_BYTES, 3]
    assert content(scratch, "CLAIM", "application/x-ndjson") == path.read_bytes()
