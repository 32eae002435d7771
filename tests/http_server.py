"""The service on a local port, for clients outside the tests' process."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from starlette.types import ASGIApp, Receive, Scope, Send

from service.settings import Settings
from service.web.server import create_server


@contextmanager
def serve_app(app: ASGIApp, max_connections: int = Settings.model_fields["max_connections"].default) -> Iterator[str]:
    """Yield its URL, as http://127.0.0.1:PORT; it stops when the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = create_server(app, max_connections)
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def mount_below(root_path: str, app: ASGIApp) -> ASGIApp:
    """Return the same app below a path, as behind a proxy that forwards a part of its paths."""

    async def respond(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, "root_path": root_path} if scope["type"] == "http" else scope, receive, send)

    return respond
