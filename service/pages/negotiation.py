"""Choose the format and language of the response: the URL takes precedence over the headers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote, urlencode

from starlette.requests import Request

from service.pages.addresses import Address
from service.pages.forms import FORMS
from service.pages.parameters import LANGUAGE, LANGUAGE_TAG, bad_parameter
from service.pages.words import ENGLISH, languages
from service.store.i18n.names import primary
from service.web.negotiation import CACHE_SIZE, HTML, JSON, match_quality, parse_ranges, wants_page
from service.web.problems import RequestError


@lru_cache(CACHE_SIZE)
def negotiate_form(address: Address, suffix: str | None, accept: bytes) -> str:
    """Return the format: HTML for browsers, JSON for clients that accept anything. Raises RequestError."""
    if suffix is not None:
        if suffix not in address.forms:
            known = ", ".join(f".{form}" for form in address.forms)
            raise RequestError(404, "NOT_FOUND", f"{address.path} has no format .{suffix}. Available formats: {known}.")
        return suffix
    if "html" in address.forms and wants_page(accept):
        return "html"
    forms = [form for form in dict.fromkeys(("json", "html", *address.forms)) if form in address.forms]
    return _liked_best(address.path, accept, {form: FORMS[form].media for form in forms})


def negotiate_page(path: str, accept: bytes, *, has_json: bool) -> str:
    """Do the same for a page that is not an address, with or without a JSON format."""
    if wants_page(accept):
        return "html"
    return _liked_best(path, accept, {"json": JSON, "html": HTML} if has_json else {"html": HTML})


def _liked_best(path: str, accept: bytes, media: Mapping[str, str]) -> str:
    """Return the first of the most preferred formats. media: media types, by format."""
    qualities = {form: match_quality(accept or b"*/*", name)[0] for form, name in media.items()}
    best = max(qualities, key=lambda form: qualities[form])
    if not qualities[best]:
        known = ", ".join(name.partition(";")[0] for name in media.values())
        raise RequestError(406, "NOT_ACCEPTABLE", f"{path} is available as {known}.")
    return best


@lru_cache(CACHE_SIZE)
def negotiate_language(chosen: str | None, accept_language: bytes) -> str:
    """Return the language tag: the chosen one, else the most preferred one that the pages support, else English."""
    if chosen:
        return chosen
    ranges = sorted(parse_ranges(accept_language), key=lambda each: -each.quality)
    spoken = (primary(each.media) for each in ranges if each.quality > 0)
    return next((tag for tag in spoken if tag in languages()), ENGLISH)


def requested_language(request: Request) -> str:
    """Return the language of a request, even if its language parameter is invalid."""
    return negotiate_language(chosen_language(request), header(request, "accept-language"))


def chosen_language(request: Request) -> str | None:
    """Return the language chosen in the URL; None if there is none or it is not a language tag."""
    chosen = request.query_params.get(LANGUAGE, "")
    return chosen if LANGUAGE_TAG.fullmatch(chosen) else None


def require_language(request: Request) -> str | None:
    """Return the language chosen in the URL; None if there is none. Raises a RequestError for anything but one tag."""
    chosen = [each for each in request.query_params.getlist(LANGUAGE) if each]
    if len(chosen) > 1 or not all(map(LANGUAGE_TAG.fullmatch, chosen)):
        raise bad_parameter(LANGUAGE, f"`{LANGUAGE}` must be a BCP 47 tag, such as de or ko.")
    return chosen[0] if chosen else None


def asks_for_page(request: Request) -> bool:
    """Whether the client is a browser, which gets an HTML page even for errors."""
    return request.path_params.get("form", "html") == "html" and wants_page(header(request, "accept"))


def asked_url(request: Request, site: str, *, with_language: bool = False) -> str:
    """Return the absolute URL of the request, with or without its language parameter."""
    asked = request.query_params.multi_items()
    pairs = [(name, text) for name, text in asked if with_language or name != LANGUAGE]
    path = quote(request.scope["path"].removeprefix(request.scope.get("root_path", "")))
    return f"{site}{path}{f'?{urlencode(pairs)}' if pairs else ''}"


def header(request: Request, name: str) -> bytes:
    """Return the value of a header, joined if it is sent in several lines."""
    return ", ".join(request.headers.getlist(name)).encode("latin-1")


def site_of(request: Request, public_url: str | None) -> str:
    """Return the absolute base URL of the service, without a trailing slash."""
    if public_url:
        return public_url.rstrip("/")
    scope = request.scope
    host = next((value for name, value in scope["headers"] if name == b"host"), None)
    return _site_at(scope.get("scheme", "http"), host, tuple(scope.get("server") or ()), scope.get("root_path", ""))


@lru_cache(CACHE_SIZE)
def _site_at(scheme: str, host: bytes | None, server: tuple[str, int | None] | tuple[()], root_path: str) -> str:
    """Return the base URL that a request was sent to: its Host header if there is one, else the server."""
    headers = [] if host is None else [(b"host", host)]
    scope = {"type": "http", "scheme": scheme, "server": server or None, "headers": headers, "root_path": root_path}
    return str(Request(scope).base_url).rstrip("/")
