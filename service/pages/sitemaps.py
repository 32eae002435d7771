"""robots.txt and sitemaps of all entries except claims, whose text is on the pages of their facts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from math import ceil
from xml.sax.saxutils import escape

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from service.pages.addresses import ADDRESSES, path_of_entry
from service.pages.negotiation import site_of
from service.pages.operations import stored_operation
from service.web.caching import AnswerTags, held_tag
from service.web.execution import Execution

LISTS = ("facts", "people", "organisations", "countries", "places", "sources", "conflicts")
"""Each list has an operation that returns one hundred entries and the cursor of the next page."""
PAGES = [each.path for each in ADDRESSES if "{" not in each.path and "html" in each.forms]
MOST = 50_000
"""Maximum number of addresses in one sitemap, set by the protocol (sitemaps.org)."""
XML = "application/xml"
HEADERS = {"cache-control": "no-cache", "x-content-type-options": "nosniff"}
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


class Sitemaps:
    """Serves an index, and as many sitemaps as each list needs. Each is generated on request.

    A sitemap runs one statement per hundred entries of its list up to its end, so that no statement exceeds what
    anybody may request. Conditional requests with a current tag run none until the record changes. Changes by a load
    that runs meanwhile may be missing until the next request.
    """

    def __init__(self, execution: Execution, tags: AnswerTags, public_url: str | None) -> None:
        self._execution = execution
        self._tags = tags
        self._public_url = public_url

    async def robots(self, request: Request) -> Response:
        """Respond with robots.txt: the sitemap URL, and rules that exclude the endpoint and views as of other days."""
        site = site_of(request, self._public_url)
        rules = [
            "User-agent: *",
            "Disallow: /graphql",
            "Disallow: /*as_of=",
            f"Sitemap: {site}/sitemap.xml",
        ]
        return Response("\n".join([*rules, ""]), headers=HEADERS, media_type="text/plain")

    async def index(self, request: Request) -> Response:
        """Respond with the addresses of all sitemaps."""
        headers = await self._headers(request)
        if is_held(request, headers):
            return Response(status_code=304, headers=headers)
        answer = await self._execution.execute(stored_operation("sitemap").text)
        counts = {name: answer["data"][name]["totalCount"] for name in LISTS}
        names = [f"{name}-{number + 1}" for name in LISTS for number in range(ceil(counts[name] / MOST))]
        site = site_of(request, self._public_url)
        return _xml("sitemapindex", "sitemap", [f"{site}/sitemaps/{name}.xml" for name in ["pages-1", *names]], headers)

    async def part(self, request: Request) -> Response:
        """Respond with one sitemap, or with 404 if there is none of that number."""
        name, number = request.path_params["list"], request.path_params["number"]
        site, headers = site_of(request, self._public_url), await self._headers(request)
        if name == "pages" and number == 1:
            return _xml("urlset", "url", [f"{site}{path}" for path in PAGES], headers)
        if name not in LISTS or number < 1:
            raise HTTPException(404)
        if is_held(request, headers):
            return Response(status_code=304, headers=headers)
        paths = [path async for path in self._paths(name, (number - 1) * MOST, number * MOST)]
        if not paths:
            raise HTTPException(404)
        return _xml("urlset", "url", [f"{site}{path}" for path in paths], headers)

    async def _headers(self, request: Request) -> Mapping[str, str]:
        """Return the headers, with an entity tag if the state of the record is known."""
        site = site_of(request, self._public_url)
        tag = await self._tags.tag(request.url.path.encode(), f"{XML} {site}", tells_cost=False)
        return {**HEADERS, **({"etag": tag} if tag else {})}

    async def _paths(self, name: str, start: int, end: int) -> AsyncIterator[str]:
        """Yield the paths of the entries of a list between two positions."""
        text = stored_operation(f"sitemap_{name}").text
        place, after, has_next = 0, None, True
        while has_next and place < end:
            answer = await self._execution.execute(text, {"after": after})
            page = answer["data"]["list"]
            for entry in page["nodes"]:
                if start <= place < end:
                    yield path_of_entry(entry)
                place += 1
            after, has_next = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]


def is_held(request: Request, headers: Mapping[str, str]) -> bool:
    """Whether the client states that it has the version with this tag."""
    tags = [headers["etag"]] if "etag" in headers else []
    return held_tag(request.headers.get("if-none-match", ""), tags) is not None


def _xml(root: str, item: str, urls: Iterable[str], headers: Mapping[str, str]) -> Response:
    items = "".join(f"<{item}><loc>{escape(url)}</loc></{item}>" for url in urls)
    text = f'<?xml version="1.0" encoding="UTF-8"?><{root} xmlns="{NAMESPACE}">{items}</{root}>'
    return Response(text, headers=headers, media_type=XML)
