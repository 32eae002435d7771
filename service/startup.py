"""Start the service: database, record and server. It answers from an existing register while changes are loaded."""

from __future__ import annotations

import json
import logging
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from importlib import import_module
from pathlib import Path
from threading import Thread

from service import serving
from service.database import provide_database
from service.load_process import load_process
from service.progress import console, step
from service.settings import Settings, read_settings
from service.stopping import SIGNALS
from service.update import is_up_to_date
from service.version import VERSION

log = logging.getLogger("gipfelbuch.load")

QUESTION = '{ summit(slug: "vladivostok-2019") { name status date { edtf } } }'


def start_service(settings: Settings) -> None:
    """Start the database, load what has changed and serve requests until a signal comes."""
    # importing the service takes as long as starting the database
    importing = Thread(target=import_module, args=("service.app",), daemon=True)
    importing.start()
    with (
        serving.bound_socket(settings) as listener,
        provide_database(settings) as ready,
        provide_register(ready, importing),
    ):
        if settings.workers > 1:
            return _serve_by_workers(ready, listener)
        with step("Starting the service"):
            server = serving.create_server(ready, lambda: announce(ready))
        serving.serve(server, listener, ready)


def start_worker(folder: Path, descriptor: int, number: int) -> None:
    """Serve requests on a socket that the parent process has opened, until that process ends.

    `folder`: where the worker of this number publishes its metrics.
    """
    from service.workers import end_with_parent

    end_with_parent()
    settings = read_settings()
    with socket.socket(fileno=descriptor) as listener:
        server = serving.create_server(settings, lambda: None, folder / str(number))
        serving.serve(server, listener, settings)


def _serve_by_workers(settings: Settings, listener: socket.socket) -> None:
    from service import workers
    from service.store.current import available_connections

    console.print(f"Starting {settings.workers} workers ...")
    given = map(available_connections, (settings.reader_url, *(settings.database_read_urls or ())))
    fewest = min((number for number in given if number is not None), default=None)
    workers.serve(settings, listener, fewest, lambda: announce(settings))


@contextmanager
def provide_register(settings: Settings, importing: Thread) -> Iterator[None]:
    """Provide a register that can be queried as soon as the block begins; anything new is loaded alongside
    the block.

    `importing`: thread that imports the service, and SQLAlchemy with it.
    """
    has_all = is_up_to_date(settings)
    if not has_all and not _can_answer(settings, importing):
        # a register in tables of another version keeps its sets: whoever follows it would take them for removed
        has_all = _holds_register(settings) or not _has_sets(settings)
        _load_first(settings if has_all else settings.model_copy(update={"sets": ()}))
    elif not has_all and _is_read_only(settings):
        reason = "the database is a standby, or this user may only read"
        console.print(f"The changes are not loaded because {reason}. The service answers from the existing register.")
        has_all = True
    with nullcontext() if has_all else load_process(settings, is_beside=True) as loading:
        if loading:
            console.print("The service answers from the existing register until the changes are loaded.")
            Thread(target=_report_failure, args=(loading,), daemon=True).start()
        yield


def _can_answer(settings: Settings, importing: Thread) -> bool:
    """Return whether the store holds a register in tables of this version; `importing` may be importing
    SQLAlchemy too.
    """
    if not _holds_register(settings):
        return False
    importing.join()
    from service.store.migrations import is_migrated

    return is_migrated(str(settings.database_url))


def _holds_register(settings: Settings) -> bool:
    from service.store.current import holds_register

    return holds_register(str(settings.database_url))


def _is_read_only(settings: Settings) -> bool:
    from service.store.current import is_read_only

    return is_read_only(str(settings.database_url))


def _load_first(settings: Settings) -> None:
    """Load what the first response needs, and wait for it."""
    with load_process(settings, is_beside=False) as loading:
        if code := loading.wait():
            sys.exit(code)


def _has_sets(settings: Settings) -> bool:
    """Return whether sets have to be loaded in addition to the record."""
    from service.store.folders import available_sets

    return bool(settings.sets if settings.sets is not None else available_sets(settings.seeds))


def _report_failure(loading: subprocess.Popen[bytes]) -> None:
    """Report that nothing changes if a load alongside the service fails.

    The load has reported the reason itself, unless a signal ended it.
    """
    if loading.wait() not in (0, *(128 + each for each in SIGNALS)):
        log.error("The load has failed: the service answers from the existing register.")


def announce(settings: Settings) -> None:
    """Print the address of the service, with a first query."""
    address, body = serving.endpoint_url(settings), json.dumps({"query": QUESTION})
    console.print(f"\nGipfelbuch {VERSION} answers on {address} (stop it with Ctrl-C). Open it in a browser, or run:\n")
    console.print(f"  curl -s {address} -H 'content-type: application/json' -d '{body}'\n")
