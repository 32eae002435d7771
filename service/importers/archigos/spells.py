"""Spells in office in Archigos, one per row; its codebook defines what its words mean."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from service.importers.texts import address_of
from service.store.documents.rows import DataRow, read_rows

FILE = "archigos/arch_annual.txt"
PAGES = "http://dbpedia.org/resource/"
NO_PERSON = ("List_of_", "Premiership_of_", "Presidency_of_")
"""Prefixes of page titles that do not belong to a person."""
STILL_IN_OFFICE = "Still in Office"


@dataclass(frozen=True)
class Spell:
    """Uninterrupted time of a person in power in one state; `key` is its name in the data set (`USA-1869`)."""

    key: str
    row: DataRow

    @property
    def slug(self) -> str:
        """Slug of its source and of its office."""
        return f"archigos-{self.key.lower()}"

    @property
    def leader(self) -> str:
        """Number of the leader, which does not always identify one person."""
        return self.row.fields["leadid"]

    @property
    def code(self) -> str:
        """Code of the state."""
        return self.row.fields["idacr"]

    @property
    def printed_name(self) -> str:
        """Name of the leader as printed in the data set, often no more than a surname."""
        return self.row.fields["leader"]

    @property
    def first_on(self) -> date:
        """First day in power."""
        return date.fromisoformat(self.row.fields["startdate"])

    @property
    def last_on(self) -> date:
        """Last day in power; for a leader still in office, the last day known to the data set."""
        return date.fromisoformat(self.row.fields["enddate"])

    @property
    def is_ongoing(self) -> bool:
        """Whether the spell continues when the data end."""
        return self.row.fields["exit"] == STILL_IN_OFFICE

    @property
    def birth_year(self) -> int | None:
        """Year of birth, if given."""
        return self._year("yrborn")

    @property
    def death_year(self) -> int | None:
        """Year of death, if given."""
        return self._year("yrdied")

    def _year(self, field: str) -> int | None:
        year = self.row.fields.get(field, "")
        return int(year) if year.isdigit() else None

    @cached_property
    def page_name(self) -> str | None:
        """Full name from the page about the leader that the row links, without any text in parentheses."""
        title = unquote(self.row.fields.get("dbpedia.uri", "").removeprefix(PAGES))
        if not title or title.startswith(NO_PERSON):
            return None
        return title.replace("_", " ").partition(" (")[0]

    def cite(self, first: str, last: str | None = None, words: str = "") -> str:
        """Return the citation of one field, or of the range from one field to a later one."""
        return f"{self.slug} {address_of(self.row, first, last=last)} {words}".strip()


def read_spells(data: Path) -> Iterator[Spell]:
    """Yield the spells in file order; raise OSError, DataFileInvalid."""
    for key, row in read_rows(data, FILE).items():
        yield Spell(key, row)
