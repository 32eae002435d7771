"""Word of a commit that changes what is served, given before it, so that nobody serves what was before any longer.

Who keeps answers trusts what it knows of the revision for `LEASE_SECONDS` from when it last asked whether a commit is
announced. Who commits announces it, and waits for longer than that: by then no answer of before is served from memory.
This needs no word back, and rests on clocks only as far as they run at the same speed.
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
    """Announce that this transaction will be committed, and wait until nobody trusts what was before.

    The announcement ends with the transaction, however that ends, once what it has changed can be seen.
    """
    connection.execute("SET LOCAL lock_timeout = 0")
    connection.execute(f"SELECT pg_advisory_xact_lock({COMMIT_LOCK})".encode())
    time.sleep(LEASE_SECONDS + MARGIN_SECONDS)
