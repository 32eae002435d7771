"""Tables in Parquet: the contents of the CSV, with types."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from schema.tables import tables
from service.store.downloads import File
from service.web import parquet
from service.web.parquet import ParquetFiles, to_parquet
from tests.downloads.test_files import table
from tests.web.conftest import StartClient

pyarrow = pytest.importorskip("pyarrow")
pytestmark = pytest.mark.slow


def cells(content: bytes) -> Iterator[dict[str, str]]:
    """Return the rows of a Parquet file, as CSV would have them."""
    from pyarrow import parquet as arrow

    for row in arrow.read_table(io.BytesIO(content)).to_pylist():
        yield {name: as_cell(value) for name, value in row.items()}


def as_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.15g}" if isinstance(value, float) else str(value)


@pytest.mark.parametrize("name", ["edges", "claims", "quotes", "places", "supersessions"])
async def test_a_table_has_the_rows_of_its_csv(
    start_client: StartClient, published_database: str, files: list[File], folder: Path, name: str
) -> None:
    async with start_client(published_database) as client:
        response = await client.get(f"/downloads/1/{name}.parquet", headers={"accept-encoding": "gzip"})
        part = await client.get(f"/downloads/1/{name}.parquet", headers={"range": "bytes=0-3"})
    assert (response.headers["content-type"], part.content) == ("application/vnd.apache.parquet", b"PAR1")
    assert list(cells(response.content)) == table(folder, name)


def test_columns_have_types(files: list[File], folder: Path) -> None:
    from pyarrow import parquet as arrow

    made = to_parquet((folder / "edges.csv").read_bytes(), tables()["edges"])
    types = {field.name: str(field.type) for field in arrow.read_schema(io.BytesIO(made))}
    assert [types[name] for name in ("one.slug", "date.earliest", "isWithdrawn")] == ["string", "date32[day]", "bool"]


async def test_it_is_made_once_while_it_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "KEPT_BYTES", 1)
    made, read = ParquetFiles(), []

    async def csv() -> bytes:
        read.append("a")
        return b"a\r\n1\r\n"

    first = await made.of("one", "a", csv)
    assert (await made.of("one", "a", csv), len(read)) == (first, 1)
    await made.of("two", "a", csv)
    await made.of("one", "a", csv)
    assert len(read) == 3


@pytest.mark.parametrize("name", ["nothing.parquet", "gipfelbuch.parquet", "datapackage.parquet"])
async def test_what_is_no_table_has_none(start_client: StartClient, published_database: str, name: str) -> None:
    async with start_client(published_database) as client:
        assert (await client.get(f"/downloads/1/{name}")).status_code == 404


async def test_where_it_is_not_installed_the_address_says_so(
    start_client: StartClient, published_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "find_spec", lambda name: None)
    async with start_client(published_database) as client:
        response = await client.get("/downloads/1/edges.parquet")
        index = (await client.get("/downloads")).json()
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (501, "PARQUET_NOT_INSTALLED")
    assert "gipfelbuch[parquet]" in response.json()["errors"][0]["message"]
    assert not [file for file in index["files"] if "parquet" in file]
