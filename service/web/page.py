"""The page that a browser gets at the endpoint, and the files that it loads: built from playground/, read once."""

from __future__ import annotations

import asyncio
import gzip
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from service.web.negotiation import COMMON_HEADERS, HTML, accepts_gzip
from service.web.root import is_not_modified

BUILD_FOLDER = Path(__file__).with_name("playground")
LICENCES = "LICENSES.txt"
MEDIA_TYPES = {
    "playground.js": "text/javascript; charset=utf-8",
    "playground.css": "text/css; charset=utf-8",
    LICENCES: "text/plain; charset=utf-8",
}
# a program that makes no text into style or script, talks to this host alone and stands in no frame
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
PAGE_HEADERS = {
    **COMMON_HEADERS,
    "cache-control": "no-cache",
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "no-referrer",
}


class Asset(NamedTuple):
    """A file, and the beginning of its SHA-256."""

    content: bytes
    media: str
    digest: str


def page() -> Response:
    """The page, which loads only what lies beside it."""
    return Response(_html(), headers=PAGE_HEADERS, media_type=HTML)


async def asset(request: Request) -> Response:
    """A file of the page, or 304 for a client that names its tag in If-None-Match."""
    name = request.path_params["name"]
    file = _files().get(name)
    if file is None:
        raise HTTPException(404)
    is_gzip = accepts_gzip(request.headers.get("accept-encoding", "").encode("latin-1"))
    tag = f'"{file.digest}-gzip"' if is_gzip else f'"{file.digest}"'
    headers = {
        "cache-control": "no-cache" if name == LICENCES else "public, max-age=31536000, immutable",
        "etag": tag,
        "vary": "Accept-Encoding",
        "x-content-type-options": "nosniff",
    }
    if is_not_modified(request, tag):
        return Response(status_code=304, headers=headers)
    if is_gzip:
        headers["content-encoding"] = "gzip"
    content = await asyncio.to_thread(_gzip, file) if is_gzip else file.content
    return Response(content, headers=headers, media_type=file.media)


@cache
def _files() -> dict[str, Asset]:
    """By the name that they are loaded by."""
    return {_asset_name(name, _file(name)): _file(name) for name in MEDIA_TYPES}


@cache
def _html() -> bytes:
    """The page, with the names that its files are loaded by."""
    html = (BUILD_FOLDER / "playground.html").read_text(encoding="utf-8")
    for name in MEDIA_TYPES:
        html = html.replace(f'"playground/{name}"', f'"playground/{_asset_name(name, _file(name))}"')
    return html.encode()


@cache
def _file(name: str) -> Asset:
    content = (BUILD_FOLDER / name).read_bytes()
    return Asset(content, MEDIA_TYPES[name], sha256(content).hexdigest()[:16])


@cache
def _gzip(file: Asset) -> bytes:
    return gzip.compress(file.content, 6, mtime=0)


def _asset_name(name: str, file: Asset) -> str:
    """A name that tells the content, so that the file can be kept for ever; the licences keep theirs."""
    return name if name == LICENCES else name.replace(".", f".{file.digest}.")
