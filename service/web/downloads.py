"""The files of the whole register, as stored: nothing is generated here except Parquet, from a table."""

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
# a name always stands for the same bytes: if they change, there is a new revision
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
"""Parameters of media types that have some (RFC 4180; JSON and JSON Lines are always UTF-8)."""
FORMER_NAMES = {
    f"{kind.lower()}.{ending}": f"{table_name(kind)}.{ending}" for kind in EntryKind for ending in ("csv", "jsonl")
}
"""Present names of files, by the former names, which were those of their kinds."""
LATEST = "latest"
RANGE = re.compile("bytes=([0-9]{0,15})-([0-9]{0,15})")
REVISION = re.compile("[0-9]{1,9}")
"""A number with more digits may not fit the store's integers."""
NAME = re.compile("[A-Za-z_]{1,40}[.][a-z]{1,8}")
PARQUET = ".parquet"
PARQUET_MEDIA = "application/vnd.apache.parquet"
PACKED = ("application/zip", PARQUET_MEDIA)
"""Media types that further compression would not make smaller."""
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
    """Key of a file: the values of $1, $2 and $3."""

    revision: int
    name: str
    present_name: str
    """The present name, if `name` is a former one."""


class Span(NamedTuple):
    """Bytes of a file, from the first to the last, both counted from 0."""

    first: int
    last: int


class StoredFile(NamedTuple):
    """File whose content is stored, and its media type with parameters."""

    length: int
    sha256: str
    media_type: str


class Downloads:
    """Downloads of files whose content is stored; for files that no longer are, it points to the newest one."""

    def __init__(self, pool: ReadingPool, parts: Reads, public_url: str | None) -> None:
        """Create the downloads. `pool` queries which files exist now; `parts` reads their content, which
        never changes.
        """
        self._pool = pool
        self._parts = parts
        self._public_url = public_url or ""
        self._parquet = ParquetFiles()

    async def file(self, request: Request) -> Response:
        """Return a file in a coding, or a range of it without coding; 304 if the client has it already.

        For `latest`, redirect: a file under a number never changes, so that it can be cited and cached for ever.
        """
        if request.path_params["revision"] == LATEST:
            return await self._redirect(request)
        key = _parse_path(request)
        if key.name.endswith(PARQUET):
            return await self._parquet_of(request, key)
        file = await self._find(key)

        async def open_span(span: Span) -> AsyncIterator[bytes]:
            return await self._open(key, file.sha256, span)

        return await _respond(request, file, open_span)

    async def _redirect(self, request: Request) -> Response:
        """Redirect to the newest file of a name."""
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
        """Return a table in Parquet, made from its CSV when first requested."""
        if not has_parquet():
            raise parquet_refusal()
        table = key.name.removesuffix(PARQUET)
        csv_key = FileKey(key.revision, *_names(f"{table}.csv"))
        csv = await self._find(csv_key)

        async def read() -> bytes:
            parts = await self._open(csv_key, csv.sha256, Span(0, csv.length - 1))
            return b"".join([part async for part in parts])

        content, digest = await self._parquet.of(csv.sha256, table, read)

        async def open_span(span: Span) -> AsyncIterator[bytes]:
            return _one_part(content[span.first : span.last + 1])

        return await _respond(request, StoredFile(len(content), digest, PARQUET_MEDIA), open_span)

    async def _find(self, key: FileKey) -> StoredFile:
        """Return a file; raises 404 if it never existed, 410 if it is no longer kept."""
        row = await self._pool.value(FILE_QUERY, key)
        if row is None:
            raise HTTPException(404)
        found: dict[str, Any] = orjson.loads(row)
        if not found["isKept"]:
            raise await self._gone_refusal(key)
        media = found["format"]
        return StoredFile(found["length"], found["sha256"], media + PARAMETERS.get(media, ""))

    async def _gone_refusal(self, key: FileKey) -> RequestError:
        """Return the error for a file that is no longer kept, with the address of the newest file of its name."""
        newest = await self._pool.value(NEWEST_QUERY, key[1:])
        return gone_refusal(key.revision, f"{self._public_url}/downloads/{newest}")

    async def _open(self, key: FileKey, sha256: str, span: Span) -> AsyncIterator[bytes]:
        """Open a span of the file, reading its first part at once so that a missing file is detected early."""
        if span.last < span.first:
            return _no_parts()
        first = await self._read_part(key, sha256, span.first // PART_BYTES)
        return self._stream(key, sha256, first, span)

    async def _stream(self, key: FileKey, sha256: str, part: bytes, span: Span) -> AsyncIterator[bytes]:
        """Yield a span of the file in parts, the first of which has been read already."""
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
        """Return a part; if a load has removed it meanwhile, the response must be cut off."""
        content: bytes | None = await self._parts.value(PART_QUERY, (sha256, position))
        if content is None:
            raise await self._gone_refusal(key)
        return unpack(content)


async def _respond(
    request: Request, file: StoredFile, open_span: Callable[[Span], Awaitable[AsyncIterator[bytes]]]
) -> Response:
    """Return the requested file or range, which `open_span` opens."""
    tag, accepted = f'"{file.sha256}"', accepted_codings(request)
    if held := held_tag(request.headers.get("if-none-match", ""), accepted.tags(tag)):
        return Response(status_code=304, headers={**IMMUTABLE_HEADERS, "etag": held})
    requested = _requested_span(request, tag, file.length) if accepted.accepts_plain else None
    is_packed = accepted.accepts_plain and file.media_type in PACKED
    coding = None if requested or is_packed else accepted.coding_for(file.length)
    span = requested or Span(0, file.length - 1)
    content = await open_span(span) if request.method == "GET" else _no_parts()
    if coding:
        content = compress_stream(content, coding)
    headers = _headers(tag, span, file.length if requested else None, coding)
    return StreamingResponse(content, 206 if requested else 200, headers=headers, media_type=file.media_type)


async def _one_part(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def _no_parts() -> AsyncIterator[bytes]:
    return
    yield b""


def _headers(tag: str, span: Span, whole: int | None, coding: Coding | None) -> dict[str, str]:
    """Return the headers of a span in a coding; `whole` is the length of the file if that is more."""
    headers = {**IMMUTABLE_HEADERS, "etag": coded_tag(tag, coding)}
    if coding:
        headers["content-encoding"] = coding.name
    else:
        headers |= {"accept-ranges": "bytes", "content-length": str(span.last - span.first + 1)}
    if whole is not None:
        headers["content-range"] = f"bytes {span.first}-{span.last}/{whole}"
    return headers


def _requested_span(request: Request, tag: str, length: int) -> Span | None:
    """Return the one requested range (RFC 9110, 14.2); None for the whole file, also if several ranges are requested.

    Raises a RequestError if the range lies outside the file.
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
    """Return the error for a range outside a file of this length."""
    message = f"The file has {length} bytes."
    return RequestError(416, "RANGE_NOT_SATISFIABLE", message, {"content-range": f"bytes */{length}", **EXPOSING})


def gone_refusal(revision: int, newest: str) -> RequestError:
    """Return the error for a file that is no longer kept; `newest` is the address of the newest of its kind
    and format.
    """
    message = f"The files of revision {revision} are no longer kept; the newest is {newest}."
    # RFC 5829
    return RequestError(410, "GONE", message, {"link": f'<{newest}>; rel="latest-version"', **EXPOSING}, newest=newest)


def _parse_path(request: Request) -> FileKey:
    """Return the requested file; raises 404 for a name that no file can have."""
    revision, name = request.path_params["revision"], request.path_params["name"]
    if not REVISION.fullmatch(revision) or not NAME.fullmatch(name):
        raise HTTPException(404)
    return FileKey(int(revision), *_names(name))


def _names(name: str) -> tuple[str, str]:
    """Return a name, and its present name."""
    return name, FORMER_NAMES.get(name, name)
