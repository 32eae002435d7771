"""Memory that this process has freed goes back to the system."""

import ctypes

import psutil
import pytest

from service.memory import give_back

PIECES, BYTES = 100_000, 600


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="needs glibc")
def test_gaps_between_what_is_in_use_go_back() -> None:
    memory = psutil.Process().memory_info
    pieces = [bytes(BYTES) for _ in range(PIECES)]
    kept = pieces[::50]
    taken = memory().rss
    del pieces
    freed = memory().rss
    assert taken - freed < PIECES * BYTES / 4
    give_back()
    assert freed - memory().rss > PIECES * BYTES / 2
    assert len(kept) == PIECES / 50
