"""Index of the files of the whole register: as JSON for programs, as a page for browsers."""

from __future__ import annotations

from importlib.metadata import metadata
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from schema.dataset import LICENCE, NAME
from schema.tables import tables
from service.pages.forms.html import render_template
from service.pages.headers import PAGE_HEADERS, VARY
from service.pages.negotiation import header, negotiate_page, requested_language
from service.pages.view import kept_parameters
from service.pages.words import content_language
from service.store.download_parts import NEWEST_FILES
from service.store.pool import ReadingPool
from service.web.directory import NO_CACHE_HEADERS
from service.web.downloads import LATEST, PARQUET
from service.web.fixed import FixedBody
from service.web.negotiation import HTML, JSON
from service.web.parquet import has_parquet

PACKAGE, BUNDLE = "datapackage.json", "gipfelbuch.zip"
ABOUT = {
    BUNDLE: "All tables and a description of their contents, in one file.",
    PACKAGE: "The contents of each table and each column, as a Frictionless Data Package.",
    "README.md": "A description of the tables for human readers.",
    "LICENSE.txt": "The licence of the record, and what was taken from which source.",
}


class DownloadIndex:
    """Lists the files of the latest revision that has any."""

    def __init__(self, pool: ReadingPool, public_url: str | None) -> None:
        self._pool = pool
        self._public_url = public_url

    async def answer(self, request: Request) -> Response:
        """Respond with the list, or with 304 if the client has it."""
        accept = b"" if request.url.path.endswith(".json") else header(request, "accept")
        form = negotiate_page("/downloads", accept, has_json=True)
        site = self._public_url or request.scope.get("root_path", "")
        listed = _index(orjson.loads(await self._pool.value(NEWEST_FILES)), f"{site}/downloads")
        if form == "json":
            return await FixedBody(orjson.dumps(listed), JSON, NO_CACHE_HEADERS).answer(request)
        language = requested_language(request)
        choices = kept_parameters(request.query_params.multi_items())
        page = render_template("downloads.html", language, site=site, choices=choices, index=listed)
        headers = {"vary": VARY, "content-language": content_language(language)}
        return await FixedBody(page, HTML, {**NO_CACHE_HEADERS, **PAGE_HEADERS, **headers}).answer(request)


def _index(found: dict[str, Any], at: str) -> dict[str, Any]:
    """Return the details of the files. `at`: base URL of the files."""
    files = [_file(file, f"{at}/{found['revision']}", f"{at}/{LATEST}") for file in found["files"]]
    urls = {file["name"]: file["url"] for file in files}
    return {
        "name": NAME,
        "description": metadata("gipfelbuch")["Summary"],
        "revision": found["revision"],
        "updatedAt": found["updatedAt"],
        "licence": LICENCE,
        "package": urls.get(PACKAGE),
        "bundle": urls.get(BUNDLE),
        "files": files,
    }


def _file(file: dict[str, Any], own: str, latest: str) -> dict[str, Any]:
    name, is_table = file["name"], file["format"] == "text/csv"
    stem = name.rpartition(".")[0]
    about = ABOUT.get(name) or (tables()[stem].description if stem in tables() else None)
    urls = {"url": f"{own}/{name}", "latest": f"{latest}/{name}"}
    if is_table and has_parquet():
        urls["parquet"] = f"{own}/{stem}{PARQUET}"
    return {**file, "description": about, **urls}
