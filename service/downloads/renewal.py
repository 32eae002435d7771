"""Renew stored files of entries: only what a load has changed is queried and rewritten."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from schema.tables import MEETINGS, Table, table_name, tables
from service.downloads.entries import LINES_MEDIA, TABLE_MEDIA, entries_of, to_line
from service.downloads.rows import PAIRED, Rows, tables_of
from service.downloads.splicing import LINES, Layout, Place, Splice, place_in, table_layout
from service.downloads.writing import FileWriter, to_csv
from service.store import downloads
from service.store.connection import Connection
from service.store.downloads import File, StoredFile
from service.store.enums import EntryKind

NewRows = dict[Place, list[bytes]]


def is_complete(stored: Iterable[str]) -> bool:
    """Return whether each of the files exists, by their names."""
    return {*map(_lines_name, EntryKind), *map(_table_name, tables().values())} <= {*stored}


def renew_entries(
    connection: Connection, folder: Path, stored: Mapping[str, StoredFile], touched: Mapping[str, Iterable[str]]
) -> list[File]:
    """Return the files of entries with changed ones rewritten; they equal what writing everything would produce.

    `touched`: the slugs by table.
    """
    new = _new_rows(connection, touched)
    meetings = downloads.kinds_of(connection, "fact", MEETINGS)
    files = []
    for kind in EntryKind:
        name = _lines_name(kind)
        files.append(_renew(connection, folder / name, stored[name], LINES, new[name], LINES_MEDIA, kind))
    kinds = {table_name(kind): kind for kind in EntryKind}
    for table in tables().values():
        name, layout = _table_name(table), table_layout(table, meetings)
        file = _renew(connection, folder / name, stored[name], layout, new[name], TABLE_MEDIA, kinds.get(table.name))
        files.append(file)
    return files


def _new_rows(connection: Connection, touched: Mapping[str, Iterable[str]]) -> dict[str, NewRows]:
    """Return the rows of what has changed, by file."""
    new: dict[str, NewRows] = {
        name: {} for name in (*map(_lines_name, EntryKind), *map(_table_name, tables().values()))
    }
    rows = Rows(downloads.kinds_of(connection, "actor", PAIRED))
    for kind in EntryKind:
        slugs = [*touched[downloads.TABLES[kind][0]]]
        lines, of_tables = new[_lines_name(kind)], {table.name: table for table in tables_of(kind)}
        for slug in slugs:
            lines[Place(0, slug.encode())] = []
            for table in of_tables.values():
                new[_table_name(table)].setdefault(place_in(table, kind, slug), [])
        for batch in entries_of(connection, kind, slugs) if slugs else ():
            for entry in batch:
                lines[Place(0, entry["slug"].encode())] = [to_line(entry)]
                for name, made in rows.of(kind, [entry]).items():
                    place = place_in(of_tables[name], kind, entry["slug"])
                    new[f"{name}.csv"][place] = [to_csv([row]) for row in made]
    return new


def _renew(
    connection: Connection,
    path: Path,
    stored: StoredFile,
    layout: Layout,
    new: NewRows,
    media_type: str,
    kind: EntryKind | None,
) -> File:
    splice = Splice(layout, new)
    with FileWriter(path) as writer:
        for part in splice.of(downloads.read_parts(connection, stored.sha256)):
            writer.write(part)
    writer.rows = (stored.rows or 0) + splice.added
    return writer.file(media_type, kind)


def _lines_name(kind: EntryKind) -> str:
    return f"{table_name(kind)}.jsonl"


def _table_name(table: Table) -> str:
    return f"{table.name}.csv"
