"""The dates that rows hold, each stored once with its bounds and labels."""

from collections.abc import Mapping, Sequence

from service.store import dates
from service.store.i18n.dates import date_labels
from service.store.kinds import METADATA
from service.store.rows import Row


def referring_columns(target: str) -> Mapping[str, Sequence[str]]:
    """The columns that refer to a column (`table.column`), by table."""
    columns: dict[str, list[str]] = {}
    for table in METADATA.sorted_tables:
        for column in table.columns:
            if any(reference.target_fullname == target for reference in column.foreign_keys):
                columns.setdefault(table.name, []).append(column.name)
    return columns


DATE_COLUMNS = referring_columns("edtf.text")
"""The columns that hold dates, by table."""


def date_row(day: str) -> Row:
    """The row of a date."""
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
