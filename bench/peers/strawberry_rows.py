"""The peer's rows and dataloaders: plain ORM classes over the same tables, one loader for each relation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import DeclarativeBase, aliased, deferred, undefer
from strawberry.dataloader import DataLoader

from service.store import tables

FOREVER = date.max
Sessions = async_sessionmaker[AsyncSession]


class Base(DeclarativeBase):
    pass


def _orm_class(model: Any, *unread: str) -> Any:
    """Return an ORM class over a table; large columns that no field needs are not read."""
    table = model.__table__
    own = {name: deferred(table.c[name]) for name in unread}
    return type(f"{model.__name__}Row", (Base,), {"__table__": table, **own})


Actor = _orm_class(tables.Actor)
Place = _orm_class(tables.Place)
Edtf = _orm_class(tables.Edtf)
Source = _orm_class(tables.Source, "labels")
Snapshot = _orm_class(tables.Snapshot, "labels", "summary")
Meeting = _orm_class(tables.Meeting)
Quote = _orm_class(tables.Quote, "translations")
Involvement = _orm_class(tables.Involvement)
Presence = _orm_class(tables.Presence)
Shared = _orm_class(tables.Shared)
Claim = _orm_class(tables.Claim, "note")


class Loaders:
    """One loader for each relation; they last for one request."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self.actors = DataLoader(self._by_key(Actor, "id"))
        self.places = DataLoader(self._by_key(Place, "id"))
        self.sources = DataLoader(self._by_key(Source, "id"))
        self.dates = DataLoader(self._by_key(Edtf, "text"))
        self.meetings = DataLoader(self._meetings)
        self.participants = DataLoader(self._participants)
        self.involvements = DataLoader(self._involvements)
        self.matched = DataLoader(self._match_parts)
        self.claims = DataLoader(self._claims)

    async def leader(self, slug: str) -> Any:
        rows = await self._entities(select(Actor).where(Actor.slug == slug, Actor.is_leader))
        return rows[0] if rows else None

    async def all_of(self, kind: Any, typename: str, most: int, day: date | None = None) -> Sequence[Any]:
        """Return the first snapshots of a type, each with its row of the kind; with a day, those valid on it."""
        found = select(Snapshot.id.label("number"), *_by_date(Snapshot)).where(Snapshot.typename == typename)
        if day is None:
            found = found.where(Snapshot.known_until == FOREVER)
        else:
            found = found.where(Snapshot.known_from <= day, Snapshot.known_until >= day)
        return await self._rows(_page(found, kind, most))

    async def quotes_of(self, actor: int, most: int) -> Sequence[Any]:
        """Return the first quotes that involve an actor, each with its snapshot."""
        found = select(Presence.snapshot_id.label("number"), *_by_date(Presence))
        found = found.where(Presence.actor_id == actor, Presence.typename == "Quote")
        return await self._rows(_page(found.where(Presence.known_until == FOREVER), Quote, most))

    async def relationship(self, slug: str) -> Any:
        """Return the relationship of two actors."""
        rows = await self._entities(select(Snapshot).where(Snapshot.slug == slug, Snapshot.known_until == FOREVER))
        return rows[0] if rows else None

    async def timeline(self, relationship: int, most: int) -> Sequence[Any]:
        """Return the first snapshots of facts that two share, with their labels."""
        found = select(Shared.snapshot_id.label("number"), *_by_date(Shared))
        found = found.where(Shared.between_id == relationship, Shared.known_until == FOREVER)
        found = found.where(~Shared.is_coding, Shared.typename != "Relationship")
        page = found.order_by(*_by_date(Shared)).limit(most).subquery()
        rows = select(Snapshot).options(undefer(Snapshot.labels)).join(page, Snapshot.id == page.c.number)
        return await self._entities(rows.order_by(*_by_date(page.c)))

    async def hits(self, queries: Sequence[str], most: int) -> Sequence[Any]:
        """Return what a text search finds, best first: type, slug and label."""
        async with self._sessions() as session:
            found: Sequence[Any] = (await session.execute(HITS, {"queries": list(queries), "most": most})).all()
            return found

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
        statement = select(Snapshot, Meeting).join(Meeting, Meeting.snapshot_id == Snapshot.id)
        statement = statement.where(Snapshot.known_until == FOREVER, Snapshot.fact_id.in_(keys))
        found = {snapshot.fact_id: (snapshot, meeting) for snapshot, meeting in await self._rows(statement)}
        return [found.get(key) for key in keys]

    async def _participants(self, keys: list[tuple[int, date | None]]) -> list[list[Any]]:
        """Return the participants of each fact that were known on a day."""
        facts = [fact for fact, _ in keys]
        found = select(Involvement).where(Involvement.role.in_(("PARTICIPANT", "HOST")))
        rows = _group_by_fact(facts, await self._entities(_in_order(found, facts)))
        return [
            [row for row in each if (row.known_until == FOREVER if day is None else _is_known(row, day))]
            for each, (_, day) in zip(rows, keys, strict=True)
        ]

    async def _involvements(self, keys: list[int]) -> list[list[Any]]:
        found = select(Involvement).where(Involvement.known_until == FOREVER)
        return _group_by_fact(keys, await self._entities(_in_order(found, keys)))

    async def _match_parts(self, keys: list[tuple[str, str, str]]) -> list[list[Any]]:
        """Return the excerpts for each hit: by type, slug and search words, written as a PostgreSQL array."""
        typenames, slugs, queries = zip(*keys, strict=True)
        async with self._sessions() as session:
            given = {"typenames": typenames, "slugs": slugs, "queries": queries}
            rows: Sequence[Any] = (await session.execute(MATCHED, given)).all()
        found: list[list[Any]] = [[] for _ in keys]
        for row in rows:
            found[row.nth - 1].append(row)
        return found

    async def _claims(self, keys: list[tuple[int, int]]) -> list[list[Any]]:
        """Return the first claims of each fact, by a window function: one query for any number of facts."""
        facts, most = [fact for fact, _ in keys], max(first for _, first in keys)
        order = (Claim.reported_on, Claim.slug)
        rank = func.row_number().over(partition_by=Claim.fact_id, order_by=order).label("place_in_fact")
        ranked = select(Claim, rank).where(Claim.fact_id.in_(facts)).subquery()
        statement = select(aliased(Claim, ranked)).where(ranked.c.place_in_fact <= most)
        found = _group_by_fact(facts, await self._entities(statement.order_by(ranked.c.place_in_fact)))
        return [rows[:first] for rows, (_, first) in zip(found, keys, strict=True)]


HITS = text("""
SELECT found.typename, found.slug,
    coalesce(snapshot.labels ->> 'en', actor.name, place.name, source.labels ->> 'en') AS label
FROM (
    SELECT typename, slug, fact_id, actor_id, place_id, source_id,
        CASE
            WHEN lexemes @@ (CAST(:queries AS tsquery[]))[4] THEN 2
            WHEN lexemes @@ (CAST(:queries AS tsquery[]))[5] THEN 1 ELSE 0
        END + 0.49 * prominence * CASE
            WHEN typename IN ('Person', 'Organisation', 'Country', 'Place')
                AND lexemes @@ (CAST(:queries AS tsquery[]))[6]
            THEN 0.98 + ts_rank('{0.1,0.15,0.6,1}', lexemes, (CAST(:queries AS tsquery[]))[3]) * 0.02
            WHEN lexemes @@ (CAST(:queries AS tsquery[]))[3]
            THEN 0.05 + ts_rank('{0.1,0.15,0.6,1}', lexemes, (CAST(:queries AS tsquery[]))[3]) * 0.45
            ELSE CASE WHEN typename IN ('Person', 'Organisation', 'Country', 'Place') THEN 0.01 ELSE 0 END
                + ts_rank('{0.1,0.15,0.6,1}', lexemes, (CAST(:queries AS tsquery[]))[2]) * 0.01
        END AS rank
    FROM search_text
    WHERE lexemes @@ (CAST(:queries AS tsquery[]))[1] AND known_until = 'infinity'
    ORDER BY rank DESC, typename, slug LIMIT :most
) AS found
LEFT JOIN snapshot ON snapshot.fact_id = found.fact_id AND snapshot.known_until = 'infinity'
LEFT JOIN actor ON actor.id = found.actor_id
LEFT JOIN place ON place.id = found.place_id
LEFT JOIN source ON source.id = found.source_id
ORDER BY found.rank DESC, found.typename, found.slug
""")
MATCHED = text("""
SELECT hit.nth, part.text, part.is_hit
FROM unnest(CAST(:typenames AS text[]), CAST(:slugs AS text[]), CAST(:queries AS text[]))
    WITH ORDINALITY AS hit (typename, slug, queries, nth),
    search_matched(hit.typename, hit.slug, 'infinity', CAST(hit.queries AS tsquery[])) AS part
ORDER BY hit.nth, part.place
""")


def _is_known(row: Any, day: date) -> bool:
    return bool(row.known_from <= day <= row.known_until)


def _in_order(involvements: Select[Any], facts: Sequence[int]) -> Select[Any]:
    return involvements.where(Involvement.fact_id.in_(facts)).order_by(Involvement.position, Involvement.id)


def _by_date(columns: Any) -> tuple[Any, ...]:
    return columns.first_on, columns.last_on, columns.slug


def _page(found: Select[Any], kind: Any, most: int) -> Select[Any]:
    """Read the numbers of a page's snapshots first, then the rows: with a direct join, PostgreSQL reads all
    there are.
    """
    page = found.order_by("first_on", "last_on", "slug").limit(most).subquery()
    rows = select(Snapshot, kind).join_from(page, Snapshot, Snapshot.id == page.c.number)
    return rows.join(kind, kind.snapshot_id == page.c.number).order_by(*_by_date(page.c))


def _group_by_fact(keys: Sequence[int], rows: Iterable[Any]) -> list[list[Any]]:
    """Return the rows of each fact, in their order."""
    found = defaultdict(list)
    for row in rows:
        found[row.fact_id].append(row)
    return [found[key] for key in keys]
