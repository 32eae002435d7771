"""Cost of natural operations next to PostGraphile, where it can run the same: a table in Markdown.

    python -m bench.beside URL [--rounds 3] [--seconds 0.5] [--only TEXT ...]

URL names a store that bench.store has filled. Both servers run at once and are queried in turn on one connection, over
the same tables, and must return the same. PostGraphile uses the views of postgraphile/api.sql, which are created again
next to the tables. Figures are milliseconds of CPU time, of the server's process and of PostgreSQL together, as medians
of the rounds.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence

from bench.client import Pace, answer
from bench.measure import Cost, Different, cost_of, median_cost, said
from bench.natural import Natural, filled, names_of, natural_operations
from bench.operations import POSTGRAPHILE, SERVICE, Question
from bench.run import add_views
from bench.servers import Database, postgraphile, served


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.beside", description="Measure beside PostGraphile.")
    parser.add_argument("url", help="A store.")
    parser.add_argument("--rounds", type=int, default=3, help="How many rounds; medians are shown.")
    parser.add_argument("--seconds", type=float, default=0.5, help="How long each is asked in a round.")
    parser.add_argument("--only", nargs="+", default=[""], help="Operations with one of these texts in their names.")
    given = parser.parse_args(arguments)
    add_views(given.url)
    names = names_of(given.url)
    asked = [
        (each, {SERVICE: Question(filled(each.query, names), {}), POSTGRAPHILE: Question(filled(other, names), {})})
        for each in natural_operations()
        if (other := each.postgraphile) and any(part in f"{each.noun}: {each.name}" for part in given.only)
    ]
    costs = _costs(given.url, asked, given.rounds, Pace(given.seconds, 1))
    print("| asked | service | PostGraphile | of it |\n|---|---|---|---|")
    for each, _ in asked:
        own, its = (costs[each.noun, each.name, name].total for name in (SERVICE, POSTGRAPHILE))
        print(f"| {each.noun}: {each.name} | {own:.2f} | {its:.2f} | {own / its:.2f} |")


def _costs(
    url: str, asked: Sequence[tuple[Natural, dict[str, Question]]], rounds: int, pace: Pace
) -> dict[tuple[str, str, str], Cost]:
    """Return the costs of each operation and server. Raises Different if the two do not return the same."""
    found: dict[tuple[str, str, str], list[Cost]] = defaultdict(list)
    database = Database(url)
    with served(SERVICE, url) as own, postgraphile(url) as peer:
        for number in range(rounds + 1):
            for each, questions in asked:
                bodies = {server.name: answer(server, questions[server.name]) for server in (own, peer)}
                if said(bodies[SERVICE]) != said(bodies[POSTGRAPHILE]):
                    raise Different(f"{each.noun}: {each.name}", *(body[:500] for body in bodies.values()))
                for server in (own, peer) if number % 2 else (peer, own):
                    cost = cost_of(server, questions[server.name], database, pace, bodies[server.name])
                    # the first round is a warm-up
                    if number:
                        found[each.noun, each.name, server.name].append(cost)
            print(f"round {number} of {rounds}", file=sys.stderr, flush=True)
    return {key: median_cost(each) for key, each in found.items()}


if __name__ == "__main__":
    main()
