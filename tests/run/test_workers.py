"""Several workers on one port: they all exist, all end, and none returns a response from before a commit."""

from __future__ import annotations

import random
import re
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import NamedTuple

import httpx
import psutil
import pytest

from service.errors import SettingsInvalid
from service.settings import Settings
from service.store.commits import announce_commit
from service.store.connection import scalar
from service.store.transactions import write_transaction
from service.workers import worker_settings
from tests.processes import start_process
from tests.run.commands import COMMAND, said_until_curl, variables

QUESTIONS = (
    "{ dataset { revision } }",
    "{ dataset { revision updatedAt } }",
    '{ dataset { revision } summit(slug: "hanoi-2019") { slug } }',
)
CLIENTS = 6


class Service(NamedTuple):
    """Service with two workers, and where its database is."""

    process: psutil.Process
    url: str
    database: str

    def workers(self) -> list[psutil.Process]:
        """Return its processes that serve requests."""
        return [each for each in self.process.children() if "worker" in each.cmdline()]


@contextmanager
def two_workers(folder: Path, port: int) -> Iterator[Service]:
    environment = variables(GIPFELBUCH_DATA_DIR=folder, GIPFELBUCH_PORT=port)
    command = [*COMMAND, "serve", "--workers", "2"]
    with start_process(command, env=environment, cwd="/", stderr=subprocess.PIPE) as run:
        try:
            said_until_curl(run)
            database = f"postgresql://gipfelbuch@/postgres?host={folder}/postgres/socket&port=5432"
            yield Service(psutil.Process(run.pid), f"http://127.0.0.1:{port}", database)
        finally:
            if run.poll() is None:
                run.terminate()
                run.wait(30)


def ask(client: httpx.Client, query: str = QUESTIONS[0], **headers: str) -> httpx.Response:
    response = client.post("/graphql", json={"query": query}, headers=headers)
    assert response.status_code == 200, response.text
    return response


def count_cache_hits(service: Service) -> dict[str, float]:
    """Return the cached responses returned, by worker."""
    metrics = httpx.get(f"{service.url}/metrics").text
    found = re.findall(r'gipfelbuch_kept_answers_total\{result="hit",worker="(\d)"\} (\S+)', metrics)
    return {worker: float(count) for worker, count in found}


@pytest.mark.slow
def test_a_worker_that_dies_comes_back_and_all_end_together(filled_folder: Path, port: int) -> None:
    with two_workers(filled_folder, port) as service:
        before = service.workers()
        assert len(before) == 2
        assert count_cache_hits(service).keys() == {"1", "2"}
        before[0].kill()
        before[0].wait(5)
        with httpx.Client(base_url=service.url) as client:
            ask(client)
        end = time.monotonic() + 30
        while len(count_cache_hits(service)) < 2 and time.monotonic() < end:
            time.sleep(0.1)
        after = service.workers()
        assert len(after) == 2
        assert before[1] in after
        assert before[0] not in after
        # if they are told to end while they are responding, they still respond
        with ThreadPoolExecutor(1) as beside, httpx.Client(base_url=service.url, timeout=20) as client:
            waiting = beside.submit(
                client.post, "/graphql", json={"query": QUESTIONS[0]}, headers={"x-gipfelbuch-at-least": "2"}
            )
            time.sleep(0.5)
            service.process.terminate()
            raise_revision(service.database)
            assert waiting.result().headers["x-gipfelbuch-revision"] == "2"
        assert service.process.wait(20) == 0
        assert not [each for each in after if each.is_running()]


@pytest.mark.slow
def test_a_worker_that_hangs_is_replaced(filled_folder: Path, port: int) -> None:
    with two_workers(filled_folder, port) as service:
        before = service.workers()
        assert count_cache_hits(service).keys() == {"1", "2"}
        before[0].suspend()
        before[0].wait(60)
        end = time.monotonic() + 60
        # a request may reach the worker that hangs, or one that is not ready yet
        while len(service.workers()) < 2 and time.monotonic() < end:
            time.sleep(0.1)
        after = service.workers()
        assert len(after) == 2
        assert before[1] in after
        assert before[0] not in after
        with httpx.Client(base_url=service.url, timeout=30) as client:
            ask(client)


@pytest.mark.slow
def test_workers_end_with_the_process_that_has_started_them(filled_folder: Path, port: int) -> None:
    with two_workers(filled_folder, port) as service:
        workers = service.workers()
        service.process.kill()
        gone, left = psutil.wait_procs(workers, timeout=20)
        assert (len(gone), left) == (2, [])


def raise_revision(database: str) -> int:
    """Commit as a load does; return the new revision."""
    raised = "UPDATE dataset SET revision = revision + 1, updated_at = now() RETURNING revision"
    with write_transaction(database) as connection:
        revision = int(scalar(connection, raised))
        announce_commit(connection)
    return revision


class NewestRevision:
    """The newest revision that anybody has seen so far."""

    def __init__(self) -> None:
        self.revision = 0

    def note(self, revision: int) -> None:
        # between reading and writing it could only drop to what somebody has seen, which requires less
        self.revision = max(self.revision, revision)


@pytest.mark.slow
def test_no_answer_is_older_than_a_commit_that_was_seen(
    filled_folder: Path, port: int, pytestconfig: pytest.Config
) -> None:
    seconds: float = pytestconfig.getoption("--staleness-seconds")
    seen, over, answers = NewestRevision(), Event(), Counter[str]()
    with two_workers(filled_folder, port) as service, ThreadPoolExecutor(CLIENTS + 1) as beside:

        def load() -> int:
            commits = 0
            while not over.is_set():
                time.sleep(random.uniform(0, 0.6))
                seen.note(raise_revision(service.database))
                commits += 1
            return commits

        def read() -> None:
            while not over.is_set():
                # a new connection reaches either worker
                with httpx.Client(base_url=service.url) as client:
                    for query in random.choices(QUESTIONS, k=20):
                        floor = seen.revision
                        response = ask(client, query)
                        revision = response.json()["data"]["dataset"]["revision"]
                        assert response.headers["x-gipfelbuch-revision"] == str(revision)
                        answers["stale" if revision < floor else "fresh"] += 1
                        seen.note(revision)

        loading = beside.submit(load)
        reading = [beside.submit(read) for _ in range(CLIENTS)]
        time.sleep(seconds)
        over.set()
        commits = loading.result()
        for each in reading:
            each.result()
        kept = count_cache_hits(service)
    print(f"{answers['fresh']:,} answers, {answers['stale']} of them stale, {commits} commits, kept {kept}")
    assert answers["stale"] == 0
    assert commits >= seconds / 3
    assert len(kept) == 2
    assert min(kept.values()) > 0


def test_what_there_is_once_is_divided() -> None:
    settings = Settings(database_url="postgresql:///x", workers=4, pool_size=16, heavy_statements=2)
    told = {"DATABASE_URL": "postgresql:///x", "GIPFELBUCH_HEAVY_STATEMENTS": "1"}
    for connections, size in ((None, 4), (100, 4), (26, 3), (18, 1)):
        assert worker_settings(settings, connections) == {**told, "GIPFELBUCH_POOL_SIZE": str(size)}
    with pytest.raises(SettingsInvalid, match="4 workers need two connections each, but the database allows 17"):
        worker_settings(settings, 17)
