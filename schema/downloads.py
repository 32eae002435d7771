"""The files of the whole register, as they are listed; files.py defines their content."""

import strawberry

from schema.scalars import URI
from schema.sql.relations import table
from service.planner.fields import column, relation, sql
from service.planner.relations import Relation, Row
from service.sql import Expression, func, select, sql_literal, text_literal
from service.store.enums import EntryKind

_FILES = table("download")
DOWNLOADS = Relation(
    select(*(sql_literal(f"file.{name}", type_).label(name) for name, type_ in _FILES.columns.items()))
    .select_from(_FILES.alias("file"))
    .where(
        sql_literal(f"file.revision = (SELECT max(revision) FROM {_FILES.sql})"),
        sql_literal("file.kind").is_not_null(),
    )
    .subquery()
)


def _url(row: Row) -> Expression:
    """URL under the public address of the service, if the connection knows it; otherwise on the requested host."""
    public = func.coalesce(
        func.current_setting(text_literal("gipfelbuch.public_url"), sql_literal("true")), text_literal("")
    )
    path = (text_literal("/downloads/"), row.revision.cast("text"), text_literal("/"), row.name)
    return func.concat(public, *path)


@strawberry.type(
    description="A file with all entries of one kind, as of the newest revision of the register that has files."
)
@relation(DOWNLOADS)
class Download:
    kind: EntryKind = column(
        "Kind of the entries in the file, which has one line or row per entry in the order of their slugs."
    )
    format: str = column("Media type, text/csv or application/x-ndjson.")
    url: URI = sql(
        _url, "URL of the file. Its content never changes, and it remains available for some further revisions."
    )
    bytes: int = column("Length of the file in bytes.")
    sha256: str = column("SHA-256 of the file's bytes, in hexadecimal.")
    revision: int = column("Revision of the register that the file holds.")
