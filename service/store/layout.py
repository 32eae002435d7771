"""What statements must know about the tables: their columns, keys and references, as listed in `layout.json`.

`layout.json` is generated from the declarations in `tables/`. Only code that changes or compares tables imports these
declarations, because building SQLModel's classes and importing what they need takes a second.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

FILE = Path(__file__).with_name("layout.json")


@dataclass(frozen=True)
class TableLayout:
    """`columns`: SQL types by column name; `key`: columns of the primary key; `references`: targets by column name."""

    columns: Mapping[str, str]
    key: Sequence[str]
    references: Mapping[str, str]


TABLES: Mapping[str, TableLayout] = {
    name: TableLayout(**layout) for name, layout in orjson.loads(FILE.read_bytes()).items()
}
"""Layouts by table name; a table comes after those that it refers to."""
