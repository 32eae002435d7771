"""Positions in the snapshot of today's leaders, one per row: an office of a state or body, and its holder."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from service.importers.texts import address_of
from service.store.documents.rows import DataRow, read_rows

NAME = "world-leaders"
HOLDER = "current_holder"


@dataclass(frozen=True)
class Position:
    """One row; `key` is `cambodia-head-of-government`. It is that of a head of state or of government."""

    key: str
    row: DataRow

    @property
    def slug(self) -> str:
        """Slug of its source."""
        return f"{NAME}-{self.key}"

    @property
    def code(self) -> str:
        """Code of the state; for other bodies, a code that is not in ISO 3166-1."""
        return self.row.fields["country.iso_code"]

    @property
    def title(self) -> str:
        """Office in English."""
        return self.row.fields["title_en"]

    @property
    def local_title(self) -> str | None:
        """Office as it is called locally."""
        return self.row.fields.get("title_local")

    @property
    def snapshot_on(self) -> date:
        """Day on which all this is the case."""
        return date.fromisoformat(self.row.fields["snapshot_date"])

    @property
    def is_of_both(self) -> bool:
        """Whether head of state and head of government are said to be one."""
        return "is_same_as_head_of_state" in self.row.fields

    @property
    def holder(self) -> str | None:
        """Name of the holder in English; None if the row has no holder."""
        return self.row.fields.get(f"{HOLDER}.name_en")

    @property
    def local_name(self) -> str | None:
        """Name of the holder as written locally."""
        return self.row.fields.get(f"{HOLDER}.name_local")

    @property
    def wikidata(self) -> str:
        """Wikidata number of the holder, which identifies the rows of one person."""
        return self.row.fields[f"{HOLDER}.wikidata_id"]

    @property
    def since(self) -> date | None:
        """First day of the holder in office."""
        day = self.row.fields.get(f"{HOLDER}.since")
        return date.fromisoformat(day) if day else None

    @property
    def page_language(self) -> str | None:
        """Language of the linked non-English page about the holder."""
        page = self.row.fields.get(f"{HOLDER}.wikipedia_local")
        return str(urlsplit(page).hostname).partition(".")[0] if page else None

    def cite(self, *fields: str) -> str:
        """Return the citation of a field, with the other fields as its context."""
        first, *others = (str(address_of(self.row, field)) for field in fields)
        return " ".join((self.slug, first, *(f"+{other}" for other in others)))


def read_positions(data: Path) -> Iterator[Position]:
    """Yield the positions of the latest snapshot; raise OSError, DataFileInvalid."""
    latest = max(path.name for path in (data / NAME).glob("*.json"))
    for key, row in read_rows(data, f"{NAME}/{latest}").items():
        yield Position(key, row)
