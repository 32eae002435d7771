"""The view that a format is rendered from: the answer, the request, and the reader's choices."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import Any
from urllib.parse import quote_plus

import orjson

from service.pages.addresses import ADDRESSES, CARDS, EMBED, MOST_ENTRIES, Address, path_of_entry
from service.pages.operations import StoredOperation
from service.pages.parameters import DAY, LANGUAGE, LANGUAGE_TAG, is_day, whole_day
from service.pages.refusals import Refusal
from service.pages.words import languages
from service.planner.planner import FUTURE_DAY
from service.planner.ranges import EMPTY_RANGE
from service.planner.slugs import NOT_YET_KNOWN

KEPT_PARAMETERS = (DAY, LANGUAGE)
"""Choices for one page that its links keep."""

UNKNOWN_SLUG = "UNKNOWN_SLUG"
"""Code of a warning: the value of a parameter that takes entries matches none."""

PAGING = ("first", "last", "after", "before")

USUAL_PAGE, LONGEST_PAGE = 20, 100
"""Default and maximum number of entries per page of a list."""

DAYS_OF_PUBLICATION = ("reportedOn", "knownSince")
"""Members of an answer with dates on which a source was published, in addition to `publishedOn.latest`."""

PLAIN = re.compile(r"[A-Za-z0-9_.~-]*")
"""Characters that need no escaping in a query string."""


@dataclass(frozen=True, kw_only=True)
class View:
    """The answer at an address.

    `path`: path of the address with its values, without a suffix. `parameters`: as in the URL. `site`: scheme, host and
    base path of the service, without a trailing slash. `language`: language tag of the texts. `names`: names of the
    entries that filter the page, by slug or code. `refused`: parameters left out of the answer, which the forms of the
    page show as they were sent.
    """

    address: Address
    operation: StoredOperation
    path: str
    parameters: Sequence[tuple[str, str]]
    variables: Mapping[str, Any]
    language: str
    site: str
    data: Mapping[str, Any]
    warnings: Sequence[Mapping[str, Any]] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    refused: Mapping[str, Refusal] = field(default_factory=dict)

    @property
    def root(self) -> Any:
        """The part of the answer that programs get."""
        return self.data if self.address.root is None else self.data[self.address.root]

    @property
    def as_of(self) -> str | None:
        """The day as of which the record is viewed; None for today."""
        return self.variables.get("asOf")

    def value_of(self, variable: str) -> Any:
        """Return the value of a variable: the given one, else its default."""
        return self.variables.get(variable, self.operation.defaults.get(variable))

    def text_of(self, parameter: str) -> str:
        """Return the text of a parameter, for its field: several values joined by commas; empty if there is none."""
        if parameter in self.refused:
            return self.refused[parameter].text
        return ",".join(text for name, text in self.parameters if name == parameter)

    @cached_property
    def unknown(self) -> Sequence[Mapping[str, Any]]:
        """Warnings about values that name nothing."""
        return [each for each in self.warnings if each["code"] not in (FUTURE_DAY, NOT_YET_KNOWN, EMPTY_RANGE)]

    @property
    def not_yet_known(self) -> Sequence[Mapping[str, Any]]:
        """Warnings about values that name entries not yet known on the `asOf` day."""
        return [each for each in self.warnings if each["code"] == NOT_YET_KNOWN]

    @property
    def empty_ranges(self) -> Sequence[Mapping[str, str]]:
        """Ranges that begin after they end, each as parameters with the two bounds swapped."""
        given = dict(self.parameters)
        first = [each["parameter"] for each in self.warnings if each["code"] == EMPTY_RANGE and each["parameter"]]
        pairs = [(name, f"{name.removesuffix('from')}to") for name in first]
        return [{name: given[last], last: given[name]} for name, last in pairs]

    @property
    def is_of_future(self) -> bool:
        """Whether the `asOf` day is in the future."""
        return any(each["code"] == FUTURE_DAY for each in self.warnings)

    @cached_property
    def page_info(self) -> Mapping[str, Any] | None:
        """Page information of a list."""
        return self.root.get("pageInfo") if isinstance(self.root, Mapping) else None

    @property
    def is_long(self) -> bool:
        """Whether the list is longer than a page may be."""
        return self.page_info is not None and len(self.root.get(self.address.items, ())) > LONGEST_PAGE

    @cached_property
    def days(self) -> Sequence[str]:
        """Publication dates of what the answer includes, in order."""
        is_told = not self.operation.member_names.isdisjoint(("publishedOn", *DAYS_OF_PUBLICATION))
        return sorted(_days_of(self.data)) if is_told else ()

    @property
    def page_path(self) -> str:
        """Path of the page, also if this is its card."""
        return self.path.removeprefix(EMBED) if self.address.frame else self.path

    @cached_property
    def permalink(self) -> str:
        """Absolute URL of this view, the same for all its formats and languages and for its card."""
        return f"{self.site}{self.page_path}{_query(self._without('lang', *self._timeless))}"

    @property
    def page(self) -> Address:
        """Address of the page, also if this is its card."""
        return _addresses()[self.address.path.removeprefix(EMBED)] if self.address.frame else self.address

    @property
    def card(self) -> Address | None:
        """Address of the cards of such pages."""
        return CARDS.get(self.page.path)

    @property
    def card_url(self) -> str:
        """Absolute URL of the card of this page."""
        return f"{self.site}{EMBED}{self.page_path}{self._own_query}"

    def oembed_url(self, form: str) -> str:
        """Return the absolute oEmbed URL for the card of this page, as json or xml."""
        url = f"{self.site}{self.page_path}{self._own_query}"
        return f"{self.site}/oembed{_query([('url', url), ('format', form)])}"

    def form_url(self, form: str) -> str:
        """Return the absolute URL of this view in another format."""
        return f"{self.site}{self.path}.{form}{self._own_query}"

    def alternate_url(self, form: str) -> str:
        """Return `form_url`, or the URL of the whole list if the format contains it, whichever page this is."""
        is_whole = form in MOST_ENTRIES and {"first", "after"} <= self.operation.variable_names
        return self.feed_url(form) if is_whole else self.form_url(form)

    def feed_url(self, form: str) -> str:
        """Return the absolute URL of the whole list in a format that clients poll, whichever page this is."""
        return f"{self.site}{self.path}.{form}{_query(self._without(*PAGING, *self._timeless))}"

    def subscription_url(self, form: str) -> str:
        """Return `feed_url` with the scheme that opens it in the reader's calendar."""
        return f"webcal:{self.feed_url(form).partition(':')[2]}"

    @property
    def picture_url(self) -> str | None:
        """Absolute URL of the picture of this view, in the language of the view; None if there is none."""
        if "png" not in self.page.forms:
            return None
        return f"{self.site}{self.page_path}.png{_query([*self._without('lang'), ('lang', self.language)])}"

    def page_url(self, form: str | None = None, **cursor: object) -> str:
        """Return the absolute URL of another page of the same list, in a given format or the preferred one."""
        given = [(name, str(value)) for name, value in cursor.items() if value is not None]
        suffix = f".{form}" if form else ""
        return f"{self.site}{self.path}{suffix}{_query([*self._without(*PAGING), *given])}"

    def next_url(self, form: str | None = None) -> str | None:
        """Return the absolute URL of the next page; None if there is none or it was not requested."""
        page, size = self.page_info or {}, self.variables.get("first") or self.variables.get("last")
        # an empty page has no cursor to continue from
        goes_on = page.get("hasNextPage") and page["endCursor"]
        return self.page_url(form, first=size, after=page["endCursor"]) if goes_on else None

    def previous_url(self, form: str | None = None) -> str | None:
        """Return the absolute URL of the previous page; None if there is none or it was not requested."""
        page, size = self.page_info or {}, self.value_of("first") or self.variables.get("last")
        comes_after = page.get("hasPreviousPage") and page["startCursor"]
        return self.page_url(form, last=size or USUAL_PAGE, before=page["startCursor"]) if comes_after else None

    def changed_url(self, **changes: object) -> str:
        """Return the absolute URL of the same page with other parameters. None removes a parameter."""
        given = [(name, str(value)) for name, value in changes.items() if value is not None]
        return f"{self.site}{self.page_path}{_query([*self._without(*changes, 'after', 'before'), *given])}"

    @cached_property
    def urls_by_language(self) -> Mapping[str, str]:
        """Absolute URLs of the same page in each language of the pages."""
        # the parameter that changes comes last
        of_language = self.changed_url(lang="")
        return {language: f"{of_language}{language}" for language in languages()}

    def filtered_url(self, path: str, **changes: str) -> str:
        """Return the absolute URL of another page about the same entries, with the same filters except the changes."""
        kept = self._without(*changes, *PAGING, "order_by", "by")
        return f"{self.site}{path}{_query([*kept, *changes.items()])}"

    def href(self, path: str, **parameters: object) -> str:
        """Return the absolute URL of another page, with the chosen language and day."""
        if not parameters and not self.choices:
            return f"{self.site}{path}"
        return page_address(self.site, self.choices, path, **parameters)

    def entry_url(self, entry: Mapping[str, Any], **parameters: object) -> str:
        """Return the `href` of an entry of the answer, which includes `__typename` and `slug`."""
        return self.href(path_of_entry(entry), **parameters)

    def graphiql_url(self) -> str:
        """Return the URL that opens the operation of this view in GraphiQL, with its variables."""
        variables = orjson.dumps(dict(self.variables)).decode()
        text = self.operation.text_for(self.variables)
        return f"{self.site}/graphql?query={_to_quoted_operation(text)}&variables={quote_plus(variables)}"

    @cached_property
    def choices(self) -> Sequence[tuple[str, str]]:
        """Choices for this page that its links keep."""
        return kept_parameters(self.parameters)

    @property
    def chosen_day(self) -> str | None:
        """The chosen day, even if this page is the same on every day."""
        return next((whole_day(DAY, value) for name, value in self.choices if name == DAY), None)

    @property
    def _timeless(self) -> tuple[str, ...]:
        """Parameters that a page only keeps for its links and that do not change the answer."""
        return () if "asOf" in self.operation.variable_names else (DAY,)

    @cached_property
    def _own_query(self) -> str:
        return _query(self._without(*self._timeless))

    def _without(self, *names: str) -> list[tuple[str, str]]:
        return [(name, value) for name, value in self.parameters if name not in names]


def kept_parameters(parameters: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the parameters that the links of a page keep."""
    are_usable: Mapping[str, Callable[[str], object]] = {DAY: is_day, LANGUAGE: LANGUAGE_TAG.fullmatch}
    return [(name, value) for name, value in parameters if name in are_usable and are_usable[name](value)]


def page_address(site: str, kept: Iterable[tuple[str, str]], path: str, **parameters: object) -> str:
    """Return the absolute URL of a page with parameters and the kept ones not among them. None counts as absent.

    site: as in `View`.
    """
    given = [(name, str(value)) for name, value in parameters.items() if value is not None]
    return f"{site}{path}{_query([*((name, value) for name, value in kept if name not in parameters), *given])}"


def _days_of(answer: Mapping[str, Any]) -> set[str]:
    """Return all publication dates in an answer, at any depth."""
    days, within = set[str | None](), list[Any]([answer])
    while within:
        value = within.pop()
        if type(value) is dict:
            days.update(map(value.get, DAYS_OF_PUBLICATION))
            if day := value.get("publishedOn"):
                days.add(day.get("latest"))
            value = value.values()
        within += [inner for inner in value if type(inner) is dict or type(inner) is list]
    return {day for day in days if day}


def _query(pairs: Sequence[tuple[str, str]]) -> str:
    if not pairs:
        return ""
    return f"?{'&'.join([f'{_to_query_text(name)}={_to_query_text(value)}' for name, value in pairs])}"


def _to_query_text(text: str) -> str:
    # most are slugs, dates and words, which need no escaping
    return text if PLAIN.fullmatch(text) else quote_plus(text)


_to_quoted_operation = lru_cache(256)(quote_plus)


@cache
def _addresses() -> Mapping[str, Address]:
    return {each.path: each for each in ADDRESSES}
