"""What a tool reads with: the execution of operations, for one request."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from service.language.errors import OperationError, operation_error
from service.mcp.schema_parts import SchemaParts
from service.web.exchange import Exchange
from service.web.execution import Execution
from service.web.request import GraphQLRequest

NOT_A_QUERY = "METHOD_NOT_ALLOWED"
OPERATIONS = Path(__file__).with_name("operations")


class Reading(NamedTuple):
    """Request to the register; `base_url` is the beginning of permalinks."""

    execution: Execution
    parts: SchemaParts
    base_url: str
    exchange: Exchange | None

    async def read(self, document: str, variables: Mapping[str, Any], operation: str | None = None) -> dict[str, Any]:
        """Return the response to a stored operation, with `data`; None values are omitted. Raises as
        `Execution.execute`.
        """
        given = {name: value for name, value in variables.items() if value is not None}
        return await self.execution.execute(stored_operation(document), given, operation, exchange=self.exchange)

    async def ask(self, query: str, variables: dict[str, Any], operation: str | None) -> bytes:
        """Return the response to an operation of the client as JSON; raises an OperationError for anything
        but a query.
        """
        request = GraphQLRequest(query, operation, variables, size=len(query.encode()))
        try:
            return (await self.execution.answer(request, self.exchange)).body
        except OperationError as error:
            if any((each.extensions or {}).get("code") == NOT_A_QUERY for each in error.errors):
                raise operation_error("The register is read-only: send a query.", NOT_A_QUERY) from None
            raise


@cache
def stored_operation(name: str) -> str:
    """Return the document of this name."""
    return (OPERATIONS / f"{name}.graphql").read_text(encoding="utf-8")
