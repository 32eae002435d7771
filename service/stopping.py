"""How a command ends on a signal: by an exception, so that everything opened is closed; if necessary without one.

An exception raised by a signal handler can get lost: C code that calls back may turn it into another one or drop it. So
ending the process does not depend on that exception.
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
"""Time after the signal until whatever is still open is closed from another thread, and the process ends."""

_closes: list[Callable[[], None]] = []
_codes: list[int] = []
"""The exit code, once a signal has asked the process to end."""


def unwind_on_signals(code: int | None = None) -> None:
    """Exit by an exception, so that everything opened is closed; a second signal cannot interrupt that.

    `code` is the exit code, by default 128 plus the number of the signal.
    """

    def leave(number: int, frame: FrameType | None) -> None:
        for each in SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        begin_stop(128 + number if code is None else code)
        check_stop()

    for each in SIGNALS:
        signal.signal(each, leave)


def begin_stop(code: int) -> None:
    """Give the process `GRACE_SECONDS` to exit by itself."""
    if not _codes:
        _codes.append(code)
        # if a callback drops the exception, Python would print it
        sys.unraisablehook = lambda lost: None
        # not threading's, whose locks may be held by the code that the signal has interrupted
        _thread.start_new_thread(_end, (code,))


def check_stop() -> None:
    """Exit if a signal has asked for it, even if its exception was lost."""
    if _codes:
        sys.exit(_codes[0])


@contextmanager
def leaving_as_told() -> Iterator[None]:
    """Exit with the code of the signal that ended the block, whatever its exception has turned into."""
    try:
        yield
    finally:
        if _codes:
            with suppress(OSError):
                sys.stdout.flush()
            # everything is closed; freeing the memory of a load, object by object, takes seconds
            os._exit(_codes[0])


@contextmanager
def closed_in_any_case(close: Callable[[], None]) -> Iterator[None]:
    """Call `close` when the block ends, or from another thread if the block does not end despite a signal.

    `close` may be called twice, also concurrently, and must not wait without a limit.
    """
    _closes.append(close)
    try:
        yield
    finally:
        close()
        _closes.remove(close)


def end_process(process: subprocess.Popen[bytes], *steps: tuple[signal.Signals, float]) -> None:
    """Send one signal after another, each with its number of seconds, until a process has ended."""
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
