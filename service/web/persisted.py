"""Automatic persisted queries, as Apollo's clients ask: a document is sent once, and then by its SHA-256."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from service.caches import ByteCache
from service.web.problems import RequestError
from service.web.request import GraphQLRequest, bad_request

VERSION = 1
OK = 200
"""The status that the client's link expects, which reads the code and sends the document."""


class PersistedQueries:
    """The documents by their digests, in a cache that bounds them; what has gone from it is sent again."""

    def __init__(self, cache: ByteCache[Any]) -> None:
        self._cache = cache

    def resolve(self, request: GraphQLRequest) -> GraphQLRequest:
        """The request with its document; raises a RequestError if it is not known, or another than it is said to be."""
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
