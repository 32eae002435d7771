"""Compare what Alembic ignores or compares by name only: CHECKs, index conditions and expressions, functions, views.

Both sides are compared as PostgreSQL itself prints them: the declared objects are created temporarily alongside the
stored ones.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic.autogenerate import comparators, renderers
from alembic.operations import ops
from alembic.util import DispatchPriority, PriorityDispatchResult
from sqlalchemy import CheckConstraint, Column, Connection, MetaData, Table, TextClause, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import AddConstraint, CreateIndex, conv

from service.errors import DatabaseFailed
from service.settings import REPOSITORY

STORE = Path(__file__).parent
CHECKS = text("""
SELECT conname, pg_get_expr(conbin, conrelid) FROM pg_constraint
WHERE conrelid = CAST(:name AS regclass) AND contype = 'c'
""")
# the text before USING contains the name of the index and the schema of the table
INDEXES = text("""
SELECT relname, CASE WHEN indisunique THEN 'UNIQUE ' ELSE '' END
    || regexp_replace(pg_get_indexdef(indexrelid), '^.*? USING ', '')
FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
WHERE indrelid = CAST(:name AS regclass)
""")
ROUTINES = {
    "function": text("""
        SELECT CAST(oid::regprocedure AS text), pg_get_functiondef(oid) FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND prokind = 'f' AND NOT EXISTS (
            SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = pg_proc.oid AND deptype = 'e')
    """),
    "view": text("""
        SELECT CAST(oid::regclass AS text), 'CREATE VIEW ' || oid::regclass || E' AS\\n' || pg_get_viewdef(oid)
        FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'v'
    """),
}
"""Queries by kind for signature and definition; declarations are in the folder named after the plural of the kind."""


class ReplaceOp(ops.MigrateOperation):
    """Migration step that drops a function or a view if there is one `before`, and creates it as in `after`."""

    def __init__(self, kind: str, signature: str, before: str | None, after: str | None) -> None:
        """Store the step: `kind` is a key of ROUTINES, `signature` is what DROP takes, the rest are CREATEs."""
        self.kind, self.signature, self.before, self.after = kind, signature, before, after

    def reverse(self) -> ReplaceOp:
        """Return the step for the downgrade."""
        return ReplaceOp(self.kind, self.signature, self.after, self.before)

    def to_diff_tuple(self) -> tuple[str, str]:
        """Return what to do, such as "change function", and the signature."""
        verb = "change" if self.before and self.after else "add" if self.after else "remove"
        return f"{verb} {self.kind}", self.signature


@renderers.dispatch_for(ReplaceOp)
def render_replace(_: object, step: ReplaceOp) -> list[str]:
    """Return the lines of a migration; each line of a statement is a literal of its own, safe from indentation."""
    lines = []
    if step.before:
        lines.append(f'op.execute("DROP {step.kind.upper()} {step.signature}")')
    if step.after:
        literals = "\n".join(json.dumps(line, ensure_ascii=False) for line in step.after.splitlines(keepends=True))
        lines.append(f"op.execute(\n{literals}\n)")
    return lines


@comparators.dispatch_for("schema", priority=DispatchPriority.LAST)
def compare_routines(context: Any, upgrade: ops.UpgradeOps, _: object) -> PriorityDispatchResult:
    """Add to the migration the functions and views that differ from the declarations in their files."""
    connection: Connection = context.connection
    for kind, query in ROUTINES.items():
        before = _definitions(connection, query)
        after = _declared_routines(connection, kind, before)
        for signature in _differing(before, after):
            upgrade.ops.append(ReplaceOp(kind, signature, before.get(signature), after.get(signature)))
    return PriorityDispatchResult.CONTINUE


def _declared_routines(connection: Connection, kind: str, stored: Mapping[str, str]) -> dict[str, str]:
    """Return what the files of a kind create, by signature."""
    with _undone(connection):
        # a function may be created before another that it calls
        connection.execute(text("SET LOCAL check_function_bodies = off"))
        for signature in stored:
            connection.execute(text(f"DROP {kind} {signature} CASCADE"))
        for path in sorted((STORE / f"{kind}s").glob("*.sql")):
            _create(connection, path)
        return _definitions(connection, ROUTINES[kind])


def _create(connection: Connection, path: Path) -> None:
    statement = path.read_text(encoding="utf-8")
    try:
        connection.exec_driver_sql(statement, execution_options={"no_parameters": True})
    except DBAPIError as error:
        reason = str(error.orig).partition("\n")[0]
        raise DatabaseFailed(f"The statement in {path.relative_to(REPOSITORY)} failed: {reason}") from None


@comparators.dispatch_for("table", priority=DispatchPriority.LAST)
def compare_table(
    context: Any, changes: Any, schema: str | None, name: str, stored: Table | None, declared: Table | None
) -> PriorityDispatchResult:
    """Add to the migration the CHECKs and indexes of a table that differ from their declarations."""
    if stored is not None and declared is not None:
        connection: Connection = context.connection
        before = _definitions(connection, CHECKS, name=name), _definitions(connection, INDEXES, name=name)
        after = _declared_definitions(connection, declared)
        changes.ops += _check_steps(stored, declared, before[0], after[0])
        by_alembic = {step.index_name for step in changes.ops if isinstance(step, ops.CreateIndexOp | ops.DropIndexOp)}
        changes.ops += _index_steps(stored, declared, before[1], after[1], by_alembic)
    return PriorityDispatchResult.CONTINUE


def _check_steps(
    stored: Table, declared: Table, before: Mapping[str, str], after: Mapping[str, str]
) -> Iterator[ops.MigrateOperation]:
    checks = {str(each.name): each for each in declared.constraints if isinstance(each, CheckConstraint)}
    for name in _differing(before, after):
        if name in before:
            # a complete name, to which the naming convention adds nothing
            old = CheckConstraint(before[name], name=conv(name), table=stored)
            yield ops.DropConstraintOp.from_constraint(old)
        if name in after:
            yield ops.AddConstraintOp.from_constraint(checks[name])


def _index_steps(
    stored: Table, declared: Table, before: Mapping[str, str], after: Mapping[str, str], known: set[str | None]
) -> Iterator[ops.MigrateOperation]:
    """Yield steps for indexes that both sides have and whose difference Alembic has not found."""
    old, new = ({str(each.name): each for each in table.indexes} for table in (stored, declared))
    for name in _differing(before, after):
        if name in old and name in new and name not in known:
            yield ops.DropIndexOp.from_index(old[name])
            yield ops.CreateIndexOp.from_index(new[name])


def _declared_definitions(connection: Connection, declared: Table) -> tuple[dict[str, str], dict[str, str]]:
    """Return a declared table's CHECKs and indexes by name, from an empty temporary table that hides the stored one."""
    with _undone(connection):
        columns = (Column(each.name, each.type) for each in declared.columns)
        Table(declared.name, MetaData(), *columns, prefixes=["TEMPORARY"]).create(connection, checkfirst=False)
        for constraint in declared.constraints:
            if isinstance(constraint, CheckConstraint):
                connection.execute(AddConstraint(constraint, isolate_from_table=False))
        for index in declared.indexes:
            connection.execute(CreateIndex(index))
        return _definitions(connection, CHECKS, name=declared.name), _definitions(
            connection, INDEXES, name=declared.name
        )


def _definitions(connection: Connection, query: TextClause, **values: str) -> dict[str, str]:
    """Return the rows of a query: definitions by name, as PostgreSQL prints them."""
    return {str(name): str(definition) for name, definition in connection.execute(query, values)}


def _differing(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Return the names of definitions that are on one side only or differ."""
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


@contextmanager
def _undone(connection: Connection) -> Iterator[None]:
    """Roll back at the end of the block what the block does to the database."""
    attempt = connection.begin_nested()
    try:
        yield
    finally:
        attempt.rollback()
