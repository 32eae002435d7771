"""The change log: what an entry was when a load changed it, and whom it involves."""

from datetime import datetime
from typing import Any

from tests.oracle.things import SortKeys, Thing, choose_text


def instant(at: datetime) -> str:
    """ISO 8601, without trailing zeros in a fraction."""
    second, _, fraction = at.strftime("%Y-%m-%dT%H:%M:%S.%f").rstrip("0").partition(".")
    return second + (f".{fraction}" if fraction else "") + "+00:00"


class EntryChange(Thing):
    @property
    def typename(self) -> str:
        return "EntryChange"

    @property
    def at(self) -> str:
        return instant(self.row.changed_at)

    @property
    def kind(self) -> str:
        return str(self.row.typename.upper())

    @property
    def entry(self) -> Any:
        return self.view.entry(self.row.typename, self.row.slug)

    def label(self, language: str | None) -> str | None:
        entry = self.entry
        return entry.label(language) if entry else choose_text(self._removal.labels, language)

    @property
    def _removal(self) -> Any:
        """Return the last time that the entry was removed, if it ever was."""
        logged = self.view.register.where("entry_change", "slug", self.row.slug)
        gone = [row for row in logged if row.typename == self.row.typename and row.labels is not None]
        return max(gone, key=lambda row: row.revision, default=None)

    @property
    def involved_slugs(self) -> set[str]:
        """Return the slugs of the actors that the entry involves, or did whenever it was removed."""
        logged = self.view.register.where("entry_change", "slug", self.row.slug)
        then = {slug for row in logged if row.typename == self.row.typename for slug in row.involved or ()}
        entry = self.entry
        if self.row.typename in ("Person", "Organisation", "Country"):
            return then | {self.row.slug}
        if self.row.typename == "Conflict":
            return then | {slug for claim in entry.claims() for slug in claim.fact.present} if entry else then
        return then | getattr(entry, "present", set())

    def sort_keys(self, order: str) -> SortKeys:
        descends = order == "REVISION_DESC"
        return [(value, descends) for value in (self.row.revision, self.row.typename, self.row.slug)]
