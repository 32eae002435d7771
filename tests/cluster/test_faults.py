"""A service on a primary and its standbys, which fail one after another: each response is correct, and none
is older.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from service.app import create_app
from service.settings import Settings
from tests.cluster.load import CLIENTS, Load, comes_back_behind, count_reads, fetch_read_metrics, is_used, told_in_turns
from tests.cluster.nodes import Cluster, wait_until
from tests.cluster.register import QUESTIONS, commit, revision_in
from tests.http_server import serve_app

pytestmark = pytest.mark.slow


def settings_for(cluster: Cluster, **more: Any) -> Settings:
    urls = tuple(node.url for node in cluster.standbys)
    return Settings(database_url=cluster.url, database_read_urls=urls, pool_size=4, **more)


@contextmanager
def service_on(cluster: Cluster, **more: Any) -> Iterator[str]:
    """Yield the address of a service that caches no responses, once both standbys are read from."""
    with serve_app(create_app(settings_for(cluster, **{"answer_cache_bytes": 0, **more}))) as address:
        wait_until(lambda: all(is_used(address, node) for node in cluster.standbys))
        yield address


def test_reads_are_spread_over_the_standbys_and_spare_the_primary(cluster: Cluster) -> None:
    with service_on(cluster) as address:
        load = Load([address])
        with load.run_clients(cluster.url, commits=False):
            wait_until(lambda: load.answers["answered"] >= 200)
        shares = [count_reads(address, node.label) for node in cluster.standbys]
        assert sum(shares) == load.answers["answered"]
        assert min(shares) > 0.3 * sum(shares)
        assert count_reads(address, "primary") == 0


@pytest.mark.parametrize("fault", ["killed", "cut off", "hanging"])
def test_a_standby_that_fails_under_load_costs_no_request(
    cluster: Cluster, fault: str, capfd: pytest.CaptureFixture[str]
) -> None:
    standby, other = cluster.standbys
    with service_on(cluster) as address:
        load = Load([address])
        with load.run_clients(cluster.url):
            wait_until(lambda: load.seen >= 3)
            if fault == "killed":
                standby.kill()
            else:
                # from the primary too
                for forwarder in (standby.link, standby.address):
                    forwarder.cut() if fault == "cut off" else forwarder.hang()
            wait_until(lambda: not fetch_read_metrics(address)["read_server_used", standby.label])
            away, before = load.seen, count_reads(address, standby.label)
            wait_until(lambda: load.seen >= away + 3)
            assert count_reads(address, standby.label) == before
            assert count_reads(address, other.label) > 0
            if fault == "killed":
                standby.start()
            else:
                standby.address.mend()
                comes_back_behind(address, standby, load)
                standby.link.mend()
            wait_until(lambda: count_reads(address, standby.label) > before)
        failures = sum(
            value
            for (name, *labels), value in fetch_read_metrics(address).items()
            if name == "server_reads_total" and labels[0] == standby.label and labels[1].isupper()
        )
    print(load.answers, "slowest", load.slowest, "failed there", failures)
    assert load.stale == []
    assert load.errors() == 0
    # at most what was running there
    assert failures <= CLIENTS
    assert load.slowest < 8
    said = capfd.readouterr().err
    # once each time: a busy machine may be slow to respond at other times too
    assert said.count(f"Reads no longer go to {standby.label}: ") >= 1
    assert told_in_turns(said, standby.label)


@pytest.mark.parametrize("fault", ["paused", "delayed"])
def test_a_standby_that_lags_is_passed_over(cluster: Cluster, fault: str, capfd: pytest.CaptureFixture[str]) -> None:
    standby = cluster.standbys[0]
    # two services, one of which caches responses: neither may fall behind what the other has returned
    with service_on(cluster) as address, service_on(cluster, answer_cache_bytes=2**20) as keeping:
        load = Load([address, keeping])
        with load.run_clients(cluster.url):
            wait_until(lambda: load.seen >= 2)
            if fault == "paused":
                standby.ask("SELECT pg_wal_replay_pause()")
            else:
                standby.set(recovery_min_apply_delay="3s")
            wait_until(lambda: fetch_read_metrics(address)["read_server_lag_revisions", standby.label] >= 2)
            assert fetch_read_metrics(address)["read_server_used", standby.label] == 0
            away, before = load.seen, count_reads(address, standby.label)
            wait_until(lambda: load.seen >= away + 3)
            assert load.stale == []
            assert count_reads(address, standby.label) == before
            standby.ask("SELECT pg_wal_replay_resume()")
            standby.set(recovery_min_apply_delay="0")
            wait_until(lambda: count_reads(address, standby.label) > before and is_used(keeping, standby))
    assert load.stale == []
    assert load.errors() == 0
    # once by each service
    said = capfd.readouterr().err
    assert said.count(f"Reads no longer go to {standby.label}: it is at revision") >= 2
    assert said.count(f"Reads go to {standby.label} again") == said.count(f"Reads no longer go to {standby.label}: ")


def test_a_server_that_is_behind_where_it_was_not_is_found_out_by_its_answer(cluster: Cluster) -> None:
    standby, lagging = cluster.standbys
    lagging.ask("SELECT pg_wal_replay_pause()")
    newest = commit(cluster.url)
    wait_until(lambda: standby.ask("SELECT revision FROM dataset") == newest)
    cluster.standbys.remove(lagging)
    with service_on(cluster) as address, httpx.Client(base_url=address) as client:
        for _ in range(5):
            wait_until(lambda: is_used(address, standby))
            assert ask(client) == newest
            # whoever connects reaches the other one, as behind a proxy
            standby.address.mend(target=lagging.port)
            assert ask(client) == newest
            standby.address.mend(target=standby.port)
        assert count_reads(address, standby.label, "behind") >= 1


def test_what_the_primary_does_not_show_yet_is_told_by_nobody(cluster: Cluster) -> None:
    ahead, silent = cluster.standbys
    cluster.primary.set(synchronous_standby_names=silent.name)
    before = cluster.primary.ask("SELECT revision FROM dataset")
    cluster.standbys.remove(silent)
    with service_on(cluster) as address, ThreadPoolExecutor(1) as beside, httpx.Client(base_url=address) as client:
        assert ask(client) == before
        # a commit waits for this standby, while the other one has it
        silent.link.hang()
        committing = beside.submit(commit, cluster.primary.own_url)
        told = []
        try:
            while ahead.ask("SELECT revision FROM dataset") == before:
                told.append(ask(client))
            told += [ask(client) for _ in range(50)]
            assert not committing.done()
        finally:
            silent.link.mend()
        assert set(told) == {before}
        assert committing.result(30) == ask(client) == before + 1


def ask(client: httpx.Client) -> int:
    """Return the revision in the response."""
    response = client.post("/graphql", json={"query": QUESTIONS[0]})
    assert response.status_code == 200, response.text
    return revision_in(response.json())


@pytest.mark.parametrize("fault", ["killed", "cut off"])
def test_a_standby_is_promoted_where_the_primary_is_gone(cluster: Cluster, fault: str) -> None:
    old = cluster.primary
    # what is committed is on at least one of them
    old.set(synchronous_standby_names="ANY 1 (standby1, standby2)")
    with service_on(cluster) as address, service_on(cluster, answer_cache_bytes=2**20) as keeping:
        load = Load([address, keeping])
        # a loader that is cut off would wait for something that never arrives
        with load.run_clients(cluster.url, commits=fault == "killed"):
            if fault == "cut off":
                load.see(commit(cluster.url))
            wait_until(lambda: load.seen >= 2)
            if fault == "killed":
                old.kill()
            else:
                for forwarder in (old.address, *(node.link for node in cluster.standbys)):
                    forwarder.hang()
            cluster.promote(max(cluster.standbys, key=lambda node: node.received_bytes()))
            promoted = load.seen
            if fault == "cut off":
                # while the service may not yet have heard of it
                load.see(commit(cluster.primary.own_url))
                # somebody has seen it, and the other standby has not
                time.sleep(2)
            cluster.follow()
            wait_until(lambda: load.seen > promoted)
            before = {node: count_reads(address, node.label) for node in cluster.nodes}
            wait_until(lambda: all(count_reads(address, node.label) > before[node] for node in cluster.nodes))
            # errors stop
            errors, answered = load.errors(), load.answers["answered"]
            wait_until(lambda: load.answers["answered"] > answered + 200)
            assert load.errors() == errors
    print(load.answers, load.slowest)
    assert load.stale == []
    assert {code for code in load.answers if not code.startswith("load: ")} <= {"answered", "DATABASE_UNREACHABLE"}
    assert load.slowest < 20
