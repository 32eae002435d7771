"""Handling of a request to an address: its format and language, redirects, the response and its headers."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import quote, unquote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from service.pages.addresses import present_path
from service.pages.api_description import ApiDescription
from service.pages.downloads import DownloadIndex
from service.pages.forms import FORMS
from service.pages.headers import CARD_HEADERS, FORM_HEADERS, PAGE_HEADERS, link_header, redirect
from service.pages.negotiation import (
    asked_url,
    asks_for_page,
    header,
    negotiate_form,
    negotiate_language,
    requested_language,
    require_language,
    site_of,
)
from service.pages.not_found import Elsewhere
from service.pages.parameters import named_as_here
from service.pages.problems import problem_response
from service.pages.reading import AddressReader
from service.pages.rendering import Renderer
from service.pages.typed_dates import with_dates_in_iso
from service.pages.view import View, kept_parameters
from service.pages.words import content_language, spoken_language
from service.web.accept_encoding import accepted_codings, coded_tag
from service.web.caching import NO_STORE, AnswerTags, held_tag
from service.web.compression import compress
from service.web.disconnect import ClientGone
from service.web.exchange import Exchange

TELLING = ("html", "json")
"""Formats that include warnings."""


class AddressHandler:
    """Responds to requests to an address, in any of its formats."""

    def __init__(
        self,
        reader: AddressReader,
        tags: AnswerTags,
        renderer: Renderer,
        *,
        public_url: str | None,
        cache_control: str,
    ) -> None:
        self._address = reader.address
        self._reader = reader
        self._tags = tags
        self._renderer = renderer
        self._public_url = public_url
        self._cache_control = cache_control

    async def answer(self, request: Request) -> Response:
        """Respond in the requested format, or with problem details."""
        try:
            return await self._answer(request)
        except ClientGone:
            raise
        except Exception as error:
            exchange: Exchange = request.scope["exchange"]
            exchange.error = error
            return problem_response(
                error,
                exchange.request_id.decode(),
                is_page=asks_for_page(request),
                language=requested_language(request),
                site=self._site(request),
                asked=asked_url(request, self._site(request)),
                choices=kept_parameters(request.query_params.multi_items()),
                is_card=self._address.frame is not None,
            )

    async def _answer(self, request: Request) -> Response:
        name = negotiate_form(self._address, request.path_params.get("form"), header(request, "accept"))
        form = FORMS[name]
        accepted = accepted_codings(request)
        language = negotiate_language(require_language(request), header(request, "accept-language"))
        # the fonts of the pictures cover the scripts of these languages
        language = spoken_language(language) if form.is_picture else language
        url = b"%s?%s" % (request.scope["path"].encode(), request.scope["query_string"])
        tag = await self._tags.tag(url, f"{form.media} {language} {self._site(request)}", tells_cost=False)
        headers = {**FORM_HEADERS, "cache-control": self._cache_control}
        if tag and (held := held_tag(request.headers.get("if-none-match", ""), accepted.tags(tag))):
            return Response(status_code=304, headers={**headers, "etag": held})
        view = await self._view_or_redirect(request, language, name)
        if isinstance(view, Response):
            return view
        body = await self._renderer.render(form, view)
        coding = None if form.is_picture and accepted.accepts_plain else accepted.coding_for(len(body))
        headers |= {
            "content-language": content_language(language),
            "link": link_header(view, form=request.path_params.get("form")),
        }
        if name == "html":
            headers |= CARD_HEADERS if self._address.frame else PAGE_HEADERS
        # for a day in the future, the answer may change
        headers |= {"etag": coded_tag(tag, coding)} if tag and not view.is_of_future and not view.refused else {}
        headers |= {"cache-control": NO_STORE} if view.refused else {}
        headers |= {"content-encoding": coding.name} if coding else {}
        status = HTTPStatus.BAD_REQUEST if view.refused else HTTPStatus.OK
        return Response(await compress(body, coding) if coding else body, status, headers, media_type=form.media)

    async def _view_or_redirect(self, request: Request, language: str, form: str) -> View | Response:
        """Return the view to render, or the redirect if the address or a parameter is written differently here.

        Raises a RequestError if there is nothing at the address.
        """
        asked, reader = request.query_params.multi_items(), self._reader
        if (renamed := named_as_here(asked, reader.types)) is not None:
            return self._redirect(301, self._path_of(request), urlencode(renamed), request)
        is_page = form == "html" and self._address.frame is None
        if is_page and (rewritten := with_dates_in_iso(asked, reader.types, language)) is not None:
            return self._redirect(303, self._path_of(request), urlencode(rewritten), request)
        try:
            view = await (reader.page(request, language) if is_page else reader.view(request, language, form))
        except Elsewhere as error:
            return self._redirect(301, error.path, request.url.query, request)
        # from a former slug, or from the path of another type
        current = present_path(view.address, request.path_params, view.root)
        if current is not None and view.path != unquote(current):
            return self._redirect(301, current, request.url.query, request)
        if form in TELLING:
            view = await reader.with_other_kinds(view, request)
        if form == "html":
            view, changes = await reader.with_suggestions(view, request)
            if changes and not view.refused:
                return self._redirect(303, view.path, view.changed_url(**changes).partition("?")[2], request)
            view = await reader.with_names(view, request)
        return view

    def _path_of(self, request: Request) -> str:
        return self._address.path.format(**{key: quote(part, safe="") for key, part in request.path_params.items()})

    def _redirect(self, status: int, path: str, query: str, request: Request) -> Response:
        """Redirect to a path, in the requested format."""
        suffix = f".{request.path_params['form']}" if "form" in request.path_params else ""
        location = f"{self._site(request)}{path}{suffix}{query and f'?{query}'}"
        return redirect(status, location, self._cache_control)

    def _site(self, request: Request) -> str:
        return site_of(request, self._public_url)


def is_at_address(request: Request) -> bool:
    """Whether an address or one of the other pages is requested, even by a method that it does not support."""
    pages = (AddressHandler, ApiDescription, DownloadIndex)
    return isinstance(getattr(request.scope.get("endpoint"), "__self__", None), pages)
