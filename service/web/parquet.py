"""Tables in Parquet, made from their CSV on request: an extra, since pyarrow is larger than the service."""

from __future__ import annotations

import asyncio
import io
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from importlib.util import find_spec
from typing import Any

from schema.tables import Table, tables
from service.web.problems import RequestError

KEPT_BYTES = 32 * 1024 * 1024
"""Maximum size of all cached files, not counting the most recently requested one."""
TYPES = {"Int": "int64", "Float": "float64", "Boolean": "bool_", "Date": "date32"}
"""Types by the scalar of a column; all others are text."""


def has_parquet() -> bool:
    """Return whether Parquet can be made here."""
    return find_spec("pyarrow") is not None


def parquet_refusal() -> RequestError:
    """Return the error for Parquet that cannot be made."""
    message = "This service does not provide Parquet; its operator can add it with pip install 'gipfelbuch[parquet]'."
    return RequestError(501, "PARQUET_NOT_INSTALLED", message)


class ParquetFiles:
    """Maker of Parquet files, one at a time outside the event loop, with a cache of the most recently requested."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[bytes, str]] = OrderedDict()
        self._making = ThreadPoolExecutor(max_workers=1, thread_name_prefix="parquet")
        self._turn = asyncio.Lock()

    async def of(self, csv_sha256: str, name: str, read: Callable[[], Awaitable[bytes]]) -> tuple[bytes, str]:
        """Return a table in Parquet with its own digest; `read` returns the CSV, whose digest is `csv_sha256`."""
        async with self._turn:
            if csv_sha256 not in self._kept:
                loop = asyncio.get_running_loop()
                made = await loop.run_in_executor(self._making, to_parquet, await read(), tables().get(name))
                self._kept[csv_sha256] = made, sha256(made).hexdigest()
            self._kept.move_to_end(csv_sha256)
            found = self._kept[csv_sha256]
            while len(self._kept) > 1 and sum(len(content) for content, _ in self._kept.values()) > KEPT_BYTES:
                self._kept.popitem(last=False)
            return found


def to_parquet(csv: bytes, table: Table | None) -> bytes:
    """Return a table in Parquet with the types of the schema; a column that the schema lacks is text."""
    import pyarrow
    from pyarrow import csv as arrow_csv
    from pyarrow import parquet

    scalars: dict[str, Any] = {column.name: column.type.name for column in table.columns} if table else {}
    header = csv.partition(b"\r\n")[0].decode().split(",")
    types = {name: getattr(pyarrow, TYPES.get(scalars.get(name, ""), "string"))() for name in header}
    read = arrow_csv.read_csv(
        io.BytesIO(csv),
        parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
        convert_options=arrow_csv.ConvertOptions(
            column_types=types, null_values=[""], strings_can_be_null=True, true_values=["true"], false_values=["false"]
        ),
    )
    made = io.BytesIO()
    parquet.write_table(read, made, compression="zstd")
    return made.getvalue()
