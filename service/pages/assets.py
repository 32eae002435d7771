"""Static files of the pages: styles, scripts and pictures. Named by content hash, so they can be cached forever."""

from __future__ import annotations

import mimetypes
from functools import cache
from hashlib import sha256
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from service.web.fixed import FixedBody

ASSETS = Path(__file__).with_name("assets")
MODULES = Path(__file__).with_name("modules")
"""Output of frontend/: scripts of the pages, land outlines of the maps, and the licences of the bundled packages."""
HEADERS = {
    "vary": "Accept-Encoding",
    "x-content-type-options": "nosniff",
    "cache-control": "public, max-age=31536000, immutable",
}


def asset_path(name: str) -> str:
    """Return the path of a file in assets/ or modules/, relative to the base URL of the service."""
    return f"/assets/{_hashed_name(name)}"


async def asset(request: Request) -> Response:
    """Respond with a file of the pages, or with 304 if the client has it."""
    file = _bodies().get(request.path_params["name"])
    if file is None:
        raise HTTPException(404)
    return await file.answer(request)


@cache
def _hashed_name(name: str) -> str:
    path = next(path for path in _files() if path.name == name)
    return f"{path.stem}.{sha256(path.read_bytes()).hexdigest()[:16]}{path.suffix}"


@cache
def _bodies() -> dict[str, FixedBody]:
    return {_hashed_name(path.name): _body(path) for path in _files()}


def _files() -> list[Path]:
    return [path for folder in (ASSETS, MODULES) for path in folder.iterdir()]


def _body(path: Path) -> FixedBody:
    media = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return FixedBody(path.read_bytes(), f"{media}; charset=utf-8" if media.startswith("text/") else media, HEADERS)
