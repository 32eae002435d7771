"""The command line. It reports what happens as it happens; the work itself is done in other modules."""

from __future__ import annotations

import errno
import gc
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, nullcontext
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import Annotated

import typer
from rich.console import Console

from service import doctor, editing, reviewing, serving
from service.errors import DataFolderInUse, FolderUnusable, ServiceError
from service.load_process import load_process
from service.memory import give_back
from service.progress import progress_of
from service.settings import REPOSITORY, SEEDS, Settings, read_settings, settings_text
from service.stopping import SIGNALS, check_stop, leaving_as_told, unwind_on_signals
from service.version import VERSION

QUESTION = '{ summit(slug: "vladivostok-2019") { name status date { edtf } } }'
SCHEMA = REPOSITORY / "schema" / "schema.graphql"
SEEDS_SCHEMA = SEEDS / "schema.json"
LAYOUT = REPOSITORY / "service" / "store" / "layout.json"

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
# messages go where the log goes; requested output goes to stdout
out = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)


def main() -> None:
    """Run a command; problems that the user can fix are reported in one sentence, with exit code 2."""
    unwind_on_signals()
    try:
        with leaving_as_told():
            app()
    except ServiceError as error:
        print(error.message, file=sys.stderr)
        sys.exit(2)
    except OSError as error:
        # a file or folder that is missing, may not be used or has no room left
        if error.filename is None and error.errno != errno.ENOSPC:
            raise
        print(": ".join(str(each) for each in (error.strerror, error.filename) if each), file=sys.stderr)
        sys.exit(2)


def _print_version(asked: bool) -> None:
    if asked:
        print(f"gipfelbuch {VERSION}")
        raise typer.Exit


@app.callback()
def start(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_print_version, help="Print the version.")
    ] = False,
) -> None:
    """Gipfelbuch: the register of summits. Who met, what was said, by whose word we know it."""


@app.command(epilog=settings_text())
def serve(
    workers: Annotated[
        int | None,
        typer.Option(min=1, help="Number of worker processes; overrides GIPFELBUCH_WORKERS.", show_default=False),
    ] = None,
) -> None:
    """Start the database, migrate its tables, load the seeds and serve GraphQL on /graphql."""
    unwind_on_signals(code=0)
    # imported modules stay in memory: scanning them for garbage takes a tenth of the start
    gc.disable()
    settings = read_settings()
    if workers is not None:
        settings = settings.model_copy(update={"workers": workers})
    # importing the service takes as long as starting the database
    importing = Thread(target=import_module, args=("service.app",), daemon=True)
    importing.start()
    with serving.bound_socket(settings) as listener, _database(settings) as ready, _record(ready, importing):
        if settings.workers > 1:
            return _serve_by_workers(ready, listener)
        with _step("Starting the service"):
            server = serving.create_server(ready, lambda: _announce(ready))
        serving.serve(server, listener, ready)


def _serve_by_workers(settings: Settings, listener: socket.socket) -> None:
    from service import workers
    from service.store.current import available_connections

    out.print(f"Starting {settings.workers} workers ...")
    given = map(available_connections, (settings.reader_url, *(settings.database_read_urls or ())))
    fewest = min((number for number in given if number is not None), default=None)
    workers.serve(settings, listener, fewest, lambda: _announce(settings))


@app.command(hidden=True)
def worker(folder: Path, descriptor: int, number: int) -> None:
    """Answer on a socket that the process which started this one has opened: one of several."""
    from service.workers import end_with_parent

    unwind_on_signals(code=0)
    end_with_parent()
    gc.disable()
    settings = read_settings()
    with socket.socket(fileno=descriptor) as listener:
        server = serving.create_server(settings, lambda: None, folder / str(number))
        serving.serve(server, listener, settings)


@app.command()
def migrate(
    check: Annotated[
        bool,
        typer.Option("--check", help="Compare the migrations with the declared tables without changing anything."),
    ] = False,
    draft: Annotated[
        str | None,
        typer.Option(help="Write a migration with this name that leads to the declared tables.", metavar="VERB_NOUN"),
    ] = None,
) -> None:
    """Migrate the database tables to this version."""
    if check or draft:
        return _develop(draft)
    with _database(read_settings()) as ready:
        _bring_up_to_date(ready)


@app.command()
def load(
    corpus: editing.Corpus = None,
    has_reported: Annotated[
        bool, typer.Option("--reported", hidden=True, help="Do not report again that there are changes.")
    ] = False,
) -> None:
    """Load the seeds into the database, checking passages if the folder of the documents is known."""
    # as at a start, until everything is imported
    gc.disable()
    settings = read_settings()
    with _database(settings.model_copy(update={"corpus": editing.folders(settings, corpus)})) as ready:
        if not _is_current(ready, has_reported=has_reported):
            _bring_up_to_date(ready)
            _load(ready)


@app.command()
def export(
    to: Annotated[Path, typer.Option(help="Folder to write to, created if missing.", metavar="DIR")] = Path("register"),
) -> None:
    """Export the contents of the database to files: each kind of entry as JSON Lines and as CSV."""
    with _database(read_settings()) as ready:
        _bring_up_to_date(ready)
        if _is_empty(ready):
            _load(ready)
        _write_files(ready, to)


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="File to write; it must not exist yet.")]) -> None:
    """Write the whole store to a file for `restore`; the service may keep running."""
    from service.store.backups import back_up

    with _running_database(read_settings()) as url, _step("Writing the backup") as done:
        back_up(url, file)
        done(f"{file.stat().st_size:,} bytes were written to {file}.")


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="File written by `backup`.")]) -> None:
    """Restore a backup into an empty database and migrate its tables to this version."""
    from service.store.backups import restore

    with _database(read_settings()) as ready:
        with _step("Restoring the backup") as done:
            restore(str(ready.database_url), file)
            done("The store has been restored.")
        _bring_up_to_date(ready)


@app.command()
def schema(
    check: Annotated[
        bool, typer.Option("--check", help="Only check whether the files generated from the code are up to date.")
    ] = False,
    write: Annotated[bool, typer.Option("--write", help="Write the files generated from the code.")] = False,
) -> None:
    """Print the GraphQL schema."""
    # whatever else is generated reads the tables from it
    if write or check:
        from service.store.tables import layout

        _make({LAYOUT: layout.text()}, write=write)
    from schema import print_sdl
    from service.store.seeds import editor

    if write or check:
        _make({SCHEMA: print_sdl(), SEEDS_SCHEMA: editor.text()}, write=write)
    else:
        sys.stdout.write(print_sdl())


def _make(texts: Mapping[Path, str], *, write: bool) -> None:
    """Write files that are generated from the code, or, to check them, exit with code 1 if they are out of date."""
    old = [path for path, text in texts.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in old:
        if write:
            path.write_text(texts[path], encoding="utf-8")
        else:
            print(f"{path.relative_to(REPOSITORY)} is out of date: run `gipfelbuch schema --write`", file=sys.stderr)
    if old and not write:
        sys.exit(1)


for command in (doctor.doctor, editing.show, editing.find, editing.anchor, editing.verify):
    app.command()(command)
app.command("import")(editing.import_data)
app.command()(reviewing.review)


@contextmanager
def _database(settings: Settings) -> Iterator[Settings]:
    """Yield the settings, with the URL of a database that runs until the block ends."""
    with ExitStack() as stack:
        if settings.database_url is None:
            from service.store.embedded.database import embedded_database, embedded_reader_url

            with _step("Starting the database") as done:
                url = stack.enter_context(embedded_database(settings.data_dir))
                readers = embedded_reader_url(url)
                settings = settings.model_copy(update={"database_url": url, "database_reader_url": readers})
                done(f"The database is in {settings.data_dir}{_as_whom()}.")
        yield settings


@contextmanager
def _running_database(settings: Settings) -> Iterator[str]:
    """Yield the URL of the database; that of the embedded one even if another process runs it."""
    from service.store.embedded.database import running_database_url

    try:
        with _database(settings) as ready:
            yield str(ready.database_url)
    except DataFolderInUse:
        url = running_database_url(settings.data_dir)
        if url is None:
            raise
        yield url


def _as_whom() -> str:
    """Return the account that runs the embedded database, if it is not ours."""
    return ", run by the account gipfelbuch, since PostgreSQL refuses to run as root" if os.geteuid() == 0 else ""


@contextmanager
def _record(settings: Settings, importing: Thread) -> Iterator[None]:
    """Provide a register that can be queried as soon as the block begins; anything new is loaded alongside
    the block.
    """
    is_current = _is_current(settings)
    if not is_current and not _can_answer(settings, importing):
        _load_record(settings)
        is_current = not _has_sets(settings)
    elif not is_current and _is_read_only(settings):
        reason = "the database is a standby, or this user may only read"
        out.print(f"The changes are not loaded because {reason}. The service answers from the existing register.")
        is_current = True
    with nullcontext() if is_current else load_process(settings, is_beside=True) as loading:
        if loading:
            out.print("The service answers from the existing register until the changes are loaded.")
            Thread(target=_watch, args=(loading,), daemon=True).start()
        yield


def _is_current(settings: Settings, *, has_reported: bool = False) -> bool:
    """Return whether there is nothing to load, and report it.

    has_reported: whether changes have been reported before, so that only their absence is reported.
    """
    from service.store.current import fingerprint, is_current

    with nullcontext(out.print) if has_reported else _step("Comparing the store with the seeds") as done:
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


def _can_answer(settings: Settings, importing: Thread) -> bool:
    """Return whether the store holds a register in tables of this version; `importing` may be importing
    SQLAlchemy too.
    """
    from service.store.current import holds_register

    if not holds_register(str(settings.database_url)):
        return False
    importing.join()
    from service.store.migrations import is_migrated

    return is_migrated(str(settings.database_url))


def _is_read_only(settings: Settings) -> bool:
    from service.store.current import is_read_only

    return is_read_only(str(settings.database_url))


def _load_record(settings: Settings) -> None:
    """Load everything except the sets, so that the first response does not wait for these."""
    with load_process(settings.model_copy(update={"sets": ()}), is_beside=False) as loading:
        if code := loading.wait():
            sys.exit(code)


def _has_sets(settings: Settings) -> bool:
    """Return whether sets have to be loaded in addition to the record."""
    from service.store.folders import available_sets

    return bool(settings.sets if settings.sets is not None else available_sets(settings.seeds))


def _watch(loading: subprocess.Popen[bytes]) -> None:
    """Report that nothing changes if a load alongside the service fails.

    The load has reported the reason itself, unless a signal ended it.
    """
    if loading.wait() not in (0, *(128 + each for each in SIGNALS)):
        print("The load has failed: the service answers from the existing register.", file=sys.stderr, flush=True)


def _is_empty(settings: Settings) -> bool:
    from service.store.loading.load import is_empty
    from service.store.transactions import write_transaction

    with write_transaction(str(settings.database_url)) as connection:
        return is_empty(connection)


def _bring_up_to_date(settings: Settings) -> None:
    with _step("Bringing the tables up to date") as done:
        from service.store.migrations import migrate

        done(migrate(str(settings.database_url), settings.database_reader_url, _say_waiting))


def _say_waiting() -> None:
    out.print("Another process is changing the database: waiting until it has finished ...")


def _load(settings: Settings) -> None:
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
    with _step("Loading the seeds", is_long=True) as done, progress_of("Entries", out) as begin:
        with write_transaction(str(settings.database_url), _say_waiting) as connection:
            is_first = is_empty(connection)
            report = load(connection, settings.seeds, settings.corpus, sets=settings.sets, begin=begin, shown=shown)
            if report.changed_anything and not is_first:
                announce_commit(connection)
            # if execution only continues because the exception of a signal was lost, nothing is committed
            check_stop()
        done(report)
    give_back()
    with _step("Writing the files for download") as done:
        from service.downloads import publish

        with write_transaction(str(settings.database_url), _say_waiting) as connection:
            is_new = publish(connection, kept=settings.download_revisions, touched=report.touched)
            now = revision(connection, raised=False)
            mark_current(connection, read)
            if is_new:
                announce_commit(connection)
            check_stop()
        done(f"The files are now at revision {now}." if is_new else f"The files were already at revision {now}.")


def _write_files(settings: Settings, folder: Path) -> None:
    with _step("Writing the files") as done:
        from service.downloads import write
        from service.store.transactions import write_transaction

        try:
            folder.mkdir(parents=True, exist_ok=True)
            # nobody loads meanwhile, so that the files are consistent
            with write_transaction(str(settings.database_url)) as connection:
                files = write(connection, folder)
        except OSError as error:
            raise FolderUnusable(folder, str(error.strerror).lower()) from None
        done(f"{len(files)} files ({sum(file.bytes for file in files):,} bytes) were written to {folder}.")


def _develop(draft: str | None) -> None:
    """Work on the migrations with a throwaway database: write one, or compare."""
    from service.store import upgrading
    from service.store.embedded.database import throwaway_database
    from service.store.migrations import migrate

    with throwaway_database() as url:
        migrate(url)
        if draft:
            print(upgrading.draft(url, draft))
        elif difference := upgrading.differences(url):
            print(difference, file=sys.stderr)
            sys.exit(1)


def _announce(settings: Settings) -> None:
    address, body = serving.endpoint_url(settings), json.dumps({"query": QUESTION})
    out.print(f"\nGipfelbuch {VERSION} answers on {address} (stop it with Ctrl-C). Open it in a browser, or run:\n")
    out.print(f"  curl -s {address} -H 'content-type: application/json' -d '{body}'\n")


@contextmanager
def _step(doing: str, *, is_long: bool = False) -> Iterator[Callable[[object], None]]:
    """Print what is being done, then the result and how long it took; long steps report their progress elsewhere."""
    started = time.monotonic()
    results: list[object] = []
    if out.is_terminal and not is_long:
        with out.status(f"{doing} ..."):
            yield results.append
    else:
        out.print(f"{doing} ...")
        yield results.append
    for sentence in results:
        out.print(f"{sentence} ({time.monotonic() - started:.1f} s)")


if __name__ == "__main__":
    main()
