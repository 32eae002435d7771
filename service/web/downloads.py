"""The files of the whole register, as the store keeps them: nothing is made here."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any, NamedTuple

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from schema.downloads import ENDINGS
from service.store.downloads import PART_BYTES
from service.store.enums import EntryKind
from service.store.pool import ReadingPool
from service.web.caching import gzip_tag
from service.web.compression import LEAST_BYTES, compress_stream
from service.web.negotiation import accepts_gzip
from service.web.problems import RequestError
from service.web.root import is_not_modified

# a name stands for the same bytes for ever: a change in them comes with a new revision
IMMUTABLE_HEADERS = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "Accept-Ranges, Content-Range, ETag, X-Request-Id",
    "cache-control": "public, max-age=31536000, immutable",
    "vary": "Accept-Encoding",
    "x-content-type-options": "nosniff",
}
MEDIA_TYPES = {"jsonl": "application/x-ndjson", "csv": "text/csv; charset=utf-8; header=present"}
"""By the ending of the name (RFC 4180; JSON Lines are UTF-8 by themselves)."""
KINDS = {kind.value.lower(): kind.value for kind in EntryKind}
FORMATS = {ending: media for media, ending in ENDINGS.items()}
RANGE = re.compile("bytes=([0-9]{0,15})-([0-9]{0,15})")
REVISION = re.compile("[0-9]{1,9}")
"""All that the store can count to, but for the very last; more digits would be no integer of its."""
FILE_QUERY = """
SELECT json_build_object(
    'length', bytes,
    'sha256', sha256,
    'isKept', bytes = 0 OR EXISTS (SELECT FROM download_part WHERE download_part.sha256 = download.sha256)
)::text
FROM download WHERE revision = $1 AND kind = $2 AND format = $3
"""
PART_QUERY = "SELECT content FROM download_part WHERE sha256 = $1 AND position = $2"
NEWEST_QUERY = "SELECT max(revision)::text FROM download WHERE kind = $1 AND format = $2"


class FileKey(NamedTuple):
    """A file: what fills $1, $2 and $3."""

    revision: int
    kind: str
    format: str


class Span(NamedTuple):
    """Bytes of a file, from the first to the last, both counted from 0."""

    first: int
    last: int


class Downloads:
    """Serves the files whose content is kept; of those that were there, it says where the newest is."""

    def __init__(self, pool: ReadingPool, public_url: str | None) -> None:
        self._pool = pool
        self._public_url = public_url or ""

    async def file(self, request: Request) -> Response:
        """A file or a range of it, in gzip where the whole of it is accepted so; 304 for a client that has it."""
        key, media = _parse_path(request)
        length, sha256 = await self._find(key)
        tag = f'"{sha256}"'
        is_gzip = _takes_gzip(request, length)
        headers = {**IMMUTABLE_HEADERS, "etag": gzip_tag(tag) if is_gzip else tag}
        if is_not_modified(request, headers["etag"]):
            return Response(status_code=304, headers=headers)
        span, status = Span(0, length - 1), 200
        if is_gzip:
            headers["content-encoding"] = "gzip"
        else:
            headers["accept-ranges"] = "bytes"
            if asked := _asked_span(request, tag, length):
                span, status = asked, 206
                headers["content-range"] = f"bytes {span.first}-{span.last}/{length}"
            headers["content-length"] = str(span.last - span.first + 1)
        if request.method == "HEAD" or not length:
            return Response(headers=headers, media_type=media)
        first = await self._read_part(key, sha256, span.first // PART_BYTES)
        content = self._stream(key, sha256, first, span)
        return StreamingResponse(
            compress_stream(content) if is_gzip else content, status, headers=headers, media_type=media
        )

    async def _find(self, key: FileKey) -> tuple[int, str]:
        """The length and the digest of a file; raises 404 where it never was, 410 where it is no longer kept."""
        row = await self._pool.value(FILE_QUERY, key)
        if row is None:
            raise HTTPException(404)
        found: dict[str, Any] = orjson.loads(row)
        if not found["isKept"]:
            raise await self._gone(key)
        return found["length"], found["sha256"]

    async def _gone(self, key: FileKey) -> RequestError:
        """What is said of a file that is no longer kept: where the newest of its kind and format is."""
        newest = await self._pool.value(NEWEST_QUERY, key[1:])
        url = f"{self._public_url}/downloads/{newest}/{key.kind.lower()}.{ENDINGS[key.format]}"
        message = f"The files of revision {key.revision} are no longer kept; the newest is {url}."
        # RFC 5829
        return RequestError(410, "GONE", message, {"link": f'<{url}>; rel="latest-version"'}, newest=url)

    async def _stream(self, key: FileKey, sha256: str, part: bytes, span: Span) -> AsyncIterator[bytes]:
        """A span of the file in parts, of which the first is at hand."""
        position, offset = divmod(span.first, PART_BYTES)
        left = span.last - span.first + 1
        while True:
            piece = part[offset : offset + left]
            yield piece
            left -= len(piece)
            if left <= 0:
                return
            position, offset = position + 1, 0
            part = await self._read_part(key, sha256, position)

    async def _read_part(self, key: FileKey, sha256: str, position: int) -> bytes:
        """A part; where a load has taken it away meanwhile, the answer must break off."""
        content: bytes | None = await self._pool.value(PART_QUERY, (sha256, position))
        if content is None:
            raise await self._gone(key)
        return content


def _takes_gzip(request: Request, length: int) -> bool:
    """Whether the whole file goes out in gzip; a range is one of the file itself."""
    accepted = accepts_gzip(request.headers.get("accept-encoding", "").encode("latin-1"))
    return accepted and length >= LEAST_BYTES and "range" not in request.headers


def _asked_span(request: Request, tag: str, length: int) -> Span | None:
    """The one range that is asked for (RFC 9110, 14.2); None for the whole file, as where several ranges are asked for.

    Raises a RequestError where the file has nothing there.
    """
    asked = RANGE.fullmatch(request.headers.get("range", "")) if request.method == "GET" else None
    if asked is None or request.headers.get("if-range", tag) != tag or asked[0] == "bytes=-":
        return None
    first, last = asked[1], asked[2]
    if not first:
        span = Span(max(length - int(last), 0), length - 1)
    else:
        span = Span(int(first), min(int(last), length - 1) if last else length - 1)
        if last and int(last) < int(first):
            return None
    if span.first > span.last:
        raise range_refusal(length)
    return span


def range_refusal(length: int) -> RequestError:
    """What is said of a range that a file of a length does not have."""
    message = f"The file has {length} bytes."
    return RequestError(416, "RANGE_NOT_SATISFIABLE", message, {"content-range": f"bytes */{length}"})


def _parse_path(request: Request) -> tuple[FileKey, str]:
    """What is asked for, and its media type; raises 404 for a name that no file has."""
    kind, _, ending = request.path_params["name"].partition(".")
    revision = request.path_params["revision"]
    if kind not in KINDS or ending not in FORMATS or not REVISION.fullmatch(revision):
        raise HTTPException(404)
    return FileKey(int(revision), KINDS[kind], FORMATS[ending]), MEDIA_TYPES[ending]
