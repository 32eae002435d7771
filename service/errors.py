"""What can go wrong in words for people; imports nothing of ours."""

from __future__ import annotations

import errno
import socket
from collections.abc import Sequence
from pathlib import Path

MOST_TOLD = 200
"""So many mistakes in the seeds are told at once."""


class ServiceError(Exception):
    """Something that the user or the operator can put right, said in one sentence."""

    code = "SERVICE_ERROR"

    @property
    def message(self) -> str:
        """The sentence, without a code and without a stack."""
        return str(self)


class SettingsInvalid(ServiceError):
    """A setting has a value that cannot be used."""

    code = "SETTINGS_INVALID"


class DataFolderUnusable(ServiceError):
    """The data folder cannot hold the database."""

    code = "DATA_FOLDER_UNUSABLE"

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"The data folder {folder} cannot be used: {reason}")


class DataFolderInUse(ServiceError):
    """Another run has the data folder."""

    code = "DATA_FOLDER_IN_USE"

    def __init__(self, folder: Path, process: str) -> None:
        by = f"process {process}" if process else "another process"
        super().__init__(f"The data folder {folder} is in use by {by}; GIPFELBUCH_DATA_DIR names another.")


class DatabaseFailed(ServiceError):
    """The embedded database did not start, or a database failed at what it was told."""

    code = "DATABASE_FAILED"


class FolderUnusable(ServiceError):
    """A folder cannot be written into."""

    code = "FOLDER_UNUSABLE"

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"Cannot write into {folder}: {reason}.")


class BackupFailed(ServiceError):
    """A backup was not written, or no store made of it."""

    code = "BACKUP_FAILED"

    def __init__(self, reason: str) -> None:
        super().__init__(f"Nothing was done: {reason}.")


class PortUnusable(ServiceError):
    """The address cannot be listened on."""

    code = "PORT_UNUSABLE"

    def __init__(self, host: str, port: int, reason: str, setting: str) -> None:
        super().__init__(f"Cannot listen on {host}, port {port}: {reason}; {setting} names another port.")


class HostUnusable(ServiceError):
    """The host is no address of this machine."""

    code = "HOST_UNUSABLE"

    def __init__(self, host: str, reason: str, setting: str) -> None:
        super().__init__(f"Cannot listen on {host}: {reason}; {setting} names an address of this machine.")


def listening_error(host: str, port: int, error: OSError | UnicodeError, prefix: str = "GIPFELBUCH_") -> ServiceError:
    """Which of the settings PREFIX_HOST and PREFIX_PORT is at fault where an address cannot be listened on."""
    if isinstance(error, UnicodeError):
        return HostUnusable(host, "it is no name of a machine", f"{prefix}HOST")
    reason = str(error.strerror).lower()
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return HostUnusable(host, reason, f"{prefix}HOST")
    return PortUnusable(host, port, reason, f"{prefix}PORT")


class DiskFull(ServiceError):
    """There is no room left where something has to be written."""

    code = "DISK_FULL"

    def __init__(self, where: str) -> None:
        super().__init__(f"The disk is full, and nothing was changed: {where}.")


class DatabaseUnreachable(ServiceError):
    """The database does not answer."""

    code = "DATABASE_UNREACHABLE"

    def __init__(self, reason: str) -> None:
        super().__init__(f"The database cannot be reached: {reason}")


class DatabaseTooOld(ServiceError):
    """The database is of a version before the oldest supported one."""

    code = "DATABASE_TOO_OLD"

    def __init__(self, version: str, needed: int) -> None:
        super().__init__(f"The database is PostgreSQL {version}; Gipfelbuch needs {needed} or later.")


class DatabaseTooNew(ServiceError):
    """The tables were made by a later version of Gipfelbuch."""

    code = "DATABASE_TOO_NEW"

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"The database is at revision {revision}, which this version of Gipfelbuch does not know: "
            "a later version has migrated it."
        )


class DatabaseBusy(ServiceError):
    """Another process has kept the tables locked for a minute; try again when it has finished."""

    code = "DATABASE_BUSY"

    def __str__(self) -> str:
        return str(self.__doc__)


class DatabaseRefuses(ServiceError):
    """The user in the database's URL may not do what is needed."""

    code = "DATABASE_REFUSES"

    def __init__(self, reason: str) -> None:
        super().__init__(f"The database refuses: {reason}")


class SeedsInvalid(ServiceError):
    """The seeds hold mistakes, all of which are named; each problem reads "file:line: reason"."""

    code = "SEEDS_INVALID"

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = list(problems)
        count = f"{len(self.problems)} mistake" + ("" if len(self.problems) == 1 else "s")
        super().__init__("\n".join([f"The seeds hold {count}, nothing was loaded:", *shorten(self.problems)]))


def shorten(problems: Sequence[str]) -> list[str]:
    """The first mistakes and how many more there are: a rule that errs makes thousands."""
    further = len(problems) - MOST_TOLD
    return [*problems[:MOST_TOLD], *([f"... and {further} more"] if further > 0 else [])]


class SeedsMissing(ServiceError):
    """A folder holds no seeds."""

    code = "SEEDS_MISSING"

    def __init__(self, folder: Path) -> None:
        super().__init__(f"There are no seeds in {folder}; GIPFELBUCH_SEEDS names the folder that holds them.")


class CorpusUnusable(ServiceError):
    """A folder of documents is not there, or none of the documents lies in it."""

    code = "CORPUS_UNUSABLE"

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason}; GIPFELBUCH_CORPUS or --corpus names the folder of the documents.")


class SetUnknown(ServiceError):
    """No set of the seeds has this name."""

    code = "SET_UNKNOWN"

    def __init__(self, name: str, available: Sequence[str], asked_by: str | None = None) -> None:
        required = f", which {asked_by} requires" if asked_by else ""
        there = f"there are {', '.join(available)}" if available else "there are none"
        super().__init__(f"There is no set {name!r}{required}; {there}.")


class VocabularyIncomplete(ServiceError):
    """What is kept of each value of a vocabulary is not there of one, or of one that is no value."""

    code = "VOCABULARY_INCOMPLETE"


class BadInput(ServiceError):
    """A value that a client gave and that cannot be used.

    `argument` is its GraphQL name, `reason` a word in capitals (INVALID_DATE, PAGE_TOO_LARGE ...),
    `path` the response names down to the field, without list indices.
    """

    code = "BAD_USER_INPUT"

    def __init__(self, message: str, *, argument: str, reason: str, path: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.argument = argument
        self.reason = reason
        self.path = list(path)

    def at(self, path: Sequence[str]) -> BadInput:
        """The same, at a place in the operation, unless it has one."""
        self.path = self.path or list(path)
        return self
