"""Reading of an address: URL parameters become variables, the stored operation runs, its answer becomes a view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

import orjson
from graphql import GraphQLInputType
from starlette.requests import Request

from service.language.errors import OperationError
from service.pages.addresses import MOST_ENTRIES, Address
from service.pages.filters import keys_of, named_values, names_of
from service.pages.negotiation import site_of
from service.pages.not_found import STATE_CODE, Elsewhere, not_found, not_yet_known, pair_meant, pair_named
from service.pages.operations import StoredOperation, stored_operation
from service.pages.parameters import (
    DAY,
    LANGUAGE,
    bad_day,
    bad_parameter,
    is_day,
    meaningful_parameters,
    parameter_name,
    parse_parameters,
    required_variables,
)
from service.pages.problems import parameter_error
from service.pages.refusals import Refusal, refusals
from service.pages.suggestions import (
    MOST_VALUES,
    Meant,
    kinds_meant,
    meant_entries,
    named_parameters,
    with_meant,
    with_other_kinds,
)
from service.pages.variables import variable_uses
from service.pages.view import UNKNOWN_SLUG, View
from service.pages.whole_list import Page, asks_for_whole, read_whole
from service.pages.words import ENGLISH
from service.planner.ranges import EMPTY_RANGE
from service.web.exchange import Exchange
from service.web.execution import Execution
from service.web.problems import RequestError, code_of
from service.web.request import GraphQLRequest

COUNTED = "counted"
"""Variable that controls whether the entries of a list are counted."""
MOST_NAMES = 100
"""Maximum number of filter values for which a page looks up names."""


class AddressReader:
    """Reads what an address shows, for any of its formats. `types`: types of the operation's variables, by name."""

    def __init__(self, address: Address, execution: Execution, public_url: str | None) -> None:
        self.address = address
        self._execution = execution
        self._public_url = public_url
        self._operation: StoredOperation = stored_operation(address.operation)
        uses = variable_uses(self._operation, execution.planner.schema)
        self._arguments = {use.argument: parameter_name(name) for name, use in uses.items()}
        self.types: Mapping[str, GraphQLInputType] = self._operation.variables(execution.planner.schema)

    async def page(self, request: Request, language: str) -> View:
        """Return the view of a page. Parameters that are refused do not count, and the view keeps them for its forms.

        Raises a RequestError if there is nothing at the address, or if a page cannot correct what is wrong.
        """
        parameters, refused = request.query_params.multi_items(), dict[str, Refusal]()
        while True:
            try:
                view = await self._view(request, parameters, language, "html")
            except RequestError as error:
                found = refusals(error, parameters, self.types)
                if not found:
                    raise
                exchange: Exchange = request.scope["exchange"]
                exchange.error = error
                refused |= found
                parameters = [(name, text) for name, text in parameters if name not in found]
            else:
                return replace(view, refused=refused)

    async def view(self, request: Request, language: str, form: str = "html") -> View:
        """Return the view that a format is rendered from. Raises a RequestError if there is nothing at the address."""
        return await self._view(request, request.query_params.multi_items(), language, form)

    async def _view(self, request: Request, parameters: Sequence[tuple[str, str]], language: str, form: str) -> View:
        values = {name: value for name, value in request.path_params.items() if name != "form"}
        only_kept = self._only_kept(parameters) if form == "html" else ()
        asked = [(name, value) for name, value in parameters if name not in (LANGUAGE, *only_kept)]
        types = {name: type_ for name, type_ in self.types.items() if name not in values and name != "language"}
        variables = {**values, **parse_parameters(asked, types)}
        if missing := [name for name in required_variables(types) if name not in variables]:
            raise bad_parameter(missing[0], f"`{missing[0]}` is required here.")
        if "last" in variables and "first" in self._operation.defaults:
            variables = {"first": None, **variables}
        if "language" in self.types:
            variables["language"] = language
        answer = await self._ask(variables, request, most=MOST_ENTRIES.get(form, 0))
        view = View(
            address=self.address,
            operation=self._operation,
            path=self.address.path.format(**values),
            parameters=meaningful_parameters(parameters),
            variables=variables,
            language=language,
            site=site_of(request, self._public_url),
            data=answer["data"],
            warnings=self._warnings(answer, variables),
        )
        if view.root is not None:
            return view
        if view.as_of is not None:
            today = await self._ask({**variables, "asOf": None}, request)
            if (entry := today["data"][self.address.root]) is not None:
                raise not_yet_known(view.path, view.as_of, view.changed_url(as_of=None), entry)
        if (path := await self._path_of_pair(values, variables, request)) is not None:
            raise Elsewhere(path)
        raise not_found(self.address, values, view.unknown, await self._states_named(values, view, request))

    async def with_other_kinds(self, view: View, request: Request) -> View:
        """Return the view with warnings that include the entry named by a value, if its kind is not accepted."""
        given = [each["value"] for each in view.unknown if each["code"] == UNKNOWN_SLUG]
        return with_other_kinds(view, await self._find_named(view, given, request)) if given else view

    async def with_suggestions(self, view: View, request: Request) -> tuple[View, dict[str, str]]:
        """Return the view with warnings that link to suggestions, and the parameters whose names belong to exactly one
        entry, with its slug.
        """
        meant = await self._find_meant(view, request) if view.unknown else []
        return with_meant(view, meant) if view.unknown else view, named_parameters(view, meant)

    async def with_names(self, view: View, request: Request) -> View:
        """Return the view with the names of the entries that filter it."""
        given = named_values(view)
        return replace(view, names=names_of(await self._find_named(view, given, request))) if given else view

    def _only_kept(self, parameters: Sequence[tuple[str, str]]) -> Sequence[str]:
        """List the parameters that a page without `asOf` only keeps for its links. Raises a RequestError."""
        if "asOf" in self.types:
            return ()
        if any(name == DAY and value and not is_day(value) for name, value in parameters):
            raise bad_day(DAY)
        return (DAY,)

    async def _path_of_pair(
        self, values: Mapping[str, str], variables: Mapping[str, Any], request: Request
    ) -> str | None:
        """Return the path of a pair named in the wrong order, or of states named by codes; None if there is none."""
        slugs: dict[str, str] = {}
        if codes := [each for each in pair_named(values) if STATE_CODE.fullmatch(each)]:
            asked = {"code": codes, "language": variables.get("language", ENGLISH)}
            states = await self._ask_stored(stored_operation("states"), asked, request)
            slugs = {each["code"]: each["slug"] for each in states["data"]["countries"]["nodes"]}
        if not pair_named(values) or (meant := pair_meant(values, slugs)) == values:
            return None
        answer = await self._ask({**variables, **meant}, request)
        return self.address.path.format(**meant) if answer["data"][self.address.root] is not None else None

    async def _states_named(self, values: Mapping[str, str], view: View, request: Request) -> list[str]:
        """Return the slugs of the two states that a path names, or an empty list if it does not name two."""
        if not (pair := pair_named(values)):
            return []
        nodes = (await self._find_named(view, pair, request))["countries"]["nodes"]
        slugs = {key: state["slug"] for state in nodes for key in keys_of(state)}
        states = [slug for each in pair if (slug := slugs.get(each) or slugs.get(each.upper()))]
        return states if len(set(states)) == len(pair) else []

    async def _find_meant(self, view: View, request: Request) -> list[list[Meant]]:
        """Look up what the value in each warning may mean."""
        suggest, meant = stored_operation("suggest"), []
        for warning in view.unknown[:MOST_VALUES]:
            found: Sequence[Mapping[str, Any]] = ()
            if kinds := kinds_meant(warning):
                variables = {"text": warning["value"], "kind": kinds, "first": 8}
                variables |= {"asOf": view.as_of, "language": view.language}
                with suppress(OperationError):  # the text is longer than any name may be
                    found = (await self._ask_stored(suggest, variables, request))["data"]["suggest"]
            meant.append(meant_entries(warning["value"], found, warning["suggestions"]))
        return meant

    async def _find_named(self, view: View, given: list[str], request: Request) -> Mapping[str, Any]:
        """Look up the entries of any kind that filter a list, with their names."""
        variables = {"slugs": given[:MOST_NAMES], "asOf": view.as_of, "language": view.language}
        answer = await self._ask_stored(stored_operation("names"), variables, request)
        named: Mapping[str, Any] = answer["data"]
        return named

    async def _ask(self, variables: Mapping[str, Any], request: Request, *, most: int = 0) -> dict[str, Any]:
        """Execute the operation. Errors about its arguments are reported as errors about the parameters.

        most: maximum number of entries of a list if no page is requested; 0 if the format contains one page.
        """
        try:
            if most and asks_for_whole(self._operation, variables):
                return await self._ask_whole(variables, most, request)
            return await self._ask_stored(self._operation, variables, request)
        except OperationError as error:
            if code_of(error) == "QUERY_TOO_COMPLEX" and variables.get(COUNTED, COUNTED in self.types):
                # counting all entries may cost more than reading some of them
                return await self._ask({**variables, COUNTED: False}, request, most=most)
            if code_of(error) != "BAD_USER_INPUT":
                raise
            raise parameter_error(error, self._arguments) from None

    async def _ask_whole(self, variables: Mapping[str, Any], most: int, request: Request) -> dict[str, Any]:
        exchange: Exchange = request.scope["exchange"]

        async def ask(text: str, variables: Mapping[str, Any]) -> Page:
            operation = GraphQLRequest(text, None, dict(variables), size=0)
            prepared = await self._execution.prepare(operation, exchange)
            answer = await self._execution.answer_prepared(prepared, exchange, request.receive)
            return Page(orjson.loads(answer.body), answer.revision, prepared.cost.work)

        limits = self._execution.planner.limits
        return await read_whole(ask, self.address, self._operation, variables, most=most, work=limits.work)

    async def _ask_stored(
        self, operation: StoredOperation, variables: Mapping[str, Any], request: Request
    ) -> dict[str, Any]:
        text = operation.text_for(variables)
        return await self._execution.execute(
            text, variables, exchange=request.scope["exchange"], receive=request.receive
        )

    def _warnings(self, answer: Mapping[str, Any], variables: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return the warnings shown to programs, each with the parameter it is about.

        variables: variables of the operation. A range is reported once. If all fields of the operation are the answer,
        so is each value, and values that the operation itself supplies are omitted: the reader cannot correct them.
        """
        root, told = self.address.root, answer.get("extensions", {}).get("warnings", ())
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
