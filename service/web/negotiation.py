"""Media types: which one a request accepts (RFC 9110, section 12) and which one its body has."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

JSON = "application/json; charset=utf-8"
GRAPHQL_JSON = "application/graphql-response+json; charset=utf-8"
HTML = "text/html; charset=utf-8"
# any page may read from here: there are no cookies, no accounts and nothing to change
COMMON_HEADERS = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag, Retry-After, X-Gipfelbuch-Revision, X-Request-Id",
    "vary": "Accept, Accept-Encoding",
    "x-content-type-options": "nosniff",
}
CACHE_SIZE = 64
UTF_8 = ("", "utf-8", "utf8")


class MediaRange(NamedTuple):
    """One item of an Accept header; in Accept-Encoding, `media` is a coding."""

    media: str
    quality: float


@lru_cache(CACHE_SIZE)
def negotiate(accept: bytes) -> str | None:
    """Return the media type of the response; None if the endpoint offers none that is acceptable.

    The most specific range wins, and of two types the GraphQL one; JSON if anything is acceptable.
    """

    def preference(media: str) -> tuple[float, bool, bool]:
        quality, is_named = match_quality(accept or b"*/*", media)
        return quality, is_named, is_named == (media is GRAPHQL_JSON)

    best = max((JSON, GRAPHQL_JSON), key=preference)
    return best if preference(best)[0] else None


@lru_cache(CACHE_SIZE)
def wants_page(accept: bytes) -> bool:
    """Return whether HTML is named and preferred at least as much as JSON, as by browsers."""
    quality, is_named = match_quality(accept, HTML)
    return is_named and quality > 0 and quality >= match_quality(accept, JSON)[0]


@lru_cache(CACHE_SIZE)
def is_json(content_type: bytes) -> bool:
    """Return whether a body is declared as JSON in UTF-8, the only encoding for JSON exchanged between systems (RFC
    8259).
    """
    media, _, rest = content_type.decode("latin-1").partition(";")
    return media.strip().lower() == "application/json" and _charset(rest) in UTF_8


def match_quality(accept: bytes, media: str) -> tuple[float, bool]:
    """Return the quality that the most specific range gives a media type, and whether that range names the type."""
    name = media.partition(";")[0]
    for range_name in (name, name.partition("/")[0] + "/*", "*/*"):
        qualities = [item.quality for item in parse_ranges(accept) if item.media == range_name]
        if qualities:
            return max(qualities), range_name == name
    return 0.0, False


def parse_ranges(accept: bytes) -> Iterator[MediaRange]:
    """Return the items of an Accept or Accept-Encoding header, leaving out those in another charset."""
    for item in accept.decode("latin-1").split(","):
        media, _, rest = item.partition(";")
        if _charset(rest) in UTF_8:
            yield MediaRange(media.strip().lower(), _quality(rest))


def _quality(parameters: str) -> float:
    try:
        quality = float(_parameter(parameters, "q") or 1)
    except ValueError:
        return 0.0
    return quality if 0 <= quality <= 1 else 0.0


def _charset(parameters: str) -> str:
    return _parameter(parameters, "charset").lower()


def _parameter(parameters: str, name: str) -> str:
    for parameter in parameters.split(";"):
        key, _, value = parameter.partition("=")
        if key.strip().lower() == name:
            return value.strip().strip('"')
    return ""
