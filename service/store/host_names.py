"""Names of database hosts, which are looked up before a connection is opened.

asyncpg leaves the lookup to the event loop, which has four threads for all names and ends no lookup early. If DNS does
not answer for one host, repeated attempts to connect to it would occupy these threads, and no other host could be
found.
"""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import Future
from threading import Thread

_in_progress: dict[str, Future[None]] = {}


async def wait_until_known(host: str) -> None:
    """Return when the name has an address. Raises OSError if it has none.

    Each name is looked up once at a time: whoever asks meanwhile waits for the same lookup.
    """
    lookup = _in_progress.get(host)
    if lookup is None:
        lookup = _in_progress[host] = Future()
        # from now on, a caller that gives up does not cancel it for the others
        lookup.set_running_or_notify_cancel()
        # the process may end while a lookup is in progress
        Thread(target=_look_up, args=(host, lookup), name=f"lookup of {host}", daemon=True).start()
    await asyncio.wrap_future(lookup)


def _look_up(host: str, lookup: Future[None]) -> None:
    error: Exception | None = None
    try:
        socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except Exception as raised:
        error = raised
    del _in_progress[host]
    if error is None:
        lookup.set_result(None)
    else:
        lookup.set_exception(error)
