"""The files of the whole register, as they are listed; files.py says what stands in them."""

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
    """Under the service's public address, if the connection knows it; else on the host that was asked."""
    public = func.coalesce(
        func.current_setting(text_literal("gipfelbuch.public_url"), sql_literal("true")), text_literal("")
    )
    path = (text_literal("/downloads/"), row.revision.cast("text"), text_literal("/"), row.name)
    return func.concat(public, *path)


@strawberry.type(
    description="A file of all entries of one kind, as the register is at the newest revision that has its files."
)
@relation(DOWNLOADS)
class Download:
    kind: EntryKind = column("What it holds: one line or row an entry, in the order of the slugs.")
    format: str = column("A media type, text/csv or application/x-ndjson.")
    url: URI = sql(_url, "Where it is. What lies there never changes, and stays for some revisions more.")
    bytes: int = column("Its length.")
    sha256: str = column("SHA-256 of its bytes, in hexadecimal.")
    revision: int = column("The revision of the register that it holds.")
