"""The peer: an idiomatic Strawberry server over the same tables, with dataloaders and SQLAlchemy's async ORM.

It is what a careful author would write: a loader for each relation, one query for each page, no transaction around a
single read, large columns left unread, documents parsed and validated once, orjson. It only has the fields that the
benchmark requests. `app` is for uvicorn's --factory; it reads DATABASE_URL.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Sequence
from datetime import date as Day
from typing import Any

import orjson
import strawberry
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.extensions import ParserCache, ValidationCache
from strawberry.types import Info

from bench.peers import strawberry_rows
from bench.peers.strawberry_rows import Loaders, Sessions
from service.store.search.query import parse_search

Context = dict[str, Loaders]
CONNECTIONS = 8
# some of its generic plans read all facts of a busy actor
SETTINGS = {"jit": "off", "plan_cache_mode": "force_custom_plan"}


def _loaders(info: Info[Context, None]) -> Loaders:
    return info.context["loaders"]


def _id(typename: str, slug: str) -> strawberry.ID:
    return strawberry.ID(base64.urlsafe_b64encode(f"{typename}:{slug}".encode()).decode().rstrip("="))


def _name(row: Any) -> str:
    name: str = row.names.get("en") or row.name
    return name


@strawberry.type
class EdtfDate:
    edtf: str
    label: str


async def _date(info: Info[Context, None], text: str | None) -> EdtfDate | None:
    if text is None:
        return None
    row = await _loaders(info).dates.load(text)
    return EdtfDate(edtf=row.text, label=row.labels["en"])


@strawberry.interface
class Actor:
    id: strawberry.ID
    slug: str
    name: str
    label: str


@strawberry.type
class Organisation(Actor):
    pass


@strawberry.type
class Country(Actor):
    code: str


@strawberry.type
class Person(Actor):
    is_leader: bool
    wikidata: str | None
    number: strawberry.Private[int]
    country_number: strawberry.Private[int | None]

    @strawberry.field
    async def country(self, info: Info[Context, None]) -> Country | None:
        found = await _actor(info, self.country_number)
        return found if isinstance(found, Country) else None

    @strawberry.field
    async def quotes(self, info: Info[Context, None], first: int = 20) -> QuoteConnection:
        return QuoteConnection.of(await _loaders(info).quotes_of(self.number, first + 1), first)


def _as_actor(row: Any) -> Actor:
    shared: dict[str, Any] = {"id": _id(row.typename, row.slug), "slug": row.slug}
    shared |= {"name": _name(row), "label": _name(row)}
    if row.typename == "Country":
        return Country(**shared, code=row.code)
    if row.typename == "Organisation":
        return Organisation(**shared)
    own: dict[str, Any] = {"is_leader": row.is_leader, "wikidata": row.wikidata}
    return Person(**shared, **own, number=row.id, country_number=row.country_id)


async def _actor(info: Info[Context, None], number: int | None) -> Actor | None:
    return None if number is None else _as_actor(await _loaders(info).actors.load(number))


@strawberry.type
class Place:
    slug: str
    name: str


@strawberry.type
class Involvement:
    role: str
    actor_number: strawberry.Private[int]

    @strawberry.field
    async def actor(self, info: Info[Context, None]) -> Actor:
        return _as_actor(await _loaders(info).actors.load(self.actor_number))


@strawberry.type
class PageInfo:
    has_next_page: bool


@strawberry.interface
class Meeting:
    slug: str
    name: str
    status: str
    phase: str
    outcome: str
    number: strawberry.Private[int]
    date_text: strawberry.Private[str | None]
    place_number: strawberry.Private[int | None]
    day: strawberry.Private[Day | None]

    @strawberry.field
    async def date(self, info: Info[Context, None]) -> EdtfDate | None:
        return await _date(info, self.date_text)

    @strawberry.field
    async def place(self, info: Info[Context, None]) -> Place | None:
        if self.place_number is None:
            return None
        row = await _loaders(info).places.load(self.place_number)
        return Place(slug=row.slug, name=_name(row))

    @strawberry.field
    async def participants(self, info: Info[Context, None]) -> list[Involvement]:
        rows = await _loaders(info).participants.load((self.number, self.day))
        return [Involvement(role=row.role, actor_number=row.actor_id) for row in rows]


@strawberry.type
class Summit(Meeting):
    pass


@strawberry.type
class Talks(Meeting):
    pass


def _as_meeting(snapshot: Any, row: Any, day: Day | None = None) -> Summit | Talks:
    return (Summit if snapshot.typename == "Summit" else Talks)(
        slug=snapshot.slug,
        name=_name(row),
        status=row.status,
        phase=row.phase,
        outcome=row.outcome,
        number=snapshot.fact_id,
        date_text=snapshot.date,
        place_number=row.place_id,
        day=day,
    )


@strawberry.type
class Source:
    slug: str
    title: str | None
    outlet_number: strawberry.Private[int | None]

    @strawberry.field
    async def outlet(self, info: Info[Context, None]) -> Organisation | None:
        found = await _actor(info, self.outlet_number)
        return found if isinstance(found, Organisation) else None


@strawberry.type
class Claim:
    rank: str
    reported_on: Day
    source_number: strawberry.Private[int]

    @strawberry.field
    async def source(self, info: Info[Context, None]) -> Source:
        row = await _loaders(info).sources.load(self.source_number)
        return Source(slug=row.slug, title=row.title, outlet_number=row.outlet_id)


@strawberry.type
class ClaimConnection:
    nodes: list[Claim]


@strawberry.type
class Quote:
    id: strawberry.ID
    slug: str
    text: str
    language: str
    form: str
    is_hearsay: bool
    number: strawberry.Private[int]
    date_text: strawberry.Private[str | None]
    speaker_number: strawberry.Private[int | None]
    meeting_number: strawberry.Private[int | None]

    @strawberry.field
    async def date(self, info: Info[Context, None]) -> EdtfDate | None:
        return await _date(info, self.date_text)

    @strawberry.field
    async def speaker(self, info: Info[Context, None]) -> Actor | None:
        return await _actor(info, self.speaker_number)

    @strawberry.field
    async def meeting(self, info: Info[Context, None]) -> Meeting | None:
        found = None if self.meeting_number is None else await _loaders(info).meetings.load(self.meeting_number)
        return None if found is None else _as_meeting(*found)

    @strawberry.field
    async def claims(self, info: Info[Context, None], first: int = 20) -> ClaimConnection:
        rows = await _loaders(info).claims.load((self.number, first))
        nodes = [Claim(rank=row.rank, reported_on=row.reported_on, source_number=row.source_id) for row in rows]
        return ClaimConnection(nodes=nodes)


def _as_quote(snapshot: Any, row: Any) -> Quote:
    return Quote(
        id=_id("Quote", snapshot.slug),
        slug=snapshot.slug,
        text=row.text,
        language=row.language,
        form=row.form,
        is_hearsay=row.is_hearsay,
        number=snapshot.fact_id,
        date_text=snapshot.date,
        speaker_number=row.speaker_id,
        meeting_number=row.meeting_id,
    )


@strawberry.type
class QuoteConnection:
    nodes: list[Quote]
    page_info: PageInfo

    @classmethod
    def of(cls, rows: Sequence[Any], first: int) -> QuoteConnection:
        """Return a page of rows; there is one row more if the list continues."""
        nodes = [_as_quote(*row) for row in rows[:first]]
        return cls(nodes=nodes, page_info=PageInfo(has_next_page=len(rows) > first))


@strawberry.type
class SummitConnection:
    nodes: list[Summit]
    page_info: PageInfo


@strawberry.type
class FactEntry:
    """A fact in a timeline."""

    typename: str
    slug: str
    label: str
    number: strawberry.Private[int]
    date_text: strawberry.Private[str | None]

    @strawberry.field
    async def date(self, info: Info[Context, None]) -> EdtfDate | None:
        return await _date(info, self.date_text)

    @strawberry.field
    async def involvements(self, info: Info[Context, None]) -> list[Involvement]:
        rows = await _loaders(info).involvements.load(self.number)
        return [Involvement(role=row.role, actor_number=row.actor_id) for row in rows]


@strawberry.type
class FactConnection:
    nodes: list[FactEntry]
    page_info: PageInfo


@strawberry.type
class Relationship:
    slug: str
    number: strawberry.Private[int]

    @strawberry.field
    async def timeline(self, info: Info[Context, None], first: int = 20) -> FactConnection:
        rows = await _loaders(info).timeline(self.number, first + 1)
        nodes = [
            FactEntry(
                typename=row.typename,
                slug=row.slug,
                label=row.labels["en"],
                number=row.fact_id,
                date_text=row.date,
            )
            for row in rows[:first]
        ]
        return FactConnection(nodes=nodes, page_info=PageInfo(has_next_page=len(rows) > first))


@strawberry.type
class MatchPart:
    text: str
    is_hit: bool


@strawberry.type
class Hit:
    typename: str
    slug: str
    label: str
    queries: strawberry.Private[str]

    @strawberry.field
    async def matched(self, info: Info[Context, None]) -> list[MatchPart]:
        rows = await _loaders(info).matched.load((self.typename, self.slug, self.queries))
        return [MatchPart(text=row.text, is_hit=row.is_hit) for row in rows]


@strawberry.type
class HitEdge:
    node: Hit


@strawberry.type
class HitConnection:
    edges: list[HitEdge]
    page_info: PageInfo


@strawberry.type
class Query:
    @strawberry.field
    async def leader(self, info: Info[Context, None], slug: str) -> Person | None:
        row = await _loaders(info).leader(slug)
        found = None if row is None else _as_actor(row)
        return found if isinstance(found, Person) else None

    @strawberry.field
    async def summits(self, info: Info[Context, None], first: int = 20, as_of: Day | None = None) -> SummitConnection:
        rows = await _loaders(info).all_of(strawberry_rows.Meeting, "Summit", first + 1, as_of)
        nodes: list[Any] = [_as_meeting(snapshot, row, as_of) for snapshot, row in rows[:first]]
        return SummitConnection(nodes=nodes, page_info=PageInfo(has_next_page=len(rows) > first))

    @strawberry.field
    async def quotes(self, info: Info[Context, None], first: int = 20) -> QuoteConnection:
        return QuoteConnection.of(await _loaders(info).all_of(strawberry_rows.Quote, "Quote", first + 1), first)

    @strawberry.field
    async def relationship(self, info: Info[Context, None], between: list[str]) -> Relationship | None:
        row = await _loaders(info).relationship("--".join(sorted(between)))
        return None if row is None else Relationship(slug=row.slug, number=row.fact_id)

    @strawberry.field
    async def search(self, info: Info[Context, None], text: str, first: int = 20) -> HitConnection:
        queries = parse_search(text).as_marks()
        rows = await _loaders(info).hits(queries, first + 1)
        array = "{" + ",".join(f'"{query}"' for query in queries) + "}"
        found = [Hit(typename=row.typename, slug=row.slug, label=row.label, queries=array) for row in rows[:first]]
        page_info = PageInfo(has_next_page=len(rows) > first)
        return HitConnection(edges=[HitEdge(node=hit) for hit in found], page_info=page_info)


class Endpoint(GraphQL[Context, None]):
    """Strawberry's own view, with new loaders for each request, and orjson."""

    def __init__(self, schema: strawberry.Schema, sessions: Sessions) -> None:
        super().__init__(schema)
        self._sessions = sessions

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Context:
        return {"loaders": Loaders(self._sessions)}

    def encode_json(self, data: object) -> bytes:
        return orjson.dumps(data)


def app() -> Endpoint:
    """Return the server, on the database named by DATABASE_URL."""
    engine = create_async_engine(
        os.environ["DATABASE_URL"].replace("postgresql://", "postgresql+asyncpg://", 1),
        isolation_level="AUTOCOMMIT",
        pool_size=CONNECTIONS,
        max_overflow=0,
        json_deserializer=orjson.loads,
        connect_args={"server_settings": SETTINGS},
    )
    types = [Organisation, Country, Summit, Talks]
    schema = strawberry.Schema(Query, types=types, extensions=[ParserCache, ValidationCache])
    return Endpoint(schema, async_sessionmaker(engine, expire_on_commit=False))
