"""Entries as rows of PostgreSQL: only what differs is written, what stays keeps its number. It commits nothing."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, text

from service.store.kinds import METADATA
from service.store.rows import EntryRows, Key, Row

TABLES = [table.name for table in METADATA.sorted_tables]
"""What a row refers to stands before it."""

# Rows that rows of other items refer to: each keeps its number as long as it is what it was.
ID_QUERIES = {
    "actor": "SELECT id, digest, slug FROM actor",
    "place": "SELECT id, digest, slug FROM place",
    "source": "SELECT id, digest, slug FROM source",
    "fact": "SELECT id, digest, slug FROM fact",
    "conflict": "SELECT id, digest, slug FROM conflict",
    "claim": "SELECT id, NULL, slug FROM claim",
    "passage": (
        "SELECT passage.id, NULL, source.slug, from_char, to_char FROM passage JOIN source ON source.id = source_id"
    ),
}

# Rows that are written anew with their entry, by the column that names it; what hangs on them goes with them.
DEPENDENTS = {
    "conflict": {"conflict_claim": "conflict_id"},
    "fact": {
        "snapshot": "fact_id",
        "search_text": "fact_id",
        "suggestion": "fact_id",
        "change": "fact_id",
        "change_claim": "fact_id",
        "involvement": "fact_id",
        "unnamed": "fact_id",
        "decided": "fact_id",
        "fact_about": "fact_id",
        "quote_variant": "quote_id",
        "name": "fact_id",
    },
    "source": {"source_credit": "source_id", "supersession": "source_id", "search_text": "source_id"},
    "place": {"name": "place_id", "place_within": "place_id", "search_text": "place_id", "suggestion": "place_id"},
    "actor": {
        "name": "actor_id",
        "search_text": "actor_id",
        "suggestion": "actor_id",
        "succession": "predecessor_id",
    },
}


@dataclass(frozen=True)
class Changes:
    """What became of the entries."""

    added: frozenset[Key]
    changed: frozenset[Key]
    removed: frozenset[Key]
    unchanged: frozenset[Key]
    gone: frozenset[Key] = frozenset()
    """The entries and claims whose slugs name nothing any more."""

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def write(connection: Connection, entries: Collection[EntryRows]) -> Changes:
    """Brings the tables to the entries: what has another digest is written anew, what is gone is deleted."""
    numbers, digests = _read_stored(connection)
    new_digests = {entry.key: entry.digest() for entry in entries}
    changes = Changes(
        added=frozenset(new_digests.keys() - digests.keys()),
        changed=frozenset(key for key, digest in digests.items() if new_digests.get(key, digest) != digest),
        removed=frozenset(digests.keys() - new_digests.keys()),
        unchanged=frozenset(key for key, digest in digests.items() if new_digests.get(key) == digest),
    )
    if changes:
        changes = replace(changes, gone=_find_gone(entries, numbers))
        differing = [entry for entry in entries if entry.key not in changes.unchanged]
        _delete_stale(connection, changes, differing, numbers)
        _assign_ids(connection, differing, numbers)
        for table, rows in _rows_by_table(differing, new_digests, numbers).items():
            insert(connection, table, rows, replacing="id" if table in ID_QUERIES else None)
        _delete_orphans(connection, changes, differing, numbers)
    return changes


def _find_gone(entries: Iterable[EntryRows], numbers: Iterable[Key]) -> frozenset[Key]:
    present = {key for entry in entries for key in entry.own_keys()}
    return frozenset(key for key in numbers if key.table != "passage" and key not in present)


def upsert(connection: Connection, table: str, key: str, rows: Iterable[Row]) -> bool:
    """Writes those rows of a small table that differ, by their natural key; whether there were any."""
    stored = {row[key]: row for row in connection.execute(text(f"SELECT to_json(one) FROM {table} AS one")).scalars()}
    differing = [row for row in rows if stored.get(row[key]) != json.loads(as_json(row))]
    if differing:
        insert(connection, table, differing, replacing=key)
    return bool(differing)


def delete_missing(connection: Connection, table: str, key: str, rows: Iterable[Row]) -> bool:
    """Deletes all rows of a small table but these; whether there were any."""
    keys = [row[key] for row in rows]
    return connection.execute(text(f"DELETE FROM {table} WHERE {key} <> ALL(:kept)"), {"kept": keys}).rowcount > 0


def insert(connection: Connection, table: str, rows: Collection[Row], *, replacing: str | None = None) -> None:
    """Rows into a table; `replacing` is a column: rows with the same value in it are overwritten."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    column_list = ", ".join(f'"{column}"' for column in columns)
    update = ", ".join(f'"{column}" = excluded."{column}"' for column in columns)
    conflict = f" ON CONFLICT ({replacing}) DO UPDATE SET {update}" if replacing else ""
    # no cast: `name` is a type of PostgreSQL's own too
    row_type = f"(SELECT one FROM {table} AS one LIMIT 0)"
    statement = (
        f"INSERT INTO {table} ({column_list}) SELECT {column_list}"
        f" FROM json_populate_recordset({row_type}, CAST(:rows AS json)){conflict}"
    )
    connection.execute(text(statement), {"rows": as_json(list(rows))})


def as_json(value: object) -> str:
    """JSON as PostgreSQL reads it; the first and the last day that there is are infinite."""
    return json.dumps(value, default=_date_to_json, ensure_ascii=False)


def _date_to_json(value: object) -> str:
    if not isinstance(value, date):
        raise TypeError(value)
    return {date.max: "infinity", date.min: "-infinity"}.get(value) or value.isoformat()


def _read_stored(connection: Connection) -> tuple[dict[Key, int], dict[Key, str]]:
    """The number of each row that others can refer to, and the digest of each entry."""
    numbers: dict[Key, int] = {}
    digests: dict[Key, str] = {}
    for table, query in ID_QUERIES.items():
        for number, digest, *natural in connection.execute(text(query)):
            key = Key(table, tuple(natural))
            numbers[key] = number
            if digest is not None:
                digests[key] = digest
    return numbers, digests


def _delete_stale(
    connection: Connection, changes: Changes, differing: Iterable[EntryRows], numbers: Mapping[Key, int]
) -> None:
    """Deletes what is written anew, and what refers to that; then facts and conflicts that are gone."""
    kept = [numbers[key] for entry in differing for key in entry.own_keys() if key.table == "claim" and key in numbers]
    for table, dependents in DEPENDENTS.items():
        ids = _ids(changes.changed | changes.removed, table, numbers)
        for dependent, column in dependents.items():
            _delete(connection, dependent, f"{column} = ANY(:ids)", ids=ids)
    changed = _ids(changes.changed, "fact", numbers)
    of_changed = "claim_id IN (SELECT id FROM claim WHERE fact_id = ANY(:ids))"
    for dependent in ("claim_context", "attribution_step"):
        _delete(connection, dependent, of_changed, ids=changed)
    _delete(connection, "claim", "fact_id = ANY(:ids) AND id <> ALL(:kept)", ids=changed, kept=kept)
    for table in ("conflict", "fact"):
        _delete(connection, table, "id = ANY(:ids)", ids=_ids(changes.removed, table, numbers))


def _delete_orphans(
    connection: Connection, changes: Changes, differing: Iterable[EntryRows], numbers: Mapping[Key, int]
) -> None:
    """Deletes what nothing refers to any more."""
    kept = [numbers[key] for entry in differing for key in entry.own_keys() if key.table == "passage"]
    changed = _ids(changes.changed, "source", numbers)
    _delete(connection, "passage", "source_id = ANY(:ids) AND id <> ALL(:kept)", ids=changed, kept=kept)
    for table in ("source", "place", "actor"):
        _delete(connection, table, "id = ANY(:ids)", ids=_ids(changes.removed, table, numbers))


def _ids(keys: Iterable[Key], table: str, numbers: Mapping[Key, int]) -> list[int]:
    return [numbers[key] for key in keys if key.table == table]


def _delete(connection: Connection, table: str, condition: str, **values: list[int]) -> None:
    if values["ids"]:
        connection.execute(text(f"DELETE FROM {table} WHERE {condition}"), values)


def _assign_ids(connection: Connection, entries: Iterable[EntryRows], numbers: dict[Key, int]) -> None:
    """Gives every new row that has a number the next one of its table."""
    new: dict[str, list[Key]] = {}
    for entry in entries:
        for key in entry.own_keys():
            if key not in numbers:
                new.setdefault(key.table, []).append(key)
    for table, keys in new.items():
        query = "SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)"
        ids = connection.execute(text(query), {"name": table, "count": len(keys)}).scalars()
        numbers.update(zip(keys, ids, strict=True))


def _rows_by_table(
    entries: Iterable[EntryRows], digests: Mapping[Key, str], numbers: Mapping[Key, int]
) -> dict[str, list[Row]]:
    """The rows with their numbers by table; what a row refers to comes before it."""
    rows: dict[str, list[Row]] = {}
    for entry in entries:
        for table, row in entry.rows:
            numbered = {name: numbers[v] if isinstance(v, Key) else v for name, v in row.items()}
            if row.get("id") == entry.key:
                numbered["digest"] = digests[entry.key]
            rows.setdefault(table, []).append(numbered)
    return {table: rows[table] for table in TABLES if table in rows}
