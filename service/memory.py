"""How this process cleans up its memory: when it collects garbage, and when it returns freed memory to the system."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager

RARE = (50_000, 10, 100)
"""Thresholds of the garbage collector, instead of Python's, for blocks that leave little garbage."""


@contextmanager
def pause_garbage_collection() -> Iterator[None]:
    """Pause garbage collection in this block, which creates a large tree and no cycles that become garbage.

    The tree is kept or dropped as a whole. Searching a record for garbage while it is read takes a third of the time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def limit_garbage_collection() -> Iterator[None]:
    """Hide existing objects from the garbage collector and run it rarely, for a block whose objects have no cycles."""
    thresholds = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*RARE)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        gc.unfreeze()


def give_back() -> None:
    """Return the free pages between those in use, if the C library supports it (glibc).

    Reading many small pieces leaves gaps all over the heap: some 60 MB for a large record.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
