"""Presidents of the United States by day, as far as other sets and the table of presidents know."""

from collections.abc import Iterable
from datetime import date

from service.importers.histstate.places import UNITED_STATES
from service.importers.histstate.sightings import Known


class Presidents:
    """Presidents by the days of their terms."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._terms = [(spell, one.slug) for one in known for spell in one.spells if spell.state == UNITED_STATES]

    def on(self, first: date, last: date) -> str | None:
        """Return the only president of all days from first to last; None if there are two, or none is known."""
        slugs = {
            slug
            for spell, slug in self._terms
            if spell.first <= last and (spell.last is None or first < spell.last or first == spell.first)
        }
        return slugs.pop() if len(slugs) == 1 else None
