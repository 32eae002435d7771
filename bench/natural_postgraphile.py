"""Cost of natural operations next to PostGraphile, where it can run the same: a table in Markdown.

    python -m bench.natural_postgraphile URL [--rounds 3] [--seconds 0.5] [--only TEXT ...]

URL names a store that bench.fill has filled. Both servers run at once and are queried in turn on one connection, over
the same tables, and must return the same. PostGraphile uses the views of postgraphile/api.sql, which are created again
next to the tables. Figures are milliseconds of CPU time, of the server's process and of PostgreSQL together, as medians
of the rounds.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence

from bench.harness.client import Pace, fetch
from bench.harness.cost import AnswersDiffer, Cost, answer_values, cost_of, median_cost
from bench.harness.operations import POSTGRAPHILE, SERVICE, GraphQLRequest
from bench.harness.servers import Database, start_app, start_postgraphile
from bench.harness.stores import create_views
from bench.natural import NaturalOperation, fetch_names, natural_operations, to_document


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.natural_postgraphile", description="Measure beside PostGraphile."
    )
    parser.add_argument("url", help="A store.")
    parser.add_argument("--rounds", type=int, default=3, help="How many rounds; medians are shown.")
    parser.add_argument("--seconds", type=float, default=0.5, help="How long each is asked in a round.")
    parser.add_argument("--only", nargs="+", default=[""], help="Operations with one of these texts in their names.")
    given = parser.parse_args(arguments)
    create_views(given.url)
    names = fetch_names(given.url)
    asked = [
        (
            each,
            {
                SERVICE: GraphQLRequest(to_document(each.query, names), {}),
                POSTGRAPHILE: GraphQLRequest(to_document(other, names), {}),
            },
        )
        for each in natural_operations()
        if (other := each.postgraphile) and any(part in f"{each.noun}: {each.name}" for part in given.only)
    ]
    costs = _costs(given.url, asked, given.rounds, Pace(given.seconds, 1))
    print("| asked | service | PostGraphile | of it |\n|---|---|---|---|")
    for each, _ in asked:
        own, its = (costs[each.noun, each.name, name].total for name in (SERVICE, POSTGRAPHILE))
        print(f"| {each.noun}: {each.name} | {own:.2f} | {its:.2f} | {own / its:.2f} |")


def _costs(
    url: str, asked: Sequence[tuple[NaturalOperation, dict[str, GraphQLRequest]]], rounds: int, pace: Pace
) -> dict[tuple[str, str, str], Cost]:
    """Return the costs of each operation and server. Raises Different if the two do not return the same."""
    found: dict[tuple[str, str, str], list[Cost]] = defaultdict(list)
    database = Database(url)
    with start_app(SERVICE, url) as own, start_postgraphile(url) as peer:
        for number in range(rounds + 1):
            for each, requests in asked:
                bodies = {server.name: fetch(server, requests[server.name]) for server in (own, peer)}
                if answer_values(bodies[SERVICE]) != answer_values(bodies[POSTGRAPHILE]):
                    raise AnswersDiffer(f"{each.noun}: {each.name}", *(body[:500] for body in bodies.values()))
                for server in (own, peer) if number % 2 else (peer, own):
                    cost = cost_of(server, requests[server.name], database, pace, bodies[server.name])
                    # the first round is a warm-up
                    if number:
                        found[each.noun, each.name, server.name].append(cost)
            print(f"round {number} of {rounds}", file=sys.stderr, flush=True)
    return {key: median_cost(each) for key, each in found.items()}


if __name__ == "__main__":
    main()
