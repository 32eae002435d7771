"""Gives back to the system what this process has freed, which it would otherwise keep for itself."""

import ctypes


def give_back() -> None:
    """Return the free pages between those in use, where the C library (glibc) can.

    What was read of many small pieces leaves gaps all over its heap: of a large record some 60 MB.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
