"""Failures of reads, and the code and status of the response to each: the one table of the database's errors."""

from __future__ import annotations

from typing import NamedTuple

import asyncpg

from service.errors import ServiceError


class Failure(NamedTuple):
    """A row of the table: the code, the HTTP status and the message for the client."""

    code: str
    status: int
    message: str


UNREACHABLE = Failure(
    "DATABASE_UNREACHABLE", 503, "The database cannot be reached at the moment; try again in a few seconds."
)
OVERLOADED = Failure(
    "OVERLOADED", 503, "Too many requests are being answered at the moment; try again in a few seconds."
)
LOCKED = Failure(
    "DATABASE_BUSY", 503, "The tables are being changed at the moment, by a migration or a load; try again soon."
)
TIMED_OUT = Failure("TIMEOUT", 504, "The operation took longer than {seconds:g} s and was cancelled; ask for less.")
TOO_COMPLEX = Failure("QUERY_TOO_COMPLEX", 400, "The operation needs more than the database allows; ask for less.")
BAD_VALUE = Failure("BAD_USER_INPUT", 400, "The database cannot process a value of the operation.")
FAULT = Failure(
    "INTERNAL_SERVER_ERROR", 500, "Something went wrong on our side. It is in the log under the request id."
)

BY_SQLSTATE = {
    "08": UNREACHABLE,
    "22": BAD_VALUE,
    "22012": FAULT,  # the division is ours, not the client's
    "25P03": UNREACHABLE,
    "25P04": TIMED_OUT,
    "28": UNREACHABLE,
    "3D": UNREACHABLE,
    "40": LOCKED,  # on a standby, replaying the primary's changes cancels reads
    "53": OVERLOADED,
    "53400": TOO_COMPLEX,  # temp_file_limit
    "54": TOO_COMPLEX,
    "55006": LOCKED,
    "55P03": LOCKED,
    "57": UNREACHABLE,
    "57014": TIMED_OUT,
    # errors that a read gets only if our statement, its permissions or the server itself is at fault
    **dict.fromkeys(("03", "09", "0A", "0B", "0F", "0L", "0P", "0Z", "10", "20", "21", "23", "24", "25"), FAULT),
    **dict.fromkeys(("26", "27", "2B", "2D", "2F", "34", "38", "39", "3B", "3F", "42", "44", "55"), FAULT),
    **dict.fromkeys(("58", "72", "F0", "HV", "P0", "XX"), FAULT),
}
"""Failures by the five characters of a SQLSTATE or, if those are not listed, the first two (PostgreSQL, appendix A)."""

CONNECTION_LOST = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.DatabaseDroppedError,
    asyncpg.IdleSessionTimeoutError,
    # raised by asyncpg on a connection that the server has just closed
    asyncpg.InternalClientError,
)


class ReadFailed(ServiceError):
    """A failed read; `reason` is for the log, the message for the client."""

    def __init__(self, failure: Failure, reason: str, *, seconds: float = 0) -> None:
        super().__init__(failure.message.format(seconds=seconds))
        self.failure = failure
        self.code = failure.code
        self.reason = reason


def failure_of(error: BaseException) -> Failure:
    """Return the row of the table for an error raised by asyncpg."""
    if isinstance(error, asyncpg.PostgresError):
        sqlstate = str(error.sqlstate or "")
        return BY_SQLSTATE.get(sqlstate) or BY_SQLSTATE.get(sqlstate[:2], FAULT)
    return UNREACHABLE if isinstance(error, CONNECTION_LOST) else FAULT
