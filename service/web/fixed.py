"""Content that does not change while the process runs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from functools import cached_property
from hashlib import sha256
from pathlib import PurePath

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from service.web.accept_encoding import accepted_codings, coded_tag
from service.web.caching import held_tag
from service.web.compression import Coding

FILE_HEADERS = {"vary": "Accept-Encoding", "x-content-type-options": "nosniff"}
FOREVER = "public, max-age=31536000, immutable"
"""Cache-Control header of files whose name changes with their content."""


def hashed_name(name: str, content: bytes) -> str:
    """Return a file name that identifies the content, so that the file can be cached forever."""
    path = PurePath(name)
    return f"{path.stem}.{sha256(content).hexdigest()[:16]}{path.suffix}"


class FixedBody:
    """Body that is compressed once in each coding, and not sent to clients that have it already."""

    def __init__(self, body: bytes, media_type: str, headers: Mapping[str, str]) -> None:
        self._body, self._media_type, self._headers = body, media_type, headers
        self._tag = f'"{sha256(body).hexdigest()[:32]}"'
        self._packed: dict[Coding, bytes] = {}

    async def answer(self, request: Request) -> Response:
        """Return the body, or 304 for a client that names its tag in If-None-Match."""
        accepted = accepted_codings(request)
        if held := held_tag(request.headers.get("if-none-match", ""), accepted.tags(self._tag)):
            return Response(status_code=304, headers={**self._headers, "etag": held})
        coding = accepted.coding_for(len(self._body))
        headers = {**self._headers, "etag": coded_tag(self._tag, coding)}
        if coding:
            headers["content-encoding"] = coding.name
        body = await self._pack(coding) if coding else self._body
        return Response(body, headers=headers, media_type=self._media_type)

    async def _pack(self, coding: Coding) -> bytes:
        if coding not in self._packed:
            self._packed[coding] = await asyncio.to_thread(coding.compress, self._body, coding.once_level)
        return self._packed[coding]


class FixedFiles:
    """Files by the names under which browsers load them, read at the first request."""

    def __init__(self, read: Callable[[], Mapping[str, FixedBody]]) -> None:
        self._read = read

    async def answer(self, request: Request) -> Response:
        """Return the file of this name, or 304 for a client that names its tag in If-None-Match."""
        file = self._bodies.get(request.path_params["name"])
        if file is None:
            raise HTTPException(404)
        return await file.answer(request)

    @cached_property
    def _bodies(self) -> Mapping[str, FixedBody]:
        return self._read()
