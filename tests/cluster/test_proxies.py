"""Two services behind the HAProxy of examples/cluster, on a database directly or with a PgBouncer in front of it."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import socket
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event
from typing import NamedTuple

import httpx
import pytest

from service.settings import REPOSITORY
from service.store.embedded.database import throwaway_database
from tests.containers.files import compose
from tests.processes import start_process
from tests.run.commands import COMMAND, run_command, said_until_curl, variables
from tests.run.seeds import with_another_name
from tests.run.test_pgbouncer import pooler
from tests.run.test_workers import raise_revision

pytestmark = pytest.mark.slow

HAPROXY = shutil.which("haproxy", path=f"{os.defpath}:/usr/sbin")
CONFIGURATION = REPOSITORY / "examples" / "cluster" / "haproxy.cfg"
CLIENTS = 4
SUMMITS = {"hanoi-2019": "Hanoi 2019", "vladivostok-2019": "Vladivostok 2019", "singapore-2018": "Singapore 2018"}
QUESTION = "query ($slug: String!) { dataset { revision } summit(slug: $slug) { name } }"
TWICE = 2.5
"""Seconds after which two checks of HAProxy have failed."""


class Readers:
    """Clients of one address, each with a persistent connection; they record their responses."""

    def __init__(self, url: str, seconds_between: float = 0.02) -> None:
        self.counts: Counter[str] = Counter()
        self._url = url
        self._between = seconds_between
        self._seen = 0
        self._over = Event()

    def note(self, revision: int) -> None:
        """Record that somebody has seen this revision: no response to a later request may be older."""
        self._seen = max(self._seen, revision)

    @contextmanager
    def run_readers(self) -> Iterator[None]:
        with ThreadPoolExecutor(CLIENTS) as beside:
            clients = [beside.submit(self._read) for _ in range(CLIENTS)]
            try:
                yield
            finally:
                self._over.set()
            for each in clients:
                each.result()

    def _read(self) -> None:
        with httpx.Client(base_url=self._url, timeout=20) as client:
            while not self._over.is_set():
                slug = random.choice(list(SUMMITS))
                floor = self._seen
                try:
                    response = client.post("/graphql", json={"query": QUESTION, "variables": {"slug": slug}})
                except httpx.TransportError as error:
                    self.counts[type(error).__name__] += 1
                    continue
                self._judge(response, slug, floor)
                time.sleep(self._between)

    def _judge(self, response: httpx.Response, slug: str, floor: int) -> None:
        if response.status_code != 200:
            self.counts[str(response.status_code)] += 1
            return
        data = response.json()["data"]
        revision = data["dataset"]["revision"]
        is_right = data["summit"]["name"].replace(" -", "") == SUMMITS[slug]
        self.counts["right" if is_right and revision >= floor else "wrong"] += 1
        self.note(revision)


class Member:
    """Service on a port of its own that does not change."""

    def __init__(self, database: str) -> None:
        self.port = free_port()
        self._settings = variables(DATABASE_URL=database, GIPFELBUCH_PORT=self.port)
        self.run = self._start()

    def _start(self) -> subprocess.Popen[str]:
        run = subprocess.Popen([*COMMAND, "serve"], env=self._settings, cwd="/", stderr=subprocess.PIPE, text=True)
        said_until_curl(run)
        return run

    def start_again(self) -> None:
        self.run = self._start()

    def stop(self) -> None:
        with self.run:
            self.run.kill()


class Stack(NamedTuple):
    """Two services on a database, and the address of the proxy in front of them."""

    members: tuple[Member, Member]
    url: str
    database: str


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def haproxy() -> str:
    if HAPROXY is None:
        pytest.skip("there is no haproxy here")
    return HAPROXY


@contextmanager
def stack_on(database: str) -> Iterator[Stack]:
    """Yield two services on a URL, with HAProxy as the profile `cluster` runs it."""
    program = haproxy()
    with ExitStack() as stack:
        members = []
        for _ in range(2):
            members.append(Member(database))
            stack.callback(members[-1].stop)
        port = free_port()
        environment = {"LISTEN": f"127.0.0.1:{port}", "PATH": os.defpath}
        environment |= {f"SERVICE_{i}": f"127.0.0.1:{each.port}" for i, each in enumerate(members, 1)}
        command = [program, "-q", "-db", "-f", str(CONFIGURATION)]
        with start_process(command, env=environment, stdout=subprocess.DEVNULL):
            found = Stack((members[0], members[1]), f"http://127.0.0.1:{port}", database)
            wait_until(lambda: is_listening(port))
            yield found


def is_listening(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


def wait_until(is_so: Callable[[], bool]) -> None:
    for _ in range(300):
        if is_so():
            return
        time.sleep(0.1)
    raise AssertionError("it does not come to that")


@pytest.fixture(scope="module")
def register() -> Iterator[str]:
    """Yield the URL of a database with the record."""
    haproxy()
    with throwaway_database() as url:
        done = run_command("load", DATABASE_URL=url)
        assert done.returncode == 0, done.stderr
        yield url


def test_its_configuration_is_valid_and_it_says_how_it_is(register: str) -> None:
    environment = compose(POSTGRES_PASSWORD="x")["services"]["proxy"]["environment"]
    # the names of containers, which do not resolve here
    command = [haproxy(), "-c", "-f", str(CONFIGURATION)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    _, *health = compose(POSTGRES_PASSWORD="x")["services"]["proxy"]["healthcheck"]["test"]
    with stack_on(register) as stack:
        asked = [part.replace("/8000;", f"/{stack.url.rpartition(':')[2]};") for part in health]
        assert asked != health
        assert subprocess.run(asked, check=False).returncode == 0
        assert httpx.get(f"{stack.url}/health/ready").json() == {"status": "ready"}
        assert httpx.get(f"{stack.url}/metrics").status_code == 404
        for member in stack.members:
            member.run.kill()
        wait_until(lambda: subprocess.run(asked, check=False).returncode != 0)
        assert httpx.get(f"{stack.url}/health/proxy").status_code == 503
        assert httpx.get(f"{stack.url}/health/ready").status_code == 503


def test_a_service_is_killed_and_comes_back(register: str) -> None:
    with stack_on(register) as stack:
        readers = Readers(stack.url)
        with readers.run_readers():
            time.sleep(1)
            stack.members[0].run.kill()
            stack.members[0].stop()
            time.sleep(TWICE)
            between = readers.counts["right"]
            assert between > 20
            stack.members[0].start_again()
            time.sleep(TWICE)
            stack.members[1].run.kill()
            time.sleep(TWICE)
        print(dict(readers.counts))
        assert readers.counts["right"] > between
        assert readers.counts["wrong"] == 0
        # at most the response that was on its way when its service died
        assert readers.counts.total() - readers.counts["right"] <= 2 * CLIENTS


def test_one_that_is_told_to_end_finishes_what_it_answers(register: str) -> None:
    with stack_on(register) as stack, ThreadPoolExecutor(2 * CLIENTS) as beside:
        revision = httpx.post(f"{stack.url}/graphql", json={"query": "{ dataset { revision } }"})
        later = revision.json()["data"]["dataset"]["revision"] + 1
        waiting: list[Future[httpx.Response]] = [
            beside.submit(
                httpx.post,
                f"{stack.url}/graphql",
                json={"query": "{ dataset { revision } }"},
                headers={"x-gipfelbuch-at-least": str(later)},
                timeout=20,
            )
            for _ in range(2 * CLIENTS)
        ]
        time.sleep(0.5)
        readers = Readers(stack.url)
        with readers.run_readers():
            time.sleep(0.5)
            stack.members[0].run.send_signal(signal.SIGTERM)
            time.sleep(1)
            readers.note(raise_revision(stack.database))
            for each in waiting:
                assert each.result().headers["x-gipfelbuch-revision"] == str(later)
            assert stack.members[0].run.wait(20) == 0
            time.sleep(TWICE)
        print(dict(readers.counts))
        assert readers.counts.keys() == {"right"}


def test_loads_commit_through_a_pooler_under_readers(register: str, tmp_path: Path) -> None:
    pool = pooler(register, tmp_path, free_port())
    with pool.run_pooler(), stack_on(pool.url) as stack:
        readers = Readers(stack.url)
        with readers.run_readers():
            for _ in range(3):
                time.sleep(random.uniform(0, 0.5))
                readers.note(raise_revision(pool.url))
            stack.members[0].run.kill()
            time.sleep(0.5)
            done = run_command("load", DATABASE_URL=pool.url, GIPFELBUCH_SEEDS=with_another_name(tmp_path / "seeds"))
            (revision,) = re.findall(r"\(revision (\d+)\)", done.stderr)
            readers.note(int(revision))
            time.sleep(1)
        print(dict(readers.counts))
        assert readers.counts["right"] > 20
        assert readers.counts["wrong"] == 0
        assert readers.counts.total() - readers.counts["right"] <= CLIENTS
