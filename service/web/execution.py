"""Runs an operation: a plan, one statement, the answer. All that has an address asks the register by this."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from functools import partial
from typing import Any

import orjson
from starlette.types import Receive

from service.planner.planner import Planner, PreparedOperation
from service.store.pool import Durations, ReadingPool
from service.web.access_log import Exchange
from service.web.disconnect import cancel_on_disconnect
from service.web.request import GraphQLRequest

MAX_INLINE_BYTES = 4_096
"""Bytes of a request for which a kept plan is found and filled in at once, in less than 5 ms."""


class Execution:
    """Answers operations within the limits of the planner, on the connections of the pool."""

    def __init__(self, planner: Planner, pool: ReadingPool) -> None:
        self.planner = planner
        self._pool = pool
        # one at a time: more would only take turns
        self._planning = ThreadPoolExecutor(max_workers=1, thread_name_prefix="planning")

    async def execute(
        self,
        query: str,
        variables: Mapping[str, Any] | None = None,
        operation_name: str | None = None,
        *,
        exchange: Exchange | None = None,
        receive: Receive | None = None,
    ) -> dict[str, Any]:
        """The answer to a read-only operation as GraphQL gives it: `data`, and `extensions` where there are any.

        `exchange` is what the log has of the request for which it is asked, and `receive` what ends the statement when
        its client goes. Raises OperationError, ReadFailed and ClientGone.
        """
        request = GraphQLRequest(query, operation_name, dict(variables or {}), size=0)
        answer: dict[str, Any] = orjson.loads(await self.body(request, exchange, receive))
        return answer

    async def body(
        self,
        request: GraphQLRequest,
        exchange: Exchange | None = None,
        receive: Receive | None = None,
        *,
        read_only: bool = True,
        tells_cost: bool = False,
    ) -> bytes:
        """The same as JSON. `read_only` refuses what is not a query, `tells_cost` adds what it cost."""
        prepared = await self._prepare(request, read_only=read_only)
        durations = Durations()
        if exchange is not None:
            exchange.request, exchange.prepared, durations = request, prepared, exchange.durations
        row = None
        if prepared.sql:
            with cancel_on_disconnect(receive) if receive else nullcontext():
                row = await self._pool.row(prepared.sql, prepared.values, work=prepared.cost.work, durations=durations)
        return prepared.body(row, cost=prepared.cost.report(self.planner.limits) if tells_cost else None)

    async def _prepare(self, request: GraphQLRequest, *, read_only: bool) -> PreparedOperation:
        """A plan that is kept, at once; all else is prepared beside the loop, so that no other request waits for it."""
        operation = (request.query, request.operation_name, request.variables)
        if request.size <= MAX_INLINE_BYTES:
            prepared = self.planner.find(*operation, read_only=read_only)
            if prepared is not None:
                return prepared
        prepare = partial(self.planner.prepare, *operation, read_only=read_only)
        return await asyncio.get_running_loop().run_in_executor(self._planning, prepare)
