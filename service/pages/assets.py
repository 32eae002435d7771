"""Static files of the pages: styles, scripts and pictures. Named by content hash, so they can be cached forever."""

from __future__ import annotations

import mimetypes
from functools import cache
from pathlib import Path

from service.web.fixed import FILE_HEADERS, FOREVER, FixedBody, FixedFiles, hashed_name

ASSETS = Path(__file__).with_name("assets")
MODULES = Path(__file__).with_name("modules")
"""Output of frontend/: scripts of the pages, land outlines of the maps, and the licences of the bundled packages."""
HEADERS = {**FILE_HEADERS, "cache-control": FOREVER}


def asset_path(name: str) -> str:
    """Return the path of a file in assets/ or modules/, relative to the base URL of the service."""
    return f"/assets/{_hashed_name(name)}"


@cache
def _hashed_name(name: str) -> str:
    path = next(path for path in _files() if path.name == name)
    return hashed_name(name, path.read_bytes())


def _files() -> list[Path]:
    return [path for folder in (ASSETS, MODULES) for path in folder.iterdir()]


def _body(path: Path) -> FixedBody:
    media = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return FixedBody(path.read_bytes(), f"{media}; charset=utf-8" if media.startswith("text/") else media, HEADERS)


ASSET_FILES = FixedFiles(lambda: {_hashed_name(path.name): _body(path) for path in _files()})
"""All files, by their hashed names."""
