"""Database URLs, which two libraries read in different ways."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

# parameters that libpq handles itself; asyncpg would send them to the server, which refuses unknown ones
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

# the service makes its connections read-only, so asyncpg would take every server for a read-only one
ATTRIBUTES = {"read-write": "primary"}
WRITABLE, UNORDERED = "target_session_attrs", "prefer-standby"


def without_libpq_only(url: str) -> str:
    """Return the URL so that asyncpg understands it as psycopg does, without the parameters that only psycopg uses."""
    parts = urlsplit(url)
    # libpq takes a plus for a plus, Python's parsers take it for a space
    parameters = parse_qsl(parts.query.replace("+", "%2B"), keep_blank_values=True)
    understood = [
        (name, ATTRIBUTES.get(value, value) if name == WRITABLE else value)
        for name, value in parameters
        if name not in ONLY_LIBPQ
    ]
    return urlunsplit(parts._replace(query=urlencode(understood)))


def urls_of_hosts(url: str) -> list[str]:
    """Return a URL for each host of a URL, in order, or the URL itself if order is irrelevant or it names no host."""
    parts = urlsplit(url)
    account, at, hosts = parts.netloc.rpartition("@")
    if UNORDERED in parts.query:
        return [url]
    return [urlunsplit(parts._replace(netloc=f"{account}{at}{host}")) for host in hosts.split(",")]


def name_of_host(url: str) -> str | None:
    """Return the host name in a URL, or None if it has an address, a folder of sockets, several hosts or none."""
    host = unquote(urlsplit(url).hostname or "")
    if not host or set(host) & set(",:/") or re.fullmatch(r"[\d.]+", host):
        return None
    return host


def place_of(url: str) -> str:
    """Return the server's address in a URL, without user and password: `db.example:5432`."""
    parts = urlsplit(url)
    return parts.netloc.rpartition("@")[2] or dict(parse_qsl(parts.query)).get("host", "localhost")
