"""Trips and visits as published by the Office of the Historian: one element per row, one child per field."""

from collections.abc import Iterator
from xml.etree import ElementTree

LEFT_OUT = ("created-by", "last-modified-by")
"""Fields that name who worked on the file."""


def read_rows(content: bytes) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield the key and the fields of each row; `country@id` is the attribute of the preceding field."""
    for row in ElementTree.fromstring(content):
        yield row.findtext("id", "").strip(), [*_fields(row)]


def _fields(row: ElementTree.Element) -> Iterator[tuple[str, str]]:
    for field in row:
        if field.tag not in LEFT_OUT:
            yield field.tag, "".join(field.itertext())
            yield from ((f"{field.tag}@{name}", value) for name, value in field.attrib.items())
