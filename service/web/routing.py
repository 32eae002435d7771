"""Routes indexed by how their paths begin, so that a request is compared only with the few that may match."""

from __future__ import annotations

import re
from collections.abc import Sequence

from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

FIRST_PART = re.compile("/?[^/.{]*")
"""The first part of a path, without the suffix of a format; it may be empty."""


class RouteIndex(BaseRoute):
    """All routes as one. No route has a parameter in the first part of its path."""

    def __init__(self, routes: Sequence[Route]) -> None:
        self.routes = routes
        self._by_first_part: dict[str, list[Route]] = {}
        for route in routes:
            self._by_first_part.setdefault(_first_part(route.path), []).append(route)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Match as Starlette's router does: the first full match, else the first partial one. `route` is the match."""
        partial: Scope = {}
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        for route in self._by_first_part.get(_first_part(path), ()):
            match, found = route.matches(scope)
            if match is Match.FULL:
                return match, {**found, "route": route}
            if match is Match.PARTIAL and not partial:
                partial = {**found, "route": route}
        return (Match.PARTIAL, partial) if partial else (Match.NONE, {})

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Call the route that matches."""
        await scope["route"].handle(scope, receive, send)


def _first_part(path: str) -> str:
    found = FIRST_PART.match(path)
    assert found is not None
    return found[0]
