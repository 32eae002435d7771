"""Files as they are written, with their descriptions."""

import csv
import io
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from schema.tables import Table
from service.store.downloads import File
from service.store.enums import EntryKind


class FileWriter:
    """File being written, with its length and digest; `rows` is counted by the code that writes them."""

    def __init__(self, path: Path) -> None:
        self.path, self.rows, self.bytes = path, 0, 0
        self._file, self._digest = path.open("wb"), sha256()

    def __enter__(self) -> "FileWriter":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, content: bytes) -> None:
        """Append to the file."""
        self._file.write(content)
        self._digest.update(content)
        self.bytes += len(content)

    def file(self, media_type: str, kind: EntryKind | None) -> File:
        """Return what was written, after the file is closed."""
        return File(self.path, media_type, self.bytes, self._digest.hexdigest(), kind, self.rows)


class TableWriter:
    """Table as CSV (RFC 4180), in UTF-8: an empty cell is null."""

    def __init__(self, table: Table, folder: Path) -> None:
        self._writer = FileWriter(folder / f"{table.name}.csv")
        self.write_rows([table.header])
        self._writer.rows = 0

    def write_rows(self, rows: Iterable[Iterable[Any]]) -> None:
        """Append rows."""
        made = list(rows)
        self._writer.write(to_csv(made))
        self._writer.rows += len(made)

    def close(self, media_type: str, kind: EntryKind | None) -> File:
        """Close the file and return it."""
        with self._writer:
            pass
        return self._writer.file(media_type, kind)


def to_csv(rows: Iterable[Iterable[Any]]) -> bytes:
    """Return rows as lines of CSV."""
    lines = io.StringIO()
    csv.writer(lines, lineterminator="\r\n").writerows(rows)
    return lines.getvalue().encode()


def write_file(path: Path, content: bytes, media_type: str) -> File:
    """Write a file that is not a table."""
    path.write_bytes(content)
    return File(path, media_type, len(content), sha256(content).hexdigest())
