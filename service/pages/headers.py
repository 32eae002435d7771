"""Response headers of each format: Vary, content security policy, and links to other pages of a list; redirects."""

from __future__ import annotations

from starlette.responses import Response

from service.pages.view import View
from service.web.negotiation import COMMON_HEADERS

VARY = f"{COMMON_HEADERS['vary']}, Accept-Language"
FORM_HEADERS = {
    **COMMON_HEADERS,
    "vary": VARY,
    "access-control-expose-headers": f"{COMMON_HEADERS['access-control-expose-headers']}, Link",
}
# a page allows no inline styles or scripts, connects to this host only and cannot be framed
PAGE_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "no-referrer",
}
# a card runs no scripts and may be framed by any site
CARD_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
        "frame-ancestors *"
    ),
    "cross-origin-resource-policy": "cross-origin",
    "referrer-policy": "no-referrer",
}


def redirect(status: int, location: str, cache_control: str) -> Response:
    """Return a redirect. Without Cache-Control, caches may keep it forever."""
    return Response(status_code=status, headers={**FORM_HEADERS, "cache-control": cache_control, "location": location})


def link_header(view: View, *, form: str | None = None) -> str:
    """Return the Link header (RFC 8288): canonical address, other formats, previous and next page.

    form: the requested suffix, which the links to the previous and next page keep.
    """
    links = [(view.permalink, 'rel="canonical"')]
    # the start page has no suffix: programs get the directory at its path
    forms = view.address.forms if view.path != "/" else ()
    links += [(view.alternate_url(other), f'rel="alternate"; title="{other}"') for other in forms]
    beside = [(view.next_url(form), 'rel="next"'), (view.previous_url(form), 'rel="prev"')]
    links += [(url, relation) for url, relation in beside if url]
    return ", ".join(f"<{url}>; {relation}" for url, relation in links)
