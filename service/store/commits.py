"""Announcement of a commit that changes the served content, made in advance so that nobody serves stale answers.

A process that caches answers trusts a known revision for `LEASE_SECONDS` after it last asked whether a commit is
announced. A writer announces its commit and waits for longer than that. By then no earlier answer is served from
memory. No acknowledgement is needed, and clocks matter only in that they must run at the same speed.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import psycopg

# any number, the same in every version
COMMIT_LOCK = 20190426
LEASE_SECONDS = 0.5
MARGIN_SECONDS = 0.05
IS_NOT_ANNOUNCED = f"SELECT pg_try_advisory_xact_lock_shared({COMMIT_LOCK})"


def announce_commit(connection: psycopg.Connection) -> None:
    """Announce that this transaction will be committed, and wait until nobody trusts the previous state.

    The announcement ends with the transaction, whether committed or rolled back, once its changes are visible.
    """
    connection.execute("SET LOCAL lock_timeout = 0")
    connection.execute(f"SELECT pg_advisory_xact_lock({COMMIT_LOCK})".encode())
    time.sleep(LEASE_SECONDS + MARGIN_SECONDS)
