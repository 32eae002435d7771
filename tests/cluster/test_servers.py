"""How the servers are queried: one after another, the primary last, and each connection for it to a primary."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
import pytest

from service.settings import Settings
from service.store.failures import ReadFailed
from service.store.pool import PrimaryPool, ReadingPool, reading_pool
from service.store.read_servers import ReadServers, read_servers
from service.store.revision import STATE, RevisionWatch
from tests.cluster.nodes import Cluster

pytestmark = pytest.mark.slow

SLEEP = f"SELECT revision, ({STATE}) FROM dataset, pg_sleep(1)"


@asynccontextmanager
async def read_from(cluster: Cluster) -> AsyncIterator[ReadServers]:
    """Return the servers of a cluster, once all standbys are read from."""
    urls = tuple(node.url for node in cluster.standbys)
    settings = Settings(database_url=cluster.url, database_read_urls=urls, pool_size=2, statement_timeout=5)
    primary, own = reading_pool(settings), reading_pool(settings, size=1, seconds=2)
    watch = RevisionWatch(own)
    servers = read_servers(settings, primary, watch)
    assert servers
    await servers.start()
    try:
        async with asyncio.timeout(10):
            while not all(server.is_used for server in servers.servers):
                await asyncio.sleep(0.05)
        yield servers
    finally:
        for each in (servers, watch, primary, own):
            await each.close()


async def test_a_read_that_replaying_cancels_is_repeated_elsewhere(cluster: Cluster) -> None:
    cluster.standbys[0].set(max_standby_streaming_delay="0")
    del cluster.standbys[1:]
    async with read_from(cluster) as servers:
        reading = asyncio.ensure_future(servers.row(SLEEP))
        await asyncio.sleep(0.4)
        with psycopg.connect(cluster.primary.own_url) as connection:
            connection.execute("LOCK TABLE dataset IN ACCESS EXCLUSIVE MODE")
            connection.execute("UPDATE dataset SET revision = revision")
        row = await reading
        assert row is not None
        assert row[0] == 1
        assert servers.servers[0].reads["DATABASE_BUSY"] == 1
        assert servers.primary_reads["answered"] == 1


async def test_what_takes_too_long_is_asked_once(cluster: Cluster) -> None:
    async with read_from(cluster) as servers:
        with pytest.raises(ReadFailed) as failed:
            await servers.row("SELECT pg_sleep(6)")
        assert failed.value.code == "TIMEOUT"
        assert sorted(server.reads["TIMEOUT"] for server in servers.servers) == [0, 1]
        assert servers.primary_reads.total() == 0


async def test_a_fault_of_one_server_is_not_that_of_the_next(cluster: Cluster) -> None:
    async with read_from(cluster) as servers:
        # the error of a table that a migration has not created there yet
        cluster.primary.ask("CREATE TABLE peak AS SELECT 8848 AS height")
        for node in cluster.standbys:
            node.ask("SELECT pg_wal_replay_pause()")
        cluster.primary.ask("ALTER TABLE peak ADD COLUMN name text DEFAULT 'Sagarmatha'")
        row = await servers.row(f"SELECT name, ({STATE}) FROM peak")
        assert row is not None
        assert row[0] == "Sagarmatha"
        assert sum(server.reads["INTERNAL_SERVER_ERROR"] for server in servers.servers) == 2
        with pytest.raises(Exception, match="peaks"):
            await servers.row("SELECT name FROM peaks")


async def test_what_never_changes_is_read_from_any_server_that_has_it(cluster: Cluster) -> None:
    async with read_from(cluster) as servers:
        assert await servers.value("SELECT $1::text", ["Eiger"]) == "Eiger"
        assert servers.primary_reads.total() == 0
        for node in cluster.standbys:
            node.ask("SELECT pg_wal_replay_pause()")
        cluster.primary.ask("CREATE TABLE part AS SELECT 'new' AS content")
        assert await servers.value("SELECT max(content) FROM part", []) == "new"
        assert await servers.value("SELECT NULL::text", []) is None


async def test_a_standby_in_the_place_of_the_primary_says_nothing(cluster: Cluster) -> None:
    pool = PrimaryPool(cluster.standbys[0].url, size=1, seconds=2)
    with pytest.raises(ReadFailed) as failed:
        await pool.value("SELECT 1")
    assert (failed.value.code, failed.value.reason) == (
        "DATABASE_UNREACHABLE",
        "it is a standby, but must be the primary",
    )
    # of several hosts, the one that is not a standby, although each connection only reads
    addresses = [node.address.port for node in (*cluster.standbys, cluster.primary)]
    hosts = ",".join(f"127.0.0.1:{port}" for port in addresses)
    for attributes in ("read-write", "primary"):
        url = f"postgresql://gipfelbuch@{hosts}/postgres?target_session_attrs={attributes}"
        several = ReadingPool(url, size=1, seconds=2)
        assert await several.value("SELECT pg_is_in_recovery()") is False
        await several.close()


async def test_a_host_that_is_silent_is_not_waited_for_when_others_are_there(cluster: Cluster) -> None:
    standby, silent = cluster.standbys
    silent.address.hang()
    hosts = ",".join(f"127.0.0.1:{node.address.port}" for node in (silent, standby, cluster.primary))
    pool = PrimaryPool(f"postgresql://gipfelbuch@{hosts}/postgres?target_session_attrs=read-write", size=1, seconds=2)
    assert await pool.value("SELECT pg_is_in_recovery()") is False
    await pool.close()
