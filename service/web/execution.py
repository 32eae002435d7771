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
from service.web.answers import Answer, KeptAnswers
from service.web.at_least import not_reached
from service.web.disconnect import cancel_on_disconnect
from service.web.exchange import Exchange
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

        `exchange` belongs to the HTTP request that needs the operation; `receive` ends the statement when its client
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
    ) -> Answer:
        """Return the same response as JSON."""
        exchange = exchange or Exchange({}, b"")
        return await self.answer_prepared(await self.prepare(request, exchange), exchange, receive)

    async def prepare(
        self, request: GraphQLRequest, exchange: Exchange, *, read_only: bool = True
    ) -> PreparedOperation:
        """Return the plan of a request with its values: a cached plan at once; others are composed outside the event
        loop, so that no request waits for them.

        `read_only` refuses anything but queries. Raises OperationError.
        """
        exchange.request = request
        durations = exchange.durations
        begun = perf_counter()
        operation = (request.query, request.operation_name, request.variables)
        prepared = None
        if request.size <= MAX_INLINE_BYTES:
            prepared = self.planner.find(*operation, read_only=read_only)
        if prepared is None:
            prepare = partial(self.planner.prepare, *operation, read_only=read_only)
            prepared = await asyncio.get_running_loop().run_in_executor(self._planning, prepare)
        durations.planning_begun = durations.planning_begun or begun
        durations.planning += perf_counter() - begun
        return prepared

    async def answer_prepared(
        self,
        prepared: PreparedOperation,
        exchange: Exchange,
        receive: Receive | None = None,
        *,
        tells_cost: bool = False,
    ) -> Answer:
        """Return the response to a prepared operation; `tells_cost` adds the cost."""
        exchange.prepared = prepared
        answer = None if tells_cost else self._answers.find(prepared.key)
        if answer is None:
            cost = prepared.cost.report(self.planner.limits) if tells_cost else None
            sql = prepared.sql
            if not sql:
                return Answer(prepared.body(cost=cost), None)
            ask = partial(self._ask, sql, prepared, exchange.durations, cost)
            with cancel_on_disconnect(receive) if receive else nullcontext():
                # if the client requests the cost, the database is queried
                answer = await (ask() if cost else self._answers.answer(prepared.key, ask))
        if answer.state and answer.revision < exchange.at_least:
            raise not_reached(exchange.at_least)
        exchange.revision = answer.revision
        return answer

    async def _ask(
        self, sql: str, prepared: PreparedOperation, durations: Durations, cost: Mapping[str, Any] | None
    ) -> Answer:
        row = await self._pool.row(sql, prepared.values, work=prepared.cost.work, durations=durations)
        return Answer(prepared.body(row, cost=cost), row[1] if row and len(row) > 1 else None)

    def recall(self, received: ReceivedRequest) -> tuple[GraphQLRequest, PreparedOperation] | None:
        """Return an identical earlier request and its prepared operation, if there is one."""
        return self._requests.get(received)

    def remember(self, received: ReceivedRequest, request: GraphQLRequest, prepared: PreparedOperation) -> None:
        """Cache the prepared operation of a request."""
        # a future day will arrive one day
        if not prepared.future_days and len(received.text) <= MAX_INLINE_BYTES:
            self._requests.put(received, (request, prepared), 3 * len(received.text) + PREPARED_BYTES)
