"""Types of problems that addresses respond with, by their code. The codes are the GraphQL ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from service.store.failures import FAULT, LOCKED, OVERLOADED, TIMED_OUT, UNREACHABLE


class ProblemType(NamedTuple):
    """`status`: status code of the response. `title`: title of the type, always the same (RFC 9457, 3.1.3).

    `about`: what went wrong, in general. `advice`: what the reader can do. Pages translate all three texts.
    """

    status: int
    title: str
    about: str
    advice: str


TRY_AGAIN = "Try again in a few seconds."
ASK_FOR_LESS = "Ask for less: fewer entries, a shorter period or fewer filters at once."

PROBLEM_TYPES: Mapping[str, ProblemType] = {
    "BAD_USER_INPUT": ProblemType(
        400,
        "Invalid parameter",
        "The part of the address after the question mark contains a name or a value that is not known here.",
        "Correct it or remove it.",
    ),
    "QUERY_TOO_COMPLEX": ProblemType(
        400, "Request too large", "Answering it would take more work than a single request may ask for.", ASK_FOR_LESS
    ),
    "NOT_FOUND": ProblemType(
        404,
        "Not found",
        "The register has nothing at this address, or the address is mistyped.",
        "Search for it, or start with one of the lists.",
    ),
    "NOT_YET_KNOWN": ProblemType(
        404,
        "Not yet known on that date",
        "It is in the register today, but nothing about it had been reported by this date:",
        "View it as of today or as of a later date.",
    ),
    "METHOD_NOT_ALLOWED": ProblemType(
        405,
        "Method not allowed",
        "This address is meant for programs, which send a different kind of request from a browser.",
        "Continue with one of the pages.",
    ),
    "NOT_ACCEPTABLE": ProblemType(
        406,
        "Format not available",
        "This address is not available in any of the formats requested.",
        "Request one of the formats listed at the foot of each page.",
    ),
    "NOT_IMPLEMENTED": ProblemType(
        501, "Unknown format", "The service does not support this format.", "Request a supported format."
    ),
    FAULT.code: ProblemType(
        FAULT.status,
        "Something went wrong on our side",
        "This is not your fault.",
        "Try again later. The operator of the service can find the request by its ID.",
    ),
    UNREACHABLE.code: ProblemType(
        UNREACHABLE.status,
        "The database cannot be reached",
        "The service cannot read the register at the moment.",
        TRY_AGAIN,
    ),
    OVERLOADED.code: ProblemType(
        OVERLOADED.status,
        "Too many requests at once",
        "The service is receiving more requests than it can answer.",
        TRY_AGAIN,
    ),
    LOCKED.code: ProblemType(
        LOCKED.status, "The tables are being changed", "The register is being updated.", TRY_AGAIN
    ),
    TIMED_OUT.code: ProblemType(
        TIMED_OUT.status, "Request timed out", "The answer took longer than a single request may take.", ASK_FOR_LESS
    ),
}
