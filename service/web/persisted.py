"""Automatic persisted queries, as Apollo's clients send them: a document is sent once, then referred to by
its SHA-256.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from service.caches import ByteCache
from service.web.problems import RequestError
from service.web.request import GraphQLRequest, bad_request

VERSION = 1
OK = 200
"""The status that the client's link expects before it reads the code and sends the document."""


class PersistedQueries:
    """Documents by their digests, in a cache of limited size; a document dropped from it is sent again."""

    def __init__(self, cache: ByteCache[Any]) -> None:
        self._cache = cache

    def resolve(self, request: GraphQLRequest) -> GraphQLRequest:
        """Return the request with its document; raises a RequestError if it is unknown or does not match its digest."""
        persisted = request.persisted
        assert persisted is not None
        digest = persisted.get("sha256Hash")
        if persisted.get("version") != VERSION or not isinstance(digest, str):
            raise RequestError(OK, "PERSISTED_QUERY_NOT_SUPPORTED", "PersistedQueryNotSupported")
        key = ("persisted", digest)
        if request.query:
            if sha256(request.query.encode()).hexdigest() != digest:
                raise bad_request("`sha256Hash` is not the SHA-256 of the document.")
            self._cache.put(key, request.query, 2 * len(request.query) + 200)
            return request
        query: str | None = self._cache.get(key)
        if query is None:
            raise RequestError(OK, "PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")
        return request._replace(query=query, size=request.size + len(query))
