"""Clients that send slowly, read nothing, disconnect or only hold connections, on real sockets."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

import httpx
import psycopg
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from service.app import create_app
from service.settings import Settings
from service.web import connection as limits
from tests.http_server import serve_app

pytestmark = pytest.mark.slow

ASKED = b'{"query":"{ __typename }"}'
HEAD = b"POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
WHOLE = HEAD % len(ASKED) + ASKED
SLOW = json.dumps({"query": "{ leaders(first: 1) { nodes { slug } } }"}).encode()
LARGE = 24_000_000


@pytest.fixture
def short_time_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Return time limits of one second instead of ten, so that the tests need not wait so long."""
    monkeypatch.setattr(limits, "REQUEST_SECONDS", 1.0)
    monkeypatch.setattr(limits, "READ_SECONDS", 1.0)


@contextmanager
def open_socket(address: str, receive_buffer: int | None = None) -> Iterator[socket.socket]:
    place = urlsplit(address)
    with socket.socket() as client:
        if receive_buffer:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        client.connect((place.hostname, place.port))
        client.settimeout(15)
        yield client


def receive_all(client: socket.socket) -> bytes:
    """Return everything received until the server closes."""
    found = b""
    try:
        while part := client.recv(65_536):
            found += part
    except ConnectionResetError:
        pass
    return found


def answers(address: str) -> bool:
    with open_socket(address) as client:
        client.sendall(WHOLE)
        return client.recv(65_536).startswith(b"HTTP/1.1 200 ")


@pytest.fixture
def address(endpoint: str) -> str:
    return endpoint.removesuffix("/graphql")


@pytest.mark.usefixtures("short_time_limits")
@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"", b""),
        (b"POST /graph", b"HTTP/1.1 408 "),
        (b"POST /graphql HTTP/1.1\r\nhost: a\r\nx-", b"HTTP/1.1 408 "),
        (HEAD % len(ASKED) + ASKED[:9], b"HTTP/1.1 408 "),
    ],
    ids=["nothing", "half a line", "half of the headers", "half of the body"],
)
def test_what_does_not_come_whole_is_dropped(address: str, sent: bytes, status: bytes) -> None:
    with open_socket(address) as client:
        client.sendall(sent)
        began = time.monotonic()
        found = receive_all(client)
        assert 0.5 < time.monotonic() - began < 4
    head, _, body = found.partition(b"\r\n\r\n")
    assert head.startswith(status)
    if status:
        assert json.loads(body)["errors"][0]["extensions"]["code"] == "REQUEST_TIMEOUT"


@pytest.mark.usefixtures("short_time_limits")
@pytest.mark.parametrize("sent", [b"\r\n", b"x"])
def test_drop_by_drop_is_no_faster(address: str, sent: bytes) -> None:
    """An occasional byte keeps no connection open, whether it begins a request or not."""
    with open_socket(address) as client:
        client.sendall(WHOLE)
        client.recv(65_536)
        began = time.monotonic()
        while is_open(client, sent):
            assert time.monotonic() - began < 5
            time.sleep(0.2)


def is_open(client: socket.socket, sent: bytes) -> bool:
    try:
        client.sendall(sent)
    except OSError:
        return False
    return True


def test_requests_that_come_together_are_answered_in_turn(database: str) -> None:
    asked = [b'{"query":"{ %s: __typename }"}' % name for name in (b"first", b"second", b"third")]
    with serve_app(create_app(Settings(database_url=database))) as address, open_socket(address) as client:
        client.sendall(b"".join(HEAD % len(each) + each for each in asked[:2]))
        client.sendall((HEAD % len(asked[2])).replace(b"\r\n\r\n", b"\r\nconnection: close\r\n\r\n") + asked[2])
        bodies = [part.rpartition(b"\r\n\r\n")[2] for part in receive_all(client).split(b"HTTP/1.1 200 OK\r\n")[1:]]
    assert bodies == [b'{"data":{"%s":"Query"}}' % name for name in (b"first", b"second", b"third")]


@pytest.mark.parametrize("accepted", ["identity", "gzip"])
def test_what_is_written_at_once_bears_the_same_headers(database: str, accepted: str) -> None:
    # a response that ends its connection, and one without a body, use plain ASGI
    asked = {"query": "{ summits { nodes { slug name } } }"}
    with serve_app(create_app(Settings(database_url=database))) as address, httpx.Client(base_url=address) as client:
        client.headers = httpx.Headers({"accept-encoding": accepted, "x-request-id": "one"})
        kept, closing = (client.post("/graphql", json=asked, headers=each) for each in ({}, {"connection": "close"}))
        read, empty = client.get("/graphql", params=asked), client.head("/graphql", params=asked)
    assert kept.status_code == closing.status_code == 200
    assert kept.json() == closing.json() == read.json()
    assert len(kept.json()["data"]["summits"]["nodes"]) > 3
    assert closing.headers["connection"] == "close"
    assert headers_of(kept) == headers_of(closing)
    assert headers_of(read) == headers_of(empty)
    assert "date" in kept.headers
    assert len(kept.headers) == len(kept.headers.raw)


def headers_of(response: httpx.Response) -> set[tuple[str, str]]:
    """Return all headers except those that differ between connections and moments."""
    return {(name, value) for name, value in response.headers.items() if name not in ("connection", "date")}


def test_ten_seconds_are_what_it_is_by_default() -> None:
    assert (limits.REQUEST_SECONDS, limits.READ_SECONDS) == (10, 10)


async def large_response(request: Request) -> Response:
    return Response(b"a" * LARGE)


@pytest.mark.usefixtures("short_time_limits")
def test_who_does_not_read_is_dropped_with_the_answer() -> None:
    with serve_app(Starlette(routes=[Route("/", large_response)])) as address, ExitStack() as stack:
        clients = [stack.enter_context(open_socket(address, 4_096)) for _ in range(8)]
        for client in clients:
            client.sendall(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n")
        time.sleep(4.5)
        # only what the kernel has buffered can still be read
        assert all(len(receive_all(client)) < LARGE for client in clients)


@pytest.mark.usefixtures("short_time_limits")
def test_who_reads_slowly_gets_all() -> None:
    with serve_app(Starlette(routes=[Route("/", large_response)])) as address, open_socket(address, 65_536) as client:
        client.sendall(b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
        found, began = 0, time.monotonic()
        while part := client.recv(400_000):
            found += len(part)
            time.sleep(0.01)
        assert found > LARGE
        assert time.monotonic() - began > 2


def test_those_that_ask_nothing_make_room(database: str) -> None:
    with serve_app(create_app(Settings(database_url=database)), max_connections=8) as address, ExitStack() as stack:
        held = [stack.enter_context(open_socket(address)) for _ in range(8)]
        for client in held:
            client.sendall(b"POST /graph")
            time.sleep(0.05)
        assert [answers(address) for _ in range(4)] == [True] * 4
        # the one that had waited longest was closed, the last one is still there
        assert receive_all(held[0]) == b""
        held[-1].sendall(b"ql HTTP/1.1" + WHOLE[len(b"POST /graphql HTTP/1.1") :])
        assert held[-1].recv(65_536).startswith(b"HTTP/1.1 200 ")


def test_where_all_are_being_answered_a_new_one_is_closed(scratch: str) -> None:
    with (
        serve_app(create_app(Settings(database_url=scratch)), max_connections=2) as address,
        psycopg.connect(scratch) as other,
        ExitStack() as stack,
    ):
        other.execute("LOCK actor IN ACCESS EXCLUSIVE MODE")
        busy = [stack.enter_context(open_socket(address)) for _ in range(2)]
        for client in busy:
            client.sendall(HEAD % len(SLOW) + SLOW)
        wait_until(lambda: statements(scratch) == 2)
        with open_socket(address) as late:
            late.settimeout(1)
            assert receive_all(late) == b""
        other.rollback()
        assert [client.recv(65_536)[:13] for client in busy] == [b"HTTP/1.1 200 "] * 2


def statements(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND application_name = 'gipfelbuch' AND state = 'active'"
        ).fetchone()
    assert row
    return int(row[0])


def test_who_goes_away_takes_the_statement_along(scratch: str) -> None:
    """Eight requests that nobody waits for any more do not block anybody."""
    with (
        serve_app(create_app(Settings(database_url=scratch, statement_timeout=60))) as address,
        psycopg.connect(scratch) as other,
    ):
        other.execute("LOCK actor IN ACCESS EXCLUSIVE MODE")
        with ExitStack() as stack:
            for _ in range(8):
                client = stack.enter_context(open_socket(address))
                client.sendall(HEAD % len(SLOW) + SLOW)
            wait_until(lambda: statements(scratch) == 8)
        began = time.monotonic()
        wait_until(lambda: statements(scratch) == 0)
        assert time.monotonic() - began < 1.5
        assert answers(address)


def wait_until(is_so: object, seconds: float = 5) -> None:
    end = time.monotonic() + seconds
    while not is_so():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.02)


def test_ready_has_its_own_way(scratch: str) -> None:
    """If every connection is in use and everybody waits, the database still responds."""
    settings = Settings(database_url=scratch, pool_size=1, statement_timeout=60)
    with serve_app(create_app(settings)) as address, psycopg.connect(scratch) as other, ExitStack() as stack:
        other.execute("LOCK actor IN ACCESS EXCLUSIVE MODE")
        for _ in range(20):
            stack.enter_context(open_socket(address)).sendall(HEAD % len(SLOW) + SLOW)
        wait_until(lambda: statements(scratch) == 1)
        with open_socket(address) as client:
            client.sendall(b"GET /health/ready HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
            assert receive_all(client).startswith(b"HTTP/1.1 200 ")
        other.rollback()
