"""Where words are searched: the texts of entries, in shares with an index each."""

from collections.abc import Sequence

from schema.sql.relations import SEARCH_TEXT
from service.planner.relations import Row, Rows
from service.sql import Expression, Select, Union, select, sql_literal, text_literal
from service.store.search.shares import SHARES, Share


def shares_on_day(row: Row) -> list[Share]:
    """Return the shares that may contain a text on the day from which a row is seen."""
    return [share for share in SHARES.values() if row.as_of is not None or not share.is_former]


def texts_of_share(row: Row, wanted: Expression, share: Share) -> Rows:
    """Return the texts of a share that match a query."""
    texts = row.find(SEARCH_TEXT, lambda text: text.lexemes.op("@@")(wanted))
    return texts.where(sql_literal(share.condition(f"{texts.row.alias}.")))


def texts_of_types(row: Row, wanted: Expression, typenames: Sequence[str]) -> list[Rows]:
    """Return the texts of entries of some types that match a query, share by share."""
    found = []
    for share in shares_on_day(row):
        if types := {*typenames} & {*share.typenames}:
            found.append(texts := texts_of_share(row, wanted, share))
            if len(types) < len(share.typenames):
                texts.where(texts.row.typename.in_([text_literal(name) for name in sorted(types)]))
    return found


def owners(found: Sequence[Rows], name: str) -> Select:
    """Return the owners of texts, by the column `name`."""
    union = Union(*(texts.query(texts.row[name].label("owner")) for texts in found))
    return select(sql_literal("owner", "integer")).select_from(union.subquery(next(found[0].row.aliases)))
