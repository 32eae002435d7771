"""Generator of what statements must know about the declared tables (service/store/layout.py)."""

import json
from typing import Any

from sqlalchemy import Column, Table
from sqlalchemy.dialects import postgresql

from service.store.tables import METADATA

DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]
FLOATS = ("double precision", "float", "real")


def text() -> str:
    """Return the text of layout.json, with one line for each table."""
    lines = (f"{json.dumps(table.name)}: {json.dumps(_layout(table))}" for table in METADATA.sorted_tables)
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _layout(table: Table) -> dict[str, object]:
    return {
        "columns": {column.name: _type(column) for column in table.columns},
        "key": table.primary_key.columns.keys(),
        "references": {column.name: key.target_fullname for column in table.columns for key in column.foreign_keys},
    }


def _type(column: Column[Any]) -> str:
    name = str(column.type.compile(DIALECT)).lower()
    return "float8" if name in FLOATS else name
