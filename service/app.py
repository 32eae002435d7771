"""The application: the only module in which all parts are joined."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Lifespan, Receive, Scope, Send

from schema import print_possible_types, print_sdl, schema
from service.errors import ServiceError, SettingsInvalid
from service.language.limits import Limits
from service.mcp.endpoint import Mcp
from service.pages.downloads import DownloadIndex
from service.pages.handler import is_at_address
from service.pages.negotiation import asked_url, asks_for_page, requested_language, site_of
from service.pages.problems import problem_response
from service.pages.routes import fingerprint, page_routes
from service.pages.view import kept_parameters
from service.planner.planner import Planner
from service.reconciliation.endpoint import Reconciliation
from service.settings import Settings, variable
from service.store.pool import ReadingPool, reading_pool
from service.store.read_servers import Reads, ReadServers, read_servers
from service.store.revision import RevisionWatch
from service.version import VERSION
from service.web.access_log import AccessLog
from service.web.answers import KeptAnswers
from service.web.at_least import AT_LEAST, wait_for_revision
from service.web.caching import AnswerTags
from service.web.directory import NO_CACHE_HEADERS, directory
from service.web.downloads import Downloads
from service.web.execution import Execution
from service.web.fixed import FixedBody
from service.web.graphql import GraphQL
from service.web.health import READY_SECONDS, Health
from service.web.logs import set_up_logs
from service.web.metrics import Metrics
from service.web.negotiation import JSON
from service.web.playground_page import PAGE_FILES, to_page
from service.web.problems import RequestError, options_headers, response_to
from service.web.routing import RouteIndex
from service.web.worker_metrics import MetricsSocket

if TYPE_CHECKING:
    from service.web.tracing import Traces

ENDPOINT = "/graphql"
SWITCH_SECONDS = 0.0005
PREPARED_PART = 8
"""The share of the plan cache for prepared requests: one part in this many."""


class Service(Starlette):
    """The routes, with a short cut to the endpoint, since the router takes as long as preparing a response."""

    def __init__(
        self,
        endpoint: GraphQL,
        metrics: Metrics,
        watch: RevisionWatch,
        traces: Traces | None = None,
        *,
        routes: list[Route],
        lifespan: Lifespan[Starlette],
        public_url: str | None,
    ) -> None:
        handlers = dict.fromkeys((HTTPException, RequestError, ServiceError, Exception), _handler(public_url))
        self._index = RouteIndex([Route(ENDPOINT, endpoint), *routes])
        super().__init__(routes=[self._index], exception_handlers=handlers, lifespan=lifespan)
        # the router's own redirect is temporary, and also adds slashes
        self.router.redirect_slashes = False
        self._public_url = public_url
        self.endpoint = endpoint
        self._metrics = metrics
        self._watch = watch
        # addresses have several paths, one for each format, and so do downloads
        self._paths: dict[object, str] = {route.endpoint: template_of(route.path) for route in reversed(routes)}
        self._other_paths = AccessLog(self._answer_other_path, self._observe, traces)

    @property
    def routes(self) -> list[BaseRoute]:
        """All routes; the router itself only has their index."""
        return [*self._index.routes]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == ENDPOINT:
            await self.endpoint(scope, receive, send)
        elif scope["type"] == "http":
            await self._other_paths(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)

    async def _answer_other_path(self, scope: Scope, receive: Receive, send: Send) -> None:
        least = dict(scope["headers"]).get(AT_LEAST)
        try:
            if least is not None:
                scope["exchange"].at_least = await wait_for_revision(self._watch, least)
        except RequestError as error:
            scope["exchange"].error = error
            return await response_to(error, scope["exchange"].request_id.decode())(scope, receive, send)
        if (whole := self._without_slash(scope)) is not None:
            location = asked_url(Request(whole), site_of(Request(whole), self._public_url), with_language=True)
            headers = {**NO_CACHE_HEADERS, "location": location}
            return await Response(status_code=301, headers=headers)(scope, receive, send)
        route = self._find_route(scope) if scope["method"] == "OPTIONS" else None
        if route is not None:
            scope["endpoint"] = route.endpoint
            await Response(status_code=204, headers=options_headers(route.methods or {"GET"}))(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)

    def _observe(self, scope: Scope, status: int, seconds: float) -> None:
        self._metrics.observe_other_path(self._paths.get(scope.get("endpoint")), status, seconds)

    def _without_slash(self, scope: Scope) -> Scope | None:
        """Return the scope without the slash at the end of its path, if that path exists."""
        path = scope["path"]
        if len(path) < 2 or not path.endswith("/") or scope["method"] not in ("GET", "HEAD"):
            return None
        whole = {**scope, "path": path.rstrip("/") or "/"}
        return whole if self._find_route(whole) is not None else None

    def _find_route(self, scope: Scope) -> Route | None:
        """Return the route of a path, whatever the method."""
        return self._index.matches(scope)[1].get("route")


def template_of(path: str) -> str:
    """Return the path of a route without its format and the types of its parameters: `/summits/{slug}`."""
    return re.sub(r":\w+}", "}", path.removesuffix(".{form:form}"))


def create_app(settings: Settings, worker: Path | None = None, traces: Traces | None = None) -> Service:
    """Create the service on the database in `settings.database_url`, which must be migrated.

    `worker`: where one of several workers publishes its metrics; the others publish theirs in the same folder.
    `traces`: where to send spans, instead of where OpenTelemetry's variables say. Raises `SettingsInvalid`.
    """
    # otherwise the loop waits 5 ms for its turn, several times in a request, while another thread plans
    sys.setswitchinterval(SWITCH_SECONDS)
    set_up_logs(settings.log_level)
    structlog.stdlib.get_logger("gipfelbuch").info("start", version=VERSION)
    pool = reading_pool(settings)
    # the state of the record and the readiness of the service do not wait behind requests
    checking_pool = reading_pool(settings, size=1, seconds=READY_SECONDS)
    watch = RevisionWatch(checking_pool)
    servers = read_servers(settings, pool, watch)
    reads = servers or pool
    traces = traces or (_traces() if settings.traces else None)
    answers = KeptAnswers(watch, settings.answer_cache_bytes)
    metrics = Metrics(reads, worker and worker.parent)
    metrics.watch_answers(answers)
    if servers:
        metrics.watch_servers(servers)
    execution, sdl = _execution(settings, reads, answers), print_sdl()
    mcp = Mcp(execution, host=settings.host, public_url=settings.public_url, max_body_bytes=settings.max_body_bytes)
    endpoint = GraphQL(
        execution,
        metrics,
        AnswerTags(watch, f"{VERSION} {sdl} {settings.public_url}"),
        watch,
        traces,
        max_body_bytes=settings.max_body_bytes,
        cache_control=settings.cache_control,
    )
    routes = [
        *_schema_routes(sdl),
        *_register_routes(settings, execution, mcp, watch),
        *_download_routes(settings, pool, reads),
        *_monitoring_routes(settings, Health(checking_pool), metrics),
    ]
    started: list[MetricsSocket | ReadServers] = [MetricsSocket(worker, metrics.own)] if worker else []
    started += [servers] if servers else []
    stop_functions = [traces.close] if traces else []
    if settings.metrics_port is not None and worker is None:
        stop_functions.insert(0, metrics.listen(settings))
    lifespan = _lifespan(started, stop_functions, [*started, watch, mcp, pool, checking_pool])
    return Service(endpoint, metrics, watch, traces, routes=routes, lifespan=lifespan, public_url=settings.public_url)


def _execution(settings: Settings, reads: Reads, answers: KeptAnswers) -> Execution:
    prepared_bytes = settings.plan_cache_bytes // PREPARED_PART
    planner = Planner(schema, limits(settings), cache_bytes=settings.plan_cache_bytes - prepared_bytes)
    return Execution(planner, reads, answers, prepared_bytes=prepared_bytes)


def _schema_routes(sdl: str) -> list[Route]:
    """Return the routes of the schema and of the page on which people query it."""
    return [
        Route("/playground", to_page),
        Route("/playground/{name}", PAGE_FILES.answer),
        Route("/schema.graphql", FixedBody(sdl.encode(), "text/plain", NO_CACHE_HEADERS).answer),
        Route("/possible-types.json", FixedBody(print_possible_types().encode(), JSON, NO_CACHE_HEADERS).answer),
    ]


def _register_routes(settings: Settings, execution: Execution, mcp: Mcp, watch: RevisionWatch) -> list[Route]:
    """Return the routes of what executes operations: the pages, the tools of language models, reconciliation."""
    public_url = settings.public_url
    pages = page_routes(
        execution,
        AnswerTags(watch, f"{VERSION} {fingerprint()} {public_url}"),
        public_url=public_url,
        cache_control=settings.cache_control,
        directory=directory(has_metrics=settings.metrics_port is None),
    )
    reconciliation = Reconciliation(execution, public_url=public_url, max_body_bytes=settings.max_body_bytes)
    return [
        *pages,
        Route("/mcp", mcp, methods=["POST"]),
        Route("/mcp", mcp.refuse_reading),
        *reconciliation.routes,
    ]


def _download_routes(settings: Settings, pool: ReadingPool, reads: Reads) -> list[Route]:
    index = DownloadIndex(pool, settings.public_url)
    return [
        *(Route(path, index.answer) for path in ("/downloads", "/downloads.json", "/downloads/latest")),
        Route("/downloads/{revision}/{name}", Downloads(pool, reads, settings.public_url).file),
    ]


def _monitoring_routes(settings: Settings, health: Health, metrics: Metrics) -> list[Route]:
    """Return the routes for operators; without the metrics if they have a port of their own."""
    return [
        Route("/health/live", health.live),
        Route("/health/ready", health.ready),
        *([Route("/metrics", metrics.text)] if settings.metrics_port is None else []),
    ]


def _traces() -> Traces:
    try:
        from service.web.tracing import traces_by_otlp

        return traces_by_otlp()
    except ImportError:
        raise SettingsInvalid(f"{variable('traces')} requires `pip install 'gipfelbuch[telemetry]'`") from None


def limits(settings: Settings) -> Limits:
    """Return the limits of an operation in the settings."""
    return Limits(
        tokens=settings.max_tokens,
        depth=settings.max_depth,
        aliases=settings.max_aliases,
        fields=settings.max_fields,
        work=settings.max_cost,
        bytes=settings.max_answer_bytes,
        comparisons=settings.max_comparisons,
    )


def _lifespan(
    started: Sequence[MetricsSocket | ReadServers],
    stop_functions: Sequence[Callable[[], None]],
    closed: Sequence[Mcp | ReadingPool | RevisionWatch | MetricsSocket | ReadServers],
) -> Lifespan[Starlette]:
    """Return what starts some parts with the application, and at its end stops threads and closes parts."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        for part in started:
            await part.start()
        try:
            yield
        finally:
            for stop in stop_functions:
                await asyncio.to_thread(stop)
            for each in closed:
                await each.close()

    return lifespan


def _handler(public_url: str | None) -> Callable[[Request, Exception], Awaitable[Response]]:
    """Return the handler of errors outside the endpoint: it returns a page to a browser, otherwise a problem.

    Paths that are not addresses and refuse requests themselves, such as downloads, respond in the format of GraphQL
    errors.
    """

    async def handle(request: Request, error: Exception) -> Response:
        exchange = request.scope["exchange"]
        exchange.error = error
        is_page = asks_for_page(request)
        if not is_page and not is_at_address(request) and not isinstance(error, HTTPException):
            return response_to(error, exchange.request_id.decode())
        return problem_response(
            error,
            exchange.request_id.decode(),
            is_page=is_page,
            language=requested_language(request),
            site=site_of(request, public_url),
            asked=asked_url(request, site_of(request, public_url)),
            choices=kept_parameters(request.query_params.multi_items()),
        )

    return handle
