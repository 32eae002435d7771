"""The database of a command: your own, or the embedded one, which runs as long as the command needs it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from service.errors import DataFolderInUse
from service.progress import step
from service.settings import Settings


@contextmanager
def provide_database(settings: Settings) -> Iterator[Settings]:
    """Yield the settings, with the URL of a database that runs until the block ends."""
    with ExitStack() as stack:
        if settings.database_url is None:
            from service.store.embedded.database import embedded_database, embedded_reader_url

            with step("Starting the database") as done:
                url = stack.enter_context(embedded_database(settings.data_dir))
                readers = embedded_reader_url(url)
                settings = settings.model_copy(update={"database_url": url, "database_reader_url": readers})
                done(f"The database is in {settings.data_dir}{_account_note()}.")
        yield settings


@contextmanager
def provide_running_database(settings: Settings) -> Iterator[str]:
    """Yield the URL of the database; that of the embedded one even if another process runs it."""
    from service.store.embedded.database import running_database_url

    try:
        with provide_database(settings) as ready:
            yield str(ready.database_url)
    except DataFolderInUse:
        url = running_database_url(settings.data_dir)
        if url is None:
            raise
        yield url


def _account_note() -> str:
    """Return which account runs the embedded database, if it is not ours."""
    return ", run by the account gipfelbuch, since PostgreSQL refuses to run as root" if os.geteuid() == 0 else ""
