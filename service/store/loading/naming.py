"""Since when actors and places are known, and on which days facts name them, as gathered from all entries."""

from array import array
from collections.abc import Iterator
from datetime import date

from service.store.record.record import Record
from service.store.rows import EntryRows, Key, key_of


class Naming:
    """Grows with each entry that names somebody."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self._since: dict[Key, date] = {}
        # as ordinals: there may be millions
        self._days: dict[Key, array[int]] = {}

    def add(self, entry: EntryRows) -> None:
        """Take what an entry names; a fact counts as one more that does."""
        for key, day in entry.named.items():
            self._since[key] = min(day, self._since.get(key, day))
            if entry.key.table == "fact":
                self._days.setdefault(key, array("l")).append(day.toordinal())

    def ordinals(self, key: Key) -> list[int]:
        """The days on which the facts that name an actor or a place were told, one for each fact."""
        return sorted(self._days.get(key, ()))

    def days(self, key: Key) -> Iterator[date]:
        """As `ordinals`, as dates."""
        return map(date.fromordinal, self.ordinals(key))

    def known_since(self) -> dict[Key, date]:
        """Since when each actor and place is known: named, or the country or place that one named belongs to."""
        since = dict(self._since)
        waiting = list(since)
        while waiting:
            key = waiting.pop()
            for around in self._containing(key):
                if since.get(around, date.max) > since[key]:
                    since[around] = since[key]
                    waiting.append(around)
        return since

    def _containing(self, key: Key) -> list[Key]:
        slug = str(key.natural[0])
        if key.table == "actor":
            keys = [key_of("actor", self.record.actors[slug].country)]
        else:
            place = self.record.places[slug]
            keys = [key_of("actor", place.country), key_of("place", place.part_of)]
        return [key for key in keys if key]
