"""The peer: an idiomatic Strawberry server over the same tables, with dataloaders and SQLAlchemy's async ORM.

It is what a careful author would write: a loader for each relation, one query for each page, no transaction around
a single read, large columns left unread, orjson. It knows only the fields that the benchmark asks for. `app` is for
uvicorn's --factory; it reads DATABASE_URL.
"""

from __future__ import annotations

import base64
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

import orjson
import strawberry
from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, aliased, deferred
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.dataloader import DataLoader
from strawberry.extensions import ParserCache, ValidationCache
from strawberry.types import Info

from service.store import tables

K = TypeVar("K")
FOREVER = date.max
# of generic plans PostgreSQL takes some that read all of a hub's facts
SETTINGS = {"jit": "off", "plan_cache_mode": "force_custom_plan"}


# ------------------------------------------------------------------ rows


class Base(DeclarativeBase):
    """The tables as plain ORM classes."""


def _table(model: Any) -> Any:
    return model.__table__


class ActorRow(Base):
    __table__ = _table(tables.Actor)


class PlaceRow(Base):
    __table__ = _table(tables.Place)


class EdtfRow(Base):
    __table__ = _table(tables.Edtf)


class SourceRow(Base):
    __table__ = _table(tables.Source)
    labels = deferred(__table__.c.labels)


class ReadingRow(Base):
    __table__ = _table(tables.Reading)
    labels = deferred(__table__.c.labels)
    summary = deferred(__table__.c.summary)


class MeetingRow(Base):
    __table__ = _table(tables.Meeting)


class QuoteRow(Base):
    __table__ = _table(tables.Quote)
    translations = deferred(__table__.c.translations)


class InvolvementRow(Base):
    __table__ = _table(tables.Involvement)


class PresenceRow(Base):
    __table__ = _table(tables.Presence)


class ClaimRow(Base):
    __table__ = _table(tables.Claim)
    labels = deferred(__table__.c.labels)
    note = deferred(__table__.c.note)


# ------------------------------------------------------------------ loaders

Sessions = async_sessionmaker[AsyncSession]
Page = tuple[int, int]
"""The number of an owner, and how many of its rows are wanted."""


class Loaders:
    """One loader for each relation; they live as long as a request."""

    def __init__(self, sessions: Sessions) -> None:
        self.sessions = sessions
        self.actors = DataLoader(self._by_key(ActorRow, "id"))
        self.places = DataLoader(self._by_key(PlaceRow, "id"))
        self.sources = DataLoader(self._by_key(SourceRow, "id"))
        self.dates = DataLoader(self._by_key(EdtfRow, "text"))
        self.meetings = DataLoader(self._meetings)
        self.participants = DataLoader(self._participants)
        self.claims = DataLoader(self._claims)
        self.quotes = DataLoader(self._quotes)

    async def rows(self, statement: Select[Any]) -> Sequence[Any]:
        async with self.sessions() as session:
            return (await session.execute(statement)).all()

    async def entities(self, statement: Select[Any]) -> Sequence[Any]:
        async with self.sessions() as session:
            return (await session.scalars(statement)).all()

    def _by_key(self, model: Any, name: str) -> Callable[[list[Any]], Any]:
        key = getattr(model, name)

        async def load(keys: list[Any]) -> list[Any]:
            found = {getattr(row, name): row for row in await self.entities(select(model).where(key.in_(keys)))}
            return [found.get(each) for each in keys]

        return load

    async def _meetings(self, keys: list[int]) -> list[tuple[ReadingRow, MeetingRow] | None]:
        statement = _current(MeetingRow).where(ReadingRow.fact_id.in_(keys))
        found = {reading.fact_id: (reading, meeting) for reading, meeting in await self.rows(statement)}
        return [found.get(key) for key in keys]

    async def _participants(self, keys: list[int]) -> list[list[InvolvementRow]]:
        statement = (
            select(InvolvementRow)
            .where(InvolvementRow.fact_id.in_(keys), InvolvementRow.role.in_(("PARTICIPANT", "HOST")))
            .order_by(InvolvementRow.position, InvolvementRow.id)
        )
        return _grouped(keys, ((row.fact_id, row) for row in await self.entities(statement)))

    async def _claims(self, keys: list[Page]) -> list[list[ClaimRow]]:
        """The first claims of each fact, with a window function: one query, however many facts."""
        facts, most = [fact for fact, _ in keys], max(first for _, first in keys)
        order = (ClaimRow.reported_on, ClaimRow.slug)
        rank = func.row_number().over(partition_by=ClaimRow.fact_id, order_by=order).label("rank_of_claim")
        ranked = select(ClaimRow, rank).where(ClaimRow.fact_id.in_(facts)).subquery()
        claim = aliased(ClaimRow, ranked)
        statement = select(claim).where(ranked.c.rank_of_claim <= most).order_by(ranked.c.rank_of_claim)
        found = _grouped(facts, ((row.fact_id, row) for row in await self.entities(statement)))
        return [rows[:first] for rows, (_, first) in zip(found, keys, strict=True)]

    async def _quotes(self, keys: list[Page]) -> list[list[tuple[ReadingRow, QuoteRow]]]:
        """A page for each actor: one query each, since an operation asks it of one."""
        return [await self._quotes_of(actor, first) for actor, first in keys]

    async def _quotes_of(self, actor: int, first: int) -> list[tuple[ReadingRow, QuoteRow]]:
        found = select(PresenceRow.reading_id.label("number"), *_by_date(PresenceRow))
        found = found.where(PresenceRow.actor_id == actor, PresenceRow.typename == "Quote")
        statement = _page(found.where(PresenceRow.known_until == FOREVER), QuoteRow, first)
        return [(reading, quote) for reading, quote in await self.rows(statement)]


def _current(kind: Any) -> Select[Any]:
    """The readings of a kind that hold now."""
    joined = select(ReadingRow, kind).join(kind, kind.reading_id == ReadingRow.id)
    return joined.where(ReadingRow.known_until == FOREVER)


def _by_date(model: Any) -> tuple[Any, ...]:
    return model.first_on, model.last_on, model.slug


def _page(found: Select[Any], kind: Any, most: int) -> Select[Any]:
    """The numbers of a page's readings first, the rows afterwards: joined at once, PostgreSQL reads all there are."""
    page = found.order_by("first_on", "last_on", "slug").limit(most).subquery()
    rows = select(ReadingRow, kind).join_from(page, ReadingRow, ReadingRow.id == page.c.number)
    return rows.join(kind, kind.reading_id == page.c.number).order_by(*_by_date(page.c))


def _grouped(keys: Sequence[K], pairs: Iterable[tuple[K, Any]]) -> list[list[Any]]:
    found = defaultdict(list)
    for key, row in pairs:
        found[key].append(row)
    return [found[key] for key in keys]


# ------------------------------------------------------------------ types

Context = dict[str, Any]


def _loaders(info: Info[Context, None]) -> Loaders:
    found: Loaders = info.context["loaders"]
    return found


def _id(typename: str, slug: str) -> strawberry.ID:
    return strawberry.ID(base64.urlsafe_b64encode(f"{typename}:{slug}".encode()).decode().rstrip("="))


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
        rows = await _loaders(info).quotes.load((self.number, first + 1))
        return QuoteConnection.of(rows, first)


def _as_actor(row: ActorRow) -> Actor:
    name = row.names.get("en") or row.name
    shared = {"id": _id(row.typename, row.slug), "slug": row.slug, "name": name, "label": name}
    if row.typename == "Country":
        return Country(**shared, code=row.code)
    if row.typename == "Organisation":
        return Organisation(**shared)
    own = {"is_leader": row.is_leader, "wikidata": row.wikidata}
    return Person(**shared, **own, number=row.id, country_number=row.country_id)


async def _actor(info: Info[Context, None], number: int | None) -> Actor | None:
    row = None if number is None else await _loaders(info).actors.load(number)
    return None if row is None else _as_actor(row)


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

    @strawberry.field
    async def date(self, info: Info[Context, None]) -> EdtfDate | None:
        return await _date(info, self.date_text)

    @strawberry.field
    async def place(self, info: Info[Context, None]) -> Place | None:
        row = None if self.place_number is None else await _loaders(info).places.load(self.place_number)
        return None if row is None else Place(slug=row.slug, name=row.names.get("en") or row.name)

    @strawberry.field
    async def participants(self, info: Info[Context, None]) -> list[Involvement]:
        rows = await _loaders(info).participants.load(self.number)
        return [Involvement(role=row.role, actor_number=row.actor_id) for row in rows]


@strawberry.type
class Summit(Meeting):
    pass


@strawberry.type
class Talks(Meeting):
    pass


def _as_meeting(reading: ReadingRow, meeting: MeetingRow) -> Meeting:
    cls = Summit if reading.typename == "Summit" else Talks
    return cls(
        slug=reading.slug,
        name=meeting.names.get("en") or meeting.name,
        status=meeting.status,
        phase=meeting.phase,
        outcome=meeting.outcome,
        number=reading.fact_id,
        date_text=reading.date,
        place_number=meeting.place_id,
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
    reported_on: date
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

    @classmethod
    def of(cls, reading: ReadingRow, quote: QuoteRow) -> Quote:
        return cls(
            id=_id("Quote", reading.slug),
            slug=reading.slug,
            text=quote.text,
            language=quote.language,
            form=quote.form,
            is_hearsay=quote.is_hearsay,
            number=reading.fact_id,
            date_text=reading.date,
            speaker_number=quote.speaker_id,
            meeting_number=quote.meeting_id,
        )

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
        nodes = [Claim(rank=r.rank, reported_on=r.reported_on, source_number=r.source_id) for r in rows]
        return ClaimConnection(nodes=nodes)


@strawberry.type
class QuoteConnection:
    nodes: list[Quote]
    page_info: PageInfo

    @classmethod
    def of(cls, rows: Sequence[tuple[ReadingRow, QuoteRow]], first: int) -> QuoteConnection:
        """A page of rows, of which there is one more where the list goes on."""
        nodes = [Quote.of(reading, quote) for reading, quote in rows[:first]]
        return cls(nodes=nodes, page_info=PageInfo(has_next_page=len(rows) > first))


@strawberry.type
class SummitConnection:
    nodes: list[Summit]
    page_info: PageInfo


def _all(kind: Any, typename: str, first: int) -> Select[Any]:
    found = select(ReadingRow.id.label("number"), *_by_date(ReadingRow))
    return _page(found.where(ReadingRow.known_until == FOREVER, ReadingRow.typename == typename), kind, first)


@strawberry.type
class Query:
    @strawberry.field
    async def leader(self, info: Info[Context, None], slug: str) -> Person | None:
        statement = select(ActorRow).where(ActorRow.slug == slug, ActorRow.is_leader)
        rows = await _loaders(info).entities(statement)
        found = _as_actor(rows[0]) if rows else None
        return found if isinstance(found, Person) else None

    @strawberry.field
    async def summits(self, info: Info[Context, None], first: int = 20) -> SummitConnection:
        rows = await _loaders(info).rows(_all(MeetingRow, "Summit", first + 1))
        nodes: list[Any] = [_as_meeting(reading, meeting) for reading, meeting in rows[:first]]
        return SummitConnection(nodes=nodes, page_info=PageInfo(has_next_page=len(rows) > first))

    @strawberry.field
    async def quotes(self, info: Info[Context, None], first: int = 20) -> QuoteConnection:
        return QuoteConnection.of(await _loaders(info).rows(_all(QuoteRow, "Quote", first + 1)), first)


# ------------------------------------------------------------------ server


class Endpoint(GraphQL[Context, None]):
    """Strawberry's own view, with new loaders for each request and orjson."""

    def __init__(self, schema: strawberry.Schema, sessions: Sessions) -> None:
        super().__init__(schema)
        self.sessions = sessions

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Context:
        return {"loaders": Loaders(self.sessions)}

    def encode_json(self, data: object) -> bytes:
        return orjson.dumps(data)


def app() -> Endpoint:
    url = os.environ["DATABASE_URL"].replace("postgresql://", "postgresql+asyncpg://", 1)
    engine = create_async_engine(
        url,
        isolation_level="AUTOCOMMIT",
        pool_size=8,
        json_deserializer=orjson.loads,
        connect_args={"server_settings": SETTINGS},
    )
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    extensions = [ParserCache(maxsize=100), ValidationCache(maxsize=100)]
    types = [Organisation, Country, Summit, Talks]
    return Endpoint(strawberry.Schema(Query, types=types, extensions=extensions), sessions)
