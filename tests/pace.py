"""How slow the processors are at the moment, so that a bound in seconds means the same on every machine."""

from __future__ import annotations

import time

USUAL_SECONDS = 0.04
"""Time to count to a million where the tests' bounds were set: 0.07 means that 1.8 times as much time is needed."""


def pace() -> float:
    """Return how many times as long as usual the same work takes here and now; never less than 1."""
    return max(1.0, min(_counting_seconds() for _ in range(3)) / USUAL_SECONDS)


def _counting_seconds() -> float:
    began, total = time.process_time(), 0
    for number in range(1_000_000):
        total += number
    return time.process_time() - began
