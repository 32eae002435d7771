"""Two workers on one cluster: neither ever falls behind what the other has returned, whatever fails."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.cluster.load import Load, count_reads, fetch_read_metrics, is_used
from tests.cluster.nodes import Cluster, free_port, wait_until
from tests.processes import start_process
from tests.run.commands import COMMAND, said_until_curl, variables

pytestmark = pytest.mark.slow


@contextmanager
def two_workers(cluster: Cluster) -> Iterator[str]:
    """Yield the address of `gipfelbuch serve --workers 2`, once both workers read from both standbys."""
    port = free_port()
    environment = variables(
        DATABASE_URL=cluster.url,
        DATABASE_READ_URLS=" ".join(node.url for node in cluster.standbys),
        GIPFELBUCH_PORT=port,
    )
    command = [*COMMAND, "serve", "--workers", "2"]
    with start_process(command, env=environment, cwd="/", stderr=subprocess.PIPE) as run:
        try:
            said_until_curl(run)
            address = f"http://127.0.0.1:{port}"
            wait_until(
                lambda: (
                    sum(fetch_read_metrics(address)["read_server_used", node.label] for node in cluster.standbys) == 4
                )
            )
            yield address
        finally:
            run.terminate()
            assert run.wait(30) == 0


def test_every_fault_in_turn(cluster: Cluster) -> None:
    first, second = cluster.standbys
    cluster.primary.set(synchronous_standby_names="ANY 1 (standby1, standby2)")
    with two_workers(cluster) as address:
        load = Load([address])
        with load.run_clients(cluster.url):
            wait_until(lambda: load.seen >= 3)
            first.kill()
            wait_until(lambda: not is_used(address, first))
            before = load.seen
            wait_until(lambda: load.seen >= before + 2)
            first.start()
            wait_until(lambda: fetch_read_metrics(address)["read_server_used", first.label] == 2)
            second.ask("SELECT pg_wal_replay_pause()")
            wait_until(lambda: fetch_read_metrics(address)["read_server_lag_revisions", second.label] >= 2)
            assert not is_used(address, second)
            # so far nobody has noticed anything
            assert load.errors() == 0
            second.ask("SELECT pg_wal_replay_resume()")
            wait_until(lambda: second.has_reached(cluster.primary))
            cluster.primary.kill()
            wait_until(lambda: load.answers["DATABASE_UNREACHABLE"])
            cluster.promote(max(cluster.standbys, key=lambda node: node.received_bytes()))
            cluster.follow()
            before, errors = load.seen, load.errors()
            wait_until(lambda: load.seen >= before + 2)
            told = {node: count_reads(address, node.label) for node in cluster.nodes}
            wait_until(lambda: all(count_reads(address, node.label) > told[node] for node in cluster.nodes))
    print(load.answers, errors, load.slowest)
    assert load.stale == []
    assert {code for code in load.answers if not code.startswith("load: ")} == {"answered", "DATABASE_UNREACHABLE"}
