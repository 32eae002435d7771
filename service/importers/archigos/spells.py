"""The spells in office that Archigos tells of, one a row; what its words mean stands in its codebook."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from service.store.documents.rows import DataRow, read_rows

FILE = "archigos/arch_annual.txt"
PAGES = "http://dbpedia.org/resource/"
NO_PERSON = ("List_of_", "Premiership_of_", "Presidency_of_")
"""How titles of pages begin that are of no person."""
STILL_IN_OFFICE = "Still in Office"


@dataclass(frozen=True)
class Spell:
    """Somebody's unbroken time in power in one state; `key` is what the data set calls it (`USA-1869`)."""

    key: str
    row: DataRow

    @property
    def slug(self) -> str:
        """What its source and its office are called."""
        return f"archigos-{self.key.lower()}"

    @property
    def leader(self) -> str:
        """The number of the leader, which is not always that of one person."""
        return self.row.fields["leadid"]

    @property
    def code(self) -> str:
        """The code of the state."""
        return self.row.fields["idacr"]

    @property
    def printed_name(self) -> str:
        """The leader's name as the data set prints it, often no more than a surname."""
        return self.row.fields["leader"]

    @property
    def first_on(self) -> date:
        """The first day in power."""
        return date.fromisoformat(self.row.fields["startdate"])

    @property
    def last_on(self) -> date:
        """The last day in power; of who is still in office, the last day that the data set knows of."""
        return date.fromisoformat(self.row.fields["enddate"])

    @property
    def is_ongoing(self) -> bool:
        """Whether it goes on when the data end."""
        return self.row.fields["exit"] == STILL_IN_OFFICE

    @property
    def birth_year(self) -> int | None:
        """The year of birth, if it is told."""
        return self._year("yrborn")

    @property
    def death_year(self) -> int | None:
        """The year of death, if it is told."""
        return self._year("yrdied")

    def _year(self, field: str) -> int | None:
        year = self.row.fields.get(field, "")
        return int(year) if year.isdigit() else None

    @cached_property
    def page_name(self) -> str | None:
        """The full name by the page about the leader that the row links, without what stands in parentheses."""
        title = unquote(self.row.fields.get("dbpedia.uri", "").removeprefix(PAGES))
        if not title or title.startswith(NO_PERSON):
            return None
        return title.replace("_", " ").partition(" (")[0]

    def cite(self, first: str, last: str | None = None, words: str = "") -> str:
        """The citation of one field, or from one to another that stands behind it."""
        start, end = self.row.paragraph(first), self.row.paragraph(last or first)
        address = f"p{start}" if start == end else f"p{start}-{end}"
        return f"{self.slug} {address} {words}".strip()


def read_spells(data: Path) -> Iterator[Spell]:
    """The spells in the order of the file; raises OSError, DataFileInvalid."""
    for key, row in read_rows(data, FILE).items():
        yield Spell(key, row)
