"""CPU time that processes have used, from three sources of different precision."""

from __future__ import annotations

from pathlib import Path

import psutil


def cpu_seconds(process: psutil.Process) -> float:
    """Return the CPU time that a process has used so far, to the hundredth of a second."""
    times = process.cpu_times()
    return float(times.user + times.system)


def main_thread_milliseconds(pid: int) -> float:
    """Return the CPU time that the main thread of a process has used so far, to the microsecond."""
    return _milliseconds(Path(f"/proc/{pid}/schedstat"))


def all_threads_milliseconds(pid: int) -> float:
    """Return the CPU time that all present threads of a process have used so far, to the microsecond."""
    return sum(map(_milliseconds, Path(f"/proc/{pid}/task").glob("*/schedstat")))


def _milliseconds(schedstat: Path) -> float:
    return int(schedstat.read_text().split()[0]) / 1e6
