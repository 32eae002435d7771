"""Rows of the tables before they have numbers: what refers to what is said by natural keys; no database."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import orjson

Row = dict[str, object]
"""Values by column. A Key stands for the number of the row that it names."""
FOUND_BY = ("search_text", "suggestion")
"""The tables by which entries are found; they hang on how well known an entry is too."""
HASH_DIGITS = 16


class Key(NamedTuple):
    """A row by what it is, not by its number."""

    table: str
    natural: tuple[str | int, ...]


def key_of(table: str, slug: str | None) -> Key | None:
    """The row of a table with a slug; None without one."""
    return Key(table, (slug,)) if slug else None


def passage_key(source: str, start: int, end: int) -> Key:
    return Key("passage", (source, start, end))


@dataclass(eq=False)
class EntryRows:
    """An actor, a place, a source, a fact or a conflict with all rows that belong to it, its own row first.

    named: the actors and places that it names, each with the day since when it does; inputs: a digest of what the
    rows are made of. Without rows it is as it is stored.
    """

    key: Key
    rows: list[tuple[str, Row]] = field(default_factory=list)
    named: dict[Key, date] = field(default_factory=dict)
    inputs: str | None = None
    references: set[Key] = field(default_factory=set)
    """Its own keys and those of other entries that its rows hold."""

    def add(self, table: str, row: Row, since: date | None = None) -> None:
        """Takes a row; `since` is the day on which the actors and places in it come to be named."""
        self.rows.append((table, row))
        keys = [value for value in row.values() if type(value) is Key]
        self.references.update(keys)
        if since:
            for key in keys:
                self.name(key, since)

    def name(self, key: Key, since: date) -> None:
        """Notes that an actor or a place is named."""
        if key.table in ("actor", "place"):
            self.named[key] = min(since, self.named.get(key, since))

    def own_keys(self) -> Iterator[Key]:
        """The rows of its own that others can refer to."""
        return (row["id"] for _, row in self.rows if isinstance(row.get("id"), Key))  # type: ignore[misc]

    def digest(self) -> str:
        """Two hashes of 16 hexadecimal digits each: of the rows that tell of it, and of those by which it is found."""
        parts: tuple[list[tuple[str, Row]], list[tuple[str, Row]]] = [], []
        for table, row in self.rows:
            parts[table in FOUND_BY].append((table, row))
        return "".join(_hash(part) for part in parts)


def tells_same(digest: str, other: str) -> bool:
    """Whether two digests are of entries of which the same is told, however they are found."""
    return digest[:HASH_DIGITS] == other[:HASH_DIGITS]


def _hash(rows: list[tuple[str, Row]]) -> str:
    return hashlib.blake2b(orjson.dumps(rows, default=_plain), digest_size=HASH_DIGITS // 2).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, Key):
        return [*value]
    raise TypeError(value)
