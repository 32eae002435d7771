"""The numbers of rows that others refer to: those of entries for the whole load, all others for a batch."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

import psycopg

from service.store.loading.copying import copy_rows
from service.store.rows import EntryRows, Key, Row

ENTRIES = ("actor", "place", "source", "fact", "conflict")
"""The tables of entries, which keep their numbers; what one refers to stands before it."""
Bare = Callable[[Key], Row]
"""Makes the least row that the tables take of an entry."""


class Numbers:
    """Finds and gives numbers; an entry that is referred to before it has come gets a bare row."""

    def __init__(self, connection: psycopg.Connection, bare: Bare) -> None:
        self.connection, self.bare = connection, bare
        self.of_entries: dict[str, dict[str, int]] = {
            table: dict(connection.execute(f"SELECT slug, id FROM {table}".encode()).fetchall()) for table in ENTRIES
        }
        self.of_batch: dict[Key, int] = {}
        self._new: set[Key] = set()

    def __getitem__(self, key: Key) -> int:
        entries = self.of_entries.get(key.table)
        return self.of_batch[key] if entries is None else entries[str(key.natural[0])]

    def __contains__(self, key: Key) -> bool:
        entries = self.of_entries.get(key.table)
        return key in self.of_batch if entries is None else str(key.natural[0]) in entries

    def begin_batch(self, entries: Collection[EntryRows], claims: Mapping[Key, int]) -> None:
        """Number the entries, and write bare rows of others that they refer to; `claims`: those of theirs that stay."""
        self._new = {entry.key for entry in entries if entry.key not in self}
        self._number_entries(self._new)
        references = {key for entry in entries for key in entry.references}
        missing = {key for key in references if key.table in ENTRIES and key not in self}
        self._number_entries(missing)
        for table in ENTRIES:
            rows = [self.bare(key) for key in missing if key.table == table]
            if rows:
                copy_rows(self.connection, table, rows, self.__getitem__)
        own = {key for entry in entries for key in entry.own_keys()}
        self.of_batch = {**self._find_claims(key for key in references - own if key.table == "claim"), **claims}

    def add(self, table: str, rows: Iterable[Row]) -> None:
        """Number the rows of a table that others can refer to and that have no number yet."""
        new = [key for row in rows if isinstance(key := row.get("id"), Key) and key not in self]
        self.of_batch.update(zip(new, self._fetch(table, len(new)), strict=True))

    def is_there(self, key: object, claims: Mapping[Key, int]) -> bool:
        """Whether the row of an entry or of one of the claims that stay is there already."""
        return isinstance(key, Key) and (key in claims or (key.table in ENTRIES and key not in self._new))

    def _number_entries(self, keys: Iterable[Key]) -> None:
        slugs: dict[str, list[str]] = {}
        for key in keys:
            slugs.setdefault(key.table, []).append(str(key.natural[0]))
        for table, new in slugs.items():
            self.of_entries[table].update(zip(new, self._fetch(table, len(new)), strict=True))

    def _find_claims(self, keys: Iterable[Key]) -> dict[Key, int]:
        """The numbers of claims that are stored."""
        slugs = [key.natural[0] for key in keys]
        if not slugs:
            return {}
        found = self.connection.execute("SELECT slug, id FROM claim WHERE slug = ANY(%s)", (slugs,))
        return {Key("claim", (slug,)): number for slug, number in found}

    def _fetch(self, table: str, count: int) -> Iterator[int]:
        """So many new numbers of a table."""
        query = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
        return (number for (number,) in self.connection.execute(query, (table, count))) if count else iter(())
