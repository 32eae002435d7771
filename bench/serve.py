"""Serve an application with the HTTP server that the service uses.

PYTHONPATH=FOLDER python -P bench/serve.py MODULE:FACTORY PORT
"""

from __future__ import annotations

import socket
import sys
from importlib import import_module

from service.settings import Settings
from service.web.server import create_server

if __name__ == "__main__":
    module, _, factory = sys.argv[1].partition(":")
    app = getattr(import_module(module), factory)()
    server = create_server(app, Settings.model_fields["max_connections"].default)
    # a peer has nothing to start up or shut down
    server.config.lifespan = "auto"
    with socket.create_server(("127.0.0.1", int(sys.argv[2]))) as listener:
        server.run([listener])
