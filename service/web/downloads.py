"""The files of the whole register, as the store keeps them: nothing is made here but Parquet, of a table."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, NamedTuple

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from schema.tables import table_name
from service.store.download_parts import PART_BYTES, unpack
from service.store.enums import EntryKind
from service.store.pool import ReadingPool
from service.store.read_servers import Reads
from service.web.accept_encoding import accepted_codings, coded_tag
from service.web.caching import held_tag
from service.web.compression import Coding, compress_stream
from service.web.parquet import ParquetFiles, has_parquet, parquet_refusal
from service.web.problems import RequestError

EXPOSED = "Accept-Ranges, Content-Encoding, Content-Length, Content-Range, ETag, Link, Location, X-Request-Id"
EXPOSING = {"access-control-expose-headers": EXPOSED}
REDIRECT_HEADERS = {
    "access-control-allow-origin": "*",
    **EXPOSING,
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
}
# a name stands for the same bytes for ever: a change in them comes with a new revision
IMMUTABLE_HEADERS = {
    "access-control-allow-origin": "*",
    **EXPOSING,
    "cache-control": "public, max-age=31536000, immutable",
    "vary": "Accept-Encoding",
    "x-content-type-options": "nosniff",
}
PARAMETERS = {
    "text/csv": "; charset=utf-8; header=present",
    "text/markdown": "; charset=utf-8",
    "text/plain": "; charset=utf-8",
}
"""Of media types that have some (RFC 4180; JSON and JSON Lines are UTF-8 by themselves)."""
FORMER_NAMES = {
    f"{kind.lower()}.{ending}": f"{table_name(kind)}.{ending}" for kind in EntryKind for ending in ("csv", "jsonl")
}
"""What a file was called by the name of its kind is called now."""
LATEST = "latest"
RANGE = re.compile("bytes=([0-9]{0,15})-([0-9]{0,15})")
REVISION = re.compile("[0-9]{1,9}")
NAME = re.compile("[A-Za-z_]{1,40}[.][a-z]{1,8}")
PARQUET = ".parquet"
PARQUET_MEDIA = "application/vnd.apache.parquet"
PACKED = ("application/zip", PARQUET_MEDIA)
"""What is not made smaller by packing it again."""
"""All that the store can count to, but for the very last; more digits would be no integer of its."""
FILE_QUERY = """
SELECT json_build_object(
    'length', bytes,
    'sha256', sha256,
    'format', format,
    'isKept', bytes = 0 OR EXISTS (SELECT FROM download_part WHERE download_part.sha256 = download.sha256)
)::text
FROM download WHERE revision = $1 AND name IN ($2, $3)
"""
PART_QUERY = "SELECT content FROM download_part WHERE sha256 = $1 AND position = $2"
NEWEST_QUERY = "SELECT revision || '/' || name FROM download WHERE name IN ($1, $2) ORDER BY revision DESC LIMIT 1"


class FileKey(NamedTuple):
    """A file: what fills $1, $2 and $3."""

    revision: int
    name: str
    present_name: str
    """What it is called now, if `name` is a former one."""


class Span(NamedTuple):
    """Bytes of a file, from the first to the last, both counted from 0."""

    first: int
    last: int


class Found(NamedTuple):
    """A file that is kept, its media type with parameters."""

    length: int
    sha256: str
    media_type: str


class Downloads:
    """Serves the files whose content is kept; of those that were there, it says where the newest is."""

    def __init__(self, pool: ReadingPool, parts: Reads, public_url: str | None) -> None:
        """`pool` tells which files there are now; `parts` is where their content is read, which never changes."""
        self._pool = pool
        self._parts = parts
        self._public_url = public_url or ""
        self._parquet = ParquetFiles()

    async def file(self, request: Request) -> Response:
        """A file in a coding, or a range of it as it is; 304 for a client that has it.

        Of `latest` the way to it: what lies under a number stays, can be cited and be kept for ever.
        """
        if request.path_params["revision"] == LATEST:
            return await self._redirect(request)
        key = _parse_path(request)
        if key.name.endswith(PARQUET):
            return await self._parquet_of(request, key)
        found = await self._find(key)

        async def open_span(span: Span) -> AsyncIterator[bytes]:
            return await self._open(key, found.sha256, span)

        return await _respond(request, found, open_span)

    async def _redirect(self, request: Request) -> Response:
        """The way to the newest file of a name."""
        name = request.path_params["name"]
        csv = name.removesuffix(PARQUET) + ".csv" if name.endswith(PARQUET) else name
        newest = await self._pool.value(NEWEST_QUERY, _names(csv)) if NAME.fullmatch(name) else None
        if newest is None:
            raise HTTPException(404)
        revision, _, present = newest.partition("/")
        if name.endswith(PARQUET):
            present = present.removesuffix(".csv") + PARQUET
        at = self._public_url or request.scope.get("root_path", "")
        headers = {**REDIRECT_HEADERS, "location": f"{at}/downloads/{revision}/{present}"}
        return Response(status_code=307, headers=headers)

    async def _parquet_of(self, request: Request, key: FileKey) -> Response:
        """A table in Parquet, made of its CSV when it is first asked for."""
        if not has_parquet():
            raise parquet_refusal()
        table = key.name.removesuffix(PARQUET)
        csv_key = FileKey(key.revision, *_names(f"{table}.csv"))
        found = await self._find(csv_key)

        async def read() -> bytes:
            parts = await self._open(csv_key, found.sha256, Span(0, found.length - 1))
            return b"".join([part async for part in parts])

        content, digest = await self._parquet.of(found.sha256, table, read)

        async def open_span(span: Span) -> AsyncIterator[bytes]:
            return _one_part(content[span.first : span.last + 1])

        return await _respond(request, Found(len(content), digest, PARQUET_MEDIA), open_span)

    async def _find(self, key: FileKey) -> Found:
        """A file; raises 404 where it never was, 410 where it is no longer kept."""
        row = await self._pool.value(FILE_QUERY, key)
        if row is None:
            raise HTTPException(404)
        found: dict[str, Any] = orjson.loads(row)
        if not found["isKept"]:
            raise await self._gone_refusal(key)
        media = found["format"]
        return Found(found["length"], found["sha256"], media + PARAMETERS.get(media, ""))

    async def _gone_refusal(self, key: FileKey) -> RequestError:
        """What is said of a file that is no longer kept: where the newest of its name is."""
        newest = await self._pool.value(NEWEST_QUERY, key[1:])
        return gone_refusal(key.revision, f"{self._public_url}/downloads/{newest}")

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
        content: bytes | None = await self._parts.value(PART_QUERY, (sha256, position))
        if content is None:
            raise await self._gone_refusal(key)
        return unpack(content)


async def _respond(
    request: Request, found: Found, open_span: Callable[[Span], Awaitable[AsyncIterator[bytes]]]
) -> Response:
    """What is asked for of a file, which `open_span` opens."""
    tag, accepted = f'"{found.sha256}"', accepted_codings(request)
    if held := held_tag(request.headers.get("if-none-match", ""), accepted.tags(tag)):
        return Response(status_code=304, headers={**IMMUTABLE_HEADERS, "etag": held})
    asked = _asked_span(request, tag, found.length) if accepted.accepts_plain else None
    is_packed = accepted.accepts_plain and found.media_type in PACKED
    coding = None if asked or is_packed else accepted.coding_for(found.length)
    span = asked or Span(0, found.length - 1)
    content = await open_span(span) if request.method == "GET" else _no_parts()
    if coding:
        content = compress_stream(content, coding)
    headers = _headers(tag, span, found.length if asked else None, coding)
    return StreamingResponse(content, 206 if asked else 200, headers=headers, media_type=found.media_type)


async def _one_part(content: bytes) -> AsyncIterator[bytes]:
    yield content


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
    return RequestError(416, "RANGE_NOT_SATISFIABLE", message, {"content-range": f"bytes */{length}", **EXPOSING})


def gone_refusal(revision: int, newest: str) -> RequestError:
    """What is said of a file that is no longer kept; `newest` is the address of the newest of its kind and format."""
    message = f"The files of revision {revision} are no longer kept; the newest is {newest}."
    # RFC 5829
    return RequestError(410, "GONE", message, {"link": f'<{newest}>; rel="latest-version"', **EXPOSING}, newest=newest)


def _parse_path(request: Request) -> FileKey:
    """What is asked for; raises 404 for a name that no file has."""
    revision, name = request.path_params["revision"], request.path_params["name"]
    if not REVISION.fullmatch(revision) or not NAME.fullmatch(name):
        raise HTTPException(404)
    return FileKey(int(revision), *_names(name))


def _names(name: str) -> tuple[str, str]:
    """A name, and what it is called now."""
    return name, FORMER_NAMES.get(name, name)
