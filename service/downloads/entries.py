"""Entries as the schema returns them, as JSON Lines and as rows of the tables."""

from collections.abc import Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import orjson

from schema import schema
from schema.files import document
from schema.tables import KNOWN_SINCE, table_name, tables
from service.downloads.rows import PAIRED, Entry, Rows
from service.downloads.writing import FileWriter, TableWriter
from service.language.limits import Limits
from service.planner import ids
from service.planner.planner import Planner
from service.store import downloads
from service.store.connection import Connection
from service.store.downloads import File
from service.store.enums import EntryKind

ANY = Limits(work=10_000_000, bytes=10**12)
"""A file may query more than a request."""
LINES_MEDIA, TABLE_MEDIA = "application/x-ndjson", "text/csv"


def write_entries(connection: Connection, folder: Path) -> list[File]:
    """Write the lines of each kind and all tables in parallel, holding only some entries in memory at a time."""
    writers = {name: TableWriter(table, folder) for name, table in tables().items()}
    rows, lines = Rows(downloads.kinds_of(connection, "actor", PAIRED)), []
    for kind in EntryKind:
        with FileWriter(folder / f"{table_name(kind)}.jsonl") as writer:
            for batch in _ahead(entries_of(connection, kind)):
                writer.write(b"".join(map(to_line, batch)))
                writer.rows += len(batch)
                for name, made in rows.of(kind, batch).items():
                    writers[name].write_rows(made)
        lines.append(writer.file(LINES_MEDIA, kind))
    kinds = {table_name(kind): kind for kind in EntryKind}
    return [*lines, *(writer.close(TABLE_MEDIA, kinds.get(name)) for name, writer in writers.items())]


def to_line(entry: Entry) -> bytes:
    """Return an entry as a line of JSON Lines."""
    return orjson.dumps(entry, option=orjson.OPT_APPEND_NEWLINE)


def entries_of(connection: Connection, kind: EntryKind, among: Collection[str] | None = None) -> Iterator[list[Entry]]:
    """Yield all entries of a kind (`among`: those with these slugs) as the schema returns them, in order, in
    batches.
    """
    planner, asked = Planner(schema, ANY), document(kind)
    for batch in downloads.slug_batches(connection, kind, among):
        node_ids = [ids.encode(kind.capitalize(), slug) for slug, _ in batch]
        prepared = planner.prepare(asked, variables={"ids": node_ids})
        nodes = orjson.loads(downloads.run_statement(connection, str(prepared.sql), prepared.values))["nodes"]
        yield [
            {"slug": node.pop("slug"), "label": node.pop("label"), KNOWN_SINCE: day, **node}
            for (_, day), node in zip(batch, nodes, strict=True)
        ]


def _ahead(batches: Iterator[list[Entry]]) -> Iterator[list[Entry]]:
    """Yield the batches, fetching the next one while one is being processed."""
    with ThreadPoolExecutor(max_workers=1) as beside:
        coming: Future[list[Entry]] = beside.submit(next, batches, [])
        while batch := coming.result():
            coming = beside.submit(next, batches, [])
            yield batch
