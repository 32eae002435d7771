"""The kinds of problems that there are at addresses, by their codes, which are those of GraphQL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from service.store.failures import FAULT, LOCKED, OVERLOADED, TIMED_OUT, UNREACHABLE


class ProblemType(NamedTuple):
    """`status`: of the response. `title`: what it is called, the same each time (RFC 9457, 3.1.3)."""

    status: int
    title: str


PROBLEM_TYPES: Mapping[str, ProblemType] = {
    "BAD_USER_INPUT": ProblemType(400, "A parameter cannot be used"),
    "QUERY_TOO_COMPLEX": ProblemType(400, "Too much is asked for"),
    "NOT_FOUND": ProblemType(404, "There is nothing here"),
    "NOT_YET_KNOWN": ProblemType(404, "It was not yet known on that day"),
    "METHOD_NOT_ALLOWED": ProblemType(405, "It is asked in another way here"),
    "NOT_ACCEPTABLE": ProblemType(406, "It cannot be had in such a form"),
    "NOT_IMPLEMENTED": ProblemType(501, "There is no such format"),
    FAULT.code: ProblemType(FAULT.status, "Something went wrong on our side"),
    UNREACHABLE.code: ProblemType(UNREACHABLE.status, "The database cannot be reached"),
    OVERLOADED.code: ProblemType(OVERLOADED.status, "Too many requests are being answered"),
    LOCKED.code: ProblemType(LOCKED.status, "The tables are being changed"),
    TIMED_OUT.code: ProblemType(TIMED_OUT.status, "It took too long"),
}
