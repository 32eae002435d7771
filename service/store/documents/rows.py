"""Documents that are rows of a data file: `histstate/visits/1980.xml#400` is row 400 of that file.

A row's text has one paragraph for each field, `name: value`, in the order and with the names of the source; white
space within a value becomes one blank, and empty fields are left out. Importers use this module to read the same rows.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from service.errors import ServiceError
from service.store.documents.formats import archigos, histstate, world_leaders

READERS: Mapping[str, Callable[[bytes], Iterator[tuple[str, list[tuple[str, str]]]]]] = {
    "archigos": archigos.read_spells,
    "histstate": histstate.read_rows,
    "world-leaders": world_leaders.read_positions,
}
"""Reader by the first folder of a data file's path; it yields the key of each row with its fields."""


class DataFileInvalid(ServiceError):
    """A data file is not what its reader expects."""

    code = "DATA_FILE_INVALID"


@dataclass(frozen=True)
class DataRow:
    """One row; `document` is its path within the corpus, `fields` are names and values as in the text."""

    document: str
    fields: Mapping[str, str]

    @cached_property
    def text(self) -> str:
        """Text of the row as a document."""
        return "\n".join(f"{name}: {value}" for name, value in self.fields.items()) + "\n"

    def paragraph(self, field: str) -> int:
        """Return the number of a field's paragraph; raise ValueError if the row has no such field."""
        return [*self.fields].index(field) + 1


def is_row(path: str) -> bool:
    """Return whether a document's path refers to a row of a file."""
    return "#" in path


def read_rows(folder: Path, path: str) -> dict[str, DataRow]:
    """Return the rows of a data file by key, in file order; raise OSError, DataFileInvalid."""
    read = READERS.get(PurePosixPath(path).parts[0])
    if read is None:
        raise DataFileInvalid(f"{path}: there is no reader for this file; folders with a reader: {', '.join(READERS)}")
    rows: dict[str, DataRow] = {}
    try:
        for key, fields in read((folder / path).read_bytes()):
            if key in rows:
                raise ValueError(f"two rows have the key {key}")
            rows[key] = DataRow(f"{path}#{key}", _fold(fields))
    except (ValueError, LookupError, SyntaxError) as error:
        raise DataFileInvalid(f"{path} cannot be read: {error}") from None
    return rows


def _fold(fields: list[tuple[str, str]]) -> dict[str, str]:
    folded = ((name, " ".join(value.split())) for name, value in fields)
    return {name: value for name, value in folded if value}
