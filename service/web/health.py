"""Health checks for those who start and stop the service: whether it runs, and whether it can serve requests."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from service.store.failures import UNREACHABLE, ReadFailed
from service.store.pool import ReadingPool
from service.web.caching import NO_STORE
from service.web.negotiation import COMMON_HEADERS, JSON

READY_SECONDS = 2.0
HEALTH_HEADERS = {**COMMON_HEADERS, "cache-control": NO_STORE}


class Health:
    """Two endpoints: `live` for whatever restarts the process, `ready` for whatever routes requests to it."""

    def __init__(self, pool: ReadingPool) -> None:
        """Create the endpoints. `pool` is separate, so that checks do not wait behind requests."""
        self._pool = pool

    async def live(self, request: Request) -> Response:
        """Report that the process responds at all, without contacting anything else."""
        return Response(b'{"status":"live"}', headers=HEALTH_HEADERS, media_type=JSON)

    async def ready(self, request: Request) -> Response:
        """Return whether the database responds; 503 if it does not do so soon."""
        try:
            async with asyncio.timeout(READY_SECONDS):
                await self._pool.value("SELECT 1")
        except TimeoutError:
            raise ReadFailed(UNREACHABLE, f"no answer within {READY_SECONDS:g} s") from None
        return Response(b'{"status":"ready"}', headers=HEALTH_HEADERS, media_type=JSON)
