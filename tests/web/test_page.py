"""The page that a browser gets at the endpoint, and the files that it loads, over HTTP."""

from __future__ import annotations

import re
from hashlib import sha256

import pytest
from httpx import AsyncClient

from service.web.playground_page import BUILD_FOLDER
from tests.web.test_compression import UNPACK

BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
FOR_EVER = "public, max-age=31536000, immutable"


async def loaded_by(client: AsyncClient, ending: str) -> str:
    """Return the path of the file with that suffix, as the page names it."""
    page = (await client.get("/graphql", headers=BROWSER)).text
    [path] = re.findall(rf'"(playground/playground\.[0-9a-f]{{16}}\.{ending})"', page)
    return f"/{path}"


@pytest.mark.parametrize("search", ["", "?query={__typename}", "?query=%FF", "?variables=1"])
async def test_a_browser_gets_the_page_whatever_its_link_holds(search: str, client: AsyncClient) -> None:
    response = await client.get(f"/graphql{search}", headers={**BROWSER, "x-request-id": "seen-1"})
    assert response.status_code == 200
    assert dict(response.headers) == {
        "content-type": "text/html; charset=utf-8",
        "content-length": str(len(response.content)),
        "access-control-allow-origin": "*",
        "access-control-expose-headers": "ETag, Retry-After, X-Gipfelbuch-Revision, X-Request-Id",
        "vary": "Accept, Accept-Encoding",
        "x-content-type-options": "nosniff",
        "cache-control": "no-cache",
        "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        "cross-origin-opener-policy": "same-origin",
        "referrer-policy": "no-referrer",
        "x-request-id": "seen-1",
    }
    assert response.text.startswith('<!doctype html>\n<html lang="en">')


async def test_a_program_with_the_same_link_gets_the_answer(client: AsyncClient) -> None:
    response = await client.get("/graphql?query={__typename}", headers={"accept": "*/*"})
    assert (response.status_code, response.json()) == (200, {"data": {"__typename": "Query"}})


@pytest.mark.parametrize(
    ("ending", "media"), [("js", "text/javascript; charset=utf-8"), ("css", "text/css; charset=utf-8")]
)
async def test_what_the_page_loads_can_be_kept_for_ever(ending: str, media: str, client: AsyncClient) -> None:
    path = await loaded_by(client, ending)
    content = (BUILD_FOLDER / f"playground.{ending}").read_bytes()
    digest = sha256(content).hexdigest()[:16]
    assert digest in path
    response = await client.get(path, headers={"accept-encoding": "identity", "x-request-id": "seen-1"})
    assert (response.status_code, response.content) == (200, content)
    assert dict(response.headers) == {
        "content-type": media,
        "content-length": str(len(content)),
        "cache-control": FOR_EVER,
        "etag": f'"{sha256(content).hexdigest()[:32]}"',
        "vary": "Accept-Encoding",
        "x-content-type-options": "nosniff",
        "x-request-id": "seen-1",
    }


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, deflate, br", "gzip"), ("gzip, br, zstd", "zstd"), ("gzip;q=0", None), ("br", None), ("", None)],
)
async def test_it_is_compressed_for_whom_that_suits(accepted: str, encoding: str | None, client: AsyncClient) -> None:
    path = await loaded_by(client, "css")
    content = (BUILD_FOLDER / "playground.css").read_bytes()
    async with client.stream("GET", path, headers={"accept-encoding": accepted}) as response:
        sent = b"".join([part async for part in response.aiter_raw()])
    assert response.headers.get("content-encoding") == encoding
    assert (UNPACK[encoding](sent) if encoding else sent) == content
    assert response.headers["etag"].partition("-")[2] == (f'{encoding}"' if encoding else "")


async def test_who_has_it_is_told_so(client: AsyncClient) -> None:
    path = await loaded_by(client, "js")
    for accepted in ("zstd", "gzip", "identity"):
        tag = (await client.get(path, headers={"accept-encoding": accepted})).headers["etag"]
        response = await client.get(path, headers={"accept-encoding": accepted, "if-none-match": tag})
        assert (response.status_code, response.content, response.headers["etag"]) == (304, b"", tag)
        assert response.headers["cache-control"] == FOR_EVER


async def test_the_licences_are_handed_out_with_it(client: AsyncClient) -> None:
    response = await client.get("/playground/LICENSES.txt")
    assert (response.status_code, response.content) == (200, (BUILD_FOLDER / "LICENSES.txt").read_bytes())
    assert (response.headers["content-type"], response.headers["cache-control"]) == (
        "text/plain; charset=utf-8",
        "no-cache",
    )


async def test_its_name_leads_to_it(client: AsyncClient) -> None:
    for path, location in (("/playground", "graphql"), ("/playground?query=%7Bx%7D", "graphql?query=%7Bx%7D")):
        response = await client.get(path)
        assert (response.status_code, response.headers["location"]) == (308, location)
    assert (await client.get("/playground", follow_redirects=True, headers={"accept": "text/html"})).status_code == 200


@pytest.mark.parametrize(
    "name", ["playground.js", "playground.0123456789abcdef.js", "playground.html", "../playground_page.py"]
)
async def test_other_names_name_nothing(name: str, client: AsyncClient) -> None:
    assert (await client.get(f"/playground/{name}")).status_code == 404
