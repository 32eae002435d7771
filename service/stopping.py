"""How a command ends that a signal tells to: by an exception, so that what was opened is closed; if need be without.

An exception that a signal handler raises can get lost: what C calls back turns it into another one or drops it.
So the end does not depend on it.
"""

from __future__ import annotations

import _thread
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
GRACE_SECONDS = 8.0
"""From the signal on; afterwards what is still open is closed from beside, and the process ends."""

_closes: list[Callable[[], None]] = []
_codes: list[int] = []
"""With which code to leave, as soon as a signal has told to."""


def unwind_on_signals(code: int | None = None) -> None:
    """Leave by an exception, so that what was opened is closed; a second signal cannot disturb that.

    `code` is what to leave with, by default 128 and the number of the signal.
    """

    def leave(number: int, frame: FrameType | None) -> None:
        for each in SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        begin_stop(128 + number if code is None else code)
        check_stop()

    for each in SIGNALS:
        signal.signal(each, leave)


def begin_stop(code: int) -> None:
    """From here on the process has `GRACE_SECONDS` to leave by itself."""
    if not _codes:
        _codes.append(code)
        # where a callback drops the exception, Python would print it
        sys.unraisablehook = lambda lost: None
        # not threading's: its locks may be held by what the signal has interrupted
        _thread.start_new_thread(_end, (code,))


def check_stop() -> None:
    """Leave if a signal has told to, whatever has become of its exception."""
    if _codes:
        sys.exit(_codes[0])


@contextmanager
def leaving_as_told() -> Iterator[None]:
    """Leave with the code of the signal that ended the block, whatever its exception has become on its way."""
    try:
        yield
    finally:
        if _codes:
            with suppress(OSError):
                sys.stdout.flush()
            # all is closed; to free what a load has in memory, object by object, takes seconds
            os._exit(_codes[0])


@contextmanager
def closed_in_any_case(close: Callable[[], None]) -> Iterator[None]:
    """Call `close` when the block ends, or, should it not end though a signal told to, from a thread beside it.

    It may be called twice, also at once, and must not wait without a limit.
    """
    _closes.append(close)
    try:
        yield
    finally:
        close()
        _closes.remove(close)


def end_process(process: subprocess.Popen[bytes], *steps: tuple[signal.Signals, float]) -> None:
    """Send one signal after the other, each with the seconds that it is given, until a process has ended."""
    for order, seconds in steps:
        process.send_signal(order)
        try:
            process.wait(seconds)
            return
        except subprocess.TimeoutExpired:
            continue


def _end(code: int) -> None:
    time.sleep(GRACE_SECONDS)
    try:
        with ExitStack() as stack:
            for close in list(_closes):
                stack.callback(close)
    finally:
        os._exit(code)
