"""The numbers of the rows that those of a batch refer to."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from struct import iter_unpack

import psycopg

from service.store.loading.copying import copy_rows
from service.store.rows import EntryRows, Key, Row

ENTRIES = ("actor", "place", "source", "fact", "conflict")
"""The tables of entries, which keep their numbers; what one refers to stands before it."""
Bare = Callable[[Key], Row]
"""Makes the least row that the tables take of an entry."""
BARE = "bare"
"""The digest of such a row; an empty one is what a migration leaves of an entry that is to be made again."""


class Numbers:
    """Finds and gives numbers; an entry that is referred to before it has come gets a bare row."""

    def __init__(self, connection: psycopg.Connection, bare: Bare) -> None:
        self.connection, self.bare = connection, bare
        self.of_batch: dict[Key, int] = {}
        self._new: set[Key] = set()

    def __getitem__(self, key: Key) -> int:
        return self.of_batch[key]

    def begin_batch(self, entries: Collection[EntryRows]) -> dict[Key, str]:
        """Find the entries of a batch and those that they refer to; the digests of those that are stored."""
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
        """Whether the row of an entry or of one of the claims that stay is there already."""
        return isinstance(key, Key) and (key in claims or (key.table in ENTRIES and key not in self._new))

    def _number_entries(self, keys: Iterable[Key]) -> None:
        for table, slugs in _slugs_by_table(keys).items():
            keys_of_table = (Key(table, (slug,)) for slug in slugs)
            self.of_batch.update(zip(keys_of_table, self._fetch(table, len(slugs)), strict=True))

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


class StoredNumbers:
    """The numbers of a table's rows as they are now, of which some are taken away; each takes a byte, not a set."""

    def __init__(self, connection: psycopg.Connection, table: str) -> None:
        # in one value: as rows they would take ten times as long
        found = connection.execute(f"SELECT string_agg(int4send(id), ''), max(id) FROM {table}".encode()).fetchone()
        numbers, last = found or (None, None)
        self._is_there = bytearray((last or 0) + 1)
        for (number,) in iter_unpack(">i", numbers or b""):
            self._is_there[number] = True

    def __iter__(self) -> Iterator[int]:
        return (number for number, is_there in enumerate(self._is_there) if is_there)

    def discard(self, number: int) -> None:
        """Take away one of them."""
        self._is_there[number] = False


def _slugs_by_table(keys: Iterable[Key]) -> dict[str, set[str]]:
    """The slugs of those of the keys that name entries."""
    slugs: dict[str, set[str]] = {}
    for key in keys:
        if key.table in ENTRIES:
            slugs.setdefault(key.table, set()).add(str(key.natural[0]))
    return slugs
