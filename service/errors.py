"""Errors with messages for people; imports no other module of the project."""

from __future__ import annotations

import errno
import socket
from collections.abc import Sequence
from pathlib import Path

MOST_TOLD = 200
"""Maximum number of mistakes in the seeds that are reported at once."""


class ServiceError(Exception):
    """Something that the user or the operator can fix, in one sentence."""

    code = "SERVICE_ERROR"

    @property
    def message(self) -> str:
        """The sentence, without a code or a stack trace."""
        return str(self)


class SettingsInvalid(ServiceError):
    """A setting has an invalid value."""

    code = "SETTINGS_INVALID"


class DataFolderUnusable(ServiceError):
    """The data folder cannot hold the database."""

    code = "DATA_FOLDER_UNUSABLE"

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"The data folder {folder} cannot be used: {reason}")


class DataFolderInUse(ServiceError):
    """Another process is using the data folder."""

    code = "DATA_FOLDER_IN_USE"

    def __init__(self, folder: Path, process: str) -> None:
        by = f"process {process}" if process else "another process"
        super().__init__(f"The data folder {folder} is in use by {by}. Set GIPFELBUCH_DATA_DIR to another folder.")


class DatabaseFailed(ServiceError):
    """The embedded database did not start, or a database failed to run what it was given."""

    code = "DATABASE_FAILED"


class FolderUnusable(ServiceError):
    """A folder is not writable."""

    code = "FOLDER_UNUSABLE"

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"Cannot write into {folder}: {reason}.")


class BackupFailed(ServiceError):
    """A backup was not written, or could not be restored."""

    code = "BACKUP_FAILED"

    def __init__(self, reason: str) -> None:
        super().__init__(f"Nothing was done: {reason}.")


class PortUnusable(ServiceError):
    """The address cannot be listened on."""

    code = "PORT_UNUSABLE"

    def __init__(self, host: str, port: int, reason: str, setting: str) -> None:
        super().__init__(f"Cannot listen on {host}, port {port}: {reason}. Set {setting} to another port.")


class HostUnusable(ServiceError):
    """The host is not an address of this machine."""

    code = "HOST_UNUSABLE"

    def __init__(self, host: str, reason: str, setting: str) -> None:
        super().__init__(f"Cannot listen on {host}: {reason}. Set {setting} to an address of this machine.")


def listening_error(host: str, port: int, error: OSError | UnicodeError, prefix: str = "GIPFELBUCH_") -> ServiceError:
    """Return the error for an address that cannot be listened on, naming the setting at fault: PREFIX_HOST or
    PREFIX_PORT.
    """
    if isinstance(error, UnicodeError):
        return HostUnusable(host, "it is not a valid host name", f"{prefix}HOST")
    reason = str(error.strerror).lower()
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return HostUnusable(host, reason, f"{prefix}HOST")
    return PortUnusable(host, port, reason, f"{prefix}PORT")


class DiskFull(ServiceError):
    """There is no space left where something must be written."""

    code = "DISK_FULL"

    def __init__(self, where: str) -> None:
        super().__init__(f"The disk is full, and nothing was changed: {where}.")


class DatabaseUnreachable(ServiceError):
    """The database does not respond."""

    code = "DATABASE_UNREACHABLE"

    def __init__(self, reason: str) -> None:
        super().__init__(f"The database cannot be reached: {reason}")


class DatabaseTooOld(ServiceError):
    """The database comes from a version older than the oldest supported one."""

    code = "DATABASE_TOO_OLD"

    def __init__(self, version: str, needed: int) -> None:
        super().__init__(f"The database is PostgreSQL {version}; Gipfelbuch needs {needed} or later.")


class DatabaseTooNew(ServiceError):
    """The tables were created by a later version of Gipfelbuch."""

    code = "DATABASE_TOO_NEW"

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"The database is at revision {revision}, which this version of Gipfelbuch does not know: "
            "a later version has migrated the database."
        )


class DatabaseBusy(ServiceError):
    """Another process has kept the tables locked for a minute; try again when it has finished."""

    code = "DATABASE_BUSY"

    def __str__(self) -> str:
        return str(self.__doc__)


class DatabaseRefuses(ServiceError):
    """The user in the database's URL lacks a permission that is needed."""

    code = "DATABASE_REFUSES"

    def __init__(self, reason: str) -> None:
        super().__init__(f"The database refused the operation: {reason}")


class SeedsInvalid(ServiceError):
    """The seeds contain mistakes, all of which are named; each problem reads "file:line: reason"."""

    code = "SEEDS_INVALID"

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = list(problems)
        count = f"{len(self.problems)} mistake" + ("" if len(self.problems) == 1 else "s")
        super().__init__("\n".join([f"The seeds contain {count}; nothing was loaded:", *shorten(self.problems)]))


def shorten(problems: Sequence[str]) -> list[str]:
    """Return the first mistakes and the number of the others, since a wrong rule makes thousands."""
    further = len(problems) - MOST_TOLD
    return [*problems[:MOST_TOLD], *([f"... and {further} more"] if further > 0 else [])]


class SeedsMissing(ServiceError):
    """A folder contains no seeds."""

    code = "SEEDS_MISSING"

    def __init__(self, folder: Path) -> None:
        super().__init__(f"There are no seeds in {folder}. Set GIPFELBUCH_SEEDS to the folder that contains them.")


class CorpusUnusable(ServiceError):
    """A folder of documents does not exist, or contains none of the documents."""

    code = "CORPUS_UNUSABLE"

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason}. Set GIPFELBUCH_CORPUS or --corpus to the folder of the documents.")


class SetUnknown(ServiceError):
    """The seeds contain no set of this name."""

    code = "SET_UNKNOWN"

    def __init__(self, name: str, available: Sequence[str], asked_by: str | None = None) -> None:
        required = f", which {asked_by} requires" if asked_by else ""
        super().__init__(f"There is no set {name!r}{required}. Available sets: {', '.join(available) or 'none'}.")


class VocabularyIncomplete(ServiceError):
    """What must exist for each value of a vocabulary is missing for one, or exists for something that is no value."""

    code = "VOCABULARY_INCOMPLETE"


class BadInput(ServiceError):
    """Value from a client that cannot be used.

    `argument` is its GraphQL name, `reason` a word in capitals (INVALID_DATE, PAGE_TOO_LARGE ...), `path` the response
    names down to the field, without list indices.
    """

    code = "BAD_USER_INPUT"

    def __init__(self, message: str, *, argument: str, reason: str, path: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.argument = argument
        self.reason = reason
        self.path = list(path)

    def at(self, path: Sequence[str]) -> BadInput:
        """Return the same error with a location in the operation, unless it has one."""
        self.path = self.path or list(path)
        return self


def first_line(error: BaseException) -> str:
    """Return the first line of an error's message, or the name of its type if it has none."""
    return str(error).strip().partition("\n")[0] or type(error).__name__
