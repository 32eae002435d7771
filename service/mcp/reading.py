"""What a tool reads by: the execution of operations, for one request."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from service.language.errors import OperationError, operation_error
from service.mcp.schema_parts import SchemaParts
from service.web.access_log import Exchange
from service.web.execution import Execution
from service.web.request import GraphQLRequest

NOT_A_QUERY = "METHOD_NOT_ALLOWED"
OPERATIONS = Path(__file__).with_name("operations")


class Reading(NamedTuple):
    """A request to the register; `base_url` is what permalinks begin with."""

    execution: Execution
    parts: SchemaParts
    base_url: str
    exchange: Exchange | None

    async def read(self, document: str, variables: Mapping[str, Any], operation: str | None = None) -> dict[str, Any]:
        """The answer to a stored operation, with `data`; what is None is not given. Raises as `Execution.execute`."""
        given = {name: value for name, value in variables.items() if value is not None}
        return await self.execution.execute(stored_operation(document), given, operation, exchange=self.exchange)

    async def ask(self, query: str, variables: dict[str, Any], operation: str | None) -> bytes:
        """The answer to an operation of the client's as JSON; raises an OperationError for what is not a query."""
        request = GraphQLRequest(query, operation, variables, size=len(query.encode()))
        try:
            return (await self.execution.answer(request, self.exchange)).body
        except OperationError as error:
            if any((each.extensions or {}).get("code") == NOT_A_QUERY for each in error.errors):
                raise operation_error("The register can only be read: ask a query.", NOT_A_QUERY) from None
            raise


@cache
def stored_operation(name: str) -> str:
    """The document of a name."""
    return (OPERATIONS / f"{name}.graphql").read_text(encoding="utf-8")
