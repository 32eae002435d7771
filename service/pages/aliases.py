"""Addresses at which readers look for what stands elsewhere: the calendar of summits, one summit, `/countries`."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from service.pages.addresses import FOLDERS
from service.pages.assets import asset_path
from service.pages.headers import FORM_HEADERS
from service.pages.negotiation import site_of
from service.store.enums import EntryKind, MeetingLevel

LEVELS = {
    "summits": MeetingLevel.LEADERS.value,
    "talks": ",".join(each.value for each in MeetingLevel if each is not MeetingLevel.LEADERS),
}
"""The levels of the meetings that are listed at a path."""
ACTORS = ("people", "organisations")
"""Where those stand, by their slugs, of whom it can be asked in what they are involved."""
BY_KIND = {each: FOLDERS[each.value.title()] for each in EntryKind}
"""Where the entries of a kind stand."""
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
"""Pages by what they are called too, in GraphQL or elsewhere."""
ENTRIES = {
    **{kind.value.lower(): folder for kind, folder in BY_KIND.items()},
    "countries": "states",
    "facts": "relationships",
    "leaders": "people",
    "meetings": "talks",
    "persons": "people",
}
"""Where entries stand, by what they are called too; one of another type leads on to where it stands."""
BY_SLUG = {kind: folder for kind, folder in BY_KIND.items() if kind is not EntryKind.COUNTRY}
"""Where the entries of a kind stand by their slugs; states stand by their codes."""


def alias_routes(*, public_url: str | None, cache_control: str) -> Iterator[Route]:
    """Each alias by its path; it leads on by 301, with the parameters that it was asked with."""

    def leading(path: str, alias: str, **fixed: str) -> Route:
        """From `alias` to `path`, of which `fixed` are parameters; in both, braces stand for a part of the alias."""

        async def answer(request: Request) -> Response:
            asked = [(name, value) for name, value in request.query_params.multi_items() if name not in fixed]
            own = [(name, value.format(**request.path_params)) for name, value in fixed.items()]
            query = urlencode([*own, *asked], safe=",")
            parts = {name: quote(value, safe="") for name, value in request.path_params.items()}
            location = f"{site_of(request, public_url)}{path.format(**parts)}{query and f'?{query}'}"
            # without it, caches may keep a redirect for ever
            headers = {**FORM_HEADERS, "cache-control": cache_control, "location": location}
            return Response(status_code=301, headers=headers)

        return Route(alias, answer)

    yield leading(asset_path("favicon.svg"), "/favicon.ico")
    yield leading("/changes.atom", "/feed.atom")
    yield leading("/people", "/leaders", is_leader="true")
    for name, folder in LISTS.items():
        if name != folder:
            yield leading(f"/{folder}", f"/{name}")
    for name, folder in ENTRIES.items():
        if name != folder:
            yield leading(f"/{folder}/{{slug}}", f"/{name}/{{slug}}")
    for folder, levels in LEVELS.items():
        for form in ("ics", "geojson"):
            yield leading(f"/calendar.{form}", f"/{folder}.{form}", level=levels)
    for folder in ACTORS:
        for form in ("ics", "geojson"):
            yield leading(f"/calendar.{form}", f"/{folder}/{{slug}}.{form}", involving="{slug}")
        yield leading("/changes.atom", f"/{folder}/{{slug}}.atom", involving="{slug}")
    for kind, folder in BY_SLUG.items():
        yield leading("/changes.atom", f"/{folder}.atom", kind=kind.value)
        if folder not in ACTORS:
            yield leading("/changes.atom", f"/{folder}/{{slug}}.atom", slug="{slug}")
