"""Description of the tables: datapackage.json (Frictionless Data Package), a readme, a licence; and all in one file."""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import metadata
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import orjson
from graphql import GraphQLEnumType

from schema.dataset import LICENCE, NAME
from schema.tables import Column, Table, tables
from service.downloads.writing import write_file
from service.store.connection import Connection
from service.store.downloads import File, Register, SourceSet, register_of, source_sets

LICENCES = {
    "CC BY 4.0": ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC BY-SA 4.0": ("CC-BY-SA-4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    "CC0 1.0": ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
}
"""By the register's name of a licence: its SPDX name, and its text."""
TYPES = {"Int": "integer", "Float": "number", "Boolean": "boolean", "Date": "date", "DateTime": "datetime"}
"""Table Schema types by scalar; all others are strings."""
BUNDLE = "gipfelbuch.zip"
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first day of ZIP, so that equal files make equal bundles."""


def describe(connection: Connection, files: Sequence[File]) -> Iterator[tuple[str, bytes, str]]:
    """Return the name, the content and the media type of each file that describes the others."""
    register, sets = register_of(connection), source_sets(connection)
    described = [file for file in files if file.format == "text/csv"]
    package = {
        "profile": "tabular-data-package",
        "name": NAME.lower(),
        "title": NAME,
        "description": metadata("gipfelbuch")["Summary"],
        "version": str(register.revision),
        "created": register.updated_at,
        "licenses": _licences(LICENCE, *(each.licence for each in sets)),
        "sources": [_source(each) for each in sets],
        "resources": [_resource(file) for file in described],
    }
    yield "datapackage.json", orjson.dumps(package, option=orjson.OPT_INDENT_2), "application/json"
    yield "README.md", _readme(register, described).encode(), "text/markdown"
    yield "LICENSE.txt", _licence(sets).encode(), "text/plain"


def bundle(folder: Path, files: Sequence[File]) -> File:
    """Return all these files in one, compressed."""
    path = folder / BUNDLE
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=4) as packed:
        for file in files:
            info = ZipInfo(file.name, EPOCH)
            info.compress_type, info.external_attr = ZIP_DEFLATED, 0o644 << 16
            packed.writestr(info, file.path.read_bytes(), compresslevel=4)
    return write_file(path, path.read_bytes(), "application/zip")


def _resource(file: File) -> dict[str, Any]:
    table = tables()[file.path.stem]
    return {
        "name": table.name,
        "path": file.name,
        "profile": "tabular-data-resource",
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "schema": table_schema(table),
    }


@cache
def table_schema(table: Table) -> dict[str, Any]:
    """Return a table as a Table Schema."""
    keys = [(column.name, column.references) for column in table.columns if column.references]
    return {
        "fields": [_field(column, is_key=[column.name] == list(table.key)) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
        "foreignKeys": [
            # an empty name stands for the table itself
            {"fields": [name], "reference": {"resource": "" if to == table.name else to, "fields": ["slug"]}}
            for name, to in keys
        ],
    }


def _field(column: Column, *, is_key: bool) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.is_required:
        constraints["required"] = True
    if is_key:
        constraints["unique"] = True
    if isinstance(column.type, GraphQLEnumType):
        constraints["enum"] = list(column.type.values)
    field = {"name": column.name, "type": TYPES.get(column.type.name, "string"), "description": column.description}
    return {**field, **({"constraints": constraints} if constraints else {})}


def _licences(*names: str) -> list[dict[str, str]]:
    """Return each licence once; a licence without a URL here is given by its name."""
    known = [(name, *LICENCES.get(name, (name.replace(" ", "-"), ""))) for name in dict.fromkeys(names)]
    return [{"name": spdx, "title": name} | ({"path": path} if path else {}) for name, spdx, path in known]


def _source(each: SourceSet) -> dict[str, str]:
    title = f"{each.attribution or each.name} ({each.licence})"
    return {"title": title, "path": each.url, **({"version": each.version} if each.version else {})}


def _readme(register: Register, files: Sequence[File]) -> str:
    rows = [f"| {file.name} | {file.rows} | {tables()[file.path.stem].description} |" for file in files]
    return "\n".join(
        [
            f"# {NAME}, revision {register.revision} of {register.updated_at[:10]}",
            "",
            f"{metadata('gipfelbuch')['Summary']}.",
            "",
            "The tables are CSV (RFC 4180) in UTF-8; the first row has the column names, and an empty cell is null.",
            "datapackage.json describes each column: its meaning, its type and the table that it refers to, if any.",
            f"The record is under {LICENCE}; LICENSE.txt lists the further licences that apply.",
            "",
            "| File | Rows | A row is |",
            "| --- | --- | --- |",
            *rows,
            "",
        ]
    )


def _licence(sets: Sequence[SourceSet]) -> str:
    lines = [f"The record is under {LICENCE}: {LICENCES[LICENCE][1]}", ""]
    if sets:
        lines += [
            "Data taken from a data set are also under its licence, and its publisher must be named:",
            "",
        ]
    lines += [f"{each.slug}: {each.licence}; {each.attribution or each.name}, {each.url}" for each in sets]
    return "\n".join(lines).rstrip() + "\n"
