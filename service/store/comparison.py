"""What Alembic compares by name only: the CHECKs of a table, each as PostgreSQL itself writes it."""

from __future__ import annotations

from typing import Any

from alembic.autogenerate import comparators
from alembic.operations import ops
from alembic.util import PriorityDispatchResult
from sqlalchemy import CheckConstraint, Connection, MetaData, Table, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import AddConstraint, conv

COPY = "as_declared"
CHECKS = text("""
SELECT conname, pg_get_expr(conbin, conrelid) FROM pg_constraint
WHERE conrelid = CAST(:name AS regclass) AND contype = 'c'
""")


@comparators.dispatch_for("table")
def compare_checks(
    context: Any, found: Any, schema: str | None, name: str, stored: Table | None, declared: Table | None
) -> PriorityDispatchResult:
    """Adds to what a migration has to change the CHECKs that are not as they are declared."""
    if stored is not None and declared is not None:
        wanted = {str(each.name): each for each in declared.constraints if isinstance(each, CheckConstraint)}
        before = _checks(context.connection, name)
        after = {key: _as_stored(context.connection, name, check) for key, check in wanted.items()}
        for key in sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key)):
            if key in before:
                # a whole name, to which the convention adds nothing
                old = CheckConstraint(before[key], name=conv(key), table=stored)
                found.ops.append(ops.DropConstraintOp.from_constraint(old))
            if key in wanted:
                found.ops.append(ops.AddConstraintOp.from_constraint(wanted[key]))
    return PriorityDispatchResult.CONTINUE


def _checks(connection: Connection, name: str) -> dict[str, str]:
    return {str(key): str(condition) for key, condition in connection.execute(CHECKS, {"name": name})}


def _as_stored(connection: Connection, name: str, check: CheckConstraint) -> str | None:
    """How PostgreSQL writes a check of a table, tried on an empty copy; None where a column is not there yet."""
    copy = CheckConstraint(check.sqltext, name=check.name)
    Table(COPY, MetaData()).append_constraint(copy)
    attempt = connection.begin_nested()
    try:
        connection.execute(text(f"CREATE TEMPORARY TABLE {COPY} (LIKE {name})"))
        connection.execute(AddConstraint(copy))
        return next(iter(_checks(connection, COPY).values()))
    except DBAPIError:
        return None
    finally:
        attempt.rollback()
