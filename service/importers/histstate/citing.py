"""A row as a document that is cited: addresses of its reading become those of its text."""

import re
from dataclasses import dataclass, field

from service.importers.histstate.rows import Row
from service.importers.histstate.told import Citation
from service.store.documents import addresses
from service.store.documents.corpus import Document

_PARAGRAPH = re.compile(r"p([0-9]+)")


@dataclass
class RowText:
    """A row, its document, and the numbers of the paragraphs that its fields are there."""

    row: Row
    document: Document
    paragraphs: dict[str, int] = field(default_factory=dict)

    def cite(self, address: str) -> Citation:
        """The passage of an address that counts the fields of the row."""
        return Citation(self.document.cite, self._translate(address))

    def cite_field(self, name: str) -> Citation:
        """A field as a whole."""
        return Citation(self.document.cite, f"p{self.paragraphs[name]}")

    def cite_prose(self) -> Citation:
        """The remarks or the description."""
        return self.cite(f"p{self.row.prose_paragraph}")

    def days(self) -> tuple[str, ...]:
        """The address of the two days of the row."""
        return (f"p{self.paragraphs['start-date']}-{self.paragraphs['end-date']}",)

    def cite_days(self) -> Citation:
        """The two days of the row."""
        return Citation(self.document.cite, self.days()[0])

    def cite_place(self) -> Citation:
        """The locality, or else the state, that the row gives."""
        return self.cite_field("locale" if "locale" in self.paragraphs else "country")

    def cite_words(self, address: str, words: str) -> Citation:
        """Some words within a passage; the passage where they do not stand there as they are."""
        cite = self.cite(address)
        within = addresses.locate(self.document, addresses.parse_address(cite.address))
        try:
            found = addresses.find(self.document, words) if words else []
        except addresses.WordsNotFound:
            return cite
        inside = [one for one, span in found if within.start <= span.start and span.end <= within.end]
        return Citation(cite.cite, str(inside[0])) if inside else cite

    def _translate(self, address: str) -> str:
        """Fields are counted otherwise where the text of the row has more of them."""
        return _PARAGRAPH.sub(lambda match: f"p{self.paragraphs[self.row.fields[int(match[1]) - 1][0]]}", address, count=1)
