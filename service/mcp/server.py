"""The server of the protocol, using the package `mcp`, which is heavy and only imported for the first request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
import structlog
from graphql import GraphQLEnumType, GraphQLSchema
from mcp import types
from mcp.server.caching import CacheableMethod, CacheHint
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.shared.exceptions import MCPError
from starlette.requests import Request

from service.language.errors import OperationError, operation_error
from service.mcp.arguments import check_arguments
from service.mcp.reading import Reading
from service.mcp.schema_parts import SchemaParts
from service.mcp.tools import INSTRUCTIONS, Content, Tool, list_tools
from service.store.failures import FAULT, ReadFailed
from service.version import VERSION
from service.web.execution import Execution

SCHEMA_URI = "gipfelbuch://schema/"
READ_ONLY = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
GRAPHQL = "application/graphql"
HINTS = {
    "GRAPHQL_VALIDATION_FAILED": "Call `ask` with only `noun`, the name of the type, to see its fields.",
    "GRAPHQL_PARSE_FAILED": "`query` is GraphQL, such as { summits { totalCount } }; `search` finds entries by words.",
}
"""What helps with an operation that was refused, by the code of the error."""
LISTINGS: tuple[CacheableMethod, ...] = ("tools/list", "resources/list", "resources/templates/list", "resources/read")
LISTED = CacheHint(ttl_ms=3_600_000, scope="public")
"""Cache hint for content that changes only with the version."""
Context = ServerRequestContext[Any, Request]
log = structlog.stdlib.get_logger("gipfelbuch.mcp")


def session_manager(execution: Execution, public_url: str | None) -> StreamableHTTPSessionManager:
    """Return the handler of requests in the protocol: each on its own, in JSON, without a session."""
    answers = Answers(execution, public_url)
    server: Server[Any] = Server(
        "gipfelbuch",
        version=VERSION,
        title="Gipfelbuch, the register of summits",
        instructions=INSTRUCTIONS,
        cache_hints=dict.fromkeys(LISTINGS, LISTED),
        get_tool_input_schema=answers.input_schema,
        on_list_tools=answers.list_tools,
        on_call_tool=answers.call_tool,
        on_list_resources=answers.list_resources,
        on_list_resource_templates=answers.list_resource_templates,
        on_read_resource=answers.read_resource,
        on_completion=answers.complete,
    )
    return StreamableHTTPSessionManager(server, json_response=True, stateless=True)


class Answers:
    """Handlers of a protocol client's requests."""

    def __init__(self, execution: Execution, public_url: str | None) -> None:
        schema = execution.planner.schema
        self._execution, self._public_url = execution, public_url
        self._parts = SchemaParts(schema)
        tools = list_tools(_values(schema, "SearchKind"), _values(schema, "FactKind"))
        self._tools = {tool.name: tool for tool in tools}

    def input_schema(self, name: str) -> Mapping[str, Any] | None:
        """Return the schema of a tool's arguments."""
        return self._tools[name].input if name in self._tools else None

    async def list_tools(self, context: Context, params: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        """Return the tools, on one page."""
        return types.ListToolsResult(tools=[_describe(tool) for tool in self._tools.values()])

    async def call_tool(self, context: Context, params: types.CallToolRequestParams) -> types.CallToolResult:
        """Return a tool's content; errors that a model can fix, and failures, are returned as errors of the tool."""
        tool = self._tools.get(params.name)
        if tool is None:
            raise MCPError(
                types.INVALID_PARAMS, f"There is no tool {params.name!r}. Available tools: {', '.join(self._tools)}."
            )
        reading = self._reading(context)
        try:
            arguments = check_arguments(tool, params.arguments or {})
            return _to_result(await tool.answer(reading, arguments))
        except Exception as error:
            if reading.exchange is not None:
                reading.exchange.error = error
            return _to_result(_errors(error, reading), is_error=True)

    async def list_resources(
        self, context: Context, params: types.PaginatedRequestParams | None
    ) -> types.ListResourcesResult:
        """Return a part of the schema for each noun where a model should begin."""
        return types.ListResourcesResult(
            resources=[
                types.Resource(uri=SCHEMA_URI + noun, name=f"schema-{noun}", title=f"Schema: {noun}", mime_type=GRAPHQL)
                for noun in self._parts.nouns
            ]
        )

    async def list_resource_templates(
        self, context: Context, params: types.PaginatedRequestParams | None
    ) -> types.ListResourceTemplatesResult:
        """Return the template for the schema by noun."""
        template = types.ResourceTemplate(
            uri_template=f"{SCHEMA_URI}{{noun}}",
            name="schema",
            title="The schema by noun",
            description="What `ask` can query about a noun: a type of the schema. Operations begin at `Query`.",
            mime_type=GRAPHQL,
        )
        return types.ListResourceTemplatesResult(resource_templates=[template])

    async def read_resource(
        self, context: Context, params: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        """Return a part of the schema."""
        try:
            if not params.uri.startswith(SCHEMA_URI):
                raise operation_error(f"Resources begin with {SCHEMA_URI}.", "NOT_FOUND")
            text = self._parts.part(params.uri.removeprefix(SCHEMA_URI))
        except OperationError as error:
            raise MCPError(types.INVALID_PARAMS, str(error), {"uri": params.uri}) from None
        content = types.TextResourceContents(uri=params.uri, mime_type=GRAPHQL, text=text)
        return types.ReadResourceResult(contents=[content])

    async def complete(self, context: Context, params: types.CompleteRequestParams) -> types.CompleteResult:
        """Return the nouns that begin with what has been typed."""
        begun = params.argument.value.lower()
        names = [name for name in self._parts.names if name.lower().startswith(begun)]
        completion = types.Completion(values=names[:100], total=len(names), has_more=len(names) > 100)
        return types.CompleteResult(completion=completion)

    def _reading(self, context: Context) -> Reading:
        request = context.request
        assert request is not None
        base_url = self._public_url or str(request.base_url).rstrip("/")
        return Reading(self._execution, self._parts, base_url, request.scope.get("exchange"))


def _values(schema: GraphQLSchema, name: str) -> list[str]:
    type_ = schema.type_map[name]
    assert isinstance(type_, GraphQLEnumType)
    return list(type_.values)


def _describe(tool: Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.input,
        output_schema=tool.output,
        annotations=READ_ONLY,
    )


def _errors(error: Exception, reading: Reading) -> Content:
    """Return the errors as the endpoint does; a failure of the service is also logged."""
    match error:
        case OperationError():
            return _refusal(error)
        case ReadFailed():
            return {"errors": [{"message": error.message, "extensions": {"code": error.code}}]}
        case _:
            request_id = reading.exchange.request_id.decode() if reading.exchange else None
            log.error("tool failed", request_id=request_id, exc_info=error)
            extensions = {"code": FAULT.code, "requestId": request_id}
            return {"errors": [{"message": FAULT.message, "extensions": extensions}]}


def _refusal(error: OperationError) -> Content:
    """Return the errors of an operation, and a hint at what helps."""
    codes = [(each.extensions or {}).get("code") for each in error.errors]
    hint = next((HINTS[code] for code in codes if code in HINTS), None)
    return {"errors": [each.formatted for each in error.errors], **({"hint": hint} if hint else {})}


def _to_result(content: Content, *, is_error: bool = False) -> types.CallToolResult:
    """Return the content for programs, and the same as text for models that read nothing else."""
    text = types.TextContent(text=orjson.dumps(content).decode())
    structured = None if is_error else content
    return types.CallToolResult(content=[text], structured_content=structured, is_error=is_error)
