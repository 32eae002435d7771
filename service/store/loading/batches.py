"""Entries by as many as are written together, and made by a process of its own while others are written."""

import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from typing import Any

from service.store.rows import EntryRows

BATCH_ROWS = 4_000
Make = Callable[[], Iterator[EntryRows]]
"""Makes entries, the same each time."""


def batches(entries: Iterable[EntryRows]) -> Iterator[list[EntryRows]]:
    """The entries by so many as have BATCH_ROWS together."""
    batch: list[EntryRows] = []
    rows = 0
    for entry in entries:
        batch.append(entry)
        rows += len(entry.rows)
        if rows >= BATCH_ROWS:
            yield batch
            batch, rows = [], 0
    if batch:
        yield batch


def can_make_beside() -> bool:
    """Whether a process can be forked here, and there is a second processor for it."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


def make_beside(make: Make) -> Iterator[EntryRows]:
    """The entries, made from now on by a fork of this process, which is a batch ahead.

    What it cannot make is made here, where a mistake is told.
    """
    fork = get_context("fork")
    here, there = fork.Pipe(duplex=False)
    process = fork.Process(target=_send, args=(here, there, make), daemon=True)
    with warnings.catch_warnings():
        # of other threads: it does nothing but reckon, and takes no lock of theirs
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    there.close()
    return _receive(here, process, make)


def _receive(here: "Connection[Any, Any]", process: ForkProcess, make: Make) -> Iterator[EntryRows]:
    done = 0
    try:
        with suppress(EOFError):
            while batch := here.recv():
                yield from batch
                done += len(batch)
            return
    finally:
        here.close()
        process.kill()
        process.join()
    yield from islice(make(), done, None)


def _send(here: "Connection[Any, Any]", there: "Connection[Any, Any]", make: Make) -> None:
    """Send all batches, and an empty one at the end; nothing more if this process is told to end or fails."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_DFL)
    # else the end of the other process would not be noticed
    here.close()
    with suppress(Exception):
        for batch in batches(make()):
            there.send(batch)
        there.send([])
