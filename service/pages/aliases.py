"""Redirects from addresses where readers may look: the calendar of summits, one summit, `/countries`."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from service.pages.addresses import FOLDERS
from service.pages.assets import asset_path
from service.pages.headers import redirect
from service.pages.negotiation import site_of
from service.store.enums import EntryKind, MeetingLevel

LEVELS = {
    "summits": MeetingLevel.LEADERS.value,
    "talks": ",".join(each.value for each in MeetingLevel if each is not MeetingLevel.LEADERS),
}
"""Levels of the meetings listed at each path."""
ACTORS = ("people", "organisations")
"""Paths of actors that are addressed by slug and can be used in the `involving` filter."""
BY_KIND = {each: FOLDERS[each.value.title()] for each in EntryKind}
"""Path segment of the entries of each kind."""
LISTS = {
    **{kind.value.lower(): folder for kind, folder in BY_KIND.items()},
    "api": "docs",
    "countries": "states",
    "counts": "charts",
    "graph": "network",
    "help": "docs",
    "meetings": "calendar",
    "persons": "people",
}
"""Pages, by alternative names in GraphQL or elsewhere."""
ENTRIES = {
    **{kind.value.lower(): folder for kind, folder in BY_KIND.items()},
    "countries": "states",
    "facts": "relationships",
    "leaders": "people",
    "meetings": "talks",
    "persons": "people",
}
"""Path segments of entries, by alternative names. An entry of another type redirects to its own path."""
BY_SLUG = {kind: folder for kind, folder in BY_KIND.items() if kind is not EntryKind.COUNTRY}
"""Path segments of entries that are addressed by slug. States are addressed by code."""


def alias_routes(*, public_url: str | None, cache_control: str) -> Iterator[Route]:
    """Yield a route for each alias. It redirects with 301 and keeps the parameters of the request."""

    def alias_route(path: str, alias: str, **fixed: str) -> Route:
        """Redirect from `alias` to `path` with the `fixed` parameters. Braces in both stand for a part of the alias."""

        async def answer(request: Request) -> Response:
            asked = [(name, value) for name, value in request.query_params.multi_items() if name not in fixed]
            own = [(name, value.format(**request.path_params)) for name, value in fixed.items()]
            query = urlencode([*own, *asked], safe=",")
            parts = {name: quote(value, safe="") for name, value in request.path_params.items()}
            location = f"{site_of(request, public_url)}{path.format(**parts)}{query and f'?{query}'}"
            return redirect(301, location, cache_control)

        return Route(alias, answer)

    yield alias_route(asset_path("favicon.svg"), "/favicon.ico")
    yield alias_route("/changes.atom", "/feed.atom")
    yield alias_route("/people", "/leaders", is_leader="true")
    for name, folder in LISTS.items():
        if name != folder:
            yield alias_route(f"/{folder}", f"/{name}")
    for name, folder in ENTRIES.items():
        if name != folder:
            yield alias_route(f"/{folder}/{{slug}}", f"/{name}/{{slug}}")
    for folder, levels in LEVELS.items():
        for form in ("ics", "geojson"):
            yield alias_route(f"/calendar.{form}", f"/{folder}.{form}", level=levels)
    for folder in ACTORS:
        for form in ("ics", "geojson"):
            yield alias_route(f"/calendar.{form}", f"/{folder}/{{slug}}.{form}", involving="{slug}")
        yield alias_route("/changes.atom", f"/{folder}/{{slug}}.atom", involving="{slug}")
    for kind, folder in BY_SLUG.items():
        yield alias_route("/changes.atom", f"/{folder}.atom", kind=kind.value)
        if folder not in ACTORS:
            yield alias_route("/changes.atom", f"/{folder}/{{slug}}.atom", slug="{slug}")
