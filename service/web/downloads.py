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
from service.store.enums import EntryKind
from service.store.pool import ReadingPool
from service.web.root import is_not_modified

# a name stands for the same bytes for ever: a change in them comes with a new revision
IMMUTABLE_HEADERS = {
    "access-control-allow-origin": "*",
    "cache-control": "public, max-age=31536000, immutable",
    "x-content-type-options": "nosniff",
}
MEDIA_TYPES = {"jsonl": "application/x-ndjson", "csv": "text/csv; charset=utf-8; header=present"}
"""By the ending of the name (RFC 4180; JSON Lines are UTF-8 by themselves)."""
KINDS = {kind.value.lower(): kind.value for kind in EntryKind}
FORMATS = {ending: media for media, ending in ENDINGS.items()}
REVISION = re.compile("[0-9]{1,9}")
"""All that the store can count to, but for the very last; more digits would be no integer of its."""
FILE_QUERY = """
SELECT json_build_object('bytes', bytes, 'sha256', sha256)::text FROM download JOIN dataset USING (revision)
WHERE revision = $1 AND kind = $2 AND format = $3
"""
PART_QUERY = """
SELECT content FROM download_part JOIN download USING (kind, format)
WHERE revision = $1 AND kind = $2 AND format = $3 AND position = $4
"""


class FileKey(NamedTuple):
    """A file: what fills $1, $2 and $3."""

    revision: int
    kind: str
    format: str


class Downloads:
    """Serves the files of the present revision; of any other there is nothing."""

    def __init__(self, pool: ReadingPool) -> None:
        self._pool = pool

    async def file(self, request: Request) -> Response:
        """A file, or 304 for a client that names its tag in If-None-Match."""
        key, media = _parse_path(request)
        row = await self._pool.value(FILE_QUERY, key)
        if row is None:
            raise HTTPException(404)
        file_row: dict[str, Any] = orjson.loads(row)
        tag = f'"{file_row["sha256"]}"'
        headers = {**IMMUTABLE_HEADERS, "etag": tag}
        if is_not_modified(request, tag):
            return Response(status_code=304, headers=headers)
        headers |= {"content-length": str(file_row["bytes"])}
        if request.method == "HEAD" or not file_row["bytes"]:
            return Response(headers=headers, media_type=media)
        first = await self._read_part(key, 0)
        return StreamingResponse(self._stream(key, first, file_row["bytes"]), headers=headers, media_type=media)

    async def _stream(self, key: FileKey, first: bytes, length: int) -> AsyncIterator[bytes]:
        """The file in parts, of which the first is at hand."""
        position, part, sent = 0, first, 0
        while True:
            yield part
            sent += len(part)
            if sent >= length:
                return
            position += 1
            part = await self._read_part(key, position)

    async def _read_part(self, key: FileKey, position: int) -> bytes:
        """A part; where a load has taken it away meanwhile, the answer must break off."""
        content: bytes | None = await self._pool.value(PART_QUERY, (*key, position))
        if content is None:
            raise HTTPException(404)
        return content


def _parse_path(request: Request) -> tuple[FileKey, str]:
    """What is asked for, and its media type; raises 404 for a name that no file has."""
    kind, _, ending = request.path_params["name"].partition(".")
    revision = request.path_params["revision"]
    if kind not in KINDS or ending not in FORMATS or not REVISION.fullmatch(revision):
        raise HTTPException(404)
    return FileKey(int(revision), KINDS[kind], FORMATS[ending]), MEDIA_TYPES[ending]
