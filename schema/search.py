"""Search: what texts of the register match, best first."""

from dataclasses import dataclass
from typing import Annotated, Any

import strawberry
from sqlalchemy import Float, Numeric, and_, case, cast, func, or_, select, table, union_all
from sqlalchemy import column as sqlcolumn
from sqlalchemy import text as sqltext

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
from service.planner.fields import column, sql
from service.planner.rows import Relation, Row, Rows
from service.planner.sql import Expression, number, raw, word

MOST = 10_000
"""So many of those found are ranked."""
WEIGHTS = raw("'{0.1,0.15,0.6,1}'::real[]")
"""Of a slip, of what is told around an entry, of its own texts, of its names."""
CALLED = ("Person", "Organisation", "Country", "Place")
"""What goes by names that the sources give."""
NAMED = (*CALLED, "Summit", "Talks")
TOLD = ("Quote", "Event", "Invitation", "Source")


FEW = 100
"""Where fewer have all the words, those with most of them are looked for too."""
QUERIES = ("all_words", "hits", "forms", "spelt", "folded", "called", "any_word")
"""The queries of SearchQueries in their order; one for each of the words follows."""


@dataclass(frozen=True)
class Found(Relation):
    """What was found, as entries by type and slug; `hits`: what is marked in them; `words`: how many there are."""

    hits: Any = None
    words: Any = None


def search(row: Row, text: str, kind: list[SearchKind] | None = strawberry.UNSET) -> Rows:
    """What is found, best first: what has all the words, then what has most; of too many, what has a name is ranked."""
    # looked for once; only of too many once more, by what has a name
    all_ = _with_all(row, text, kind).cte(next(row.names), nesting=True)
    are_few = select(func.count()).select_from(all_).scalar_subquery() <= number(MOST)
    each = [_with_all(row, text, kind, typenames).where(~are_few) for typenames in (NAMED, TOLD)]
    some = _with_some(row, text, kind, _how_many(row, text, all_ if kind is strawberry.UNSET else None))
    either = union_all(select(*all_.c).where(are_few), *each, some).subquery()
    # one more than is ranked, to know that there is more
    numbered = select(*either.c, func.row_number().over().label("nth")).limit(number(MOST + 1))
    found = numbered.cte(next(row.names))
    columns = table(found.name, *(sqlcolumn(each.name, each.type) for each in found.c))
    rows = row.find(Found(columns, is_name=True, once=found, hits=_query(text, "hits"), words=_words(text)))
    rows.order = [(rows.row.rank, True), (rows.row.typename, False), (rows.row.slug, False)]
    rows.order_name = "SearchConnection"
    return rows.where(rows.row.nth <= number(MOST))


def _with_all(row: Row, asked: Any, kind: Any, typenames: tuple[str, ...] = ()) -> Any:
    """What has all the words, of some types or of all, with its rank."""
    rows = row.find(SEARCH_TEXT)
    found = rows.row
    if typenames:
        rows.where(found.lexemes.op("@@")(raw(f"(SELECT ({asked})[1] && {of_types(typenames)})")))
    else:
        rows.where(found.lexemes.op("@@")(_query(asked, "all_words")), _is_found(found))
    if kind is not strawberry.UNSET:
        rows.where(among(found.typename, kind))
    return _ranked(rows, asked, _words(asked)).limit(number(MOST + 1))


def _with_some(row: Row, asked: Any, kind: Any, count: Any) -> Any:
    """What has most of the words where few have all: two in three of them, or the most that anything has.

    `count`: how many have all, of whatever kind, so that what is found of one kind does not depend on which are asked.
    """
    words, least = _words(asked), raw(f"((2 * {_words(asked)} + 2) / 3)")
    rows = row.find(SEARCH_TEXT)
    found = rows.row
    rows.where(found.lexemes.op("@@")(_query(asked, "any_word")), _is_found(found))
    rows.where(raw(f"NOT {found.lexemes} @@ {_query(asked, 'all_words')}"))
    rows.where(count < number(FEW), or_(words > number(2), count == number(0)))
    query = raw(f"(SELECT count(*) FROM unnest(({asked})[{len(QUERIES) + 1}:]) AS word WHERE {found.lexemes} @@ word)")
    some = _ranked(rows, asked, query).limit(number(MOST)).cte(next(row.names), nesting=True)
    most = select(func.max(some.c.matched)).scalar_subquery()
    enough = case((count == number(0), func.least(least, most)), else_=least)
    chosen = select(*some.c).where(some.c.matched >= enough)
    return chosen if kind is strawberry.UNSET else chosen.where(among(some.c.typename, kind))


def _how_many(row: Row, asked: Any, found: Any) -> Any:
    """How many have all the words, counted up to FEW; `found`: those, where they are looked for of every kind."""
    if found is not None:
        ones = select(raw("1").label("one")).select_from(found)
    else:
        rows = row.find(SEARCH_TEXT)
        rows.where(rows.row.lexemes.op("@@")(_query(asked, "all_words")), _is_found(rows.row))
        ones = select(raw("1").label("one")).select_from(rows.row.source()).where(*rows.all_conditions())
    return select(func.count()).select_from(ones.limit(number(FEW)).subquery()).scalar_subquery()


def _is_found(found: Row) -> Expression:
    """To say the types in the query too would make the index read all that there is of them."""
    return found.typename.in_([word(name) for name in (*NAMED, *TOLD)])


def _ranked(rows: Rows, asked: Any, matched: Expression) -> Any:
    """The rows by type and slug, with how many of the words each has and its rank."""
    found = rows.row
    counted = select(
        found.typename.label("typename"),
        found.slug.label("slug"),
        matched.label("matched"),
        *_relevance(found, asked),
    )
    each = counted.select_from(found.source()).where(*rows.all_conditions()).subquery(next(rows.row.names))
    columns = {name: raw(f"{each.name}.{name}") for name in ("typename", "slug", "matched", "of_name", "relevance")}
    share = (columns["matched"] * raw("0.5") + columns["relevance"] * raw("0.49")) / _words(asked)
    rank = cast(columns["of_name"] + share, Float)
    return select(
        *(columns[name].label(name) for name in ("typename", "slug", "matched")), rank.label("rank")
    ).select_from(each)


def _query(asked: Any, name: str) -> Expression:
    """One of the queries: taken out of the array once, not for every row."""
    return raw(f"(SELECT ({asked})[{QUERIES.index(name) + 1}])")


def _words(asked: Any) -> Expression:
    """How many words are looked for."""
    return raw(f"(SELECT cardinality({asked}) - {len(QUERIES)})")


def _relevance(found: Row, asked: Any) -> list[Expression]:
    """2 for a name that is spelt just so, 1 for one that is folded just so, else 0; and how well it matches, 0 to 1.

    Where nothing hits but slips and beginnings, that is less than a tenth; the rank of what is well known is more.
    """
    hits, forms, spelt, folded = (_query(asked, name) for name in QUERIES[1:5])
    matches = found.lexemes.op("@@")
    of_name = case((matches(spelt), number(2)), (matches(folded), number(1)), else_=number(0))
    whole, part = (func.ts_rank(WEIGHTS, found.lexemes, query) for query in (forms, hits))
    match = case((matches(forms), raw("0.1") + whole * raw("0.9")), else_=part * raw("0.1"))
    is_called = and_(found.typename.in_([word(name) for name in CALLED]), matches(_query(asked, "called")))
    relevance = (case((is_called, raw("0.5")), else_=number(0)) + match * raw("0.5")) * found.prominence
    return [of_name.label("of_name"), relevance.label("relevance")]


def _has_all(row: Row) -> Expression:
    searched: Any = row.relation
    words: Expression = searched.words
    return row.matched == words


def _is_exact(rows: Rows) -> Expression:
    return ~rows.row.find(Relation(rows.row.relation.table), lambda found: found.nth > number(MOST)).exist()


def _counts(rows: Rows) -> Rows:
    kind = func.upper(rows.row.typename).label("kind")
    counted = select(kind, func.count().label("count")).select_from(rows.row.source())
    found = rows.row.find(Relation(counted.where(*rows.all_conditions()).group_by(raw("1")).subquery()))
    return found.ordered(found.row.kind)


def _matched(row: Row) -> Rows:
    """The pieces of the text of an entry that was found."""
    searched: Any = row.relation
    day = FOREVER if row.as_of is None else row.as_of
    pieces = sqltext(f"search_matched({row.typename}, {row.slug}, {day}, {searched.hits})")
    columns = [raw(name).label(name) for name in ("place", "text", "is_hit")]
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
        lambda row: func.round(cast(row["rank"], Numeric), number(6)),
        "How well it matches: at least 2 where a name is spelt so, at least 1 where it is spelt otherwise, else less.",
    )
    matched_words: int = sql(
        lambda row: row.matched,
        "How many of the words looked for it has, in any form; a phrase, and alternatives with `or`, count as one.",
    )
    has_all_words: bool = sql(
        _has_all, "Whether it has all of them: those that have come first, then those that have most of them."
    )
    matched: list[MatchPart] = sql(_matched, "The text that was found, in pieces: those that hit and those between.")


@strawberry.type(description="What a search finds, best first.")
class SearchConnection:
    edges: list[SearchEdge] = column(EDGES)
    nodes: list[SearchResult] = column(NODES)
    page_info: PageInfo = column(PAGE_INFO)
    total_count: int = column("How many were found, exact up to 10,000.")
    total_is_exact: bool = sql(
        _is_exact, "False where more than 10,000 were found: the ranking then looks at 10,000 of them."
    )
    counts: list[KindCount] = sql(_counts, "How many were found of each kind: for the tabs over a page of results.")
