"""A request and its response: the id, the times, and what their headers, the log and the traces report."""

from __future__ import annotations

import re
from random import getrandbits
from time import perf_counter

from starlette.types import Scope

from service.planner.planner import PreparedOperation
from service.store.pool import Durations
from service.web.request import GraphQLRequest

REQUEST_ID = b"x-request-id"
REVISION = b"x-gipfelbuch-revision"
# ids that proxies and clients generate: UUIDs, ULIDs, traces; nothing that a log could mistake for something else
USABLE_ID = re.compile(rb"[A-Za-z0-9._~+/=-]{1,64}")


def to_request_id(header: bytes | None) -> bytes:
    """Return the id that a request was sent with, if it is valid; else a new one of 32 hexadecimal digits."""
    if header is not None and USABLE_ID.fullmatch(header):
        return header
    # not a secret, so it need not be unpredictable
    return b"%032x" % getrandbits(128)


class Exchange:
    """A request and its response, as reported in headers, the log and traces.

    `request` and `prepared` are those of the last operation if a request needs several.
    """

    __slots__ = ("at_least", "begun", "durations", "error", "prepared", "request", "request_id", "revision", "scope")

    def __init__(self, scope: Scope, request_id: bytes) -> None:
        self.scope = scope
        self.request_id = request_id
        self.begun = perf_counter()
        self.durations = Durations()
        self.request: GraphQLRequest | None = None
        self.prepared: PreparedOperation | None = None
        self.error: Exception | None = None
        self.at_least = 0
        """The lowest revision that the client accepts a response from."""
        self.revision = 0
        """The revision of the record that the response comes from; 0 if it comes from none."""

    @property
    def route(self) -> str:
        """The path of the route, with the names of its parameters; empty if there is none."""
        route = self.scope.get("route")
        return str(getattr(route, "path", "")) if route else "/graphql" if self.scope["path"] == "/graphql" else ""

    @property
    def headers(self) -> list[tuple[bytes, bytes]]:
        """Headers of every response: the id of its request and the revision that it comes from."""
        own = [(REQUEST_ID, self.request_id)]
        return [*own, (REVISION, b"%d" % self.revision)] if self.revision else own
