"""How the tests get a database.

One PostgreSQL runs for the session, in a temporary folder that is deleted with it. It holds
* `template`, which has the real migrations and no rows, and is only ever copied;
* `seeded_template`, which also has the seeds, loaded once (without the documents), and is only ever copied;
* `database`, a copy of that, shared by all tests that read: the server itself refuses writes;
* `sets_database`, another copy that also has the sets of imported entries: tests that need it are in tests/sets and are
  slow;
* `scratch`, a new copy of the template for each test that writes, and `seeded_database`, one that has the seeds.

Every fixture is the URL of its database. `--postgres=FOLDER` runs the tests that query one on the PostgreSQL whose
programs are in that folder. Tests that need the documents take the fixture `corpus`, and are skipped without
GIPFELBUCH_CORPUS. No other setting of the environment reaches a test.

Everything that the tests write goes to a temporary folder, in memory if there is room, since each copy of a database is
many small files; TMPDIR names another place.

`make test` runs the tests in parallel, in as many processes as there are processors, each with its own PostgreSQL. All
tests of a module run in the same process, and so do all of those in `TOGETHER`. Tests measure CPU time, or compare two
times of one run, since other processes use the processors meanwhile.

Slow tests and modules are marked `slow`; `make test-quick` leaves them out, and fails if other tests are slow. Tests
whose result may depend on the PostgreSQL version are also marked `sql`, for `make test-15`.
"""

from __future__ import annotations

import functools
import gc
import itertools
import os
import shutil
import signal
import ssl
import tempfile
from collections import defaultdict
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest
from xdist.scheduler import LoadFileScheduling

from service.settings import PREFIX, REPOSITORY
from service.store.embedded.database import throwaway_database
from service.store.migrations import migrate
from service.store.transactions import write_transaction

CORPUS = "GIPFELBUCH_CORPUS"
MEMORY = Path("/dev/shm")
ROOM = 8 << 30
"""The bytes that must be free there: as many processes as there are processors hold some databases each."""
SYSTEM_LOCALE = ("--encoding=UTF8", "--locale=C.UTF-8")

QUICK = "not slow"
QUICK_SECONDS = 8.0
"""Maximum CPU time of all tests of a module together in a quick run, not counting their fixtures."""

TOGETHER = (
    ("tests/sets/", "tests/reconciliation/test_names.py"),
    ("tests/asof/",),
    ("tests/downloads/",),
    ("tests/containers/",),
)
"""Paths of tests that share slow fixtures, such as `sets_database`, and so run in one process."""

clones = itertools.count(1)
seconds: defaultdict[Path, float] = defaultdict(float)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgres", metavar="FOLDER", help="Programs of the PostgreSQL to test on.")
    parser.addoption(
        "--staleness-seconds",
        type=float,
        default=8.0,
        help="How long stale answers are looked for under random commits.",
    )
    parser.addoption("--record", action="store_true", help="Write the answers of tests/queries anew.")


def pytest_configure(config: pytest.Config) -> None:
    if "TMPDIR" not in os.environ and has_room():
        # the processes of the run, and their child processes, take it from here
        os.environ["TMPDIR"] = tempfile.tempdir = folder = tempfile.mkdtemp(prefix="tests-", dir=MEMORY)
        os.chmod(folder, 0o1777)
        config.add_cleanup(functools.partial(shutil.rmtree, folder, ignore_errors=True))
    for name in list(os.environ):
        if name == "DATABASE_URL" or (name.startswith(PREFIX) and name != CORPUS):
            del os.environ[name]
    # as on Ctrl-C: everything that was started is stopped, and failures so far are reported
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # an HTTP client reads all certificates that its machine trusts, even if it only connects to this machine
    ssl.create_default_context = functools.cache(ssl.create_default_context)  # type: ignore[assignment]


def has_room() -> bool:
    """Return whether there is a folder in memory for what tests write, including programs."""
    if not MEMORY.is_dir() or os.statvfs(MEMORY).f_flag & os.ST_NOEXEC:
        return False
    return min(shutil.disk_usage(MEMORY).free, psutil.virtual_memory().available) >= ROOM


def pytest_collection_finish() -> None:
    # objects that thousands of tests are made of stay: scanning them for garbage again and again is wasted
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--postgres"):
        config.hook.pytest_deselected(items=[item for item in items if "server" not in fixtures(item)])
        items[:] = [item for item in items if "server" in fixtures(item)]
    if "PYTEST_XDIST_WORKER" in os.environ:
        # handed out in this order: long tests first, so that nothing waits for one at the end
        items.sort(key=lambda item: (not item.nodeid.startswith(TOGETHER[0]), item.get_closest_marker("slow") is None))


def fixtures(item: pytest.Item) -> set[str]:
    """Return the names of all fixtures that a test takes, including indirect ones."""
    return set(getattr(item, "fixturenames", ()))


class Groups(LoadFileScheduling):  # type: ignore[misc]
    """What runs in one process: the tests of a module, and of all modules that belong together."""

    def _split_scope(self, nodeid: str) -> str:
        module: str = super()._split_scope(nodeid)
        return next((paths[0] for paths in TOGETHER if module.startswith(paths)), module)


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Groups:
    return Groups(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    before, began = seconds[item.path], processor_seconds()
    yield
    seconds[item.path] += processor_seconds() - began
    if item.config.option.markexpr == QUICK and before <= QUICK_SECONDS < seconds[item.path]:
        pytest.fail(f"{item.path.name} takes over {QUICK_SECONDS:g} seconds: mark what is slow", pytrace=False)


def processor_seconds() -> float:
    """Return the CPU time of this process and of those that it has waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


@pytest.fixture(scope="session")
def anyio_backend() -> tuple[str, dict[str, bool]]:
    """Run asynchronous tests on the event loop that the service uses."""
    return "asyncio", {"use_uvloop": True}


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the folder of the documents: the first one named; that of the open data may follow."""
    if CORPUS not in os.environ:
        pytest.skip(f"needs the documents: set {CORPUS}")
    return Path(os.environ[CORPUS].split(os.pathsep)[0]).resolve()


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest) -> Iterator[str]:
    """Yield a PostgreSQL for the session."""
    programs = request.config.getoption("--postgres")
    with throwaway_database(Path(programs), SYSTEM_LOCALE) if programs else throwaway_database() as url:
        yield url


@pytest.fixture(scope="session")
def template(server: str) -> str:
    """Return a migrated, empty database, only to be copied: a connection to it would prevent others from copying."""
    url = database_url(server, "template")
    statement(server, "CREATE DATABASE template")
    migrate(url)
    return url


@pytest.fixture(scope="session")
def seeded_template(server: str, template: str) -> str:
    """Return the seeds, loaded once, only to be copied."""
    from service.store.loading.load import load

    url = copy_database(server, "seeded_template")
    with write_transaction(url) as connection:
        load(connection, REPOSITORY / "seeds")
    return url


@pytest.fixture(scope="session")
def database(server: str, seeded_template: str) -> str:
    """Return the seeds, read-only."""
    url = copy_database(server, "read_only", "seeded_template")
    statement(server, "ALTER DATABASE read_only SET default_transaction_read_only = on")
    return url


@pytest.fixture(scope="session")
def sets_database(server: str, template: str) -> str:
    """Return the seeds with all sets of imported entries, loaded once and read-only; it takes a while."""
    from service.store.loading.load import load

    url = copy_database(server, "seeded_with_sets")
    with write_transaction(url) as connection:
        load(connection, REPOSITORY / "seeds", sets=None)
    statement(server, "ALTER DATABASE seeded_with_sets SET default_transaction_read_only = on")
    return url


@pytest.fixture
def scratch(server: str, template: str) -> Iterator[str]:
    """Return a migrated, empty database for one test."""
    with clone(server, "template") as url:
        yield url


@pytest.fixture
def seeded_database(server: str, seeded_template: str) -> Iterator[str]:
    """Return a database with the seeds for one test."""
    with clone(server, "seeded_template") as url:
        yield url


@contextmanager
def clone(server: str, template: str) -> Iterator[str]:
    name = f"scratch_{next(clones)}"
    yield copy_database(server, name, template)
    statement(server, f"DROP DATABASE {name} WITH (FORCE)")


def copy_database(server: str, name: str, template: str = "template") -> str:
    # file by file: the server does not sync, so there is nothing to wait for
    statement(server, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    return database_url(server, name)


def database_url(server: str, name: str) -> str:
    """Return the URL of another database of the server."""
    return server.replace("/postgres?", f"/{name}?")


def statement(url: str, sql: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.encode())
