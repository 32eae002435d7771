"""The positions that the snapshot of today's leaders has, one a row: an office of a state or body, and who holds it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from service.store.documents.rows import DataRow, read_rows

NAME = "world-leaders"
HOLDER = "current_holder"


@dataclass(frozen=True)
class Position:
    """One row; `key` is `cambodia-head-of-government`. It is the head of state's or the head of government's."""

    key: str
    row: DataRow

    @property
    def slug(self) -> str:
        """What its source is called."""
        return f"{NAME}-{self.key}"

    @property
    def code(self) -> str:
        """The code of the state; of other bodies one that is not of ISO 3166-1."""
        return self.row.fields["country.iso_code"]

    @property
    def title(self) -> str:
        """The office in English."""
        return self.row.fields["title_en"]

    @property
    def local_title(self) -> str | None:
        """The office as it is called there."""
        return self.row.fields.get("title_local")

    @property
    def snapshot_on(self) -> date:
        """The day on which all this is so."""
        return date.fromisoformat(self.row.fields["snapshot_date"])

    @property
    def is_of_both(self) -> bool:
        """Whether the head of state and of government are said to be one."""
        return "is_same_as_head_of_state" in self.row.fields

    @property
    def holder(self) -> str | None:
        """The name of the holder in English; None where the row has no holder."""
        return self.row.fields.get(f"{HOLDER}.name_en")

    @property
    def local_name(self) -> str | None:
        """The name of the holder as it is written there."""
        return self.row.fields.get(f"{HOLDER}.name_local")

    @property
    def wikidata(self) -> str:
        """The holder's number in Wikidata, by which the rows of one person are known."""
        return self.row.fields[f"{HOLDER}.wikidata_id"]

    @property
    def since(self) -> date | None:
        """The first day of the holder in it."""
        day = self.row.fields.get(f"{HOLDER}.since")
        return date.fromisoformat(day) if day else None

    @property
    def page_language(self) -> str | None:
        """The language of the linked page about the holder that is not English."""
        page = self.row.fields.get(f"{HOLDER}.wikipedia_local")
        return str(urlsplit(page).hostname).partition(".")[0] if page else None

    def cite(self, *fields: str) -> str:
        """The citation of a field, with the others as its context."""
        first, *others = (f"p{self.row.paragraph(field)}" for field in fields)
        return " ".join((self.slug, first, *(f"+{other}" for other in others)))


def read_positions(data: Path) -> Iterator[Position]:
    """The positions of the latest snapshot; raises OSError, DataFileInvalid."""
    latest = max(path.name for path in (data / NAME).glob("*.json"))
    for key, row in read_rows(data, f"{NAME}/{latest}").items():
        yield Position(key, row)
