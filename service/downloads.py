"""Writes the whole register into files, one for each kind and format, as the schema itself answers."""

import csv
import io
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

import orjson
from graphql import GraphQLList, OperationDefinitionNode, SelectionSetNode, get_named_type, get_nullable_type, parse
from sqlalchemy import Connection

from schema import schema
from schema.downloads import ENDINGS
from schema.files import document
from service.language.limits import Limits
from service.planner import ids
from service.planner.planner import Planner
from service.store import downloads
from service.store.downloads import File
from service.store.enums import EntryKind
from service.store.loading.load import revision

Column = tuple[str, ...]
"""The names down to a value."""
Entry = dict[str, Any]

KNOWN_SINCE = "knownSince"
ANY = Limits(work=10_000_000, bytes=10**12)
"""A file may ask for more than a request."""


def write(connection: Connection, folder: Path) -> list[File]:
    """Write all files into a folder, which must be there; what had their names is replaced."""
    with TemporaryDirectory(prefix=".unfinished-", dir=folder) as name:
        unfinished = [file for kind in EntryKind for file in _write_kind(connection, kind, Path(name))]
        return [_move(file, folder) for file in unfinished]


def publish(connection: Connection, *, kept: int) -> list[File]:
    """Put the files into the store, for the service to offer, in the transaction of a load.

    Where they differ from those that the present revision has, the register takes a new one: what has been
    fetched under a revision stays what it was. `kept`: of how many revisions the files stay.
    """
    with TemporaryDirectory() as name:
        files = write(connection, Path(name))
        stored = downloads.digests_of(connection, revision(connection, raised=False))
        if stored != {(file.kind.value, file.format): file.sha256 for file in files}:
            downloads.store_files(connection, files, revision(connection, raised=bool(stored)))
    downloads.remove_old_contents(connection, kept=kept)
    return files


def _move(file: File, folder: Path) -> File:
    return File(file.kind, file.format, file.path.replace(folder / file.path.name), file.bytes, file.sha256)


def _write_kind(connection: Connection, kind: EntryKind, folder: Path) -> list[File]:
    """The files of a kind, written side by side: no more than some entries are held at a time."""
    columns = _columns(kind)
    paths = {media: folder / f"{kind.lower()}.{ending}" for media, ending in ENDINGS.items()}
    lines, rows = (DigestingFile(path.open("wb")) for path in paths.values())
    with lines, rows:
        rows.write(_row([".".join(column) for column in columns]))
        for entry in _entries(connection, kind):
            lines.write(orjson.dumps(entry) + b"\n")
            rows.write(_row([_cell(entry, column) for column in columns]))
    outputs = zip(paths.items(), (lines, rows), strict=True)
    return [File(kind, media, path, file.bytes, file.sha256) for (media, path), file in outputs]


class DigestingFile:
    """A file that is written, with its length and digest."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._digest, self.bytes = file, sha256(), 0

    def __enter__(self) -> "DigestingFile":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, content: bytes) -> None:
        """Append to the file."""
        self._file.write(content)
        self._digest.update(content)
        self.bytes += len(content)

    @property
    def sha256(self) -> str:
        """The digest of what has been written, in hexadecimal."""
        return self._digest.hexdigest()


def _entries(connection: Connection, kind: EntryKind) -> Iterator[Entry]:
    """All entries of a kind as the schema answers, in the order of their slugs."""
    planner = Planner(schema, ANY)
    for batch in downloads.slug_batches(connection, kind):
        node_ids = [ids.encode(kind.capitalize(), slug) for slug, _ in batch]
        prepared = planner.prepare(document(kind), variables={"ids": node_ids})
        nodes = orjson.loads(downloads.run_statement(connection, str(prepared.sql), prepared.values))["nodes"]
        for (_, day), node in zip(batch, nodes, strict=True):
            yield {"slug": node.pop("slug"), "label": node.pop("label"), KNOWN_SINCE: day, **node}


def _columns(kind: EntryKind) -> list[Column]:
    """The columns of a kind's table: every value that is not in a list, by the names down to it; and every list."""
    operation: Any = parse(document(kind)).definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    fragment: Any = operation.selection_set.selections[0].selection_set.selections[0]  # type: ignore[attr-defined]
    slug, label, *others = _leaves(schema._schema.type_map[kind.capitalize()], fragment.selection_set)
    return [slug, label, (KNOWN_SINCE,), *others]


def _leaves(type_: Any, selected: SelectionSetNode) -> Iterator[Column]:
    for node in selected.selections:
        field: Any = type_.fields[node.name.value]  # type: ignore[attr-defined]
        inner: SelectionSetNode | None = node.selection_set  # type: ignore[attr-defined]
        name: str = node.name.value  # type: ignore[attr-defined]
        if inner is None or isinstance(get_nullable_type(field.type), GraphQLList):
            yield (name,)
        else:
            yield from ((name, *leaf) for leaf in _leaves(get_named_type(field.type), inner))


def _cell(entry: Entry, column: Column) -> str:
    """The value of a column as text: nothing for null, JSON for a list, a number or a boolean."""
    value: Any = entry
    for name in column:
        value = None if value is None else value[name]
    if value is None:
        return ""
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def _row(cells: list[str]) -> bytes:
    """A row of CSV (RFC 4180), in UTF-8."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue().encode()
