"""Multiply a store that bench.fill has filled, in the database: python -m bench.multiply URL TIMES

The load itself takes its time (bench/LOADING.md); this takes minutes. Facts, sources, conflicts and all people but
leaders are copied with a number added to their slugs. Leaders, states, organisations and places are not copied, so that
those who are met most are met that many times more often. A relationship between two of these stays one fact. Only the
log of changes and the counts of data sets stay unchanged.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import psycopg
from sqlalchemy import Column, Table

from service.store.layout import TABLES
from service.store.loading.indexes import build_indexes_afterwards
from service.store.loading.network import tally_network
from service.store.loading.pairs import tally_pairs
from service.store.loading.tallies import LISTED, TALLIES, tally_facts, tally_listed
from service.store.tables import METADATA
from service.store.transactions import write_transaction

NUMBERED = ("actor", "source", "fact", "conflict", "passage", "claim", "snapshot", "involvement", "unnamed", "name")
"""The tables whose rows have numbers, each after those whose rows it belongs to."""
NETWORK = ("network_cell", "network_tally", "network_tie", "network_size", "network_person", "tone_tally")
LEFT = frozenset(
    {"entry_change", "source_dataset_count", "tie", "pair_tally", *NETWORK, *TALLIES, *LISTED, "actor_rank"}
)
STAYING = "typename <> 'Person' OR is_leader"
BETWEEN_STAYING = """
SELECT fact_id FROM snapshot JOIN relationship ON snapshot_id = snapshot.id
WHERE one_id NOT IN (SELECT id FROM again_actor) AND other_id NOT IN (SELECT id FROM again_actor)
"""
OWNERS = {
    "actor": f"NOT ({STAYING})",
    "source": "true",
    "fact": f"id NOT IN ({BETWEEN_STAYING})",
    "conflict": "true",
    "passage": "true",
    "claim": "fact_id IN (SELECT id FROM again_fact)",
    "snapshot": "fact_id IN (SELECT id FROM again_fact)",
    "involvement": "fact_id IN (SELECT id FROM again_fact)",
    "unnamed": "fact_id IN (SELECT id FROM again_fact)",
    "name": "fact_id IN (SELECT id FROM again_fact) OR actor_id IN (SELECT id FROM again_actor)",
}
"""Which rows of these tables are copied."""
UNDECLARED = {"fact_id": "fact", "quote_id": "fact", "snapshot_id": "snapshot"}
"""What columns refer to if they are not foreign keys."""
UNIQUE_TEXTS = {("source", "document"), ("actor", "wikidata")}


def multiply(url: str, times: int) -> None:
    """Add what exists, this many times less one."""
    with psycopg.connect(url) as connection:
        # rows that refer to something are copied with it
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET work_mem = '256MB'")
        for name in NUMBERED:
            _remember(connection, name)
        with build_indexes_afterwards(connection, [name for name in TABLES if name not in LEFT]):
            suffix = _last_suffix(connection)
            for number in range(1, times):
                for table in METADATA.sorted_tables:
                    if table.name not in LEFT:
                        _copy(connection, table, number, f"'-c{suffix + number}'")
                print(f"{number + 1} of {times}", file=sys.stderr, flush=True)
        for name in NUMBERED:
            last = f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}"
            connection.execute(last.encode())
    with write_transaction(url) as transaction:
        tally_facts(transaction)
        tally_listed(transaction)
        tally_pairs(transaction)
        tally_network(transaction)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM (FREEZE, ANALYZE)")


def _remember(connection: psycopg.Connection, table: str) -> None:
    """Store which rows of a table are copied, and the distance between the numbers of one copy and the next."""
    connection.execute(
        f"CREATE TEMP TABLE again_{table} AS SELECT id, (SELECT max(id) FROM {table}) AS step"
        f" FROM {table} WHERE {OWNERS[table]}".encode()
    )
    connection.execute(f"CREATE UNIQUE INDEX ON again_{table} (id)".encode())
    connection.execute(f"ANALYZE again_{table}".encode())


def _last_suffix(connection: psycopg.Connection) -> int:
    """Return the number after the slugs of the last copy, if the store has been multiplied before, or 1."""
    row = connection.execute("SELECT max(substring(slug FROM '-c([0-9]+)$')::int) FROM source").fetchone()
    return int(row[0]) if row and row[0] else 1


def _copy(connection: psycopg.Connection, table: Table, number: int, suffix: str) -> None:
    """Copy the rows of a table for the copy of that number, adding the suffix to slugs."""
    numbers = dict(_references(table))
    key = [name for name in numbers if table.columns[name].primary_key] or list(numbers)
    if not key:
        return
    columns = [_column(table, column, numbers, number, suffix) for column in table.columns]
    again = " OR ".join(f"t.{name} IN (SELECT id FROM again_{numbers[name]})" for name in key)
    # only of the original rows
    steps = " AND ".join(f"coalesce(t.{name} <= (SELECT max(step) FROM again_{numbers[name]}), true)" for name in key)
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    identity = "OVERRIDING SYSTEM VALUE " if table.name in NUMBERED else ""
    connection.execute(
        f"INSERT INTO {table.name} ({names}) {identity}SELECT {', '.join(columns)} FROM {table.name} AS t"
        f" WHERE ({again}) AND {steps}".encode()
    )


def _references(table: Table) -> Iterator[tuple[str, str]]:
    """Return the columns that hold numbers of rows, each with the table that these refer to."""
    if table.name in NUMBERED:
        yield "id", table.name
    for column in table.columns:
        for key in column.foreign_keys:
            if key.column.name == "id" and key.column.table.name in NUMBERED and column.name != "id":
                yield column.name, key.column.table.name
        if column.name in UNDECLARED and not column.foreign_keys:
            yield column.name, UNDECLARED[column.name]


def _column(table: Table, column: Column[object], numbers: dict[str, str], number: int, suffix: str) -> str:
    """Return the value of a column in the copy of that number."""
    value = f't."{column.name}"'
    if column.name in numbers:
        of = numbers[column.name]
        step = f"(SELECT max(step) FROM again_{of})"
        return f"CASE WHEN {value} IN (SELECT id FROM again_{of}) THEN {value} + {step} * {number} ELSE {value} END"
    if column.name == "slug":
        return _slug(table, numbers, suffix)
    if (table.name, column.name) in UNIQUE_TEXTS:
        return f"{value} || {suffix}"
    return value


def _slug(table: Table, numbers: dict[str, str], suffix: str) -> str:
    """Return a slug; a relationship is named after the two, each as in the copy."""
    own = f"t.slug || {suffix}"
    if "typename" not in table.columns or table.name == "actor":
        return own
    party = (
        f"CASE WHEN slug IN (SELECT slug FROM actor JOIN again_actor USING (id)) THEN slug || {suffix} ELSE slug END"
    )
    both = (
        f"(SELECT string_agg({party}, '--' ORDER BY nth) FROM"
        " unnest(string_to_array(t.slug, '--')) WITH ORDINALITY AS of_two (slug, nth))"
    )
    return f"CASE WHEN t.typename = 'Relationship' THEN {both} ELSE {own} END"


if __name__ == "__main__":
    multiply(sys.argv[1], int(sys.argv[2]))
