"""URLs of a database, which two libraries read in different ways."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

# what libpq heeds itself; asyncpg would send it to the server, which refuses what it does not know
ONLY_LIBPQ = {
    "channel_binding",
    "connect_timeout",
    "fallback_application_name",
    "gssdelegation",
    "gssencmode",
    "hostaddr",
    "keepalives",
    "keepalives_count",
    "keepalives_idle",
    "keepalives_interval",
    "load_balance_hosts",
    "require_auth",
    "requirepeer",
    "sslcertmode",
    "sslcompression",
    "sslcrldir",
    "sslsni",
    "tcp_user_timeout",
}


def without_libpq_only(url: str) -> str:
    """The URL without the parameters that psycopg heeds and asyncpg does not know."""
    parts = urlsplit(url)
    # to libpq a plus is a plus, to Python's parsers a space
    parameters = parse_qsl(parts.query.replace("+", "%2B"), keep_blank_values=True)
    understood = [pair for pair in parameters if pair[0] not in ONLY_LIBPQ]
    return urlunsplit(parts._replace(query=urlencode(understood)))
