"""Rows as documents to cite."""

from dataclasses import dataclass

from service.importers.histstate.row_facts import Citation
from service.importers.histstate.rows import Row
from service.importers.texts import address_of
from service.store.documents import addresses
from service.store.documents.corpus import Document


@dataclass(frozen=True)
class RowText:
    """Row with its text."""

    row: Row
    document: Document

    def cite(self, address: str) -> Citation:
        """Return the citation of a passage of the row."""
        return Citation(self.document.cite, address)

    def cite_field(self, name: str) -> Citation:
        """Return the citation of a whole field; raise ValueError if the row has no field of that name."""
        return self.cite(str(address_of(self.row.data, name)))

    def cite_prose(self) -> Citation:
        """Return the citation of the remarks, or of the days if there are no remarks."""
        return self.cite_field(self.row.prose_field) if self.row.remarks else self.cite_days()

    def days(self) -> str:
        """Return the address of the two days of the row."""
        return str(address_of(self.row.data, "start-date", last="end-date"))

    def cite_days(self) -> Citation:
        """Return the citation of the two days of the row."""
        return self.cite(self.days())

    def cite_place(self) -> Citation:
        """Return the citation of the locality, or else the state, in the row of a trip."""
        return self.cite_field("locale" if self.row["locale"] else "country")

    def cite_words(self, address: str, words: str) -> Citation:
        """Return the citation of some words within a passage, or of the passage if they are not in it verbatim."""
        within = addresses.locate(self.document, addresses.parse_address(address))
        try:
            found = addresses.find(self.document, words) if words else []
        except addresses.WordsNotFound:
            found = []
        inside = [one for one, span in found if within.start <= span.start and span.end <= within.end]
        return self.cite(str(inside[0]) if inside else address)
