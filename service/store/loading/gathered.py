"""What later entries need from the facts: who is named, on which days, and who holds which offices."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from functools import cached_property

from service.store.loading.temporary import temporary_tables
from service.store.record.record import Record
from service.store.rows import EntryRows, Key, key_of

TABLES = (
    "CREATE TABLE named (slug TEXT, entries TEXT, day INTEGER, is_by_fact INTEGER)",
    "CREATE TABLE office (holder TEXT, slug TEXT, inputs TEXT)",
)
INDEXES = (
    "CREATE INDEX named_idx ON named (slug, entries, day, is_by_fact)",
    "CREATE INDEX office_idx ON office (holder)",
)
"""Created when everything is gathered, because each actor is looked up separately."""


class Gathered:
    """Collection that grows with each source and fact, until the first actor or place is looked up."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self._growing = temporary_tables(self, *TABLES)

    def add(self, entry: EntryRows) -> None:
        """Add what an entry names; each fact that names an entry is counted."""
        is_by_fact = entry.key.table == "fact"
        rows = [(key.natural[0], key.table, day.toordinal(), is_by_fact) for key, day in entry.named.items()]
        self._growing.executemany("INSERT INTO named VALUES (?, ?, ?, ?)", rows)

    def add_office(self, holder: str, slug: str, inputs: str | None) -> None:
        """Add an office for a person who may hold it, with the digest of its inputs."""
        self._growing.execute("INSERT INTO office VALUES (?, ?, ?)", (holder, slug, inputs))

    def offices(self, holder: str) -> list[tuple[str, str | None]]:
        """Return a person's offices with the digests of their inputs, in the order of the facts."""
        query = "SELECT slug, inputs FROM office WHERE holder = ? ORDER BY rowid"
        return [(slug, inputs) for slug, inputs in self._whole.execute(query, (holder,))]

    def ordinals(self, key: Key) -> list[int]:
        """Return the days on which the facts that name an actor or a place were told, in order, one for each fact."""
        query = "SELECT day FROM named WHERE slug = ? AND entries = ? AND is_by_fact ORDER BY day"
        return [day for (day,) in self._whole.execute(query, (key.natural[0], key.table))]

    def days(self, key: Key) -> Iterator[date]:
        """Return the same as `ordinals`, as dates."""
        return map(date.fromordinal, self.ordinals(key))

    def known_since(self, key: Key) -> date | None:
        """Return the day since when an actor or a place is known.

        It is known if it is named, or if it is the country or place that a named entry belongs to.
        """
        query = "SELECT min(day) FROM named WHERE slug = ? AND entries = ?"
        (first,) = self._whole.execute(query, (key.natural[0], key.table)).fetchone()
        around = self._known_around.get(key)
        own = date.fromordinal(first) if first else None
        return min(own, around) if own and around else own or around

    @cached_property
    def _whole(self) -> sqlite3.Connection:
        for statement in INDEXES:
            self._growing.execute(statement)
        return self._growing

    @cached_property
    def _known_around(self) -> dict[Key, date]:
        """The days since when the countries and places that named entries belong to are known."""
        since: dict[Key, date] = {}
        for slug, table, day in self._whole.execute("SELECT slug, entries, min(day) FROM named GROUP BY slug, entries"):
            waiting, first = [Key(table, (slug,))], date.fromordinal(day)
            while waiting:
                for around in self._containing(waiting.pop()):
                    if first < since.get(around, date.max):
                        since[around] = first
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
