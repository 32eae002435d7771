"""Rows of data files as documents, to which citations of rows refer."""

from collections.abc import Mapping

from service.store.documents.addresses import Address
from service.store.documents.corpus import Document
from service.store.documents.rows import DataRow


def document_of(row: DataRow, cite: str) -> Document:
    """Return a row as the document that a source's short name means."""
    return Document(cite, row.document, row.text)


def address_of(
    row: DataRow, field: str, sentences: tuple[int, int] | None = None, *, last: str | None = None
) -> Address:
    """Return the address of a field, or of some of its sentences (from and to, counted from 1).

    `last`: instead, the address of all fields from the first to this one. Raises ValueError if there is no such field.
    """
    return Address((row.paragraph(field), row.paragraph(last or field)), sentences)


def source_entry(row: DataRow, slug: str, published_on: str, shared: Mapping[str, object]) -> dict[str, object]:
    """Return the entry of a row in `sources.jsonl`; `shared`: the fields that all sources of the set have in common."""
    document = document_of(row, slug)
    own = {"document": row.document, "sha256": document.sha256, "publishedOn": published_on}
    return {"slug": slug, "cite": slug, **own, **shared}
