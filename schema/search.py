"""Search: what texts of the register match, best first."""

from dataclasses import dataclass
from typing import Annotated, Any

import strawberry

from schema.actors import Country, Organisation, Person
from schema.connections import CURSOR, EDGES, NODE, NODES, PAGE_INFO, PageInfo
from schema.dataset import KindCount
from schema.events import Event
from schema.invitations import Invitation
from schema.meetings import Summit, Talks
from schema.places import Place
from schema.quotes import Quote
from schema.relations import FOREVER, SEARCH_TEXT, among, of_types
from schema.sources import Source
from schema.terms import SearchKind
from service.planner.cost import Price
from service.planner.fields import column, sql
from service.planner.rows import Relation, Row, Rows
from service.planner.sql import (
    Expression,
    Select,
    Table,
    Union,
    case,
    func,
    int_literal,
    select,
    sql_literal,
    text_literal,
)

MOST = 10_000
"""So many of those found are ranked."""
WEIGHTS = sql_literal("'{0.1,0.2,0.6,1}'::real[]")
"""Of a slip, of nothing, of texts, of names."""
NAMED = ("Person", "Organisation", "Country", "Place", "Summit", "Talks")
TOLD = ("Quote", "Event", "Invitation", "Source")


@dataclass(frozen=True)
class Found(Relation):
    """What was found, as entries by type and slug; `hits`: what is marked in them."""

    hits: Any = None


def search(row: Row, text: str, kind: list[SearchKind] | None = strawberry.UNSET) -> Rows:
    """What is found, best first; of too many, what has a name of its own is looked at first."""
    # looked for once; only of too many once more, by what has a name
    all_, either, found = (next(row.names) for _ in range(3))
    first = _found(row, text, kind)
    are_few = select(func.count()).select_from(all_).scalar() <= int_literal(MOST)
    each = [_found(row, text, kind, typenames).where(~are_few) for typenames in (NAMED, TOLD)]
    columns = [sql_literal(name, type_).label(name) for name, type_ in first.columns.items()]
    union = Union(select(*columns).select_from(all_).where(are_few), *each)
    # one more than is ranked, to know that there is more
    numbered = select(*columns, func.row_number().over().label("nth")).select_from(union.subquery(either))
    numbered.limit(MOST + 1).with_(all_, first)
    rows = row.find(Found(Table(found, numbered.columns), is_name=True, once=(found, numbered), hits=_query(text, 2)))
    rows.order = [(rows.row["rank"], True), (rows.row.typename, False), (rows.row.slug, False)]
    rows.order_name = "SearchConnection"
    return rows.where(rows.row.nth <= int_literal(MOST))


def _found(row: Row, asked: Any, kind: Any, typenames: tuple[str, ...] = ()) -> Select:
    """What is found, of some types or of all, with its rank."""
    rows = row.find(SEARCH_TEXT)
    found = rows.row
    if typenames:
        rows.where(found.lexemes.op("@@")(sql_literal(f"(SELECT ({asked})[1] && {of_types(typenames)})")))
    else:
        # to say the types in the query too would make the index read all that there is of them
        rows.where(
            found.lexemes.op("@@")(_query(asked, 1)),
            found.typename.in_([text_literal(name) for name in (*NAMED, *TOLD)]),
        )
    if kind is not strawberry.UNSET:
        rows.where(among(found.typename, kind))
    rank = _rank(found.lexemes, asked).label("rank")
    return rows.query(found.typename.label("typename"), found.slug.label("slug"), rank).limit(MOST + 1)


def _query(asked: Any, place: int) -> Expression:
    """One of the queries: taken out of the array once, not for every row."""
    return sql_literal(f"(SELECT ({asked})[{place}])")


def _rank(lexemes: Expression, asked: Any) -> Expression:
    """A name that is spelt just so counts two, one that is folded just so one; all else is less than one.

    Where nothing hits but slips and beginnings, less than a tenth.
    """
    hits, forms, spelt, folded = (_query(asked, place) for place in range(2, 6))
    matches = lexemes.op("@@")
    of_name = case((matches(spelt), int_literal(2)), (matches(folded), int_literal(1)), else_=int_literal(0))
    whole, part = (func.ts_rank(WEIGHTS, lexemes, query) for query in (forms, hits))
    score = case((matches(forms), whole * sql_literal("0.9")), else_=part * sql_literal("0.09"))
    return (of_name + score).cast("float8")


def _is_exact(rows: Rows) -> Expression:
    return ~rows.row.find(Relation(rows.row.relation.table), lambda found: found.nth > int_literal(MOST)).exist()


def _counts(rows: Rows) -> Rows:
    kind = func.upper(rows.row.typename).label("kind")
    counted = rows.query(kind, func.count().label("count")).group_by(sql_literal("1"))
    found = rows.row.find(Relation(counted.subquery()))
    return found.ordered(found.row.kind)


def _matched(row: Row) -> Rows:
    """The pieces of the text of an entry that was found."""
    searched: Any = row.relation
    day = FOREVER if row.as_of is None else row.as_of
    pieces = f"search_matched({row.typename}, {row.slug}, {day}, {searched.hits})"
    types = {"place": "integer", "text": "text", "is_hit": "boolean"}
    columns = [sql_literal(name, type_).label(name) for name, type_ in types.items()]
    found = row.find(Relation(select(*columns).select_from(pieces).subquery()))
    return found.ordered(found.row.place)


SearchResult = Annotated[
    Person | Organisation | Country | Place | Summit | Talks | Quote | Event | Invitation | Source,
    strawberry.union("SearchResult", description="What a search finds."),
]


@strawberry.type(description="A piece of the text that was found.")
class MatchPart:
    text: str = column("The piece, as it stands in the text.")
    is_hit: bool = column("Whether it is what was looked for.")


@strawberry.type(description="What was found, in a list.")
class SearchEdge:
    cursor: str = column(CURSOR)
    node: SearchResult = column(NODE)
    score: float = sql(
        lambda row: func.round(row["rank"].cast("numeric"), int_literal(6)),
        "How well it matches: at least 2 where a name is spelt so, at least 1 where it is spelt otherwise, else less.",
    )
    matched: list[MatchPart] = sql(
        _matched,
        "The text that was found, in pieces: those that hit and those between.",
        rows=12,
        price=Price(80.0),
    )


@strawberry.type(description="What a search finds, best first.")
class SearchConnection:
    edges: list[SearchEdge] = column(EDGES)
    nodes: list[SearchResult] = column(NODES)
    page_info: PageInfo = column(PAGE_INFO)
    total_count: int = column("How many were found, exact up to 10,000.")
    total_is_exact: bool = sql(
        _is_exact, "False where more than 10,000 were found: the ranking then looks at 10,000 of them."
    )
    counts: list[KindCount] = sql(
        _counts, "How many were found of each kind: for the tabs over a page of results.", rows=10
    )
