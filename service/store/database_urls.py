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

# the service makes its connections read-only by itself, for which asyncpg takes every server for one that is
ATTRIBUTES = {"read-write": "primary"}
WRITABLE, UNORDERED = "target_session_attrs", "prefer-standby"


def without_libpq_only(url: str) -> str:
    """The URL as asyncpg understands it as psycopg does, without the parameters that only psycopg heeds."""
    parts = urlsplit(url)
    # to libpq a plus is a plus, to Python's parsers a space
    parameters = parse_qsl(parts.query.replace("+", "%2B"), keep_blank_values=True)
    understood = [
        (name, ATTRIBUTES.get(value, value) if name == WRITABLE else value)
        for name, value in parameters
        if name not in ONLY_LIBPQ
    ]
    return urlunsplit(parts._replace(query=urlencode(understood)))


def urls_of_hosts(url: str) -> list[str]:
    """A URL for each host of a URL, in their order; the URL itself where no order is meant, or it names none."""
    parts = urlsplit(url)
    account, at, hosts = parts.netloc.rpartition("@")
    if UNORDERED in parts.query:
        return [url]
    return [urlunsplit(parts._replace(netloc=f"{account}{at}{host}")) for host in hosts.split(",")]


def place_of(url: str) -> str:
    """Where the server of a URL is, without who comes and by which password: `db.example:5432`."""
    parts = urlsplit(url)
    return parts.netloc.rpartition("@")[2] or dict(parse_qsl(parts.query)).get("host", "localhost")
