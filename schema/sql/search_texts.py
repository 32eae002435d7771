"""Where words are looked for: the texts of entries, share by share, each by an index of its own."""

from collections.abc import Sequence

from schema.sql.relations import SEARCH_TEXT
from service.planner.relations import Row, Rows
from service.sql import Expression, Select, Union, select, sql_literal, text_literal
from service.store.search.shares import SHARES, Share


def shares_on_day(row: Row) -> list[Share]:
    """The shares that may hold a text on the day that a row is seen from."""
    return [share for share in SHARES.values() if row.as_of is not None or not share.is_former]


def texts_of_share(row: Row, wanted: Expression, share: Share) -> Rows:
    """The texts of a share that a query finds."""
    texts = row.find(SEARCH_TEXT, lambda text: text.lexemes.op("@@")(wanted))
    return texts.where(sql_literal(share.condition(f"{texts.row.alias}.")))


def texts_of_types(row: Row, wanted: Expression, typenames: Sequence[str]) -> list[Rows]:
    """The texts of entries of some types that a query finds, share by share."""
    found = []
    for share in shares_on_day(row):
        if types := {*typenames} & {*share.typenames}:
            found.append(texts := texts_of_share(row, wanted, share))
            if len(types) < len(share.typenames):
                texts.where(texts.row.typename.in_([text_literal(name) for name in sorted(types)]))
    return found


def owners(found: Sequence[Rows], name: str) -> Select:
    """What texts are of, by the column `name`."""
    union = Union(*(texts.query(texts.row[name].label("owner")) for texts in found))
    return select(sql_literal("owner", "integer")).select_from(union.subquery(next(found[0].row.aliases)))
