"""Serve an application with the HTTP server that the service uses.

PYTHONPATH=FOLDER python -P bench/harness/serve.py MODULE:FACTORY PORT

The factory of the service is here (`__main__:service`), so that an earlier working copy in FOLDER can be served.
"""

from __future__ import annotations

import gc
import socket
import sys
from importlib import import_module

from starlette.applications import Starlette

from service.settings import Settings, read_settings
from service.web.server import create_server


def service() -> Starlette:
    """Return the service itself; it reads DATABASE_URL."""
    from service.app import create_app

    app = create_app(read_settings())
    # as the command line does before it serves
    gc.freeze()
    return app


if __name__ == "__main__":
    module, _, factory = sys.argv[1].partition(":")
    app = getattr(import_module(module), factory)()
    server = create_server(app, Settings.model_fields["max_connections"].default)
    # a peer has nothing to start up or shut down
    server.config.lifespan = "auto"
    with socket.create_server(("127.0.0.1", int(sys.argv[2]))) as listener:
        server.run([listener])
