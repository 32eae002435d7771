"""The rows of the two lists as they stand in their XML files; reads fields, not what they mean."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from service.errors import ServiceError
from service.importers.histstate.readings import RowSet

FOLDERS = {RowSet.TRIP: "president-travels", RowSet.VISIT: "visits"}
_FIELDS = {
    RowSet.TRIP: ("id", "role", "name", "start-date", "end-date", "country", "locale", "remarks"),
    RowSet.VISIT: ("id", "start-date", "end-date", "visitor", "from", "description"),
}
_PROSE = {RowSet.TRIP: "remarks", RowSet.VISIT: "description"}
_STATE = {RowSet.TRIP: "country", RowSet.VISIT: "from"}


class RowInvalid(ServiceError):
    """A file or a row of the data set is not what it must be."""

    code = "DATASET_ROW_INVALID"


@dataclass(frozen=True, slots=True)
class Row:
    """A trip or a visit: its fields by the source's names, in its order, white space folded, empty ones left out.

    `file` is relative to the folder of the data set (`president-travels/reagan-ronald.xml`); `country_id` and `who` are
    the source's own ids ("" where it has none). `last_modified`: the day of its creation where no change is stamped.
    """

    set: RowSet
    file: str
    fields: tuple[tuple[str, str], ...]
    country_id: str
    who: str
    start: date
    end: date
    last_modified: date

    @property
    def id(self) -> str:
        """The row's number, unique within its set."""
        return self["id"]

    @property
    def key(self) -> str:
        """`trip-2912` or `visit-2394`."""
        return f"{self.set}-{self.id}"

    @property
    def remarks(self) -> str:
        """What the row says in prose; may be empty."""
        return self[self.prose_field]

    @property
    def country(self) -> str:
        """The state travelled to, or the visitor's own, in the row's words."""
        return self[_STATE[self.set]]

    def __getitem__(self, name: str) -> str:
        return dict(self.fields).get(name, "")

    def paragraph(self, name: str) -> int:
        """The number of a field's paragraph in the row's text; raises ValueError where the row has no such field."""
        return [field for field, _ in self.fields].index(name) + 1

    @property
    def prose_field(self) -> str:
        """What the source calls the field of the remarks."""
        return _PROSE[self.set]


def read_rows(folder: Path) -> Iterator[Row]:
    """All rows of the data set in `folder`, trips first, by file and in the file's order; raises RowInvalid."""
    for row_set, name in FOLDERS.items():
        for path in sorted((folder / name).glob("*.xml")):
            yield from _read_file(row_set, path)


def _read_file(row_set: RowSet, path: Path) -> Iterator[Row]:
    try:
        root = ElementTree.parse(path).getroot()
    except ElementTree.ParseError as error:
        raise RowInvalid(f"{path.name} is not well-formed XML: {error}") from error
    for element in root.iter(row_set.value):
        yield _to_row(row_set, f"{FOLDERS[row_set]}/{path.name}", element)


def _to_row(row_set: RowSet, file: str, element: ElementTree.Element) -> Row:
    texts = ((name, _text(element, name)) for name in _FIELDS[row_set])
    try:
        country = element.find(_STATE[row_set])
        return Row(
            set=row_set,
            file=file,
            fields=tuple((name, text) for name, text in texts if text),
            country_id="" if country is None else country.get("id", ""),
            who=element.get("who", ""),
            start=date.fromisoformat(_text(element, "start-date")),
            end=date.fromisoformat(_text(element, "end-date")),
            last_modified=_last_modified(element),
        )
    except ValueError as error:
        raise RowInvalid(f"{file}, row {_text(element, 'id') or '?'}: {error}") from error


def _last_modified(element: ElementTree.Element) -> date:
    stamp = _text(element, "last-modified-datetime") or _text(element, "created-datetime")
    return date.fromisoformat(stamp[:10])


def _text(element: ElementTree.Element, name: str) -> str:
    child = element.find(name)
    return "" if child is None else " ".join("".join(child.itertext()).split())
