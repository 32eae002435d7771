"""Tables in a file for what has to be known of each of millions of facts, which would not go into memory."""

import sqlite3
from weakref import finalize


def temporary_tables(owner: object, *statements: str) -> sqlite3.Connection:
    """A database of SQLite that these statements make, in a file which is gone with its owner.

    Nothing is committed, so that nothing waits for the disk; little of it is in memory.
    """
    tables = sqlite3.connect("", check_same_thread=False)
    finalize(owner, tables.close)
    for statement in statements:
        tables.execute(statement)
    return tables
