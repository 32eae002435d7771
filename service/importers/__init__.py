"""Importers, each of which turns a published data set into a set of the seeds; shared code is next to their packages.

Each package in this folder is one importer, named after the set and the folder of its data. It has a function
`make_set`, an `Importer`.
"""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Protocol

from service.errors import SeedsMissing, ServiceError
from service.importers.languages import add_languages
from service.importers.seedset import SeedSet
from service.store.documents.rows import DataFileInvalid


class Importer(Protocol):
    """Make a set from the data in `data`/NAME; `seeds` holds what is already known, and the set's tables.

    Raises OSError, DataFileInvalid.
    """

    def __call__(self, data: Path, seeds: Path) -> SeedSet: ...


class ImporterUnknown(ServiceError):
    """No importer has this name."""

    code = "IMPORTER_UNKNOWN"

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no importer {name!r}. Available importers: {', '.join(importers())}.")


class DataFolderInvalid(ServiceError):
    """A folder does not contain the data of an importer."""

    code = "DATA_FOLDER_INVALID"


def importers() -> list[str]:
    """Return the names of the importers, in alphabetical order."""
    return sorted(module.name.replace("_", "-") for module in iter_modules(__path__) if module.ispkg)


def make_set(name: str, folder: Path, seeds: Path) -> SeedSet:
    """Return what an importer makes of the data in a folder: its own folder, or one that contains it.

    Raises ImporterUnknown, SeedsMissing, DataFolderInvalid, SeedsInvalid.
    """
    if name not in importers():
        raise ImporterUnknown(name)
    if not (seeds / "people.yaml").exists():
        raise SeedsMissing(seeds)
    run: Importer = import_module(f"{__name__}.{name.replace('-', '_')}").make_set
    try:
        made = run(_data_folder(name, folder), seeds)
    except (OSError, DataFileInvalid) as error:
        raise DataFolderInvalid(f"The data in {folder} cannot be read: {error}") from None
    if not made.documents:
        raise DataFolderInvalid(f"There are no rows in {folder}.")
    add_languages(made, seeds)
    return made


def _data_folder(name: str, folder: Path) -> Path:
    """Return the folder that contains a folder of the importer's name."""
    folder = folder.absolute()
    if (folder / name).is_dir():
        return folder
    if folder.is_dir() and folder.name == name:
        return folder.parent
    there = "is not a folder" if not folder.is_dir() else f"is not a folder named {name} and does not contain one"
    raise DataFolderInvalid(f"{folder} {there}.")
