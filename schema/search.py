"""Search: what texts of the register match, best first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import strawberry

from schema.actors import Country, Organisation, Person
from schema.agreements import Agreement
from schema.connections import EDGES, Connection, Edge
from schema.dataset import KindCount
from schema.events import Event
from schema.invitations import Invitation
from schema.meetings import Summit, Talks
from schema.places import Place
from schema.quotes import Quote
from schema.relations import FOREVER, SEARCH_TEXT, among, of_types
from schema.sources import Source
from service.planner.cost import Price
from service.planner.fields import column, sql
from service.planner.rows import Relation, Row, Rows
from service.sql import (
    OPERATOR,
    Expression,
    Select,
    Table,
    Union,
    and_,
    case,
    func,
    int_literal,
    or_,
    row_of,
    select,
    sql_literal,
)
from service.store.enums import SearchKind, require_each
from service.store.kinds import typenames_where

MAX_RANKED = 10_000
"""So many of those found are ranked."""
WEIGHTS = sql_literal("'{0.1,0.15,0.6,1}'::real[]")
"""Of a slip, of what is told around an entry, of its own texts, of its names."""
CALLED = ("Person", "Organisation", "Country", "Place")
"""What goes by names that the sources give."""
NAMED = (*CALLED, *typenames_where(lambda kind: kind.search.is_result and kind.is_named))
UNNAMED = (*typenames_where(lambda kind: kind.search.is_result and not kind.is_named), "Source")
require_each([typename.upper() for typename in (*NAMED, *UNNAMED)], "NAMED and UNNAMED of schema/search.py", SearchKind)


FEW = 100
"""Where fewer have all the words, those with most of them are looked for too."""
QUERIES = ("all_words", "hits", "forms", "spelt", "folded", "called", "any_word", "typed")
"""The queries of SearchQueries in their order; one for each of the words follows."""


KEY = ("typename", "slug", "known_from")
"""What a row of search_text is known by."""


@dataclass(frozen=True)
class SearchRelation(Relation):
    """What was found, as entries by type and slug; `queries`: what is looked for; `words`: how many there are."""

    queries: Any = None
    words: Any = None


def search(row: Row, text: str, kind: list[SearchKind] | None = strawberry.UNSET) -> Rows:
    """What is found, best first: what has all the words, then what has most; of too many, what has a name is ranked."""
    # looked for once; only of too many once more, by what has a name
    all_, some, either, hits = (next(row.aliases) for _ in range(4))
    with_all = _all_words_query(row, text, kind)
    are_few = select(func.count()).select_from(all_).scalar() <= int_literal(MAX_RANKED)
    each = [_all_words_query(row, text, kind, typenames).where(~are_few) for typenames in (NAMED, UNNAMED)]
    columns = [sql_literal(name, type_).label(name) for name, type_ in with_all.columns.items()]
    count = _count_matches(row, text, all_ if kind is strawberry.UNSET else "")
    with_some, with_most = _some_words_query(row, text, count), _most_words_query(row, text, kind, count, some)
    union = Union(select(*columns).select_from(all_).where(are_few), *each, with_most)
    # one more than is ranked, to know that there is more
    numbered = select(*columns, func.row_number().over().label("nth")).select_from(union.subquery(either))
    numbered.limit(MAX_RANKED + 1).with_(some, with_some).with_(all_, with_all)
    relation = SearchRelation(
        Table(hits, numbered.columns), is_reference=True, cte=(hits, numbered), queries=text, words=_words(text)
    )
    rows = row.find(relation)
    rows.order = [(rows.row["rank"], True), (rows.row.typename, False), (rows.row.slug, False)]
    rows.order_name = "SearchConnection"
    return rows.where(rows.row.nth <= int_literal(MAX_RANKED))


def _all_words_query(row: Row, queries: Any, kind: Any, typenames: tuple[str, ...] = ()) -> Select:
    """What has all the words, of some types or of all, with its rank."""
    rows = row.find(SEARCH_TEXT)
    text = rows.row
    if typenames:
        rows.where(text.lexemes.op("@@")(sql_literal(f"(SELECT ({queries})[1] && {of_types(typenames)})")))
    else:
        rows.where(text.lexemes.op("@@")(_query(queries, "all_words")), _is_result(text))
    if kind is not strawberry.UNSET:
        rows.where(among(text.typename, kind))
    return _rank_rows(rows, queries, lambda _: _words(queries)).limit(MAX_RANKED + 1)


def _some_words_query(row: Row, queries: Any, count: Expression) -> Select:
    """What has some of the words and not all, by its key, with how many it has; nothing where many have all.

    `count`: how many have all, of whatever kind, so that what is found of one kind does not depend on which are asked
    for.
    """
    rows = row.find(SEARCH_TEXT)
    candidate = rows.row
    rows.where(candidate.lexemes.op("@@")(_query(queries, "any_word")), _is_result(candidate))
    rows.where(count < int_literal(FEW), or_(_words(queries) > int_literal(2), count == int_literal(0)))
    read, text = _read_lexemes(rows, *(candidate[name].label(name) for name in KEY))
    key = [sql_literal(f"{read.name}.{name}").label(name) for name in KEY]
    some = select(*key, _matched_words(queries, text).label("matched")).select_from(read)
    return some.where(~text.op("@@", "boolean")(_query(queries, "all_words"))).limit(MAX_RANKED)


def _most_words_query(row: Row, queries: Any, kind: Any, count: Expression, some: str) -> Select:
    """Of what has some of the words what has two in three of them, or the most that anything has, with its rank."""
    least, matched = sql_literal(f"((2 * {_words(queries)} + 2) / 3)", "integer"), sql_literal("matched", "bigint")
    most = select(func.max(matched)).select_from(some).scalar()
    enough = case((count == int_literal(0), func.least(least, most)), else_=least)
    having = select(*map(sql_literal, KEY)).select_from(some).where(matched >= enough)
    rows = row.find(SEARCH_TEXT)
    rows.where(row_of([rows.row[name] for name in KEY]).in_(having))
    if kind is not strawberry.UNSET:
        rows.where(among(rows.row.typename, kind))
    return _rank_rows(rows, queries, lambda text: _matched_words(queries, text))


def _count_matches(row: Row, queries: Any, matches: str) -> Expression:
    """How many have all the words, counted up to FEW; `matches`: names those, where every kind is looked for."""
    one = sql_literal("1").label("one")
    if matches:
        ones = select(one).select_from(matches)
    else:
        rows = row.find(SEARCH_TEXT)
        rows.where(rows.row.lexemes.op("@@")(_query(queries, "all_words")), _is_result(rows.row))
        ones = rows.query(one)
    return select(func.count()).select_from(ones.limit(FEW).subquery(next(row.aliases))).scalar()


def _is_result(candidate: Row) -> Expression:
    """To say the types in the query too would make the index read all that there is of them."""
    return candidate.typename.in_((*NAMED, *UNNAMED))


def _read_lexemes(rows: Rows, *columns: Expression) -> tuple[Table, Expression]:
    """The rows with their text, taken out of where the table keeps it once for all that is asked of it."""
    # to take nothing away hands on the value as it was read, where each use of the column would read it anew
    text = func.ts_delete(rows.row.lexemes, sql_literal("''")).with_type("tsvector").label("lexemes")
    read = rows.query(*columns, text).with_fence().subquery(next(rows.row.aliases))
    return read, sql_literal(f"{read.name}.lexemes", "tsvector")


def _matched_words(queries: Any, text: Expression) -> Expression:
    """How many of the words a text has."""
    matched = f"SELECT count(*) FROM unnest(({queries})[{len(QUERIES) + 1}:]) AS word WHERE {text} @@ word"
    return sql_literal(f"({matched})", "bigint")


def _rank_rows(rows: Rows, queries: Any, matched: Callable[[Expression], Expression]) -> Select:
    """The rows by type and slug, with how many of the words each has and its rank."""
    candidate = rows.row
    read, text = _read_lexemes(rows, *(candidate[name].label(name) for name in ("typename", "slug", "prominence")))
    kept = [sql_literal(f"{read.name}.{name}", type_).label(name) for name, type_ in read.columns.items()]
    whole = func.ts_rank(WEIGHTS, text, _query(queries, "forms")).label("whole")
    counted = select(*kept, matched(text).label("matched"), whole).select_from(read).with_fence()
    each = counted.subquery(next(candidate.aliases))
    columns = {name: sql_literal(f"{each.name}.{name}", type_) for name, type_ in each.columns.items()}
    of_name, relevance = _relevance(columns, queries)
    share = sql_literal(f"({columns['matched']} * 0.5 + {relevance} * 0.49) / {_words(queries)}", "", OPERATOR)
    rank = (of_name + share).cast("float8")
    named = [columns[name].label(name) for name in ("typename", "slug", "matched")]
    return select(*named, rank.label("rank")).select_from(each)


def _query(queries: Any, name: str) -> Expression:
    """One of the queries: taken out of the array once, not for every row."""
    return sql_literal(f"(SELECT ({queries})[{QUERIES.index(name) + 1}])")


def _words(queries: Any) -> Expression:
    """How many words are looked for."""
    return sql_literal(f"(SELECT cardinality({queries}) - {len(QUERIES)})", "integer")


def _relevance(columns: Mapping[str, Expression], queries: Any) -> tuple[Expression, Expression]:
    """2 for a name that is spelt just so, 1 for one that is folded just so, else 0; and how well it matches, 0 to 1.

    Where nothing hits but slips and beginnings, that is less than a tenth; the rank of what is well known is more.
    """
    hits, spelt, folded, called = (_query(queries, name) for name in ("hits", "spelt", "folded", "called"))
    matches, whole = columns["lexemes"].op("@@", "boolean"), columns["whole"]
    of_name = case((matches(spelt), int_literal(2)), (matches(folded), int_literal(1)), else_=int_literal(0))
    half, tenth = sql_literal("0.5"), sql_literal("0.1")
    part = func.ts_rank(WEIGHTS, columns["lexemes"], hits)
    match = case((whole > int_literal(0), tenth + whole * sql_literal("0.9")), else_=part * tenth)
    is_called = and_(columns["typename"].in_(CALLED), matches(called))
    relevance = (case((is_called, half), else_=int_literal(0)) + match * half) * columns["prominence"]
    return of_name, relevance


def _has_all(row: Row) -> Expression:
    relation: Any = row.relation
    words: Expression = relation.words
    return row.matched == words


def _is_exact(rows: Rows) -> Expression:
    return ~rows.row.find(Relation(rows.row.relation.table), lambda each: each.nth > int_literal(MAX_RANKED)).exist()


def _counts(rows: Rows) -> Rows:
    kind = func.upper(rows.row.typename).label("kind")
    counted = rows.query(kind, func.count().label("count")).group_by(sql_literal("1"))
    kinds = rows.row.find(Relation(counted.subquery()))
    return kinds.order_by(kinds.row.kind)


def _match_parts(row: Row) -> Rows:
    """The pieces of the text of an entry that was found."""
    relation: Any = row.relation
    day = FOREVER if row.as_of is None else row.as_of
    pieces = f"search_matched({row.typename}, {row.slug}, {day}, {relation.queries})"
    types = {"place": "integer", "text": "text", "is_hit": "boolean"}
    columns = [sql_literal(name, type_).label(name) for name, type_ in types.items()]
    parts = row.find(Relation(select(*columns).select_from(pieces).subquery()))
    return parts.order_by(parts.row.place)


SearchResult = Annotated[
    Person | Organisation | Country | Place | Summit | Talks | Quote | Event | Invitation | Agreement | Source,
    strawberry.union("SearchResult", description="What a search finds."),
]


@strawberry.type(description="A piece of the text that was found.")
class MatchPart:
    text: str = column("The piece, as it stands in the text.")
    is_hit: bool = column("Whether it is what was looked for.")


@strawberry.type(description="What was found, in a list.")
class SearchEdge(Edge[SearchResult]):
    score: float = sql(
        lambda row: func.round(row["rank"].cast("numeric"), int_literal(6)),
        "How well it matches: at least 2 where a name is spelt so, at least 1 where it is spelt otherwise, else less.",
    )
    matched_words: int = sql(
        lambda row: row.matched,
        "How many of the words looked for it has, in any form; a phrase, and alternatives with `or`, count as one.",
    )
    has_all_words: bool = sql(
        _has_all, "Whether it has all of them: those that have come first, then those that have most of them."
    )
    matched: list[MatchPart] = sql(
        _match_parts,
        "The text that was found, in pieces: those that hit and those between.",
        rows=12,
        price=Price(80.0),
    )


@strawberry.type(description="What a search finds, best first.")
class SearchConnection(Connection[SearchResult]):
    edges: list[SearchEdge] = column(EDGES)  # type: ignore[assignment]
    total_count: int = column("How many were found, exact up to 10,000.")
    total_is_exact: bool = sql(
        _is_exact, "False where more than 10,000 were found: the ranking then looks at 10,000 of them."
    )
    counts: list[KindCount] = sql(
        _counts, "How many were found of each kind: for the tabs over a page of results.", rows=10
    )
