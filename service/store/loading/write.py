"""Write entries to PostgreSQL in batches. Only what differs is written; rows that stay keep their numbers.

Nothing is committed here. An entry may refer to one that comes later; until then a bare row takes the place of that.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg

from service.store.enums import ChangeKind
from service.store.layout import TABLES
from service.store.loading.change_log import LoggedChange, change_of, removals, write_log
from service.store.loading.copying import copy_rows, stage, staging, upsert_rows
from service.store.loading.days import DATE_COLUMNS, referring_columns, write_dates
from service.store.loading.dependents import DEPENDENTS
from service.store.loading.inputs import dump_named
from service.store.loading.numbers import ENTRIES, Bare, Numbers, StoredNumbers
from service.store.loading.tallies import Recount
from service.store.loading.touched import Touching
from service.store.rows import EntryRows, Key, Row, tells_same

BATCH_ROWS = 4_000
PASSAGE_KEY = ("source_id", "from_char", "to_char")
PASSAGE_COLUMNS = referring_columns("passage.id")
"""The columns that refer to a passage, by table."""
WORDING_COLUMNS = {"claim": ("wording_id",), "source": ("byline_id",)}


@dataclass
class Changes:
    """Changes to the entries: counts by table, removed slugs of claims and entries, and what is touched or recounted.

    `gone` holds the claims and entries whose slugs no longer name anything. `touched` holds the slugs of what is
    touched, by table; `recount` holds what is counted differently. Both are None if much has changed.
    """

    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    gone: set[Key] = field(default_factory=set)
    touched: Mapping[str, frozenset[str]] | None = None
    recount: Recount | None = None

    def __bool__(self) -> bool:
        return self._count > 0

    @property
    def share(self) -> float:
        """The share of the entries that have changed, from 0 to 1."""
        return self._count / max(1, self._count + self.unchanged.total())

    @property
    def _count(self) -> int:
        return sum(each.total() for each in (self.added, self.changed, self.removed))


Progress = Callable[[int], None]
"""Receives the number of further entries that are done."""


def write(
    connection: psycopg.Connection,
    entries: Iterable[EntryRows],
    bare: Bare,
    progress: Progress,
    revision: int,
    *,
    is_first: bool = False,
    is_part: bool = False,
) -> Changes:
    """Bring the tables to the entries: rewrite those with a different digest, and delete those that are gone.

    `bare` makes a row that stands in for an entry that is referred to and has not come yet. `revision` is the one under
    which changes are logged. `is_first` says whether the store is empty. `is_part` says whether all other entries stay
    as they are stored.
    """
    writer = _Writer(connection, bare, revision, is_first=is_first, is_part=is_part)
    with _settings_of_load(writer.connection):
        for batch in _batches(entries):
            writer.write(batch)
            progress(len(batch))
    if is_part:
        writer.keep_others()
    writer.remove_missing()
    # if no entry is as it was stored, the code that makes the rows has changed
    if writer.has_kept:
        writer.changes.touched = writer.touching.slugs()
        writer.changes.recount = writer.recount if writer.recount.is_known else None
    return writer.changes


@contextmanager
def _settings_of_load(connection: psycopg.Connection) -> Iterator[None]:
    """Look rows up by indexes in the block even while tables are small, and merge words into theirs as they come.

    Tables grow during a load, but neither the statistics nor the cached plans of foreign key checks notice. Each row
    would be searched for in the whole table. For words that wait to be merged, each index would keep 4 MB of space, and
    a search would scan them.
    """
    # a sequential scan that happens nevertheless is costed so high that JIT would compile it
    connection.execute("SET LOCAL enable_seqscan = off; SET LOCAL jit = off; SET LOCAL gin_pending_list_limit = 512")
    yield
    connection.execute(
        "SET LOCAL enable_seqscan TO DEFAULT; SET LOCAL jit TO DEFAULT; SET LOCAL gin_pending_list_limit TO DEFAULT"
    )


def _batches(entries: Iterable[EntryRows]) -> Iterator[list[EntryRows]]:
    batch: list[EntryRows] = []
    rows = 0
    for entry in entries:
        batch.append(entry)
        # an entry that stays has no rows, but is kept with its batch
        rows += len(entry.rows) or 1
        if rows >= BATCH_ROWS:
            yield batch
            batch, rows = [], 0
    if batch:
        yield batch


class _Writer:
    """Writer of batches, which knows the numbers of the stored entries that have not come yet."""

    def __init__(
        self, connection: psycopg.Connection, bare: Bare, revision: int, *, is_first: bool, is_part: bool
    ) -> None:
        self.connection, self.revision = connection, revision
        self.changes, self.touching = Changes(), Touching(connection, is_wanted=not is_first)
        self.recount = Recount(connection, is_known=not is_first)
        self.numbers = Numbers(connection, bare)
        # nothing is missing if all other entries stay
        self.missing = {} if is_part else {table: StoredNumbers(connection, table) for table in ENTRIES}
        self._logged: list[LoggedChange] = []
        self._remade: list[EntryRows] = []
        self.has_kept = False
        """Whether at least one entry did not have to be made again."""
        self._told: set[Key] = set()
        """Those entries of the batch of which readers see something else than before."""

    # ------------------------------------------------------------------ a batch

    def write(self, batch: Sequence[EntryRows]) -> None:
        """Write those of the entries that differ from what is stored."""
        differing, changed = self._compare(batch)
        self._remember_inputs()
        if not differing:
            return
        self._write_dates(differing)
        self._touch(changed)
        for table, ids in self._numbers_by_table(changed).items():
            self.recount.take(table, ids)
        claims = self._delete_stale(changed)
        self._delete_claims(claims, differing)
        self.numbers.give(differing, claims)
        for table, rows in _rows_by_table(differing).items():
            self._write_rows(table, rows, claims)
        self._touch(differing)
        self.recount.give(self._numbers_by_table(differing).get("fact", ()))
        self._told.clear()
        write_log(self.connection, self._logged, self.revision)
        self._logged.clear()

    def _compare(self, batch: Sequence[EntryRows]) -> tuple[list[EntryRows], list[EntryRows]]:
        """Return the entries that differ from what is stored, and those of them that are stored.

        The rows of the differing entries are given their digests. All entries are counted.
        """
        differing, changed = [], []
        digests = self.numbers.begin_batch(batch)
        for entry in batch:
            stored = digests.get(entry.key)
            if stored is not None and entry.key.table in self.missing:
                self.missing[entry.key.table].discard(self.numbers[entry.key])
            digest = entry.digest() if entry.rows else stored
            if digest is None or digest == stored:
                self.changes.unchanged[entry.key.table] += 1
                self._remade += [entry] if entry.rows and entry.inputs else []
                self.has_kept |= not entry.rows
                continue
            entry.rows[0][1].update({"digest": digest, **_inputs_of(entry)})
            differing.append(entry)
            if stored is None:
                self.changes.added[entry.key.table] += 1
                self._logged.append(change_of(entry, ChangeKind.ADDED))
                self._told.add(entry.key)
            else:
                self.changes.changed[entry.key.table] += 1
                changed.append(entry)
                if not tells_same(digest, stored):
                    self._logged.append(change_of(entry, ChangeKind.CHANGED))
                    self._told.add(entry.key)
        return differing, changed

    def _touch(self, entries: Iterable[EntryRows]) -> None:
        """Note the entries that readers see changed, and what these refer to at this moment."""
        for table, ids in self._numbers_by_table(entry for entry in entries if entry.key in self._told).items():
            self.touching.add(table, ids)

    def _numbers_by_table(self, entries: Iterable[EntryRows]) -> dict[str, list[int]]:
        ids: dict[str, list[int]] = {}
        for entry in entries:
            ids.setdefault(entry.key.table, []).append(self.numbers[entry.key])
        return ids

    def _remember_inputs(self) -> None:
        """Store the new inputs of entries that were made again with the same rows as before."""
        rows: dict[str, list[Row]] = {}
        for entry in self._remade:
            if inputs := _inputs_of(entry):
                rows.setdefault(entry.key.table, []).append({"id": self.numbers[entry.key], **inputs})
        for table, of_table in rows.items():
            stage(self.connection, table, of_table)
            update = ", ".join(f"{column} = made.{column}" for column in of_table[0] if column != "id")
            statement = f"UPDATE {table} SET {update} FROM {staging(table)} AS made WHERE made.id = {table}.id"
            self.connection.execute(statement.encode())
        self._remade.clear()

    def _write_dates(self, differing: Iterable[EntryRows]) -> None:
        """Write each date that a row holds, with its bounds and labels, unless it is stored."""
        held = {
            str(row[column])
            for entry in differing
            for table, row in entry.rows
            for column in DATE_COLUMNS.get(table, ())
            if row.get(column) is not None
        }
        write_dates(self.connection, held)

    def _delete_stale(self, changed: Sequence[EntryRows]) -> dict[Key, int]:
        """Delete the rows that are rewritten; return the numbers of the claims, which are kept."""
        claims: dict[Key, int] = {}
        for table in DEPENDENTS:
            ids = [self.numbers[entry.key] for entry in changed if entry.key.table == table]
            self._delete_dependents(table, ids)
            if table == "fact" and ids:
                found = self.connection.execute("SELECT slug, id FROM claim WHERE fact_id = ANY(%s)", (ids,))
                claims = {Key("claim", (slug,)): number for slug, number in found}
        for dependent in ("claim_context", "attribution_step"):
            self._delete(dependent, "claim_id = ANY(%s)", [*claims.values()])
        return claims

    def _delete_claims(self, claims: Mapping[Key, int], differing: Iterable[EntryRows]) -> None:
        """Delete those of the claims that none of the entries makes any more."""
        gone = claims.keys() - {key for entry in differing for key in entry.own_keys()}
        self.changes.gone |= gone
        self._delete("claim", "id = ANY(%s)", [claims[key] for key in gone])

    def _delete_dependents(self, table: str, ids: Sequence[int]) -> None:
        for dependent, column in DEPENDENTS[table].items():
            self._delete(dependent, f"{column} = ANY(%s)", ids)

    def _delete(self, table: str, condition: str, ids: Sequence[int]) -> None:
        if ids:
            self.connection.execute(f"DELETE FROM {table} WHERE {condition}".encode(), ([*ids],))

    def _write_rows(self, table: str, rows: Sequence[Row], claims: Mapping[Key, int]) -> None:
        """Write the rows of a table, overwriting those that are there and copying in the others."""
        if table == "passage":
            self._write_passages(rows)
            return
        if table == "wording":
            upsert_rows(self.connection, table, ("id",), [*{row["id"]: row for row in rows}.values()])
            return
        self.numbers.add(table, rows)
        new: list[Row] = []
        there: list[Row] = []
        for row in rows:
            is_there = self.numbers.is_there(row.get("id"), claims)
            (there if is_there else new).append(row)
        if new:
            copy_rows(self.connection, table, new, self.numbers.__getitem__)
        if there:
            upsert_rows(self.connection, table, ("id",), there, self.numbers.__getitem__)

    def _write_passages(self, rows: Iterable[Row]) -> None:
        """Write passages, each once, because several facts and those derived from them cite the same passage."""
        by_key = {key: row for row in rows if isinstance(key := row["id"], Key)}
        unnumbered = [{name: value for name, value in row.items() if name != "id"} for row in by_key.values()]
        upsert_rows(self.connection, "passage", PASSAGE_KEY, unnumbered, self.numbers.__getitem__)
        # look each up by its key, however few stored rows PostgreSQL expects
        query = (
            f"SELECT stored.id, source_id, from_char, to_char FROM {staging('passage')} AS staged CROSS JOIN LATERAL"
            " (SELECT id FROM passage WHERE (source_id, from_char, to_char)"
            " = (staged.source_id, staged.from_char, staged.to_char) LIMIT 1) AS stored"
        )
        found = self.connection.execute(query.encode()).fetchall()
        numbers = {(source, start, end): number for number, source, start, end in found}
        for key in by_key:
            source, start, end = key.natural
            self.numbers.of_batch[key] = numbers[self.numbers[Key("source", (source,))], start, end]

    # ------------------------------------------------------------------ the end

    def keep_others(self) -> None:
        """Count all entries that have not come as unchanged."""
        self.has_kept = True
        for table in ENTRIES:
            for (count,) in self.connection.execute(f"SELECT count(*) FROM {table}".encode()):
                self.changes.unchanged[table] = count - self.changes.added[table] - self.changes.changed[table]

    def remove_missing(self) -> None:
        """Delete the entries that have not come, and what nothing refers to any more."""
        ids = {table: [*self.missing.get(table, ())] for table in ENTRIES}
        self.changes.removed.update({table: len(numbers) for table, numbers in ids.items() if numbers})
        for table in ids:
            write_log(self.connection, removals(self.connection, table, ids[table]), self.revision)
            self._add_gone(table, "id", ids[table])
        self._add_gone("claim", "fact_id", ids["fact"])
        for key in self.changes.gone:
            self.touching.remove(key.table, [str(key.natural[0])])
        for table in ids:
            self.touching.add(table, ids[table])
            self.recount.take(table, ids[table])
            self._delete_dependents(table, ids[table])
        for table in ("conflict", "fact"):
            self._delete(table, "id = ANY(%s)", ids[table])
        if self.changes.changed or self.changes.removed:
            self._delete_unreferenced("passage", "id", PASSAGE_COLUMNS)
        for table in ("source", "place", "actor"):
            self._delete(table, "id = ANY(%s)", ids[table])
        if self.changes.changed or self.changes.removed:
            self._delete_unreferenced("edtf", "text", DATE_COLUMNS)
            self._delete_unreferenced("wording", "id", WORDING_COLUMNS)

    def _add_gone(self, table: str, column: str, ids: Sequence[int]) -> None:
        query = f"SELECT slug FROM {table} WHERE {column} = ANY(%s)"
        found = self.connection.execute(query.encode(), (ids,)) if ids else ()
        self.changes.gone |= {Key(table, (slug,)) for (slug,) in found}

    def _delete_unreferenced(self, table: str, key: str, columns: Mapping[str, Sequence[str]]) -> None:
        """Delete the rows of a table that none of these columns refers to."""
        conditions = [
            f"NOT EXISTS (SELECT FROM {other} WHERE {other}.{column} = {table}.{key})"
            for other, names in columns.items()
            for column in names
        ]
        self.connection.execute(f"DELETE FROM {table} WHERE {' AND '.join(conditions)}".encode())


def _inputs_of(entry: EntryRows) -> Row:
    """Return the columns for an entry's inputs and, if it names others permanently, for those names."""
    if entry.inputs is None:
        return {}
    named: Row = {"named": dump_named(entry.named)} if entry.key.table in ("fact", "source") else {}
    return {"inputs": entry.inputs, **named}


def fetch_inputs(
    connection: psycopg.Connection, table: str, slugs: Sequence[str]
) -> dict[str, tuple[str | None, str | None]]:
    """Return the stored digests of what entries were made of, and what they name."""
    named = "named" if table in ("fact", "source") else "NULL"
    query = f"SELECT slug, inputs, {named} FROM {table} WHERE slug = ANY(%s)"
    found = connection.execute(query.encode(), ([*slugs],))
    return {slug: (inputs, named) for slug, inputs, named in found}


def _rows_by_table(entries: Iterable[EntryRows]) -> dict[str, list[Row]]:
    """Return the rows by table; tables come after those that they refer to."""
    rows: dict[str, list[Row]] = {}
    for entry in entries:
        for table, row in entry.rows:
            rows.setdefault(table, []).append(row)
    return {table: rows[table] for table in TABLES if table in rows}
