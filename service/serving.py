"""Serve requests on a port, from when it is held until the last response is sent; prints nothing itself."""

from __future__ import annotations

import gc
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from service.errors import listening_error
from service.settings import Settings

if TYPE_CHECKING:
    import uvicorn

ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}


@contextmanager
def bound_socket(settings: Settings) -> Iterator[socket.socket]:
    """Return a socket that holds the port from the start; it only listens once the service can respond.

    Raises `HostUnusable` or `PortUnusable`.
    """
    host, port = settings.host, settings.port
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except (OSError, UnicodeError) as error:
        raise listening_error(host, port, error) from None
    with listener:
        yield listener


def endpoint_url(settings: Settings) -> str:
    """Return the URL of the endpoint for users on this machine."""
    host = ANYWHERE.get(settings.host, settings.host)
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}/graphql"


def create_server(settings: Settings, begin: Callable[[], None], worker: Path | None = None) -> uvicorn.Server:
    """Return the server, which calls `begin` as soon as it is ready. Takes long, since it imports the whole service.

    `worker`: where one of several workers publishes its metrics.
    """
    from service.app import create_app
    from service.web.server import create_server

    return create_server(create_app(settings, worker), settings.max_connections, begin)


def serve(server: uvicorn.Server, listener: socket.socket, settings: Settings) -> None:
    """Serve requests until a signal comes. Raises `HostUnusable` or `PortUnusable`."""
    try:
        listener.listen()
    except OSError as error:
        raise listening_error(settings.host, settings.port, error) from None
    gc.freeze()
    gc.enable()
    server.run(sockets=[listener])
