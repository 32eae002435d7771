"""A row as a document that is cited."""

from dataclasses import dataclass

from service.importers.histstate.rows import Row
from service.importers.histstate.told import Citation
from service.store.documents import addresses
from service.store.documents.corpus import Document


@dataclass(frozen=True)
class RowText:
    """A row with its text."""

    row: Row
    document: Document

    def cite(self, address: str) -> Citation:
        """A passage of the row."""
        return Citation(self.document.cite, address)

    def cite_field(self, name: str) -> Citation:
        """A field as a whole; raises ValueError where the row has none of the name."""
        return self.cite(f"p{self.row.paragraph(name)}")

    def cite_prose(self) -> Citation:
        """The remarks, or without any the days."""
        return self.cite_field(self.row.prose_field) if self.row.remarks else self.cite_days()

    def days(self) -> str:
        """The address of the two days of the row."""
        return f"p{self.row.paragraph('start-date')}-{self.row.paragraph('end-date')}"

    def cite_days(self) -> Citation:
        """The two days of the row."""
        return self.cite(self.days())

    def cite_place(self) -> Citation:
        """The locality, or else the state, that the row of a trip gives."""
        return self.cite_field("locale" if self.row["locale"] else "country")

    def cite_words(self, address: str, words: str) -> Citation:
        """Some words within a passage; the passage where they do not stand there as they are."""
        within = addresses.locate(self.document, addresses.parse_address(address))
        try:
            found = addresses.find(self.document, words) if words else []
        except addresses.WordsNotFound:
            found = []
        inside = [one for one, span in found if within.start <= span.start and span.end <= within.end]
        return self.cite(str(inside[0]) if inside else address)
