"""Writes the whole register into files: each kind of entry as the schema answers it, and flat tables of it all."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson
from sqlalchemy import Connection

from schema import schema
from schema.files import document
from schema.tables import KNOWN_SINCE, table_name, tables
from service.downloads.package import bundle, describe
from service.downloads.rows import Entry, Rows
from service.downloads.writing import FileWriter, TableWriter, write_file
from service.language.limits import Limits
from service.planner import ids
from service.planner.planner import Planner
from service.store import downloads
from service.store.downloads import File
from service.store.enums import EntryKind
from service.store.loading.load import revision

ANY = Limits(work=10_000_000, bytes=10**12)
"""A file may ask for more than a request."""


def write(connection: Connection, folder: Path) -> list[File]:
    """Write all files into a folder, which must be there; what had their names is replaced."""
    with TemporaryDirectory(prefix=".unfinished-", dir=folder) as name:
        files = _write_entries(connection, Path(name))
        files += _write_package(connection, files, Path(name))
        return [file.move_to(folder) for file in files]


def publish(connection: Connection, *, kept: int) -> list[File]:
    """Put the files into the store, for the service to offer, in the transaction of a load.

    Where they differ from those that the present revision has, the register takes a new one: what has been
    fetched under a revision stays what it was. `kept`: of how many revisions the files stay.
    """
    with TemporaryDirectory() as name:
        entries = _write_entries(connection, Path(name))
        files = [*entries, *_write_package(connection, entries, Path(name))]
        stored = downloads.digests_of(connection, revision(connection, raised=False))
        if stored != {file.name: file.sha256 for file in files}:
            if stored:
                revision(connection, raised=True)
                files = [*entries, *_write_package(connection, entries, Path(name))]
            downloads.store_files(connection, files, revision(connection, raised=False))
    downloads.remove_old_contents(connection, kept=kept)
    return files


def _write_entries(connection: Connection, folder: Path) -> list[File]:
    """The lines of each kind and all tables, written side by side: no more than some entries are held at a time."""
    writers = {name: TableWriter(table, folder) for name, table in tables().items()}
    rows, lines = Rows(), []
    for kind in EntryKind:
        with FileWriter(folder / f"{table_name(kind)}.jsonl") as writer:
            for batch in _ahead(_entries(connection, kind)):
                writer.write(b"".join(orjson.dumps(entry, option=orjson.OPT_APPEND_NEWLINE) for entry in batch))
                writer.rows += len(batch)
                for name, made in rows.of(kind, batch).items():
                    writers[name].write_rows(made)
        lines.append(writer.file("application/x-ndjson", kind))
    kinds = {table_name(kind): kind for kind in EntryKind}
    return [*lines, *(writer.close("text/csv", kinds.get(name)) for name, writer in writers.items())]


def _entries(connection: Connection, kind: EntryKind) -> Iterator[list[Entry]]:
    """All entries of a kind as the schema answers, in the order of their slugs, some at a time."""
    planner, asked = Planner(schema, ANY), document(kind)
    for batch in downloads.slug_batches(connection, kind):
        node_ids = [ids.encode(kind.capitalize(), slug) for slug, _ in batch]
        prepared = planner.prepare(asked, variables={"ids": node_ids})
        nodes = orjson.loads(downloads.run_statement(connection, str(prepared.sql), prepared.values))["nodes"]
        yield [
            {"slug": node.pop("slug"), "label": node.pop("label"), KNOWN_SINCE: day, **node}
            for (_, day), node in zip(batch, nodes, strict=True)
        ]


def _ahead(batches: Iterator[list[Entry]]) -> Iterator[list[Entry]]:
    """The batches, of which the next is fetched while one is dealt with."""
    with ThreadPoolExecutor(max_workers=1) as beside:
        coming: Future[list[Entry]] = beside.submit(next, batches, [])
        while batch := coming.result():
            coming = beside.submit(next, batches, [])
            yield batch


def _write_package(connection: Connection, files: list[File], folder: Path) -> list[File]:
    """What says what the tables hold, and the tables with it in one file."""
    about = [write_file(folder / name, content, media) for name, content, media in describe(connection, files)]
    return [*about, bundle(folder, [file for file in files if file.format == "text/csv"] + about)]
