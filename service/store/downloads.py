"""The files of the whole register as they are kept in the store; what stands in them is not made here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import Connection, text

from service.store.enums import EntryKind, FactKind, require_each

BATCH = 100
PART_BYTES = 1 << 20
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
"""The table of a kind and the column since when its entries are known."""
require_each(TABLES, "TABLES of service/store/downloads.py", EntryKind)
TYPED = ("actor", "fact")


@dataclass(frozen=True)
class File:
    """A file of one kind in one format, that lies on disk."""

    kind: EntryKind
    format: str
    path: Path
    bytes: int
    sha256: str


def slug_batches(connection: Connection, kind: EntryKind) -> Iterator[list[tuple[str, str]]]:
    """The slugs of a kind, in their order and some at a time, each with the day since when it is known."""
    table, since = TABLES[kind]
    among = " AND typename = :typename" if table in TYPED else ""
    query = text(f"SELECT slug, {since}::text FROM {table} WHERE slug > :after{among} ORDER BY slug LIMIT {BATCH}")
    after = ""
    while rows := connection.execute(query, {"after": after, "typename": kind.capitalize()}).all():
        yield [(slug, day) for slug, day in rows]
        after = rows[-1].slug


def run_statement(connection: Connection, statement: str, values: Sequence[object]) -> str:
    """What a statement of the planner gives, with $1, $2 ... filled in, within the connection's transaction."""
    with psycopg.RawCursor(connection.connection.driver_connection) as cursor:  # type: ignore[arg-type]
        row = cursor.execute(statement, values).fetchone()
    return str(row[0]) if row else ""


def stored_files(connection: Connection) -> dict[tuple[str, str], tuple[int, str]]:
    """The revision and the digest of each file in the store, by kind and format."""
    rows = connection.execute(text("SELECT kind, format, revision, sha256 FROM download"))
    return {(kind, format_): (revision, digest) for kind, format_, revision, digest in rows}


def store_files(connection: Connection, files: Sequence[File], revision: int) -> None:
    """Puts files into the store, in place of all that were there."""
    connection.execute(text("DELETE FROM download"))
    for file in files:
        row = {"kind": file.kind.value, "format": file.format}
        file_row = {**row, "revision": revision, "bytes": file.bytes, "sha256": file.sha256}
        connection.execute(text("INSERT INTO download VALUES (:kind, :format, :revision, :bytes, :sha256)"), file_row)
        for position, content in enumerate(_parts(file.path)):
            part = {**row, "position": position, "content": content}
            connection.execute(text("INSERT INTO download_part VALUES (:kind, :format, :position, :content)"), part)


def set_revision(connection: Connection, revision: int) -> None:
    """Lets the files in the store be those of a later revision, which changed nothing in them."""
    statement = text("UPDATE download SET revision = :revision WHERE revision <> :revision")
    connection.execute(statement, {"revision": revision})


def _parts(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while content := file.read(PART_BYTES):
            yield content
