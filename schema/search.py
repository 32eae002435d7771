"""Search: entries whose texts match, best match first."""

from collections.abc import Iterator, Mapping, Sequence
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
from schema.sources import Source
from schema.sql.relations import FOREVER, SEARCH_TEXT, among
from schema.sql.search_texts import shares_on_day, texts_of_share
from service.planner.cost import Price
from service.planner.fields import column, sql
from service.planner.relations import Relation, Row, Rows
from service.sql import (
    OPERATOR,
    Column,
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
from service.store.search.shares import CALLED, HIDDEN, NAMED, UNNAMED

MAX_RANKED = 10_000
"""Maximum number of matches that are ranked."""
WEIGHTS = sql_literal("'{0.1,0.15,0.6,1}'::real[]")
"""Weights of typing errors, of what is reported around an entry, of its own texts and of its names."""
require_each([typename.upper() for typename in (*NAMED, *UNNAMED)], "service/store/tables/search.py", SearchKind)

FEW = 100
"""If fewer entries have all the words, entries with most of them are searched for too."""
MOST_WITH_SOME = 10_000
"""Maximum number of entries with some of the words among which those with most are looked for."""
NO_NAME = int_literal(0)
QUERIES = ("all_words", "hits", "forms", "spelt", "folded", "called", "any_word", "typed")
"""The queries of SearchQueries in order. One for each word follows, then one for each word without typing errors."""


KEY = ("typename", "slug", "known_from")
"""Key of a row of search_text."""


@dataclass(frozen=True)
class SearchRelation(Relation):
    """Matches, as entries by type and slug; `queries`: the search queries; `words`: the number of words.

    `is_exact`: whether all candidates were looked at.
    """

    queries: Any = None
    words: Any = None
    is_exact: Any = None


def search(row: Row, text: str, kind: list[SearchKind] | None = strawberry.UNSET) -> Rows:
    """Matches, best first: entries with all the words, then with most; of too many, those with names are ranked."""
    all_, some, most = (next(row.aliases) for _ in range(3))
    with_all = _all_words_query(row, text, kind)
    columns = [sql_literal(name, type_).label(name) for name, type_ in with_all.columns.items()]
    count = _count_matches(row, text, all_ if kind is strawberry.UNSET else "")
    with_some = _some_words_query(row, text, count)
    with_most = _most_words_query(row, text, kind, count, some, all_)
    ranked = select(*columns).select_from(all_).limit(MAX_RANKED)
    found = Union(ranked, select(*columns).select_from(most)).subquery()
    relation = SearchRelation(
        found,
        is_reference=True,
        ctes=((all_, with_all), (some, with_some), (most, with_most)),
        queries=text,
        words=_words(text),
        is_exact=and_(_is_within(MAX_RANKED, all_), _is_within(MOST_WITH_SOME - 1, some)),
    )
    rows = row.find(relation)
    rows.order = [(rows.row["rank"], True), (rows.row.typename, False), (rows.row.slug, False)]
    rows.order_name = "SearchConnection"
    return rows


def _is_within(most: int, found: str) -> Expression:
    return sql_literal(f"(SELECT count(*) FROM {found})") <= int_literal(most)


def _all_words_query(row: Row, queries: Any, kind: Any) -> Select:
    """Entries with all the words, with their rank: first those called exactly this, then share by share."""
    whole, all_words = _whole_name(queries), _query(queries, "all_words")
    others = sql_literal(f"(SELECT {all_words} && !!{whole})")
    arms = [_read_ranked(texts, _of_name(texts.row, queries)) for texts in _results(row, whole, kind)]
    arms += [_read_ranked(texts) for texts in _results(row, others, kind)]
    # in the order they come, so that no share is read needlessly; one more than is found, to know that there are more
    union = Union(*arms).subquery(next(row.aliases))
    read = select(*_columns(union)).select_from(union).limit(MAX_RANKED + 1)
    return _rank(row, read, queries, _words(queries))


def _results(row: Row, wanted: Expression, kind: Any = strawberry.UNSET) -> Iterator[Rows]:
    """The texts of results that match a query, share by share."""
    for share in shares_on_day(row):
        if share.typenames == HIDDEN:
            continue
        texts = texts_of_share(row, wanted, share)
        if kind is not strawberry.UNSET:
            types = sql_literal(f"'{{{','.join(share.typenames)}}}'::text[]")
            # a share without any of the requested kinds is not read at all
            texts.where(sql_literal(f"{kind} && {types}"), among(texts.row.typename, kind))
        yield texts


def _whole_name(queries: Any) -> Expression:
    """Query for entries with exactly this name, title or wording."""
    spelt, folded = (QUERIES.index(name) + 1 for name in ("spelt", "folded"))
    return sql_literal(f"(SELECT ({queries})[{spelt}] || ({queries})[{folded}])")


def _some_words_query(row: Row, queries: Any, count: Expression) -> Select:
    """Keys of entries that have some or all of the words, with how many they have; empty if many entries have all.

    `count`: how many entries of any kind have all the words, so that the matches of one kind do not depend on which
    kinds are requested.
    """
    arms = []
    for texts in _results(row, _query(queries, "any_word")):
        texts.where(count < int_literal(FEW), or_(_words(queries) > int_literal(2), count == int_literal(0)))
        read = _read_lexemes(texts, KEY).subquery(next(row.aliases))
        text = _lexemes(read)
        arms.append(select(*_columns(read, KEY), _matched_words(queries, text).label("matched")).select_from(read))
    columns = [sql_literal(name) for name in (*KEY, "matched")]
    return select(*columns).select_from(Union(*arms).subquery(next(row.aliases))).limit(MOST_WITH_SOME)


def _most_words_query(row: Row, queries: Any, kind: Any, count: Expression, some: str, all_: str) -> Select:
    """Of the entries with some of the words that are not among those with all: those with two thirds of the words or
    otherwise the most, with their rank.
    """
    least, matched = sql_literal(f"((2 * {_words(queries)} + 2) / 3)", "integer"), sql_literal("matched", "bigint")
    most = select(func.max(matched)).select_from(some).scalar()
    enough = case((count == int_literal(0), func.least(least, most)), else_=least)
    having = select(*map(sql_literal, KEY)).select_from(some).where(matched >= enough)
    rows = row.find(SEARCH_TEXT)
    rows.where(row_of([rows.row[name] for name in KEY]).in_(having))
    found = select(sql_literal("typename"), sql_literal("slug")).select_from(all_)
    rows.where(~row_of([rows.row.typename, rows.row.slug]).in_(found))
    if kind is not strawberry.UNSET:
        rows.where(among(rows.row.typename, kind))
    read = _read_ranked(rows)
    return _rank(row, read, queries, _matched_words(queries, sql_literal("lexemes", "tsvector")))


def _count_matches(row: Row, queries: Any, matches: str) -> Expression:
    """How many entries have all the words, counted up to FEW; `matches`: names these entries, if every kind is
    searched.
    """
    one = sql_literal("1").label("one")
    if matches:
        ones = select(one).select_from(matches)
    else:
        found = Union(*(texts.query(one) for texts in _results(row, _query(queries, "all_words"))))
        ones = select(one).select_from(found.subquery(next(row.aliases)))
    return select(func.count()).select_from(ones.limit(FEW).subquery(next(row.aliases))).scalar()


def _of_name(text: Row, queries: Any) -> Expression:
    """2 for a name that is spelt exactly like this, 1 for one that is the same when folded."""
    return case((_matches(text.lexemes, _query(queries, "spelt")), int_literal(2)), else_=int_literal(1))


def _read_ranked(rows: Rows, of_name: Expression = NO_NAME) -> Select:
    return _read_lexemes(
        rows, ("typename", "slug"), _prominence(rows.row).label("prominence"), of_name.label("of_name")
    )


def _prominence(text: Row) -> Expression:
    """How well known the entry is on the day it is seen from."""
    if text.as_of is None:
        return text.prominence
    on_day = f"({text.former_prominences})[width_bucket({text.as_of}, {text.risen_on}) + 1]"
    return func.coalesce(sql_literal(on_day), text.prominence).with_type("real")


def _read_lexemes(rows: Rows, names: Sequence[str], *further: Column) -> Select:
    """Columns of the rows with their text, which is detoasted once for all uses."""
    # deleting nothing passes the value on as it was read, whereas each use of the column would read it again
    text = func.ts_delete(rows.row.lexemes, sql_literal("''")).with_type("tsvector").label("lexemes")
    columns = [rows.row[name].label(name) for name in names]
    return rows.query(*columns, *further, text).with_fence()


def _lexemes(read: Table) -> Expression:
    return sql_literal(f"{read.name}.lexemes", "tsvector")


def _columns(read: Table, names: Sequence[str] = ()) -> list[Any]:
    """Columns of a table under their own names; all of them if no names are given."""
    return [sql_literal(f"{read.name}.{name}", read.columns[name]).label(name) for name in names or read.columns]


def _matches(text: Expression, query: Expression) -> Expression:
    return text.op("@@", "boolean")(query)


def _matched_words(queries: Any, text: Expression) -> Expression:
    """How many of the words a text has without a typing error."""
    return sql_literal(f"(SELECT count(*) FROM {_spelt_words(queries)} WHERE {text} @@ word)", "bigint")


def _spelt_words(queries: Any) -> str:
    """One query for each of the words, without typing errors."""
    return f"unnest(({queries})[{len(QUERIES) + 1} + {_words(queries)} :]) AS word"


def _rank(row: Row, read: Select, queries: Any, matched: Expression) -> Select:
    """The rows that were read, by type and slug, with the number of words that each has and its rank."""
    texts = read.subquery(next(row.aliases))
    whole = func.ts_rank(WEIGHTS, _lexemes(texts), _query(queries, "forms")).label("whole")
    counted = select(*_columns(texts), matched.label("matched"), whole).select_from(texts).with_fence()
    each = counted.subquery(next(row.aliases))
    columns = {name: sql_literal(f"{each.name}.{name}", type_) for name, type_ in each.columns.items()}
    share = f"({columns['matched']}::float8 * 0.5::float8 + {_relevance(columns, queries)} * 0.49::float8)"
    rank = (columns["of_name"] + sql_literal(f"{share} / {_words(queries)}::float8", "", OPERATOR)).with_type("float8")
    named = [columns[name].label(name) for name in ("typename", "slug", "matched")]
    return select(*named, rank.label("rank")).select_from(each)


def _query(queries: Any, name: str) -> Expression:
    """Select one of the queries as a scalar subquery, which PostgreSQL evaluates once rather than for every row."""
    return sql_literal(f"(SELECT ({queries})[{QUERIES.index(name) + 1}])")


def _words(queries: Any) -> Expression:
    """Number of words searched for."""
    return sql_literal(f"(SELECT (cardinality({queries}) - {len(QUERIES)}) / 2)", "integer")


def _relevance(columns: Mapping[str, Expression], queries: Any) -> Expression:
    """How well the entry matches, 0 to 1.

    Entries that are called this are ranked by how well known they are, and hardly by how often their names contain the
    words. If only typing errors and beginnings match, the result is less than 0.05 times the lowest prominence, which
    any match of a word reaches.
    """
    has_names = columns["typename"].in_(CALLED)
    whole, part = columns["whole"], func.ts_rank(WEIGHTS, columns["lexemes"], _query(queries, "hits"))
    is_called = and_(has_names, _matches(columns["lexemes"], _query(queries, "called")))
    match = case(
        (is_called, _share(0.98, whole, 0.02)),
        (whole > int_literal(0), _share(0.05, whole, 0.45)),
        (has_names, _share(0.01, part, 0.01)),
        else_=_share(0.0, part, 0.01),
    )
    return match * columns["prominence"]


def _share(least: float, rank: Expression, weight: float) -> Expression:
    return sql_literal(f"({least}::float8 + {rank} * {weight}::float8)", "float8")


def _has_all(row: Row) -> Expression:
    relation: Any = row.relation
    words: Expression = relation.words
    return row.matched == words


def _is_similar(row: Row) -> Expression:
    """Whether the entry has everything searched for, but only with a typing error (a lexeme of weight D)."""
    relation: Any = row.relation
    texts = row.find(SEARCH_TEXT, lambda text: and_(text.typename == row.typename, text.slug == row.slug))
    own = texts.row.lexemes
    exact = func.ts_filter(own, sql_literal("'{a,b,c}'::\"char\"[]")).with_type("tsvector")
    # the first letters used to look up beginnings have no weight, so each word is queried separately
    words = _spelt_words(relation.queries)
    lacks_one = sql_literal(f"EXISTS (SELECT FROM {words} WHERE NOT {own} @@ word)", "boolean")
    all_words = _query(relation.queries, "all_words")
    texts.where(_matches(own, all_words), lacks_one, ~_matches(exact, all_words))
    return texts.exist()


def _is_exact(rows: Rows) -> Expression:
    relation: Any = rows.row.relation
    is_exact: Expression = relation.is_exact
    return is_exact


def _counts(rows: Rows) -> Rows:
    kind = func.upper(rows.row.typename).label("kind")
    counted = rows.query(kind, func.count().label("count")).group_by(sql_literal("1"))
    kinds = rows.row.find(Relation(counted.subquery()))
    return kinds.order_by(kinds.row.kind)


def _match_parts(row: Row) -> Rows:
    """The pieces of the text of an entry that was found."""
    relation: Any = row.relation
    day = FOREVER if row.as_of is None else row.as_of
    queries = f"({relation.queries})[: {len(QUERIES)} + {relation.words}]"
    pieces = f"search_matched({row.typename}, {row.slug}, {day}, {queries})"
    types = {"place": "integer", "text": "text", "is_hit": "boolean"}
    columns = [sql_literal(name, type_).label(name) for name, type_ in types.items()]
    parts = row.find(Relation(select(*columns).select_from(pieces).subquery()))
    return parts.order_by(parts.row.place)


SearchResult = Annotated[
    Person | Organisation | Country | Place | Summit | Talks | Quote | Event | Invitation | Agreement | Source,
    strawberry.union("SearchResult", description="An entry that a search finds."),
]


@strawberry.type(description="A piece of the text in which the match was found.")
class MatchPart:
    text: str = column("The piece, as it appears in the text.")
    is_hit: bool = column("Whether the piece matches the search.")


@strawberry.type(description="A search result.")
class SearchEdge(Edge[SearchResult]):
    score: float = sql(
        lambda row: func.round(row["rank"].cast("numeric"), int_literal(6)),
        "How well the entry matches: at least 2 if a name is spelt exactly like the text, at least 1 if a name "
        "matches in another spelling, otherwise less.",
    )
    matched_words: int = sql(
        lambda row: row.matched,
        "Number of the search words that the entry has, in any form. A phrase or a day in figures counts as one word, "
        "and so do alternatives with `or`.",
    )
    has_all_words: bool = sql(
        _has_all,
        "Whether the entry has all the search words. Entries that do come first, then those that have most of them.",
    )
    is_similar: bool = sql(
        _is_similar,
        "Whether the entry has all the words, but not all of them as spelt in the text, for instance after a typing "
        "error: `Pomepo` for Pompeo.",
        price=Price(40.0),
    )
    matched: list[MatchPart] = sql(
        _match_parts,
        "The text that was found, split into pieces that match and the pieces between them.",
        rows=12,
        price=Price(80.0),
    )


@strawberry.type(description="Search results, best match first.")
class SearchConnection(Connection[SearchResult]):
    edges: list[SearchEdge] = column(EDGES)  # type: ignore[assignment]
    total_count: int = column("Number of matches, exact up to 10,000.")
    total_is_exact: bool = sql(
        _is_exact,
        "False if more than 10,000 entries match, or if few have all the words and more than 10,000 have some of "
        "them. In that case only 10,000 are ranked, those with names first.",
    )
    counts: list[KindCount] = sql(
        _counts, "Number of matches of each kind, for tabs above the search results.", rows=10
    )
