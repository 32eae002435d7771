"""Handling of a request to an address: its format, its variables, the operation, the response."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import quote, unquote, urlencode

import orjson
from graphql import GraphQLInputType
from starlette.requests import Request
from starlette.responses import Response

from service.language.errors import OperationError
from service.pages.addresses import MOST_ENTRIES, Address, present_path
from service.pages.api_description import ApiDescription
from service.pages.downloads import DownloadIndex
from service.pages.filters import named_values, names_of
from service.pages.forms import FORMS
from service.pages.headers import CARD_HEADERS, FORM_HEADERS, PAGE_HEADERS, link_header
from service.pages.meant import (
    MOST_VALUES,
    Meant,
    kinds_meant,
    meant_entries,
    named_parameters,
    with_meant,
    with_other_kinds,
)
from service.pages.missing import STATE_CODE, Elsewhere, not_found, not_yet_known, pair_meant, pair_named
from service.pages.negotiation import (
    asked_url,
    asks_for_page,
    header,
    negotiate_form,
    negotiate_language,
    requested_language,
    site_of,
)
from service.pages.operations import StoredOperation, stored_operation
from service.pages.parameters import (
    DAY,
    LANGUAGE,
    LANGUAGE_TAG,
    bad_day,
    bad_parameter,
    is_day,
    meaningful_parameters,
    named_as_here,
    parameter_name,
    parse_parameters,
    required_variables,
)
from service.pages.problems import parameter_error, problem_response
from service.pages.rendering import Renderer
from service.pages.variables import variable_uses
from service.pages.view import UNKNOWN_SLUG, View, kept_parameters
from service.pages.whole_list import Page, asks_for_whole, read_whole
from service.pages.words import ENGLISH, content_language, spoken_language
from service.planner.ranges import EMPTY_RANGE
from service.web.accept_encoding import accepted_codings, coded_tag
from service.web.caching import AnswerTags, held_tag
from service.web.compression import compress
from service.web.disconnect import ClientGone
from service.web.exchange import Exchange
from service.web.execution import Execution
from service.web.problems import code_of
from service.web.request import GraphQLRequest

COUNTED = "counted"
"""Variable that controls whether the entries of a list are counted."""
TELLING = ("html", "json")
"""Formats that include warnings."""
MOST_NAMES = 100
"""Maximum number of filter values for which a page looks up names."""


class AddressHandler:
    """Responds to requests to an address, in any of its formats."""

    def __init__(
        self,
        address: Address,
        execution: Execution,
        tags: AnswerTags,
        renderer: Renderer,
        *,
        public_url: str | None,
        cache_control: str,
    ) -> None:
        self._address = address
        self._execution = execution
        self._tags = tags
        self._renderer = renderer
        self._public_url = public_url
        self._cache_control = cache_control
        self._operation: StoredOperation = stored_operation(address.operation)
        uses = variable_uses(self._operation, execution.planner.schema)
        self._arguments = {use.argument: parameter_name(name) for name, use in uses.items()}
        self._types: Mapping[str, GraphQLInputType] = self._operation.variables(execution.planner.schema)

    async def answer(self, request: Request) -> Response:
        """Respond in the requested format, or with problem details."""
        exchange: Exchange = request.scope["exchange"]
        try:
            return await self._answer(request, exchange)
        except ClientGone:
            raise
        except Exception as error:
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

    async def _answer(self, request: Request, exchange: Exchange) -> Response:
        name = negotiate_form(self._address, request.path_params.get("form"), header(request, "accept"))
        form = FORMS[name]
        accepted = accepted_codings(request)
        chosen = _chosen_language(request)
        language = negotiate_language(chosen, header(request, "accept-language"))
        # the fonts of the pictures cover the scripts of these languages
        language = spoken_language(language) if form.is_picture else language
        site = self._site(request)
        url = b"%s?%s" % (request.scope["path"].encode(), request.scope["query_string"])
        tag = await self._tags.tag(url, f"{form.media} {language} {site}", tells_cost=False)
        headers = {**FORM_HEADERS, "cache-control": self._cache_control}
        if tag and (held := held_tag(request.headers.get("if-none-match", ""), accepted.tags(tag))):
            return Response(status_code=304, headers={**headers, "etag": held})
        if (renamed := named_as_here(request.query_params.multi_items(), self._types)) is not None:
            path = self._address.path.format(**{key: quote(part, safe="") for key, part in request.path_params.items()})
            return self._leading(301, path, urlencode(renamed), request)
        try:
            view = await self.view(request, exchange, language, name)
        except Elsewhere as error:
            return self._leading(301, error.path, request.url.query, request)
        if (redirect := self._redirect(view, request)) is not None:
            return redirect
        if name in TELLING and (given := [each["value"] for each in view.unknown if each["code"] == UNKNOWN_SLUG]):
            view = with_other_kinds(view, await self._find_named(view, given, request, exchange))
        if name == "html" and view.unknown:
            meant = await self._find_meant(view, request, exchange)
            if (redirect := self._redirect_by_name(view, meant, request)) is not None:
                return redirect
            view = with_meant(view, meant)
        if name == "html" and (given := named_values(view)):
            view = replace(view, names=names_of(await self._find_named(view, given, request, exchange)))
        body = await self._renderer.render(form, view)
        coding = None if form.is_picture and accepted.accepts_plain else accepted.coding_for(len(body))
        headers |= {
            "content-language": content_language(language),
            "link": link_header(view, form=request.path_params.get("form")),
        }
        if name == "html":
            headers |= CARD_HEADERS if self._address.frame else PAGE_HEADERS
        # for a day in the future, the answer may change
        headers |= {"etag": coded_tag(tag, coding)} if tag and not view.is_of_future else {}
        headers |= {"content-encoding": coding.name} if coding else {}
        return Response(await compress(body, coding) if coding else body, 200, headers, media_type=form.media)

    async def view(self, request: Request, exchange: Exchange, language: str, form: str = "html") -> View:
        """Return the view that a format is rendered from. Raises a RequestError if there is nothing at the address."""
        values = {name: value for name, value in request.path_params.items() if name != "form"}
        parameters = request.query_params.multi_items()
        only_kept = self._only_kept(parameters) if form == "html" else ()
        asked = [(name, value) for name, value in parameters if name not in (LANGUAGE, *only_kept)]
        types = {name: type_ for name, type_ in self._types.items() if name not in values and name != "language"}
        variables = {**values, **parse_parameters(asked, types)}
        if missing := [name for name in required_variables(types) if name not in variables]:
            raise bad_parameter(missing[0], f"`{missing[0]}` is required here.")
        if "last" in variables and "first" in self._operation.defaults:
            variables = {"first": None, **variables}
        if "language" in self._types:
            variables["language"] = language
        answer = await self._ask(variables, request, exchange, most=MOST_ENTRIES.get(form, 0))
        view = View(
            address=self._address,
            operation=self._operation,
            path=self._address.path.format(**values),
            parameters=meaningful_parameters(parameters),
            variables=variables,
            language=language,
            site=self._site(request),
            data=answer["data"],
            warnings=self._warnings(answer, variables),
        )
        if view.root is not None:
            return view
        if view.as_of is not None:
            today = await self._ask({**variables, "asOf": None}, request, exchange)
            if (entry := today["data"][self._address.root]) is not None:
                raise not_yet_known(view.path, view.as_of, view.changed_url(as_of=None), entry)
        if (path := await self._path_of_pair(values, variables, request, exchange)) is not None:
            raise Elsewhere(path)
        raise not_found(self._address, values, view.unknown)

    def _only_kept(self, parameters: Sequence[tuple[str, str]]) -> Sequence[str]:
        """List the parameters that a page without `asOf` only keeps for its links. Raises a RequestError."""
        if "asOf" in self._types:
            return ()
        if any(name == DAY and value and not is_day(value) for name, value in parameters):
            raise bad_day(DAY)
        return (DAY,)

    async def _path_of_pair(
        self, values: Mapping[str, str], variables: Mapping[str, Any], request: Request, exchange: Exchange
    ) -> str | None:
        """Return the path of a pair named in the wrong order, or of states named by codes; None if there is none."""
        slugs: dict[str, str] = {}
        if codes := [each for each in pair_named(values) if STATE_CODE.fullmatch(each)]:
            asked = {"code": codes, "language": variables.get("language", ENGLISH)}
            states = await self._ask_stored(stored_operation("states"), asked, request, exchange)
            slugs = {each["code"]: each["slug"] for each in states["data"]["countries"]["nodes"]}
        if not pair_named(values) or (meant := pair_meant(values, slugs)) == values:
            return None
        answer = await self._ask({**variables, **meant}, request, exchange)
        return self._address.path.format(**meant) if answer["data"][self._address.root] is not None else None

    async def _find_meant(self, view: View, request: Request, exchange: Exchange) -> list[list[Meant]]:
        """Look up what the value in each warning may mean."""
        suggest, meant = stored_operation("suggest"), []
        for warning in view.unknown[:MOST_VALUES]:
            found: Sequence[Mapping[str, Any]] = ()
            if kinds := kinds_meant(warning):
                variables = {"text": warning["value"], "kind": kinds, "first": 8}
                variables |= {"asOf": view.as_of, "language": view.language}
                with suppress(OperationError):  # the text is longer than any name may be
                    found = (await self._ask_stored(suggest, variables, request, exchange))["data"]["suggest"]
            meant.append(meant_entries(warning["value"], found, warning["suggestions"]))
        return meant

    async def _find_named(
        self, view: View, given: list[str], request: Request, exchange: Exchange
    ) -> Mapping[str, Any]:
        """Look up the entries of any kind that filter a list, with their names."""
        variables = {"slugs": given[:MOST_NAMES], "asOf": view.as_of, "language": view.language}
        answer = await self._ask_stored(stored_operation("names"), variables, request, exchange)
        named: Mapping[str, Any] = answer["data"]
        return named

    def _redirect_by_name(self, view: View, meant: list[list[Meant]], request: Request) -> Response | None:
        """Redirect to the same address with slugs instead of names; None if no name belongs to exactly one entry."""
        changes = named_parameters(view, meant)
        if not changes:
            return None
        return self._leading(303, view.path, view.changed_url(**changes).partition("?")[2], request)

    async def _ask(
        self, variables: Mapping[str, Any], request: Request, exchange: Exchange, *, most: int = 0
    ) -> dict[str, Any]:
        """Execute the operation. Errors about its arguments are reported as errors about the parameters.

        most: maximum number of entries of a list if no page is requested; 0 if the format contains one page.
        """
        try:
            if most and asks_for_whole(self._operation, variables):
                return await self._ask_whole(variables, most, request, exchange)
            return await self._ask_stored(self._operation, variables, request, exchange)
        except OperationError as error:
            if code_of(error) == "QUERY_TOO_COMPLEX" and variables.get(COUNTED, COUNTED in self._types):
                # counting all entries may cost more than reading some of them
                return await self._ask({**variables, COUNTED: False}, request, exchange, most=most)
            if code_of(error) != "BAD_USER_INPUT":
                raise
            raise parameter_error(error, self._arguments) from None

    async def _ask_whole(
        self, variables: Mapping[str, Any], most: int, request: Request, exchange: Exchange
    ) -> dict[str, Any]:
        async def ask(text: str, variables: Mapping[str, Any]) -> Page:
            operation = GraphQLRequest(text, None, dict(variables), size=0)
            prepared = await self._execution.prepare(operation, exchange)
            answer = await self._execution.answer_prepared(prepared, exchange, request.receive)
            return Page(orjson.loads(answer.body), answer.revision, prepared.cost.work)

        limits = self._execution.planner.limits
        return await read_whole(ask, self._address, self._operation, variables, most=most, work=limits.work)

    async def _ask_stored(
        self, operation: StoredOperation, variables: Mapping[str, Any], request: Request, exchange: Exchange
    ) -> dict[str, Any]:
        text = operation.text_for(variables)
        return await self._execution.execute(text, variables, exchange=exchange, receive=request.receive)

    def _warnings(self, answer: Mapping[str, Any], variables: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return the warnings shown to programs, each with the parameter it is about.

        variables: variables of the operation. A range is reported once. If all fields of the operation are the answer,
        so is each value, and values that the operation itself supplies are omitted: the reader cannot correct them.
        """
        root, told = self._address.root, answer.get("extensions", {}).get("warnings", ())
        given = {each for value in variables.values() for each in (value if isinstance(value, list) else [value])}
        first: dict[tuple[str, ...], Mapping[str, Any]] = {}
        for each in told:
            is_range = each["code"] == EMPTY_RANGE
            if each["path"][0] == root if root else is_range or each["value"] in given:
                argument = () if is_range or root is None else (each["argument"],)
                first.setdefault((each["value"], *argument), each)
        return [
            {"code": each["code"], "parameter": self._parameter_of(each["argument"]), "value": each["value"]}
            | {"suggestions": each.get("suggestions", [])}
            | ({"knownSince": each["knownSince"]} if "knownSince" in each else {})
            for each in first.values()
        ]

    def _parameter_of(self, argument: str) -> str | None:
        """Return the parameter that supplies an argument. For a range, it is the parameter of its start."""
        return self._arguments.get(argument) or self._arguments.get(f"{argument}.from")

    def _redirect(self, view: View, request: Request) -> Response | None:
        """Redirect to the current address of an entry, from a former slug or from the path of another type."""
        path = present_path(view.address, request.path_params, view.root)
        if path is None or view.path == unquote(path):
            return None
        return self._leading(301, path, request.url.query, request)

    def _leading(self, status: int, path: str, query: str, request: Request) -> Response:
        """Redirect to a path, in the requested format."""
        suffix = f".{request.path_params['form']}" if "form" in request.path_params else ""
        # without it, caches may keep a redirect forever
        headers = {**FORM_HEADERS, "cache-control": self._cache_control}
        location = f"{self._site(request)}{path}{suffix}{query and f'?{query}'}"
        return Response(status_code=status, headers={**headers, "location": location})

    def _site(self, request: Request) -> str:
        return site_of(request, self._public_url)


def is_at_address(request: Request) -> bool:
    """Whether an address or one of the other pages is requested, even by a method that it does not support."""
    pages = (AddressHandler, ApiDescription, DownloadIndex)
    return isinstance(getattr(request.scope.get("endpoint"), "__self__", None), pages)


def _chosen_language(request: Request) -> str | None:
    chosen = [each for each in request.query_params.getlist(LANGUAGE) if each]
    if len(chosen) > 1 or not all(map(LANGUAGE_TAG.fullmatch, chosen)):
        raise bad_parameter(LANGUAGE, f"`{LANGUAGE}` must be a BCP 47 tag, such as de or ko.")
    return chosen[0] if chosen else None
