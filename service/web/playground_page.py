"""The page that a browser gets at the endpoint, and its files, built from frontend/ and read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from service.web.fixed import FILE_HEADERS, FOREVER, FixedBody, FixedFiles, hashed_name
from service.web.negotiation import COMMON_HEADERS, HTML

BUILD_FOLDER = Path(__file__).with_name("playground")
LICENCES = "LICENSES.txt"
MEDIA_TYPES = {
    "playground.js": "text/javascript; charset=utf-8",
    "playground.css": "text/css; charset=utf-8",
    LICENCES: "text/plain; charset=utf-8",
}
# the page's script turns no text into style or script, connects only to this host and is never framed
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


def page() -> Response:
    """Return the page, which loads only files stored next to it."""
    return Response(_html(), headers=PAGE_HEADERS, media_type=HTML)


async def to_page(request: Request) -> Response:
    """Redirect from the page's name to the endpoint by a relative path, wherever the service is mounted."""
    query = request.url.query
    headers = {**COMMON_HEADERS, "cache-control": "no-cache", "location": f"graphql{query and f'?{query}'}"}
    return Response(status_code=308, headers=headers)


PAGE_FILES = FixedFiles(lambda: {_asset_name(name): _fixed_body(name) for name in MEDIA_TYPES})
"""Files that the page loads."""


def _fixed_body(name: str) -> FixedBody:
    cache_control = "no-cache" if name == LICENCES else FOREVER
    return FixedBody(_content(name), MEDIA_TYPES[name], {**FILE_HEADERS, "cache-control": cache_control})


@cache
def _html() -> bytes:
    """Return the page, with the names under which its files are loaded."""
    html = (BUILD_FOLDER / "playground.html").read_text(encoding="utf-8")
    for name in MEDIA_TYPES:
        html = html.replace(f'"playground/{name}"', f'"playground/{_asset_name(name)}"')
    return html.encode()


@cache
def _content(name: str) -> bytes:
    return (BUILD_FOLDER / name).read_bytes()


def _asset_name(name: str) -> str:
    """Return the name under which a file is loaded: hashed, except that of the licences."""
    return name if name == LICENCES else hashed_name(name, _content(name))
