"""The redirect to the newest files, and the available files, as a list and as a page."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from service.store.downloads import File
from tests.downloads.test_service import EXPOSED, store_without_content  # noqa: F401  a fixture
from tests.web.conftest import StartClient

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    ("name", "leads_to"),
    [
        ("edges.csv", "edges.csv"),
        ("claims.jsonl", "claims.jsonl"),
        ("claims.parquet", "claims.parquet"),
        ("datapackage.json", "datapackage.json"),
        ("gipfelbuch.zip", "gipfelbuch.zip"),
        ("person.csv", "people.csv"),
        ("summit.jsonl", "summits.jsonl"),
    ],
)
async def test_latest_leads_to_the_newest(
    start_client: StartClient, published_database: str, method: str, name: str, leads_to: str
) -> None:
    async with start_client(published_database) as client:
        response = await client.request(method, f"/downloads/latest/{name}", headers={"origin": "https://example.org"})
    assert (response.status_code, response.headers["location"]) == (307, f"/downloads/1/{leads_to}")
    assert (response.headers["cache-control"], response.content) == ("no-cache", b"")
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["access-control-expose-headers"] == EXPOSED


async def test_latest_leads_to_the_revision_that_has_the_file(
    start_client: StartClient,
    store_without_content: str,  # noqa: F811
) -> None:
    async with start_client(store_without_content) as client:
        response = await client.get("/downloads/latest/claims.jsonl", follow_redirects=True)
    assert (str(response.url), response.content) == ("http://gipfelbuch.test/downloads/3/claims.jsonl", b"second")


@pytest.mark.parametrize("name", ["nothing.csv", "claims.xml", "nothing.parquet", "x" * 5_000 + ".csv", "..%2Fa.csv"])
async def test_latest_of_nothing(start_client: StartClient, published_database: str, name: str) -> None:
    async with start_client(published_database) as client:
        response = await client.get(f"/downloads/latest/{name}")
    assert (response.status_code, response.json()["code"]) == (404, "NOT_FOUND")


async def test_a_former_name_gives_the_file(start_client: StartClient, published_database: str) -> None:
    async with start_client(published_database) as client:
        former, present = [await client.get(f"/downloads/1/{name}.csv") for name in ("country", "countries")]
    assert former.status_code == 200
    assert former.content == present.content


async def test_the_index_tells_of_each_file(
    start_client: StartClient, published_database: str, files: list[File]
) -> None:
    async with start_client(published_database) as client:
        response = await client.get("/downloads")
        again = await client.get("/downloads", headers={"if-none-match": response.headers["etag"]})
        others = [(await client.get(path)).json() for path in ("/downloads.json", "/downloads/latest")]
        index = response.json()
        for file in index["files"]:
            content = (await client.get(file["url"])).content
            assert (len(content), hashlib.sha256(content).hexdigest()) == (file["bytes"], file["sha256"])
            newest = await client.get(file["latest"])
            assert newest.headers["location"] == file["url"]
            assert file["description"]
    assert response.headers["cache-control"] == "no-cache"
    assert (again.status_code, others) == (304, [index, index])
    assert (index["revision"], index["licence"]) == (1, "CC BY 4.0")
    assert (index["package"], index["bundle"]) == ("/downloads/1/datapackage.json", "/downloads/1/gipfelbuch.zip")
    assert [(each["name"], each["kind"], each["format"], each["rows"]) for each in index["files"]] == sorted(
        (file.name, file.kind, file.format, file.rows) for file in files
    )


async def test_the_index_is_a_page_for_a_browser(
    start_client: StartClient, published_database: str, files: list[File]
) -> None:
    async with start_client(published_database, public_url="https://example.org/register/") as client:
        page = await client.get("/downloads", headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "script-src 'self'" in page.headers["content-security-policy"]
    for file in files:
        assert f'href="https://example.org/register/downloads/1/{file.name}"' in page.text
    # names are code, and a size does not wrap
    assert "`" not in page.text
    assert "<code>decides</code>" in page.text
    assert len(re.findall(r'<td class="number">[\d.]+\u00a0(?:Bytes|[kM]B)</td>', page.text)) == len(files)


async def test_the_index_speaks_the_reader_s_language(start_client: StartClient, published_database: str) -> None:
    async with start_client(published_database) as client:
        for path, language in (("/downloads", "fr, en;q=0.5"), ("/downloads?lang=fr", "de")):
            page = await client.get(path, headers={"accept": "text/html", "accept-language": language})
            assert (page.headers["content-language"], "Accept-Language" in page.headers["vary"]) == ("fr", True)
            assert "<h1>Téléchargements</h1>" in page.text
            assert "Une description des tables" in page.text


async def test_an_index_of_nothing(start_client: StartClient, scratch: str) -> None:
    async with start_client(scratch) as client:
        response = await client.get("/downloads")
        page = await client.get("/downloads", headers={"accept": "text/html"})
    assert (response.json()["files"], response.json()["revision"]) == ([], None)
    assert "Nothing is loaded yet." in page.text


async def test_the_bundle_comes_as_it_is_and_in_part(
    start_client: StartClient, published_database: str, files: list[File], folder: Path
) -> None:
    content = (folder / "gipfelbuch.zip").read_bytes()
    async with start_client(published_database) as client:
        whole = await client.get("/downloads/latest/gipfelbuch.zip", follow_redirects=True)
        headers = {"range": "bytes=10-19", "if-range": whole.headers["etag"]}
        part = await client.get("/downloads/latest/gipfelbuch.zip", headers=headers, follow_redirects=True)
    assert (whole.content, whole.headers["content-type"]) == (content, "application/zip")
    assert "content-encoding" not in whole.headers
    assert (part.status_code, part.content) == (206, content[10:20])
