"""The dates in rows, each stored once with its bounds and labels."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

import psycopg

from service.store import dates
from service.store.i18n.date_labels import date_labels
from service.store.layout import TABLES
from service.store.loading.copying import copy_rows
from service.store.rows import Row


def referring_columns(target: str) -> Mapping[str, Sequence[str]]:
    """Return the columns that refer to a column (`table.column`), by table."""
    columns = {
        table: [column for column, reference in layout.references.items() if reference == target]
        for table, layout in TABLES.items()
    }
    return {table: some for table, some in columns.items() if some}


DATE_COLUMNS = referring_columns("edtf.text")
"""The columns that hold dates, by table."""


def date_row(day: str) -> Row:
    """Return the row of a date."""
    edtf = dates.parse(day)
    return {
        "text": edtf.text,
        "earliest": edtf.earliest,
        "latest": edtf.latest,
        "precision": edtf.precision,
        "extent": edtf.extent,
        "is_approximate": edtf.is_approximate,
        "is_uncertain": edtf.is_uncertain,
        "labels": date_labels(day),
    }


def write_dates(connection: psycopg.Connection, days: AbstractSet[str]) -> None:
    """Write the rows of those dates that are not stored yet."""
    stored = connection.execute("SELECT text FROM edtf WHERE text = ANY(%s)", ([*days],))
    if new := sorted(days - {date for (date,) in stored}):
        copy_rows(connection, "edtf", [date_row(date) for date in new])
