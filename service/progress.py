"""Report the steps of a command with their results; the progress of long ones as a bar or as a line now and then."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

SECONDS = 5.0
"""Interval between two lines."""

# messages go where the log goes; requested output goes to stdout
console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)


@contextmanager
def step(doing: str, *, is_long: bool = False) -> Iterator[Callable[[object], None]]:
    """Print what is being done, then the result and how long it took; long steps report their progress elsewhere."""
    started = time.monotonic()
    results: list[object] = []
    if console.is_terminal and not is_long:
        with console.status(f"{doing} ..."):
            yield results.append
    else:
        console.print(f"{doing} ...")
        yield results.append
    for sentence in results:
        console.print(f"{sentence} ({time.monotonic() - started:.1f} s)")


@contextmanager
def progress_of(what: str, out: Console) -> Iterator[Callable[[int], Callable[[int], None]]]:
    """Return a function that takes the total and returns a function to report how many more are done."""
    if not out.is_terminal:
        yield lambda total: _Lines(what, total, out).advance
        return
    rate = TextColumn("{task.fields[rate]}")
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        rate,
        TimeRemainingColumn(),
        console=out,
        transient=True,
    ) as bars:

        def begin(total: int) -> Callable[[int], None]:
            task = bars.add_task(what, total=total, rate="")

            def advance(done: int) -> None:
                bars.advance(task, done)
                speed = bars.tasks[task].speed
                bars.update(task, rate=f"{speed:,.0f} per second" if speed else "")

            return advance

        yield begin


class _Lines:
    """Printer of a line every few seconds: how many are done, how many per second, and the time left."""

    def __init__(self, what: str, total: int, out: Console) -> None:
        self.what, self.total, self.out = what, total, out
        self.done, self.began = 0, time.monotonic()
        self.said = self.began

    def advance(self, done: int) -> None:
        self.done += done
        now = time.monotonic()
        if now - self.said < SECONDS:
            return
        self.said = now
        rate = self.done / (now - self.began)
        left = max(self.total - self.done, 0) / rate
        self.out.print(
            f"{self.what}: {self.done:,} of {self.total:,}, {rate:,.0f} per second, about {left:,.0f} s left ..."
        )
