"""How slow the processors are at the moment, so that a bound in seconds says the same on every machine."""

from __future__ import annotations

import time

USUAL_SECONDS = 0.04
"""What counting to a million takes where the bounds of the tests were set: 0.07 where 1.8 times as much is needed."""


def pace() -> float:
    """How many times as long as usual the same work takes here and now; never less than 1."""
    return max(1.0, min(_counting_seconds() for _ in range(3)) / USUAL_SECONDS)


def _counting_seconds() -> float:
    began, total = time.process_time(), 0
    for number in range(1_000_000):
        total += number
    return time.process_time() - began
