"""Rows of the two lists by their fields, without knowing what the fields mean."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from service.errors import ServiceError
from service.importers.histstate.readings import RowSet
from service.store.documents import rows as data_rows
from service.store.documents.rows import DataRow

FOLDERS = {RowSet.TRIP: "president-travels", RowSet.VISIT: "visits"}
_PROSE = {RowSet.TRIP: "remarks", RowSet.VISIT: "description"}
_STATE = {RowSet.TRIP: "country", RowSet.VISIT: "from"}
_BETWEEN_PLACES = re.compile(r", (?![A-Z]\.|(?:Sussex|West Indies|Quebec)$)")
_NAME = "histstate"
"""Name of the data set in the data folder."""


class RowInvalid(ServiceError):
    """A row of the data set is not in the expected form."""

    code = "DATASET_ROW_INVALID"


@dataclass(frozen=True, slots=True)
class Row:
    """A trip or a visit; `last_modified` is the day of its creation if no change is stamped."""

    set: RowSet
    data: DataRow
    start: date
    end: date
    last_modified: date

    @property
    def id(self) -> str:
        """Number of the row, unique within its set."""
        return self["id"]

    @property
    def key(self) -> str:
        """Key of the row: `trip-2912` or `visit-2394`."""
        return f"{self.set}-{self.id}"

    @property
    def remarks(self) -> str:
        """Prose of the row; may be empty."""
        return self[self.prose_field]

    @property
    def country(self) -> str:
        """State travelled to, or the visitor's own, in the row's words."""
        return self[_STATE[self.set]]

    @property
    def localities(self) -> tuple[str, ...]:
        """Places of a trip; "D.F.", a county or a province belongs to the name before it."""
        return tuple(_BETWEEN_PLACES.split(self["locale"])) if self["locale"] else ()

    @property
    def prose_field(self) -> str:
        """The source's name for the field of the remarks."""
        return _PROSE[self.set]

    @property
    def prose_paragraph(self) -> int:
        """Number of the paragraph of the remarks; raises ValueError if the row has none."""
        return self.data.paragraph(self.prose_field)

    def __getitem__(self, name: str) -> str:
        return self.data.fields.get(name, "")


def read_rows(folder: Path) -> Iterator[Row]:
    """Yield all rows of the data set in `folder`, trips first, by file and in file order.

    Raises OSError, DataFileInvalid and RowInvalid.
    """
    for row_set, name in FOLDERS.items():
        for path in sorted((folder / name).glob("*.xml")):
            for row in data_rows.read_rows(folder.parent, f"{_NAME}/{name}/{path.name}").values():
                yield _to_row(row_set, row)


def _to_row(row_set: RowSet, row: DataRow) -> Row:
    stamp = row.fields.get("last-modified-datetime") or row.fields.get("created-datetime", "")
    try:
        return Row(
            set=row_set,
            data=row,
            start=date.fromisoformat(row.fields.get("start-date", "")),
            end=date.fromisoformat(row.fields.get("end-date", "")),
            last_modified=date.fromisoformat(stamp[:10]),
        )
    except ValueError as error:
        raise RowInvalid(f"{row.document}: {error}") from error
