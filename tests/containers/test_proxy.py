"""The HAProxy of the profile `cluster` among containers, which get another address when they start again."""

from __future__ import annotations

import os
import socketserver
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from tests.cluster.test_proxies import CONFIGURATION, free_port, haproxy, is_listening, wait_until
from tests.processes import start_process

pytestmark = pytest.mark.slow


def names_known(addresses: dict[str, str]) -> type[socketserver.BaseRequestHandler]:
    """Answer DNS questions for an A record from a dict of names, as the resolver of a container does."""

    class Names(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            asked, connection = self.request
            end = asked.index(0, 12) + 5
            name, kind = read_name(asked), int.from_bytes(asked[end - 4 : end - 2])
            record = b""
            if name in addresses and kind == 1:
                parts = bytes(map(int, addresses[name].split(".")))
                # the name as in the question; A, IN, 10 minutes, four bytes
                record = b"\xc0\x0c\x00\x01\x00\x01\x00\x00\x02\x58\x00\x04" + parts
            flags = b"\x81\x80" if name in addresses else b"\x81\x83"
            counts = b"\x00\x01" + (b"\x00\x01" if record else b"\x00\x00") + b"\x00\x00\x00\x00"
            connection.sendto(asked[:2] + flags + counts + asked[12:end] + record, self.client_address)

    return Names


def read_name(asked: bytes) -> str:
    labels, at = [], 12
    while length := asked[at]:
        labels.append(asked[at + 1 : at + 1 + length].decode("ascii"))
        at += 1 + length
    return ".".join(labels)


def answering(name: str) -> type[BaseHTTPRequestHandler]:
    """Answer every request with a name."""

    class Answering(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(name)))
            self.end_headers()
            self.wfile.write(name.encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Answering


@contextmanager
def serving(server: socketserver.BaseServer) -> Iterator[None]:
    with server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield
        server.shutdown()


@contextmanager
def proxy(folder: Path, resolver: int, port: int) -> Iterator[str]:
    """Yield the address of HAProxy, which asks for names on a port of this machine and finds services on another."""
    text = CONFIGURATION.read_text(encoding="utf-8")
    assert text.count("parse-resolv-conf") == 1
    configuration = folder / "haproxy.cfg"
    configuration.write_text(text.replace("parse-resolv-conf", f"nameserver here 127.0.0.1:{resolver}"))
    listen = free_port()
    environment = {"LISTEN": f"127.0.0.1:{listen}", "PATH": os.defpath}
    environment |= {f"SERVICE_{number}": f"service-{number}:{port}" for number in (1, 2)}
    command = [haproxy(), "-q", "-db", "-f", str(configuration)]
    with start_process(command, env=environment, stdout=subprocess.DEVNULL):
        wait_until(lambda: is_listening(listen))
        yield f"http://127.0.0.1:{listen}/"


def test_a_service_is_found_at_its_next_address(tmp_path: Path) -> None:
    addresses = {"service-2": "127.0.0.3"}
    port = free_port()
    with ExitStack() as stack:
        for address, name in (("127.0.0.2", "before"), ("127.0.0.3", "other"), ("127.0.0.4", "after")):
            stack.enter_context(serving(ThreadingHTTPServer((address, port), answering(name))))
        resolver = socketserver.ThreadingUDPServer(("127.0.0.1", 0), names_known(addresses))
        stack.enter_context(serving(resolver))
        # one of them does not run, and nothing knows its name
        url = stack.enter_context(proxy(tmp_path, resolver.server_address[1], port))

        def answers() -> set[str]:
            return {httpx.get(url).text for _ in range(6)}

        wait_until(lambda: answers() == {"other"})
        addresses["service-1"] = "127.0.0.2"
        wait_until(lambda: answers() == {"before", "other"})
        addresses["service-1"] = "127.0.0.4"
        wait_until(lambda: answers() == {"after", "other"})
