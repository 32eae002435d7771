"""Write the whole register into files: each kind of entry as the schema returns it, and flat tables of everything."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from service.downloads.entries import write_entries
from service.downloads.package import bundle, describe
from service.downloads.renewal import is_complete, renew_entries
from service.downloads.writing import write_file
from service.errors import FolderUnusable
from service.store import downloads
from service.store.connection import Connection
from service.store.downloads import File, StoredFile
from service.store.loading.load import revision
from service.store.loading.touched import Touched
from service.store.transactions import write_transaction


def write(connection: Connection, folder: Path) -> list[File]:
    """Write all files into a folder, which must exist; existing files of these names are replaced."""
    with TemporaryDirectory(prefix=".unfinished-", dir=folder) as name:
        files = write_entries(connection, Path(name))
        files += _write_package(connection, files, Path(name))
        return [file.move_to(folder) for file in files]


def export_files(url: str, folder: Path) -> list[File]:
    """Write all files of a database into a folder, which is created if it is missing. Raises FolderUnusable."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # nobody loads meanwhile, so that the files are consistent
        with write_transaction(url) as connection:
            return write(connection, folder)
    except OSError as error:
        raise FolderUnusable(folder, str(error.strerror).lower()) from None


def publish(connection: Connection, *, kept: int, touched: Touched | None = None) -> bool:
    """Store the files for the service to offer, after or together with a load; return whether they have changed.

    If they differ from those of the current revision, the register gets a new revision: files fetched under a revision
    never change. `kept`: how many revisions keep their files. `touched`: what the load has changed since it read the
    store; only this is rewritten in the files that existed then.
    """
    now = revision(connection, raised=False)
    if touched and touched.until != now:
        # another load has run meanwhile
        touched = None
    before = downloads.stored_files(connection, touched.since) if touched else {}
    if not is_complete(before):
        touched = None
    is_new = not (touched and touched.since == now) and _publish_anew(connection, before, touched)
    downloads.remove_old_contents(connection, kept=kept)
    return is_new


def _publish_anew(connection: Connection, before: Mapping[str, StoredFile], touched: Touched | None) -> bool:
    with TemporaryDirectory() as name:
        if touched:
            entries = renew_entries(connection, Path(name), before, touched.slugs)
        else:
            entries = write_entries(connection, Path(name))
        files = [*entries, *_write_package(connection, entries, Path(name))]
        stored = downloads.stored_files(connection, revision(connection, raised=False))
        if {name: file.sha256 for name, file in stored.items()} == {file.name: file.sha256 for file in files}:
            return False
        if stored:
            revision(connection, raised=True)
            files = [*entries, *_write_package(connection, entries, Path(name))]
        downloads.store_files(connection, files, revision(connection, raised=False))
        return True


def _write_package(connection: Connection, files: list[File], folder: Path) -> list[File]:
    """Write the files that describe the tables, and one file that contains them and the tables."""
    about = [write_file(folder / name, content, media) for name, content, media in describe(connection, files)]
    return [*about, bundle(folder, [file for file in files if file.format == "text/csv"] + about)]
