"""The description of the tables, checked against every row of them by an external library; and all in one file."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import orjson
import pytest

from service.store.downloads import File

pytestmark = pytest.mark.slow

VALIDATE = "import sys; from frictionless import Package; print(Package(sys.argv[1]).validate().to_json())"
"""Types, required values, enums, keys, references, lengths and digests of everything that a package names."""


def validate(package: Path) -> dict[str, Any]:
    done = subprocess.run([sys.executable, "-c", VALIDATE, str(package)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def package_of(folder: Path) -> dict[str, Any]:
    package: dict[str, Any] = orjson.loads((folder / "datapackage.json").read_bytes())
    return package


def test_every_row_is_as_the_package_says(files: list[File], folder: Path) -> None:
    report = validate(folder / "datapackage.json")
    assert (report["valid"], report["errors"]) == (True, [])
    assert {task["place"]: task["stats"].get("rows", 0) for task in report["tasks"]} == {
        file.name: file.rows for file in files if file.format == "text/csv"
    }


@pytest.mark.parametrize(
    ("table", "old", "new", "fault"),
    [
        ("edges.csv", b"PEOPLE", b"PLANTS", "constraint-error"),
        ("edges.csv", b",donald-trump,", b",donald-tramp,", "foreign-key"),
        ("claims.csv", b",CERTAIN,", b",,", "constraint-error"),
        ("summits.csv", b"2019-02-27,", b"2019-02-31,", "type-error"),
    ],
)
def test_a_row_that_is_not_so_is_found(
    files: list[File], folder: Path, tmp_path: Path, table: str, old: bytes, new: bytes, fault: str
) -> None:
    package = package_of(folder)
    needed = {table, "actors.csv", "relationships.csv", "facts.csv", "places.csv", "claims.csv", "sources.csv"}
    package["resources"] = [each for each in package["resources"] if each["path"] in needed]
    for each in package["resources"]:
        content = (folder / each["path"]).read_bytes()
        if each["path"] == table:
            assert old in content
            content = content.replace(old, new, 1)
            del each["bytes"], each["hash"]
        else:
            each["schema"]["foreignKeys"] = []
        (tmp_path / each["path"]).write_bytes(content)
    (tmp_path / "datapackage.json").write_bytes(orjson.dumps(package))
    errors = [error["type"] for task in validate(tmp_path / "datapackage.json")["tasks"] for error in task["errors"]]
    assert errors == [fault]


def test_what_the_package_says_of_itself(files: list[File], folder: Path) -> None:
    package = package_of(folder)
    assert (package["name"], package["version"], package["profile"]) == ("gipfelbuch", "1", "tabular-data-package")
    assert package["licenses"] == [
        {"name": "CC-BY-4.0", "title": "CC BY 4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
    ]
    by_name = {file.name: file for file in files}
    for resource in package["resources"]:
        file = by_name[resource["path"]]
        assert (resource["bytes"], resource["hash"]) == (file.bytes, f"sha256:{file.sha256}")
        assert all(field["description"] for field in resource["schema"]["fields"])


def test_the_bundle_has_all_tables_and_what_they_are(files: list[File], folder: Path) -> None:
    with ZipFile(folder / "gipfelbuch.zip") as bundle:
        assert bundle.testzip() is None
        assert {name: bundle.read(name) for name in bundle.namelist()} == {
            file.name: file.path.read_bytes()
            for file in files
            if file.format not in ("application/x-ndjson", "application/zip")
        }


def test_the_readme_lists_the_tables(files: list[File], folder: Path) -> None:
    text = (folder / "README.md").read_text(encoding="utf-8")
    for file in files:
        assert (f"| {file.name} | {file.rows} |" in text) == (file.format == "text/csv")
    assert "creativecommons.org/licenses/by/4.0/" in (folder / "LICENSE.txt").read_text(encoding="utf-8")
