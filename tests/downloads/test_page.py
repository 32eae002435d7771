"""The page for data users says what the files contain, and its commands do what it says."""

import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import yaml

from schema.tables import tables
from service.app import create_app
from service.settings import REPOSITORY, Settings
from service.store.downloads import File
from tests.docs.pages import CODE, Page, code
from tests.http_server import serve_app

pytestmark = pytest.mark.slow

PAGE = Page("docs/data.md")
ADDRESS = "http://127.0.0.1:8000"
PRINTED = """
counts = [present.value_counts().to_dict(), licences.to_dict()]
print(json.dumps({"counts": counts, "met": list(network.edges)}))
"""


@pytest.fixture(scope="module")
def address(published_database: str) -> Iterator[str]:
    with serve_app(create_app(Settings(database_url=published_database))) as address:
        yield address


def blocks(language: str, address: str) -> str:
    """Return the page's blocks in a language, to be run against a service of the tests."""
    return "".join(each.text for each in PAGE.blocks if each.language == language).replace(ADDRESS, address)


def run_program(*command: str, folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_page_names_each_table_and_columns_of_it() -> None:
    rows = [*PAGE.table("File", "A row is", "Columns to count by"), *PAGE.table("File", "A row is", "Columns")]
    assert sorted(code(name) for name, *_ in rows) == sorted(f"{name}.csv" for name in tables())
    for name, _, columns in rows:
        assert CODE.findall(columns)
        assert set(CODE.findall(columns)) <= set(tables()[code(name).removesuffix(".csv")].header)


def test_pandas_counts_what_the_files_hold(address: str, tmp_path: Path, files: list[File], folder: Path) -> None:
    program = "import json\n" + blocks("python", address) + PRINTED
    printed = json.loads(run_program(sys.executable, "-W", "error", "-c", program, folder=tmp_path))
    summits = [json.loads(line) for line in (folder / "summits.jsonl").read_text(encoding="utf-8").splitlines()]
    present = Counter(each["actor"]["slug"] for summit in summits for each in summit["involvements"])
    claims = (folder / "claims.jsonl").read_bytes().count(b"\n")
    held = [{one, other} for one, other in printed["met"]]
    assert present["kim-jong-un"] > 1
    assert printed["counts"] == [present, {"NaN": claims}]
    assert {"donald-trump", "kim-jong-un"} in held
    assert {"kim-jong-un", "vladimir-putin"} in held


def test_the_commands_fetch_once_and_in_part(address: str, tmp_path: Path, folder: Path, files: list[File]) -> None:
    if shutil.which("curl") is None:
        pytest.skip("needs curl")
    again, part, digest = run_program("sh", "-ec", blocks("sh", address), folder=tmp_path).splitlines()
    assert (again, part) == ("304", "206")
    (summits,) = (file for file in files if file.path.name == "summits.csv")
    assert digest == f"{summits.sha256}  summits.csv"
    assert (tmp_path / "summits.etag").read_text().strip() == f'"{summits.sha256}"'
    assert (tmp_path / "head.csv").read_bytes() == summits.path.read_bytes()[:1024]
    assert not (tmp_path / "again.csv").exists() or not (tmp_path / "again.csv").read_bytes()


def test_the_address_and_the_ways_are_those_of_the_listing(address: str) -> None:
    query = next(each.text for each in PAGE.blocks if each.language == "graphql")
    answer = httpx.post(f"{address}/graphql", json={"query": query}).json()["data"]["dataset"]
    assert f"The record is under {answer['licence']}." in PAGE.text
    urls = {each["url"]: each["format"] for each in answer["downloads"]}
    assert urls[f"/downloads/{answer['revision']}/summits.csv"] == "text/csv"
    assert {each["format"] for each in answer["downloads"]} == {"text/csv", "application/x-ndjson"}


def test_the_licences_are_those_of_the_sets() -> None:
    found = sorted(REPOSITORY.glob("seeds/sets/*/manifest.yaml"))
    manifests = {path.parent.name: yaml.safe_load(path.read_text(encoding="utf-8")) for path in found}
    assert PAGE.table("Set", "Licence", "To be named") == [
        [f"`{name}`", manifest["licence"], manifest["attribution"]] for name, manifest in manifests.items()
    ]
