"""Items into PostgreSQL: only what differs is written, what stays keeps its number. It commits nothing."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, text

from service.store.kinds import METADATA
from service.store.rows import Item, Key, Row

TABLES = [table.name for table in METADATA.sorted_tables]
"""What a row refers to stands before it."""

# Rows that rows of other items refer to: each keeps its number as long as it is what it was.
NUMBERED = {
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

# Rows that are written anew with their item, by the column that names it; what hangs on them goes with them.
DEPENDENT = {
    "conflict": {"conflict_claim": "conflict_id"},
    "fact": {
        "snapshot": "fact_id",
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
class Written:
    """What became of the items."""

    added: frozenset[Key]
    changed: frozenset[Key]
    removed: frozenset[Key]
    unchanged: frozenset[Key]
    gone: frozenset[Key] = frozenset()
    """The items and claims whose slugs name nothing any more."""

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def write(connection: Connection, items: Collection[Item]) -> Written:
    """Brings the tables to the items: what has another digest is written anew, what is gone is deleted."""
    numbers, digests = _stored(connection)
    fresh = {item.key: item.digest() for item in items}
    written = Written(
        added=frozenset(fresh.keys() - digests.keys()),
        changed=frozenset(key for key, digest in digests.items() if fresh.get(key, digest) != digest),
        removed=frozenset(digests.keys() - fresh.keys()),
        unchanged=frozenset(key for key, digest in digests.items() if fresh.get(key) == digest),
    )
    if written:
        written = replace(written, gone=_gone(items, numbers))
        own = [item for item in items if item.key not in written.unchanged]
        _clear(connection, written, own, numbers)
        _number(connection, own, numbers)
        for table, rows in _tables(own, fresh, numbers).items():
            insert(connection, table, rows, replacing="id" if table in NUMBERED else None)
        _drop(connection, written, own, numbers)
    return written


def _gone(items: Iterable[Item], numbers: Iterable[Key]) -> frozenset[Key]:
    kept = {key for item in items for key in item.own_keys()}
    return frozenset(key for key in numbers if key.table != "passage" and key not in kept)


def renew(connection: Connection, table: str, key: str, rows: Iterable[Row]) -> bool:
    """Writes those rows of a small table that differ, by their natural key; whether there were any."""
    stored = {row[key]: row for row in connection.execute(text(f"SELECT to_json(one) FROM {table} AS one")).scalars()}
    differing = [row for row in rows if stored.get(row[key]) != json.loads(as_json(row))]
    if differing:
        insert(connection, table, differing, replacing=key)
    return bool(differing)


def forget(connection: Connection, table: str, key: str, rows: Iterable[Row]) -> bool:
    """Deletes all rows of a small table but these; whether there were any."""
    kept = [row[key] for row in rows]
    return connection.execute(text(f"DELETE FROM {table} WHERE {key} <> ALL(:kept)"), {"kept": kept}).rowcount > 0


def insert(connection: Connection, table: str, rows: Collection[Row], *, replacing: str | None = None) -> None:
    """Rows into a table; `replacing` is a column: rows with the same value in it are overwritten."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    listed = ", ".join(f'"{column}"' for column in columns)
    update = ", ".join(f'"{column}" = excluded."{column}"' for column in columns)
    conflict = f" ON CONFLICT ({replacing}) DO UPDATE SET {update}" if replacing else ""
    # no cast: `name` is a type of PostgreSQL's own too
    row_type = f"(SELECT one FROM {table} AS one LIMIT 0)"
    statement = (
        f"INSERT INTO {table} ({listed}) SELECT {listed}"
        f" FROM json_populate_recordset({row_type}, CAST(:rows AS json)){conflict}"
    )
    connection.execute(text(statement), {"rows": as_json(list(rows))})


def as_json(value: object) -> str:
    """JSON as PostgreSQL reads it; the first and the last day that there is are infinite."""
    return json.dumps(value, default=_day, ensure_ascii=False)


def _day(value: object) -> str:
    if not isinstance(value, date):
        raise TypeError(value)
    return {date.max: "infinity", date.min: "-infinity"}.get(value) or value.isoformat()


def _stored(connection: Connection) -> tuple[dict[Key, int], dict[Key, str]]:
    """The number of each row that others can refer to, and the digest of each item."""
    numbers: dict[Key, int] = {}
    digests: dict[Key, str] = {}
    for table, query in NUMBERED.items():
        for number, digest, *natural in connection.execute(text(query)):
            key = Key(table, tuple(natural))
            numbers[key] = number
            if digest is not None:
                digests[key] = digest
    return numbers, digests


def _clear(connection: Connection, written: Written, own: Iterable[Item], numbers: Mapping[Key, int]) -> None:
    """Deletes what is written anew, and what refers to that; then facts and conflicts that are gone."""
    kept = [numbers[key] for item in own for key in item.own_keys() if key.table == "claim" and key in numbers]
    for table, dependents in DEPENDENT.items():
        ids = _ids(written.changed | written.removed, table, numbers)
        for dependent, column in dependents.items():
            _delete(connection, dependent, f"{column} = ANY(:ids)", ids=ids)
    changed = _ids(written.changed, "fact", numbers)
    of_changed = "claim_id IN (SELECT id FROM claim WHERE fact_id = ANY(:ids))"
    for dependent in ("claim_context", "attribution_step"):
        _delete(connection, dependent, of_changed, ids=changed)
    _delete(connection, "claim", "fact_id = ANY(:ids) AND id <> ALL(:kept)", ids=changed, kept=kept)
    for table in ("conflict", "fact"):
        _delete(connection, table, "id = ANY(:ids)", ids=_ids(written.removed, table, numbers))


def _drop(connection: Connection, written: Written, own: Iterable[Item], numbers: Mapping[Key, int]) -> None:
    """Deletes what nothing refers to any more."""
    kept = [numbers[key] for item in own for key in item.own_keys() if key.table == "passage"]
    changed = _ids(written.changed, "source", numbers)
    _delete(connection, "passage", "source_id = ANY(:ids) AND id <> ALL(:kept)", ids=changed, kept=kept)
    for table in ("source", "place", "actor"):
        _delete(connection, table, "id = ANY(:ids)", ids=_ids(written.removed, table, numbers))


def _ids(keys: Iterable[Key], table: str, numbers: Mapping[Key, int]) -> list[int]:
    return [numbers[key] for key in keys if key.table == table]


def _delete(connection: Connection, table: str, condition: str, **values: list[int]) -> None:
    if values["ids"]:
        connection.execute(text(f"DELETE FROM {table} WHERE {condition}"), values)


def _number(connection: Connection, items: Iterable[Item], numbers: dict[Key, int]) -> None:
    """Gives every new row that has a number the next one of its table."""
    new: dict[str, list[Key]] = {}
    for item in items:
        for key in item.own_keys():
            if key not in numbers:
                new.setdefault(key.table, []).append(key)
    for table, keys in new.items():
        query = "SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)"
        found = connection.execute(text(query), {"name": table, "count": len(keys)}).scalars()
        numbers.update(zip(keys, found, strict=True))


def _tables(items: Iterable[Item], digests: Mapping[Key, str], numbers: Mapping[Key, int]) -> dict[str, list[Row]]:
    """The rows with their numbers by table; what a row refers to comes before it."""
    rows: dict[str, list[Row]] = {}
    for item in items:
        for table, row in item.rows:
            numbered = {name: numbers[v] if isinstance(v, Key) else v for name, v in row.items()}
            if row.get("id") == item.key:
                numbered["digest"] = digests[item.key]
            rows.setdefault(table, []).append(numbered)
    return {table: rows[table] for table in TABLES if table in rows}
