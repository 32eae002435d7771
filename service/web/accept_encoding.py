"""Content codings: which one a client requests (RFC 9110, 12.5.3), and the entity tags of bodies in each coding."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from starlette.requests import Request

from service.web.compression import CODINGS, GZIP, LEAST_BYTES, Coding
from service.web.negotiation import CACHE_SIZE, parse_ranges
from service.web.problems import RequestError

UNNAMED = 0.0001
"""The quality of the plain coding if it is not named: lower than any value that a header can express."""


class AcceptedCodings(NamedTuple):
    """The coding that a client prefers, None for plain; and whether plain is acceptable."""

    best: Coding | None
    accepts_plain: bool

    def coding_for(self, length: int) -> Coding | None:
        """Return the coding for a body of this many bytes."""
        return None if length < LEAST_BYTES and self.accepts_plain else self.best

    def tags(self, tag: str) -> list[str]:
        """Return the tags that a response to this client may have, derived from that of the plain body."""
        return [*([coded_tag(tag, self.best)] if self.best else []), *([tag] if self.accepts_plain else [])]


@lru_cache(CACHE_SIZE)
def negotiate_codings(accept_encoding: bytes) -> AcceptedCodings:
    """Return the coding with the highest quality; among equals the first offered, with plain last.

    `*` stands for gzip only, which every client can read. Raises a RequestError if plain is refused and no offered
    coding is accepted.
    """
    qualities = {item.media.removeprefix("x-"): item.quality for item in parse_ranges(accept_encoding)}
    plain = qualities.get("identity", qualities.get("*", UNNAMED))
    offered = {each: qualities.get(each.name, 0.0) for each in CODINGS}
    offered[GZIP] = qualities.get(GZIP.name, qualities.get("*", 0.0))
    best = max(offered, key=lambda each: offered[each])
    if not offered[best] and not plain:
        names = " or ".join(each.name for each in CODINGS)
        raise RequestError(406, "NOT_ACCEPTABLE", f"Responses are available uncompressed or in {names}.")
    return AcceptedCodings(best if offered[best] >= plain else None, accepts_plain=plain > 0)


def accepted_codings(request: Request) -> AcceptedCodings:
    """Return the codings that a request accepts."""
    return negotiate_codings(", ".join(request.headers.getlist("accept-encoding")).encode("latin-1"))


def coded_tag(tag: str, coding: Coding | None) -> str:
    """Return the tag of a body in a coding, derived from that of the plain body."""
    return tag if coding is None else f'{tag[:-1]}-{coding.name}"'
