"""Return freed memory to the system, which this process would otherwise keep for itself."""

import ctypes


def give_back() -> None:
    """Return the free pages between those in use, if the C library supports it (glibc).

    Reading many small pieces leaves gaps all over the heap: some 60 MB for a large record.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
