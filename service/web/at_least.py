"""The revision that a client has already seen: it accepts no response from an older one."""

from __future__ import annotations

import re

from service.store.revision import REACH_SECONDS, RevisionWatch
from service.web.problems import RETRY_SECONDS, RequestError
from service.web.request import bad_request

AT_LEAST = b"x-gipfelbuch-at-least"
REVISION = re.compile(rb"[0-9]{1,9}")


async def wait_for_revision(watch: RevisionWatch, header: bytes) -> int:
    """Wait until the record has the revision that the header names. Raises a RequestError if it does not get there."""
    if not REVISION.fullmatch(header):
        raise bad_request("`X-Gipfelbuch-At-Least` must be a revision number of the record, such as 42.")
    revision = int(header)
    if not await watch.reach(revision):
        raise not_reached(revision, f"within {REACH_SECONDS:g} s")
    return revision


def not_reached(revision: int, when: str = "here") -> RequestError:
    """Return the error for a record that is older than the client requires."""
    message = f"The record has not reached revision {revision} {when}."
    return RequestError(503, "REVISION_NOT_REACHED", message, {"retry-after": RETRY_SECONDS})
