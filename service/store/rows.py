"""Table rows before they are numbered. They refer to each other by natural keys; no database is involved."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import orjson

Row = dict[str, object]
"""Values by column. A Key represents the number of the row that it names."""
FOUND_BY = ("search_text", "suggestion")
"""The tables by which entries are found; their rows also depend on how well known an entry is."""
HASH_DIGITS = 16


class Key(NamedTuple):
    """Reference to a row by its natural key instead of its number."""

    table: str
    natural: tuple[str | int, ...]


def key_of(table: str, slug: str | None) -> Key | None:
    """Return the key of the row with a slug, or None if there is no slug."""
    return Key(table, (slug,)) if slug else None


def passage_key(source: str, start: int, end: int) -> Key:
    return Key("passage", (source, start, end))


@dataclass(eq=False)
class EntryRows:
    """An actor, a place, a source, a fact or a conflict with all of its rows, its own row first.

    `named` maps the actors and places that the entry names to the day since when it names them. `inputs` is a digest of
    what the rows are made of. An entry without rows is unchanged in the store.
    """

    key: Key
    rows: list[tuple[str, Row]] = field(default_factory=list)
    named: dict[Key, date] = field(default_factory=dict)
    inputs: str | None = None
    references: set[Key] = field(default_factory=set)
    """The entry's own keys, and those of other entries in its rows."""

    def add(self, table: str, row: Row, since: date | None = None) -> None:
        """Add a row; `since` is the day since when the actors and places in the row are named."""
        self.rows.append((table, row))
        keys = [value for value in row.values() if type(value) is Key]
        self.references.update(keys)
        if since:
            for key in keys:
                self.name(key, since)

    def name(self, key: Key, since: date) -> None:
        """Note that an actor or a place is named since a day, unless an earlier day is known."""
        if key.table in ("actor", "place"):
            self.named[key] = min(since, self.named.get(key, since))

    def own_keys(self) -> Iterator[Key]:
        """Return the keys of the entry's own rows that others can refer to."""
        return (row["id"] for _, row in self.rows if isinstance(row.get("id"), Key))  # type: ignore[misc]

    def digest(self) -> str:
        """Return two hashes of 16 hexadecimal digits each: of the rows about the entry, and of those it is found by."""
        parts: tuple[list[tuple[str, Row]], list[tuple[str, Row]]] = [], []
        for table, row in self.rows:
            parts[table in FOUND_BY].append((table, row))
        return "".join(_hash(part) for part in parts)


def tells_same(digest: str, other: str) -> bool:
    """Return whether two digests describe the same content, regardless of how the entries are found."""
    return digest[:HASH_DIGITS] == other[:HASH_DIGITS]


def _hash(rows: list[tuple[str, Row]]) -> str:
    return hashlib.blake2b(orjson.dumps(rows, default=_plain), digest_size=HASH_DIGITS // 2).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, Key):
        return [*value]
    raise TypeError(value)
