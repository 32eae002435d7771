"""Execution of an operation: a plan, one statement, the response. Everything with an address queries the
register by it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from functools import partial
from time import perf_counter
from typing import Any

import orjson
from starlette.types import Receive

from service.caches import ByteCache
from service.planner.planner import Planner, PreparedOperation
from service.store.pool import Durations
from service.store.read_servers import Reads
from service.web.access_log import Exchange
from service.web.answers import Answer, KeptAnswers
from service.web.at_least import not_reached
from service.web.disconnect import cancel_on_disconnect
from service.web.request import GraphQLRequest, ReceivedRequest

MAX_INLINE_BYTES = 4_096
"""Maximum bytes of a request whose cached plan is found and filled in the event loop, in less than 5 ms."""
PREPARED_BYTES = 4_000
"""Approximate size of a prepared request in addition to its texts."""


class Execution:
    """Executor of operations within the limits of the planner, on the connections of one or several pools."""

    def __init__(self, planner: Planner, pool: Reads, answers: KeptAnswers, *, prepared_bytes: int = 0) -> None:
        """Create the executor. `prepared_bytes`: maximum size of the cache of prepared requests."""
        self.planner = planner
        self._pool = pool
        self._answers = answers
        self._requests: ByteCache[tuple[GraphQLRequest, PreparedOperation]] = ByteCache(prepared_bytes)
        # one at a time: more threads would only take turns
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
        """Return the GraphQL response to a read-only operation: `data`, and `extensions` if there are any.

        `exchange` is the log entry of the request that needs it; `receive` ends the statement when its client
        disconnects. Raises OperationError, ReadFailed and ClientGone.
        """
        request = GraphQLRequest(query, operation_name, dict(variables or {}), size=0)
        answer: dict[str, Any] = orjson.loads((await self.answer(request, exchange, receive)).body)
        return answer

    async def answer(
        self,
        request: GraphQLRequest,
        exchange: Exchange | None = None,
        receive: Receive | None = None,
        *,
        read_only: bool = True,
        tells_cost: bool = False,
    ) -> Answer:
        """Return the same response as JSON. `read_only` refuses anything but queries; `tells_cost` adds the cost."""
        exchange = exchange or Exchange({}, b"")
        exchange.request = request
        durations = exchange.durations
        begun = perf_counter()
        exchange.prepared = await self._prepare(request, read_only=read_only)
        durations.planning_begun = durations.planning_begun or begun
        durations.planning += perf_counter() - begun
        return await self.answer_prepared(exchange, receive, tells_cost=tells_cost)

    async def answer_prepared(
        self, exchange: Exchange, receive: Receive | None = None, *, tells_cost: bool = False
    ) -> Answer:
        """Return the response to the operation that `exchange` has prepared."""
        prepared = exchange.prepared
        assert prepared is not None
        answer = None if tells_cost else self._answers.find(prepared.key)
        if answer is None:
            cost = prepared.cost.report(self.planner.limits) if tells_cost else None
            if not prepared.sql:
                return Answer(prepared.body(cost=cost), None)
            ask = partial(self._ask, prepared, exchange.durations, cost)
            with cancel_on_disconnect(receive) if receive else nullcontext():
                # if the client requests the cost, the database is queried
                answer = await (ask() if cost else self._answers.answer(prepared.key, ask))
        if answer.state and answer.revision < exchange.at_least:
            raise not_reached(exchange.at_least)
        exchange.revision = answer.revision
        return answer

    async def _ask(self, prepared: PreparedOperation, durations: Durations, cost: Mapping[str, Any] | None) -> Answer:
        assert prepared.sql
        row = await self._pool.row(prepared.sql, prepared.values, work=prepared.cost.work, durations=durations)
        return Answer(prepared.body(row, cost=cost), row[1] if row and len(row) > 1 else None)

    def recall(self, received: ReceivedRequest, exchange: Exchange) -> bool:
        """Reuse the prepared operation of an identical earlier request; return whether there is one."""
        known = self._requests.get(received)
        if known is not None:
            exchange.request, exchange.prepared = known
        return known is not None

    def remember(self, received: ReceivedRequest, exchange: Exchange) -> None:
        """Cache the prepared operation of a request that has been answered."""
        request, prepared = exchange.request, exchange.prepared
        # a future day will arrive one day
        if request and prepared and not prepared.future_days and len(received.text) <= MAX_INLINE_BYTES:
            self._requests.put(received, (request, prepared), 3 * len(received.text) + PREPARED_BYTES)

    async def _prepare(self, request: GraphQLRequest, *, read_only: bool) -> PreparedOperation:
        """Return a cached plan at once; other plans are prepared outside the event loop, so that no request waits for
        them.
        """
        operation = (request.query, request.operation_name, request.variables)
        if request.size <= MAX_INLINE_BYTES:
            prepared = self.planner.find(*operation, read_only=read_only)
            if prepared is not None:
                return prepared
        prepare = partial(self.planner.prepare, *operation, read_only=read_only)
        return await asyncio.get_running_loop().run_in_executor(self._planning, prepare)
