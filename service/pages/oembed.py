"""oEmbed 1.0 (oembed.com): for the address of a page that has a card, the embed code of the card, as JSON or XML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import compile_path

from service.pages.addresses import EMBED
from service.pages.cards import frame_code
from service.pages.headers import FORM_HEADERS
from service.pages.negotiation import chosen_language, negotiate_language, site_of
from service.pages.parameters import bad_parameter
from service.pages.picture import HEIGHT, WIDTH
from service.pages.problems import problem_response
from service.pages.reading import AddressReader
from service.pages.view import View
from service.web.disconnect import ClientGone
from service.web.negotiation import JSON
from service.web.problems import RequestError

PARAMETERS = ("url", "maxwidth", "maxheight", "format")
XML = "text/xml; charset=utf-8"
HEAD = b'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n'
SIZE = re.compile("[1-9][0-9]{0,8}")


class OEmbed:
    """Responds to `/oembed` with the data of the card: 404 for pages without a card, 501 for unknown formats."""

    def __init__(self, cards: Mapping[str, AddressReader], *, public_url: str | None, cache_control: str) -> None:
        """`cards`: readers of the cards, by the path of their page."""
        self._cards = [(compile_path(path)[0], reader) for path, reader in cards.items()]
        self._public_url = public_url
        self._cache_control = cache_control

    async def answer(self, request: Request) -> Response:
        """Respond with the card of the page at `url`, or with problem details."""
        try:
            return await self._answer(request)
        except ClientGone:
            raise
        except Exception as error:
            exchange = request.scope["exchange"]
            exchange.error = error
            site, request_id = site_of(request, self._public_url), exchange.request_id.decode()
            return problem_response(error, request_id, is_page=False, language="en", site=site)

    async def _answer(self, request: Request) -> Response:
        given = _parameters(request)
        if given.get("format", "json") not in ("json", "xml"):
            raise format_refusal()
        most = tuple(_size(given, name) for name in ("maxwidth", "maxheight"))
        members = _members(await self._view(request, given["url"]), *most)
        headers = {**FORM_HEADERS, "cache-control": self._cache_control}
        if given.get("format") == "xml":
            return Response(_xml(members), headers=headers, media_type=XML)
        return Response(orjson.dumps(members), headers=headers, media_type=JSON)

    async def _view(self, request: Request, url: str) -> View:
        """Return the view of the card of a page of this service."""
        site = urlsplit(site_of(request, self._public_url))
        try:
            asked = urlsplit(url)
        except ValueError:
            raise _no_card(url) from None
        path = asked.path.removeprefix(site.path)
        if asked.scheme not in ("http", "https") or asked.netloc != site.netloc or not asked.path.startswith(site.path):
            raise _no_card(url)
        for pattern, reader in self._cards:
            if found := pattern.match(path.removeprefix(EMBED)):
                values = {name: unquote(value) for name, value in found.groupdict().items()}
                scope = {**request.scope, "path_params": values, "query_string": asked.query.encode()}
                inner = Request(scope, request.receive)
                return await reader.view(inner, negotiate_language(chosen_language(inner), b""))
        raise _no_card(url)


def _parameters(request: Request) -> dict[str, str]:
    """Return the given parameters, each once. Unknown parameters added by consumers are ignored."""
    pairs = [pair for pair in request.query_params.multi_items() if pair[0] in PARAMETERS and pair[1]]
    given = dict(pairs)
    if len(given) < len(pairs):
        raise bad_parameter("url", "Each parameter takes one value.")
    if "url" not in given:
        raise bad_parameter("url", "`url` is required: the address of a page.")
    return given


def _size(given: Mapping[str, str], name: str) -> int | None:
    if name not in given:
        return None
    if not SIZE.fullmatch(given[name]):
        raise bad_parameter(name, f"`{name}` must be a number of pixels.")
    return int(given[name])


def format_refusal() -> RequestError:
    """Return the error for an unsupported format, which has its own status code in the specification."""
    return RequestError(501, "NOT_IMPLEMENTED", "The supported formats are `json` and `xml`.")


def _no_card(url: str) -> RequestError:
    return RequestError(404, "NOT_FOUND", f"There is no card for {url[:200]} here.")


def _members(view: View, width: int | None, height: int | None) -> dict[str, Any]:
    """Return the members of the response. The frame and the picture fit into the maximum size."""
    assert view.address.frame is not None
    size = min(view.address.frame[0], width or WIDTH), min(view.address.frame[1], height or HEIGHT)
    members: dict[str, Any] = {
        "type": "rich",
        "version": "1.0",
        "title": view.root["label"],
        "provider_name": "Gipfelbuch",
        "provider_url": f"{view.site}/",
        "html": frame_code(view, size),
        "width": size[0],
        "height": size[1],
    }
    if view.picture_url and (width or WIDTH) >= WIDTH and (height or HEIGHT) >= HEIGHT:
        members |= {"thumbnail_url": view.picture_url, "thumbnail_width": WIDTH, "thumbnail_height": HEIGHT}
    return members


def _xml(members: Mapping[str, Any]) -> bytes:
    root = Element("oembed")
    for name, value in members.items():
        SubElement(root, name).text = str(value)
    text: bytes = tostring(root, encoding="utf-8", xml_declaration=False)
    return HEAD + text
