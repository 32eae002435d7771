"""Measure how much another client's requests delay a light request.

    python -m bench.delay URL [--seconds 6] [--only NAME] [--server PostGraphile]

The service runs in one process. A client in another process repeats `{dataset{name}}` on one connection; a third
process sends the expensive requests one after another, each as new to the service as possible. Figures are latencies of
the light client in milliseconds; `alone` is the effect of the machine itself. PostGraphile is asked for one leader
instead, and for those expensive requests that it can answer.
"""

from __future__ import annotations

import argparse
import http.client
import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence

import orjson

from bench.harness.documents import (
    Document,
    introspection_document,
    invalid_documents,
    large_documents,
    large_documents_for_postgraphile,
    refused_documents,
    searches_document,
)
from bench.harness.operations import POSTGRAPHILE, SERVICE
from bench.harness.servers import HOST, Server, start_app, start_postgraphile
from bench.harness.stores import create_views

LIGHT = {SERVICE: "{dataset{name}}", POSTGRAPHILE: '{leaderBySlug(slug:"a"){name}}'}
HEADERS = {"content-type": "application/json"}
BETWEEN_SECONDS = 0.002
MakeBody = Callable[[int], bytes]


def other_requests(server: str) -> Iterator[tuple[str, MakeBody | None, int]]:
    """Return what the other client sends to a server, by name: the body of its nth request, and the connections it
    uses.
    """
    is_ours = server == SERVICE
    yield "alone", None, 0
    yield "introspection, five at once", repeat_body(introspection_document()), 5
    for document in large_documents() if is_ours else large_documents_for_postgraphile():
        yield f"cold: {document.name}", vary_body(document), 1
    for document in refused_documents() if is_ours else invalid_documents():
        yield f"refused: {document.name}", repeat_body(document), 1
    if is_ours:
        yield "100 searches of 95 words", vary_body(searches_document()), 1
        yield "100 searches of 95 words, 16 clients", vary_body(searches_document()), 16


def repeat_body(document: Document) -> MakeBody:
    body = orjson.dumps({"query": document.query, "variables": document.variables})
    return lambda number: body


def vary_body(document: Document) -> MakeBody:
    """Return a new document each time, varying the name of its operation and the alias of a field."""

    def body(number: int) -> bytes:
        query = f"query q{number}{document.query[:-1]} last{number}:__typename}}"
        return orjson.dumps({"query": query.replace("{a0:", f"{{b{number}:")})

    return body


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a table in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m bench.delay")
    parser.add_argument("url")
    parser.add_argument("--seconds", type=float, default=6.0, help="How long each kind is sent.")
    parser.add_argument("--only", default="", help="Kinds with this text in their names.")
    parser.add_argument("--server", choices=LIGHT, default=SERVICE)
    given = parser.parse_args(arguments)
    print("| the other client sends | sent | light: asked | p50 | p99 | longest | not answered |\n" + "|---" * 7 + "|")
    if given.server == POSTGRAPHILE:
        create_views(given.url)
    with start_postgraphile(given.url) if given.server == POSTGRAPHILE else start_app(SERVICE, given.url) as server:
        for name, make_body, clients in other_requests(given.server):
            if given.only in name or name == "alone":
                print(
                    f"| {name} | {' | '.join(measure_delay(server, make_body, clients, given.seconds))} |", flush=True
                )


def measure_delay(server: Server, make_body: MakeBody | None, clients: int, seconds: float) -> Iterator[str]:
    count = multiprocessing.get_context("fork").Value("i", 0)
    others = [
        multiprocessing.get_context("fork").Process(target=send, args=(server.port, make_body, seconds, each, count))
        for each in range(clients)
    ]
    for other in others:
        other.start()
    latencies, failed = ask(server, seconds)
    for other in others:
        other.join(15)
        if other.is_alive():
            other.kill()
    ordered = sorted(latencies) or [0.0]
    yield f"{count.value:,}"
    yield f"{len(latencies):,}"
    for share in (0.5, 0.99, 1.0):
        yield f"{1000 * ordered[min(int(share * len(ordered)), len(ordered) - 1)]:.1f}"
    yield f"{failed:,}"


def ask(server: Server, seconds: float) -> tuple[list[float], int]:
    """Return the latencies of the light client, and how many of its requests were not answered with 200."""
    connection, found, failed = http.client.HTTPConnection(HOST, server.port, timeout=30), [], 0
    light = orjson.dumps({"query": LIGHT[server.name]})
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        start = time.perf_counter()
        connection.request("POST", "/graphql", light, HEADERS)
        response = connection.getresponse()
        response.read()
        found.append(time.perf_counter() - start)
        failed += response.status != 200
        time.sleep(BETWEEN_SECONDS)
    connection.close()
    return found, failed


def send(port: int, make_body: MakeBody, seconds: float, client: int, count: object) -> None:
    end, number = time.perf_counter() + seconds - 0.5, client * 100_000
    while time.perf_counter() < end:
        connection = http.client.HTTPConnection(HOST, port, timeout=30)
        try:
            connection.request("POST", "/graphql", make_body(number), HEADERS)
            connection.getresponse().read()
        except OSError:
            pass
        finally:
            connection.close()
        number += 1
        with count.get_lock():  # type: ignore[attr-defined]
            count.value += 1  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
