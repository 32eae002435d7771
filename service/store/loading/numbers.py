"""The numbers of the rows that a batch refers to."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from struct import iter_unpack

import psycopg

from service.store.loading.copying import copy_rows
from service.store.rows import EntryRows, Key, Row

ENTRIES = ("actor", "place", "source", "fact", "conflict")
"""The tables of entries, whose rows keep their numbers; a table comes after those that it refers to."""
Bare = Callable[[Key], Row]
"""Makes the minimal row of an entry that the tables accept."""
BARE = "bare"
"""Digest of a bare row. A migration leaves an empty digest on an entry that has to be made again."""


class Numbers:
    """Finds and assigns numbers; an entry that is referred to before it has come gets a bare row."""

    def __init__(self, connection: psycopg.Connection, bare: Bare) -> None:
        self.connection, self.bare = connection, bare
        self.of_batch: dict[Key, int] = {}
        self._new: set[Key] = set()

    def __getitem__(self, key: Key) -> int:
        return self.of_batch[key]

    def begin_batch(self, entries: Collection[EntryRows]) -> dict[Key, str]:
        """Find the entries of a batch and those that they refer to; return the digests of those that are stored."""
        digests: dict[Key, str] = {}
        self.of_batch = {}
        for table, slugs in _slugs_by_table(key for entry in entries for key in (entry.key, *entry.references)).items():
            query = f"SELECT slug, id, digest FROM {table} WHERE slug = ANY(%s)"
            for slug, number, digest in self.connection.execute(query.encode(), ([*slugs],)):
                self.of_batch[key := Key(table, (slug,))] = number
                if digest != BARE:
                    digests[key] = digest
        return digests

    def give(self, entries: Collection[EntryRows], claims: Mapping[Key, int]) -> None:
        """Number the entries, and write bare rows of others that they refer to; `claims`: those of theirs that stay."""
        self._new = {entry.key for entry in entries if entry.key not in self.of_batch}
        self._number_entries(self._new)
        references = {key for entry in entries for key in entry.references}
        missing = {key for key in references if key.table in ENTRIES and key not in self.of_batch}
        self._number_entries(missing)
        for table in ENTRIES:
            rows = [self.bare(key) | {"digest": BARE} for key in missing if key.table == table]
            if rows:
                copy_rows(self.connection, table, rows, self.__getitem__)
        own = {key for entry in entries for key in entry.own_keys()}
        self.of_batch |= {**self._find_claims(key for key in references - own if key.table == "claim"), **claims}

    def add(self, table: str, rows: Iterable[Row]) -> None:
        """Number the rows of a table that others can refer to and that have no number yet."""
        new = [key for row in rows if isinstance(key := row.get("id"), Key) and key not in self.of_batch]
        self.of_batch.update(zip(new, self._fetch(table, len(new)), strict=True))

    def is_there(self, key: object, claims: Mapping[Key, int]) -> bool:
        """Return whether the row of an entry, or of one of the claims that stay, is already stored."""
        return isinstance(key, Key) and (key in claims or (key.table in ENTRIES and key not in self._new))

    def _number_entries(self, keys: Iterable[Key]) -> None:
        for table, slugs in _slugs_by_table(keys).items():
            keys_of_table = (Key(table, (slug,)) for slug in slugs)
            self.of_batch.update(zip(keys_of_table, self._fetch(table, len(slugs)), strict=True))

    def _find_claims(self, keys: Iterable[Key]) -> dict[Key, int]:
        """Return the numbers of stored claims."""
        slugs = [key.natural[0] for key in keys]
        if not slugs:
            return {}
        found = self.connection.execute("SELECT slug, id FROM claim WHERE slug = ANY(%s)", (slugs,))
        return {Key("claim", (slug,)): number for slug, number in found}

    def _fetch(self, table: str, count: int) -> Iterator[int]:
        """Return this many new numbers for a table."""
        query = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
        return (number for (number,) in self.connection.execute(query, (table, count))) if count else iter(())


class StoredNumbers:
    """The numbers of a table's present rows, from which some are removed; a byte for each, which is less than a set."""

    def __init__(self, connection: psycopg.Connection, table: str) -> None:
        # as one value: fetching them as rows would take ten times as long
        found = connection.execute(f"SELECT string_agg(int4send(id), ''), max(id) FROM {table}".encode()).fetchone()
        numbers, last = found or (None, None)
        self._is_there = bytearray((last or 0) + 1)
        for (number,) in iter_unpack(">i", numbers or b""):
            self._is_there[number] = True

    def __iter__(self) -> Iterator[int]:
        return (number for number, is_there in enumerate(self._is_there) if is_there)

    def discard(self, number: int) -> None:
        """Remove a number."""
        self._is_there[number] = False


def _slugs_by_table(keys: Iterable[Key]) -> dict[str, set[str]]:
    """Return the slugs of those keys that name entries."""
    slugs: dict[str, set[str]] = {}
    for key in keys:
        if key.table in ENTRIES:
            slugs.setdefault(key.table, set()).add(str(key.natural[0]))
    return slugs
