"""Routes of all addresses."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from hashlib import sha256
from pathlib import Path

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from service.pages.addresses import ADDRESSES, EMBED
from service.pages.aliases import alias_routes
from service.pages.api_description import ApiDescription
from service.pages.assets import ASSET_FILES
from service.pages.context import context_document
from service.pages.forms import FORMS
from service.pages.forms.jsonld import CONTEXT
from service.pages.handler import AddressHandler
from service.pages.negotiation import asks_for_page
from service.pages.oembed import OEmbed
from service.pages.reading import AddressReader
from service.pages.rendering import Renderer
from service.pages.sitemaps import Sitemaps
from service.web.caching import AnswerTags
from service.web.execution import Execution

Answer = Callable[[Request], Awaitable[Response]]


class FormConvertor(Convertor[str]):
    """Format suffix of a path."""

    regex = "|".join(FORMS)

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("form", FormConvertor())


def fingerprint() -> str:
    """Return the SHA-256 of all files of the pages, on which responses depend besides the record and the request."""
    files = sorted(each for each in Path(__file__).parent.rglob("*") if each.is_file() and each.suffix != ".pyc")
    return sha256(b"".join(each.read_bytes() for each in files)).hexdigest()


def page_routes(
    execution: Execution, tags: AnswerTags, *, public_url: str | None, cache_control: str, directory: Answer
) -> Iterator[Route]:
    """Yield a route for each address by its path, and by its path with a format suffix.

    directory: handler for programs at the root path, where browsers get the start page.
    """
    yield Route("/assets/{name}", ASSET_FILES.answer)
    description = ApiDescription(execution.planner.schema, public_url)
    yield Route("/openapi.json", description.document)
    yield Route("/docs", description.page)
    sitemaps = Sitemaps(execution, tags, public_url)
    yield Route("/robots.txt", sitemaps.robots)
    yield Route("/sitemap.xml", sitemaps.index)
    yield Route("/sitemaps/{list}-{number:int}.xml", sitemaps.part)
    yield Route(CONTEXT, context_document)
    yield from alias_routes(public_url=public_url, cache_control=cache_control)
    renderer, cards = Renderer(), dict[str, AddressReader]()
    for address in ADDRESSES:
        reader = AddressReader(address, execution, public_url)
        handler = AddressHandler(reader, tags, renderer, public_url=public_url, cache_control=cache_control)
        if address.frame:
            cards[address.path.removeprefix(EMBED)] = reader
        if address.path == "/":
            yield Route("/", _page_or(directory, handler.answer))
        else:
            yield Route(f"{address.path}.{{form:form}}", handler.answer)
            yield Route(address.path, handler.answer)
    oembed = OEmbed(cards, public_url=public_url, cache_control=cache_control)
    yield Route("/oembed", oembed.answer)


def _page_or(directory: Answer, page: Answer) -> Answer:
    """Respond to browsers with the page, to programs with the directory."""

    async def answer(request: Request) -> Response:
        return await (page if asks_for_page(request) else directory)(request)

    return answer
