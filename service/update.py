"""Bring a database up to date: its tables to this version, its contents to the seeds."""

from __future__ import annotations

import gc
from contextlib import nullcontext

from service.memory import give_back
from service.progress import console, progress_of, step
from service.settings import Settings
from service.stopping import check_stop


def is_up_to_date(settings: Settings, *, has_reported: bool = False) -> bool:
    """Return whether there is nothing to load, and report it.

    has_reported: whether changes have been reported before, so that only their absence is reported.
    """
    from service.store.current import fingerprint, is_current

    with nullcontext(console.print) if has_reported else step("Comparing the store with the seeds") as done:
        expected = fingerprint(settings.seeds, settings.corpus, settings.sets, settings.shown_text)
        is_unchanged = is_current(str(settings.database_url), expected)
        if is_unchanged is None:
            _connect(settings)
        elif is_unchanged:
            done("Nothing has changed since the last load.")
        elif not has_reported:
            done("There are changes to load.")
        return bool(is_unchanged)


def _connect(settings: Settings) -> None:
    """Raise whatever prevents a connection, if anything does, before trying something else."""
    from service.store.connection import connect

    connect(str(settings.database_url)).close()


def migrate_tables(settings: Settings) -> None:
    """Migrate the tables to this version."""
    with step("Bringing the tables up to date") as done:
        from service.store.migrations import migrate

        done(migrate(str(settings.database_url), settings.database_reader_url, _report_waiting))


def load_changes(settings: Settings, *, has_reported: bool) -> None:
    """Migrate the tables and load the seeds, unless nothing has changed since the last load.

    has_reported: whether changes have been reported before.
    """
    if not is_up_to_date(settings, has_reported=has_reported):
        migrate_tables(settings)
        load_seeds(settings)


def load_if_empty(settings: Settings) -> None:
    """Migrate the tables, and load the seeds if nothing has been loaded yet."""
    migrate_tables(settings)
    from service.store.loading.load import is_empty
    from service.store.transactions import write_transaction

    with write_transaction(str(settings.database_url)) as connection:
        has_nothing = is_empty(connection)
    if has_nothing:
        load_seeds(settings)


def load_seeds(settings: Settings) -> None:
    """Load the seeds into the record, which is served from then on, then bring the files for download up to date."""
    from service.store.commits import announce_commit
    from service.store.current import fingerprint, mark_current
    from service.store.enums import TextAccess
    from service.store.loading.load import is_empty, load, revision
    from service.store.transactions import write_transaction

    gc.freeze()
    gc.enable()
    shown = TextAccess[settings.shown_text.upper()]
    # of the seeds as they are now: if they change meanwhile, the next load sees that
    read = fingerprint(settings.seeds, settings.corpus, settings.sets, settings.shown_text)
    with step("Loading the seeds", is_long=True) as done, progress_of("Entries", console) as begin:
        with write_transaction(str(settings.database_url), _report_waiting) as connection:
            is_first = is_empty(connection)
            report = load(connection, settings.seeds, settings.corpus, sets=settings.sets, begin=begin, shown=shown)
            if report.changed_anything and not is_first:
                announce_commit(connection)
            # if execution only continues because the exception of a signal was lost, nothing is committed
            check_stop()
        done(report)
    give_back()
    with step("Writing the files for download") as done:
        from service.downloads import publish

        with write_transaction(str(settings.database_url), _report_waiting) as connection:
            is_new = publish(connection, kept=settings.download_revisions, touched=report.touched)
            now = revision(connection, raised=False)
            mark_current(connection, read)
            if is_new:
                announce_commit(connection)
            check_stop()
        done(f"The files are now at revision {now}." if is_new else f"The files were already at revision {now}.")


def _report_waiting() -> None:
    console.print("Another process is changing the database: waiting until it has finished ...")
