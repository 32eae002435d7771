"""The command line. It reads the arguments; the work itself is done in other modules, which report what happens."""

from __future__ import annotations

import errno
import gc
import sys
from pathlib import Path
from typing import Annotated

import typer

from service import doctor, editing, reviewing, update
from service.database import provide_database, provide_running_database
from service.errors import ServiceError
from service.progress import step
from service.settings import read_settings, settings_text
from service.stopping import leaving_as_told, unwind_on_signals
from service.version import VERSION

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


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
    from service.startup import start_service

    start_service(settings)


@app.command(hidden=True)
def worker(folder: Path, descriptor: int, number: int) -> None:
    """Answer on a socket that the process which started this one has opened: one of several."""
    unwind_on_signals(code=0)
    gc.disable()
    from service.startup import start_worker

    start_worker(folder, descriptor, number)


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
    if not (check or draft):
        with provide_database(read_settings()) as ready:
            update.migrate_tables(ready)
        return
    from service.store.upgrading import draft_migration, find_differences

    if draft:
        print(draft_migration(draft))
    elif difference := find_differences():
        print(difference, file=sys.stderr)
        sys.exit(1)


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
    with provide_database(settings.model_copy(update={"corpus": editing.folders(settings, corpus)})) as ready:
        update.load_changes(ready, has_reported=has_reported)


@app.command()
def export(
    to: Annotated[Path, typer.Option(help="Folder to write to, created if missing.", metavar="DIR")] = Path("register"),
) -> None:
    """Export the contents of the database to files: each kind of entry as JSON Lines and as CSV."""
    with provide_database(read_settings()) as ready:
        update.load_if_empty(ready)
        with step("Writing the files") as done:
            from service.downloads import export_files

            files = export_files(str(ready.database_url), to)
            done(f"{len(files)} files ({sum(file.bytes for file in files):,} bytes) were written to {to}.")


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="File to write; it must not exist yet.")]) -> None:
    """Write the whole store to a file for `restore`; the service may keep running."""
    from service.store.backups import back_up

    with provide_running_database(read_settings()) as url, step("Writing the backup") as done:
        back_up(url, file)
        done(f"{file.stat().st_size:,} bytes were written to {file}.")


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="File written by `backup`.")]) -> None:
    """Restore a backup into an empty database and migrate its tables to this version."""
    from service.store.backups import restore

    with provide_database(read_settings()) as ready:
        with step("Restoring the backup") as done:
            restore(str(ready.database_url), file)
            done("The store has been restored.")
        update.migrate_tables(ready)


@app.command()
def schema(
    check: Annotated[
        bool, typer.Option("--check", help="Only check whether the files generated from the code are up to date.")
    ] = False,
    write: Annotated[bool, typer.Option("--write", help="Write the files generated from the code.")] = False,
) -> None:
    """Print the GraphQL schema."""
    from service import generated_files

    if write:
        generated_files.write_generated_files()
    elif check:
        if outdated := generated_files.outdated_files():
            print(
                *(f"{path} is out of date: run `gipfelbuch schema --write`" for path in outdated),
                sep="\n",
                file=sys.stderr,
            )
            sys.exit(1)
    else:
        from schema import print_sdl

        sys.stdout.write(print_sdl())


for command in (doctor.doctor, editing.show, editing.find, editing.anchor, editing.verify):
    app.command()(command)
app.command("import")(editing.import_data)
app.command()(reviewing.review)


if __name__ == "__main__":
    main()
