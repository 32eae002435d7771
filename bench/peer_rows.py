"""The peer's rows and dataloaders: plain ORM classes over the same tables, one loader for each relation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import DeclarativeBase, aliased, deferred
from strawberry.dataloader import DataLoader

from service.store import tables

FOREVER = date.max
Sessions = async_sessionmaker[AsyncSession]


class Base(DeclarativeBase):
    pass


def _mapped(model: Any, *unread: str) -> Any:
    """An ORM class over a table; large columns that no field needs are not read."""
    table = model.__table__
    own = {name: deferred(table.c[name]) for name in unread}
    return type(f"{model.__name__}Row", (Base,), {"__table__": table, **own})


Actor = _mapped(tables.Actor)
Place = _mapped(tables.Place)
Edtf = _mapped(tables.Edtf)
Source = _mapped(tables.Source, "labels")
Reading = _mapped(tables.Reading, "labels", "summary")
Meeting = _mapped(tables.Meeting)
Quote = _mapped(tables.Quote, "translations")
Involvement = _mapped(tables.Involvement)
Presence = _mapped(tables.Presence)
Claim = _mapped(tables.Claim, "labels", "note")


class Loaders:
    """One loader for each relation; they live as long as a request."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self.actors = DataLoader(self._by_key(Actor, "id"))
        self.places = DataLoader(self._by_key(Place, "id"))
        self.sources = DataLoader(self._by_key(Source, "id"))
        self.dates = DataLoader(self._by_key(Edtf, "text"))
        self.meetings = DataLoader(self._meetings)
        self.participants = DataLoader(self._participants)
        self.claims = DataLoader(self._claims)

    async def leader(self, slug: str) -> Any:
        rows = await self._entities(select(Actor).where(Actor.slug == slug, Actor.is_leader))
        return rows[0] if rows else None

    async def all_of(self, kind: Any, typename: str, most: int) -> Sequence[Any]:
        """The first readings of a type, each with its row of the kind."""
        found = select(Reading.id.label("number"), *_by_date(Reading))
        found = found.where(Reading.known_until == FOREVER, Reading.typename == typename)
        return await self._rows(_page(found, kind, most))

    async def quotes_of(self, actor: int, most: int) -> Sequence[Any]:
        """The first quotes that an actor is in, each with its reading."""
        found = select(Presence.reading_id.label("number"), *_by_date(Presence))
        found = found.where(Presence.actor_id == actor, Presence.typename == "Quote")
        return await self._rows(_page(found.where(Presence.known_until == FOREVER), Quote, most))

    async def _rows(self, statement: Select[Any]) -> Sequence[Any]:
        async with self._sessions() as session:
            found: Sequence[Any] = (await session.execute(statement)).all()
            return found

    async def _entities(self, statement: Select[Any]) -> Sequence[Any]:
        async with self._sessions() as session:
            found: Sequence[Any] = (await session.scalars(statement)).all()
            return found

    def _by_key(self, model: Any, name: str) -> Callable[[list[Any]], Awaitable[Sequence[Any]]]:
        key = getattr(model, name)

        async def load(keys: list[Any]) -> list[Any]:
            rows = await self._entities(select(model).where(key.in_(keys)))
            found = {getattr(row, name): row for row in rows}
            return [found.get(each) for each in keys]

        return load

    async def _meetings(self, keys: list[int]) -> list[Any]:
        statement = select(Reading, Meeting).join(Meeting, Meeting.reading_id == Reading.id)
        statement = statement.where(Reading.known_until == FOREVER, Reading.fact_id.in_(keys))
        found = {reading.fact_id: (reading, meeting) for reading, meeting in await self._rows(statement)}
        return [found.get(key) for key in keys]

    async def _participants(self, keys: list[int]) -> list[list[Any]]:
        statement = (
            select(Involvement)
            .where(Involvement.fact_id.in_(keys), Involvement.role.in_(("PARTICIPANT", "HOST")))
            .order_by(Involvement.position, Involvement.id)
        )
        return _grouped(keys, await self._entities(statement))

    async def _claims(self, keys: list[tuple[int, int]]) -> list[list[Any]]:
        """The first claims of each fact, by a window function: one query, however many facts."""
        facts, most = [fact for fact, _ in keys], max(first for _, first in keys)
        order = (Claim.reported_on, Claim.slug)
        rank = func.row_number().over(partition_by=Claim.fact_id, order_by=order).label("place_in_fact")
        ranked = select(Claim, rank).where(Claim.fact_id.in_(facts)).subquery()
        statement = select(aliased(Claim, ranked)).where(ranked.c.place_in_fact <= most)
        found = _grouped(facts, await self._entities(statement.order_by(ranked.c.place_in_fact)))
        return [rows[:first] for rows, (_, first) in zip(found, keys, strict=True)]


def _by_date(columns: Any) -> tuple[Any, ...]:
    return columns.first_on, columns.last_on, columns.slug


def _page(found: Select[Any], kind: Any, most: int) -> Select[Any]:
    """The numbers of a page's readings first, the rows afterwards: joined at once, PostgreSQL reads all there are."""
    page = found.order_by("first_on", "last_on", "slug").limit(most).subquery()
    rows = select(Reading, kind).join_from(page, Reading, Reading.id == page.c.number)
    return rows.join(kind, kind.reading_id == page.c.number).order_by(*_by_date(page.c))


def _grouped(keys: Sequence[int], rows: Iterable[Any]) -> list[list[Any]]:
    """The rows of each fact, in their order."""
    found = defaultdict(list)
    for row in rows:
        found[row.fact_id].append(row)
    return [found[key] for key in keys]
