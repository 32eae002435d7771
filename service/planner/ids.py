"""Global ids: the type and slug of an entry and, under `asOf`, the day; encoded in base64url and opaque to clients."""

import base64
import binascii
import re
from datetime import date

from service.planner.relations import Row
from service.sql import Expression, func, sql_literal, text_literal

SHAPE = re.compile(r"[A-Za-z]+:[a-z0-9-]+(?:@(\d{4}-\d{2}-\d{2}))?", re.ASCII)


def expression(row: Row) -> Expression:
    """Return the id of the current row."""
    parts = func.concat(row.typename, text_literal(":"), row.slug)
    if row.as_of is not None:
        day = func.nullif(row.as_of.cast("text"), text_literal("infinity"))
        parts = func.concat(parts, text_literal("@").op("||")(day))
    encoded = func.encode(parts.cast("bytea"), text_literal("base64"))
    # no six bits of letters, digits and `:-@` encode as `+` or `/`
    return func.rtrim(func.replace(encoded, sql_literal(r"E'\n'"), text_literal("")), text_literal("="))


def encode(typename: str, slug: str) -> str:
    """Return the id of an entry as seen today."""
    return base64.urlsafe_b64encode(f"{typename}:{slug}".encode()).rstrip(b"=").decode()


def decode(id_: str) -> str | None:
    """Return what an id names, as `type:slug` or `type:slug@day`; None for anything that is not an id."""
    try:
        padded = id_.encode("ascii") + b"=" * (-len(id_) % 4)
        decoded = base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii")
        match = SHAPE.fullmatch(decoded)
        if match:
            date.fromisoformat(match[1] or "2000-01-01")
            return decoded
    except (ValueError, binascii.Error):
        pass
    return None
