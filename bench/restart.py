"""How long the embedded database is unavailable after its server is killed: python -m bench.restart."""

from __future__ import annotations

import time
from statistics import median

import psutil
import psycopg

from service.store.embedded.database import throwaway_database

TIMES = 7


def main() -> None:
    with throwaway_database() as url:
        print(f"Seconds from the kill to the next answer, the median of {TIMES}: ", end="")
        print(f"{median(seconds_away(url) for _ in range(TIMES)):.2f}")


def seconds_away(url: str) -> float:
    """Kill the server, and return how long it takes until another responds."""
    with psycopg.connect(url) as connection:
        postmaster = psutil.Process(connection.info.backend_pid).parent()
        assert postmaster is not None
        postmaster.kill()
        began = time.monotonic()
    while True:
        try:
            with psycopg.connect(url) as connection:
                if connection.execute("SELECT 1").fetchone() and postmaster.pid != _server_of(connection):
                    return time.monotonic() - began
        except psycopg.OperationalError:
            time.sleep(0.01)


def _server_of(connection: psycopg.Connection) -> int:
    return psutil.Process(connection.info.backend_pid).ppid()


if __name__ == "__main__":
    main()
