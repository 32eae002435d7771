"""Store and read the files for download of the whole register. Their content is made elsewhere."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import NamedTuple

import psycopg

from service.store.connection import scalar
from service.store.download_parts import PART_BYTES, pack, unpack
from service.store.enums import EntryKind, FactKind, require_each

BATCH = 100
TABLES: Mapping[EntryKind, tuple[str, str]] = {
    EntryKind.PERSON: ("actor", "known_since"),
    EntryKind.ORGANISATION: ("actor", "known_since"),
    EntryKind.COUNTRY: ("actor", "known_since"),
    EntryKind.PLACE: ("place", "known_since"),
    EntryKind.SOURCE: ("source", "reported_on"),
    EntryKind.CLAIM: ("claim", "reported_on"),
    EntryKind.CONFLICT: ("conflict", "known_since"),
    **{EntryKind[kind]: ("fact", "known_since") for kind in FactKind},
}
"""The table of each kind, and the column with the day since when its entries are known."""
require_each(TABLES, "TABLES of service/store/downloads.py", EntryKind)
TYPED = ("actor", "fact")
INSERT_FILE = """
INSERT INTO download (revision, name, kind, format, rows, bytes, sha256)
VALUES (%(revision)s, %(name)s, %(kind)s, %(format)s, %(rows)s, %(bytes)s, %(sha256)s)
"""
INSERT_PART = "INSERT INTO download_part (sha256, position, content) VALUES (%(sha256)s, %(position)s, %(content)s)"
READ_PART = "SELECT content FROM download_part WHERE sha256 = %s AND position = %s"
HAS_CONTENT = "SELECT EXISTS (SELECT FROM download_part WHERE sha256 = %(sha256)s)"
REMOVE_CONTENTS = """
DELETE FROM download_part WHERE sha256 NOT IN (
    SELECT sha256 FROM download
    WHERE revision IN (SELECT DISTINCT revision FROM download ORDER BY revision DESC LIMIT %(kept)s)
)
"""


@dataclass(frozen=True)
class File:
    """A file on disk. `format` is its media type; `kind` and `rows` are None for files that have none."""

    path: Path
    format: str
    bytes: int
    sha256: str
    kind: EntryKind | None = None
    rows: int | None = None

    @property
    def name(self) -> str:
        """The name under which the file is offered."""
        return self.path.name

    def move_to(self, folder: Path) -> "File":
        """Move the file to another folder and return it; a file of the same name there is replaced."""
        return replace(self, path=self.path.replace(folder / self.name))


class StoredFile(NamedTuple):
    """A file in the store."""

    sha256: str
    bytes: int
    rows: int | None


class Register(NamedTuple):
    """A state of the register; `updated_at` is an instant in ISO 8601."""

    revision: int
    updated_at: str


class SourceSet(NamedTuple):
    """A data set that entries are taken from."""

    slug: str
    name: str
    licence: str
    url: str
    version: str | None
    attribution: str | None


def register_of(connection: psycopg.Connection) -> Register:
    """Return the current state of the register."""
    query = "SELECT revision, to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') FROM dataset"
    return Register(*connection.execute(query).fetchall()[0])


def source_sets(connection: psycopg.Connection) -> list[SourceSet]:
    """Return the data sets that sources are taken from."""
    query = "SELECT slug, name, licence, url, version, attribution FROM source_dataset ORDER BY slug"
    return [SourceSet(*row) for row in connection.execute(query)]


def slug_batches(
    connection: psycopg.Connection, kind: EntryKind, among: Collection[str] | None = None
) -> Iterator[list[tuple[str, str]]]:
    """Yield the slugs of a kind in order, in batches, each with the day since when its entry is known.

    `among` restricts them to those of the given slugs that exist.
    """
    table, since = TABLES[kind]
    conditions = "slug > %(after)s"
    conditions += " AND typename = %(typename)s" if table in TYPED else ""
    conditions += "" if among is None else " AND slug = ANY(%(among)s)"
    query = f"SELECT slug, {since}::text FROM {table} WHERE {conditions} ORDER BY slug LIMIT {BATCH}".encode()
    after, given = "", {"typename": kind.capitalize(), "among": [*(among or ())]}
    while rows := connection.execute(query, {"after": after, **given}).fetchall():
        yield [(slug, day) for slug, day in rows]
        after = rows[-1][0]


def run_statement(connection: psycopg.Connection, statement: str, values: Sequence[object]) -> str:
    """Return the result of a statement of the planner, with values for $1, $2 ..., in the connection's transaction."""
    with psycopg.RawCursor(connection) as cursor:
        row = cursor.execute(statement.encode(), values).fetchone()
    return str(row[0]) if row else ""


def kinds_of(connection: psycopg.Connection, table: str, kinds: Collection[EntryKind]) -> dict[str, EntryKind]:
    """Return the entries of these kinds in a table (`actor` or `fact`), by slug."""
    query = f"SELECT slug, typename FROM {table} WHERE typename = ANY(%(typenames)s)".encode()
    found = connection.execute(query, {"typenames": [kind.capitalize() for kind in kinds]})
    return {slug: EntryKind[typename.upper()] for slug, typename in found}


def stored_files(connection: psycopg.Connection, revision: int) -> dict[str, StoredFile]:
    """Return the files of a revision, by name."""
    query = "SELECT name, sha256, bytes, rows FROM download WHERE revision = %(revision)s"
    return {name: StoredFile(*told) for name, *told in connection.execute(query, {"revision": revision})}


def read_parts(connection: psycopg.Connection, sha256: str) -> Iterator[bytes]:
    """Yield the content of a stored file, part by part."""
    for position in count():
        # in binary format: text would take twice as many bytes
        found = connection.execute(READ_PART, (sha256, position), binary=True).fetchone()
        if found is None:
            return
        yield unpack(found[0])


def store_files(connection: psycopg.Connection, files: Sequence[File], revision: int) -> None:
    """Put the files of a revision into the store; content that another revision shares is stored once.

    This changes the state of the record, because the record lists the files.
    """
    connection.execute("UPDATE dataset SET revision = revision")
    for file in files:
        row = {each: getattr(file, each) for each in ("name", "format", "rows", "bytes", "sha256")}
        kind = file.kind.value if file.kind else None
        connection.execute(INSERT_FILE, {**row, "kind": kind, "revision": revision})
        if not scalar(connection, HAS_CONTENT, {"sha256": file.sha256}):
            for position, content in enumerate(_parts(file.path)):
                part = {"sha256": file.sha256, "position": position, "content": pack(content)}
                connection.execute(INSERT_PART, part)


def remove_old_contents(connection: psycopg.Connection, *, kept: int) -> None:
    """Remove content that only revisions before the last `kept` use; the record of those files remains."""
    connection.execute(REMOVE_CONTENTS, {"kept": kept})


def _parts(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while content := file.read(PART_BYTES):
            yield content
