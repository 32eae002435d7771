"""What statements must know of the tables: their columns, keys and references, as `layout.json` has them.

It is made from the declarations in `tables/`, which only what changes or compares tables imports: to make SQLModel's
classes, and to import what they are made with, takes a second.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

FILE = Path(__file__).with_name("layout.json")


@dataclass(frozen=True)
class TableLayout:
    """`columns`: SQL types by name; `key`: those of the primary key; `references`: by name what a column refers to."""

    columns: Mapping[str, str]
    key: Sequence[str]
    references: Mapping[str, str]


TABLES: Mapping[str, TableLayout] = {
    name: TableLayout(**layout) for name, layout in orjson.loads(FILE.read_bytes()).items()
}
"""By name; what a row refers to stands before it."""
