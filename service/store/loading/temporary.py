"""Tables in a file for what has to be known of each of millions of facts, which would not fit into memory."""

import sqlite3
from weakref import finalize


def temporary_tables(owner: object, *statements: str) -> sqlite3.Connection:
    """Return an SQLite database created by these statements, in a file that is removed with its owner.

    Nothing is committed, so that nothing waits for the disk; little of the database is in memory.
    """
    tables = sqlite3.connect("", check_same_thread=False)
    finalize(owner, tables.close)
    for statement in statements:
        tables.execute(statement)
    return tables
