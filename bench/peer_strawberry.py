"""The peer: an idiomatic Strawberry server over the same tables, with dataloaders and SQLAlchemy's async ORM.

It is what a careful author would write: a loader for each relation, one query for each page, parsed and validated
documents kept, orjson, no transaction around a single read. It knows only the fields that the benchmark asks for.
`app` serves them on the database that DATABASE_URL names.
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
from sqlalchemy import Select, func, make_url, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, aliased
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.dataloader import DataLoader
from strawberry.extensions import ParserCache, ValidationCache
from strawberry.types import Info

from service.store import tables
