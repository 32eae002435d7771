"""The entries that a load touches: those that have changed, and those that they refer to, now or before.

An entry shows only the slugs of others and how many of them there are. Anything that is generated entry by entry, such
as the files for download, therefore needs regenerating for the touched entries only.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import psycopg

from service.store.layout import TABLES
from service.store.loading.dependents import DEPENDENTS
from service.store.loading.numbers import ENTRIES
from service.store.rows import FOUND_BY

MOST = 10_000
"""Maximum number of entries that are listed; with more, it is as quick to process all entries."""
ONWARD: Mapping[str, str] = {
    "place": "SELECT container_id FROM place_within WHERE place_id = ANY(%(ids)s)",
    "fact": "SELECT within_id FROM meeting JOIN snapshot ON snapshot.id = snapshot_id WHERE fact_id = ANY(%(ids)s)",
}
"""By table, the whole that an entry is part of: what is counted for the part is counted for the whole."""
SHOWING_SOURCE = """
SELECT 'fact', fact_id FROM claim WHERE source_id = ANY(%(ids)s)
UNION SELECT 'conflict', conflict_id FROM conflict_claim JOIN claim ON claim.id = claim_id
    WHERE source_id = ANY(%(ids)s)
"""
"""A claim shows its source's publisher and whether the source is withdrawn; so do the claims that it contradicts."""

OWN = frozenset(table for tables in DEPENDENTS.values() for table in tables)
"""The tables whose rows depend directly on entries."""


@dataclass(frozen=True)
class Touched:
    """Slugs by table (`actor`, `place`, `source`, `fact`, `claim`, `conflict`), some of which may be gone.

    `since` is the revision of the register that the load found, and `until` the one that it left.
    """

    since: int
    until: int
    slugs: Mapping[str, frozenset[str]]


class Touching:
    """Collector of what a load touches, as long as that is little."""

    def __init__(self, connection: psycopg.Connection, *, is_wanted: bool) -> None:
        self.connection = connection
        self._numbers: dict[str, set[int]] | None = {table: set() for table in ENTRIES} if is_wanted else None
        self._gone: dict[str, set[str]] = {}

    def add(self, table: str, ids: Sequence[int]) -> None:
        """Add entries and what they refer to at this moment: call it before they are changed, and after."""
        if not ids or self._numbers is None:
            return
        self._numbers[table].update(ids)
        for other, number in self._rows(_references(table), ids):
            self._numbers[other].add(number)
        if table == "source":
            for other, number in self._rows(SHOWING_SOURCE, ids):
                self._numbers[other].add(number)
        if sum(map(len, self._numbers.values())) > MOST:
            self._numbers = None

    def remove(self, table: str, slugs: Iterable[str]) -> None:
        """Add entries, or claims, that are gone."""
        self._gone.setdefault(table, set()).update(slugs)

    def slugs(self) -> Mapping[str, frozenset[str]] | None:
        """Return the slugs of everything that was touched, by table; None if that is much."""
        if self._numbers is None:
            return None
        slugs: dict[str, set[str]] = {"claim": set(), **{table: set() for table in ENTRIES}}
        for table, numbers in self._numbers.items():
            whole = {number for (number,) in self._rows(ONWARD[table], [*numbers])} if table in ONWARD else set()
            slugs[table].update(self._slugs_of(table, "id", numbers | whole))
        slugs["claim"].update(self._slugs_of("claim", "fact_id", self._numbers["fact"]))
        for table, gone in self._gone.items():
            slugs[table] |= gone
        return {table: frozenset(each) for table, each in slugs.items()}

    def _slugs_of(self, table: str, column: str, numbers: Iterable[int]) -> Iterator[str]:
        query = f"SELECT slug FROM {table} WHERE {column} = ANY(%(ids)s)"
        return (slug for (slug,) in self._rows(query, [*numbers]))

    def _rows(self, query: str, ids: Sequence[int]) -> list[tuple[Any, ...]]:
        return self.connection.execute(query.encode(), {"ids": [*ids]}).fetchall() if ids else []


@cache
def _references(table: str) -> str:
    """Return the query for what entries of a table refer to, by table and number."""
    condition = "= ANY(%(ids)s)"
    queries = [*_references_in(table, "id", condition)]
    for dependent, column in DEPENDENTS[table].items():
        queries += _references_in_rows(dependent, column, condition)
    if table == "fact":
        queries += _references_in_rows("claim", "fact_id", condition)
    return " UNION ".join(queries)


def _references_in_rows(table: str, owner: str, condition: str) -> Iterator[str]:
    """Yield such queries for rows that depend on entries, and for rows that depend on those."""
    if table in (*FOUND_BY, "name"):
        return
    yield from _references_in(table, owner, condition)
    if "id" in TABLES[table].columns:
        inner = f"IN (SELECT id FROM {table} WHERE {owner} {condition})"
        for name, each in TABLES.items():
            if f"{table}_id" in each.columns and name not in OWN:
                yield from _references_in_rows(name, f"{table}_id", inner)


def _references_in(table: str, owner: str, condition: str) -> Iterator[str]:
    for column, reference in TABLES[table].references.items():
        target = reference.removesuffix(".id")
        found = f"FROM {table} WHERE {owner} {condition}"
        if column != owner and target in ENTRIES:
            yield f"SELECT '{target}', {column} {found} AND {column} IS NOT NULL"
        elif column != owner and target == "claim":
            yield f"SELECT 'fact', fact_id FROM claim WHERE id IN (SELECT {column} {found})"
