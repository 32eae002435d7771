"""The kinds of problems that there are at addresses, by their codes, which are those of GraphQL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from service.store.failures import FAULT, LOCKED, OVERLOADED, TIMED_OUT, UNREACHABLE


class ProblemType(NamedTuple):
    """`status`: of the response. `title`: what it is called, the same each time (RFC 9457, 3.1.3).

    `about`: what went wrong, in general. `advice`: what a reader can do. Pages translate all three.
    """

    status: int
    title: str
    about: str
    advice: str


TRY_AGAIN = "Try again in a few seconds."
ASK_FOR_LESS = "Ask for less: fewer entries, a shorter time or fewer filters at once."

PROBLEM_TYPES: Mapping[str, ProblemType] = {
    "BAD_USER_INPUT": ProblemType(
        400,
        "A parameter cannot be used",
        "What stands behind the question mark of the address has a name or a value that is not known here.",
        "Correct it or leave it out.",
    ),
    "QUERY_TOO_COMPLEX": ProblemType(
        400, "Too much is asked for", "It would take more work than one request may ask for.", ASK_FOR_LESS
    ),
    "NOT_FOUND": ProblemType(
        404,
        "There is nothing here",
        "The register has nothing at this address, or the address is mistyped.",
        "Search for it, or begin with one of the lists.",
    ),
    "NOT_YET_KNOWN": ProblemType(
        404,
        "It was not yet known on that day",
        "The register knows it today, but nothing of it had been reported by this day.",
        "Look from today, or from a later day.",
    ),
    "METHOD_NOT_ALLOWED": ProblemType(
        405,
        "This method is not allowed here",
        "This address is meant for programs, which ask it in another way than a browser does.",
        "Go on with one of the pages.",
    ),
    "NOT_ACCEPTABLE": ProblemType(
        406,
        "It cannot be had in such a form",
        "What is here is not given in any of the forms that were asked for.",
        "Ask for one of its forms; each page names them at its foot.",
    ),
    "NOT_IMPLEMENTED": ProblemType(
        501, "There is no such format", "The service does not know the format.", "Ask for one that it knows."
    ),
    FAULT.code: ProblemType(
        FAULT.status,
        "Something went wrong on our side",
        "It is no fault of yours.",
        "Try again later. Whoever runs the service finds the request by its number.",
    ),
    UNREACHABLE.code: ProblemType(
        UNREACHABLE.status,
        "The database cannot be reached",
        "The service cannot read the register at the moment.",
        TRY_AGAIN,
    ),
    OVERLOADED.code: ProblemType(
        OVERLOADED.status,
        "Too many requests are being answered",
        "More is asked at the moment than can be answered.",
        TRY_AGAIN,
    ),
    LOCKED.code: ProblemType(
        LOCKED.status, "The tables are being changed", "The register is being brought up to date.", TRY_AGAIN
    ),
    TIMED_OUT.code: ProblemType(
        TIMED_OUT.status, "It took too long", "The answer took longer than one request may.", ASK_FOR_LESS
    ),
}
