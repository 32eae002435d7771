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
from service.web.accept_encoding import accepted_codings, coded_tag
from service.web.caching import held_tag
from service.web.compression import Coding, compress_stream
from service.web.problems import RequestError

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
        """A file in a coding, or a range of it as it is; 304 for a client that has it."""
        key, media = _parse_path(request)
        length, sha256 = await self._find(key)
        tag, accepted = f'"{sha256}"', accepted_codings(request)
        if held := held_tag(request.headers.get("if-none-match", ""), accepted.tags(tag)):
            return Response(status_code=304, headers={**IMMUTABLE_HEADERS, "etag": held})
        asked = _asked_span(request, tag, length) if accepted.accepts_plain else None
        coding = None if asked else accepted.coding_for(length)
        span = asked or Span(0, length - 1)
        content = await self._open(key, sha256, span) if request.method == "GET" else _no_parts()
        if coding:
            content = compress_stream(content, coding)
        headers = _headers(tag, span, length if asked else None, coding)
        return StreamingResponse(content, 206 if asked else 200, headers=headers, media_type=media)

    async def _find(self, key: FileKey) -> tuple[int, str]:
        """The length and the digest of a file; raises 404 where it never was, 410 where it is no longer kept."""
        row = await self._pool.value(FILE_QUERY, key)
        if row is None:
            raise HTTPException(404)
        found: dict[str, Any] = orjson.loads(row)
        if not found["isKept"]:
            raise await self._gone_refusal(key)
        return found["length"], found["sha256"]

    async def _gone_refusal(self, key: FileKey) -> RequestError:
        """What is said of a file that is no longer kept: where the newest of its kind and format is."""
        newest = await self._pool.value(NEWEST_QUERY, key[1:])
        url = f"{self._public_url}/downloads/{newest}/{key.kind.lower()}.{ENDINGS[key.format]}"
        return gone_refusal(key.revision, url)

    async def _open(self, key: FileKey, sha256: str, span: Span) -> AsyncIterator[bytes]:
        """A span of the file, of which the first part is read at once, so that a file that is gone is known to be."""
        if span.last < span.first:
            return _no_parts()
        first = await self._read_part(key, sha256, span.first // PART_BYTES)
        return self._stream(key, sha256, first, span)

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
            raise await self._gone_refusal(key)
        return content


async def _no_parts() -> AsyncIterator[bytes]:
    return
    yield b""


def _headers(tag: str, span: Span, whole: int | None, coding: Coding | None) -> dict[str, str]:
    """What is said of a span in a coding; `whole` is the length of the file where that is more."""
    headers = {**IMMUTABLE_HEADERS, "etag": coded_tag(tag, coding)}
    if coding:
        headers["content-encoding"] = coding.name
    else:
        headers |= {"accept-ranges": "bytes", "content-length": str(span.last - span.first + 1)}
    if whole is not None:
        headers["content-range"] = f"bytes {span.first}-{span.last}/{whole}"
    return headers


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


def gone_refusal(revision: int, newest: str) -> RequestError:
    """What is said of a file that is no longer kept; `newest` is the address of the newest of its kind and format."""
    message = f"The files of revision {revision} are no longer kept; the newest is {newest}."
    # RFC 5829
    return RequestError(410, "GONE", message, {"link": f'<{newest}>; rel="latest-version"'}, newest=newest)


def _parse_path(request: Request) -> tuple[FileKey, str]:
    """What is asked for, and its media type; raises 404 for a name that no file has."""
    kind, _, ending = request.path_params["name"].partition(".")
    revision = request.path_params["revision"]
    if kind not in KINDS or ending not in FORMATS or not REVISION.fullmatch(revision):
        raise HTTPException(404)
    return FileKey(int(revision), KINDS[kind], FORMATS[ending]), MEDIA_TYPES[ending]
