"""A standby in its own network, whose cable is unplugged: nothing comes back, not even a refusal."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from service.app import create_app
from service.settings import Settings
from tests.cluster.load import Load, comes_back_behind, count_reads, is_used, told_in_turns
from tests.cluster.nodes import Cluster, Node, wait_until
from tests.http_server import serve_app

pytestmark = pytest.mark.slow

HERE, THERE = "169.254.213.1", "169.254.213.2"
"""Addresses that no router forwards (RFC 3927)."""


class Namespace:
    """Network namespace with one cable, from HERE to THERE."""

    def __init__(self) -> None:
        self._name = f"gipfelbuch-{os.getpid()}"
        self._cable = f"gb{os.getpid()}"

    def __enter__(self) -> Namespace:
        try:
            ip("netns", "add", self._name)
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("network namespaces are not permitted here")
        ip("link", "add", self._cable, "type", "veth", "peer", "name", "eth0", "netns", self._name)
        ip("addr", "add", f"{HERE}/30", "dev", self._cable)
        ip("link", "set", self._cable, "up")
        ip("-n", self._name, "addr", "add", f"{THERE}/30", "dev", "eth0")
        self.plug_in()
        return self

    def __exit__(self, *_: object) -> None:
        # the cable is removed with it
        ip("netns", "del", self._name)

    def plug_in(self) -> None:
        ip("-n", self._name, "link", "set", "eth0", "up")

    def pull_out(self) -> None:
        ip("-n", self._name, "link", "set", "eth0", "down")

    def within(self, uid: int, gid: int) -> Sequence[str]:
        """Return what runs a program there, as an account."""
        account = ["setpriv", f"--reuid={uid}", f"--regid={gid}", "--clear-groups"]
        return ["ip", "netns", "exec", self._name, *account]


def ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)


@pytest.fixture
def namespace() -> Iterator[Namespace]:
    with Namespace() as found:
        yield found


def test_a_standby_whose_cable_is_pulled_out(
    namespace: Namespace, cluster: Cluster, capfd: pytest.CaptureFixture[str]
) -> None:
    other = cluster.standbys[0]
    folder: Path = other.data.parent
    far = Node("far", folder / "far", host=THERE, reach=HERE, within=namespace.within)
    try:
        far.copy(cluster.primary)
        with (far.data / "pg_hba.conf").open("a") as access:
            access.write(f"host all all {HERE}/30 trust\n")
        far.start()
        urls = (other.url, far.own_url)
        settings = Settings(database_url=cluster.url, database_read_urls=urls, pool_size=4, answer_cache_bytes=0)
        with serve_app(create_app(settings)) as address:
            wait_until(lambda: is_used(address, far) and is_used(address, other))
            load = Load([address])
            with load.run_clients(cluster.url):
                wait_until(lambda: load.seen >= 2)
                namespace.pull_out()
                far.link.hang()
                wait_until(lambda: not is_used(address, far))
                away, before = load.seen, count_reads(address, far.label)
                wait_until(lambda: load.seen >= away + 3)
                assert count_reads(address, far.label) == before
                namespace.plug_in()
                comes_back_behind(address, far, load)
                far.link.mend()
                wait_until(lambda: count_reads(address, far.label) > before)
    finally:
        far.close()
    print(load.answers, load.slowest)
    assert load.stale == []
    assert load.errors() == 0
    assert load.slowest < 8
    said = capfd.readouterr().err
    # by what was being waited for when the cable was unplugged: a response, or a connection that was being opened
    assert re.search(rf"Reads no longer go to {re.escape(far.label)}: no (answer|connection) within 1 s", said)
    assert told_in_turns(said, far.label)
