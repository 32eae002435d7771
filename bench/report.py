"""Results, as tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bench.measure import Result
from bench.operations import ALONE, POSTGRAPHILE, STRAWBERRY

COLUMNS = (
    *("operation", "leaves", "connections", "server", "CPU: server", "PostgreSQL", "both"),
    *("p50 ms", "p99 ms", "requests/s", "bytes"),
)
PEERS = (POSTGRAPHILE, STRAWBERRY, ALONE)


def bounds(found: Iterable[Result]) -> Iterator[str]:
    """Return the service's CPU time relative to each peer's, and the bound if there is one."""
    yield f"| operation | connections | {' | '.join(f'service / {peer}' for peer in PEERS)} |"
    yield "|---|---|---|---|---|"
    for result in found:
        cells = [result.operation.name, str(result.connections), *(_bound(result, peer) for peer in PEERS)]
        yield f"| {' | '.join(cells)} |"


def missed(found: Iterable[Result]) -> bool:
    """Return whether any bound is missed."""
    return any(result.ratio(peer) > most for result in found for peer, most in result.operation.most.items())


def _bound(result: Result, peer: str) -> str:
    ratio, most = result.ratio(peer), result.operation.most.get(peer)
    if most is None:
        return f"{ratio:.2f}"
    return f"{ratio:.3f} ({most:g}: {'met' if ratio <= most else '**missed**'})"


def table(found: Iterable[Result]) -> Iterator[str]:
    """Return CPU milliseconds per request, and what a client saw."""
    yield f"| {' | '.join(COLUMNS)} |"
    yield "|---" * len(COLUMNS) + "|"
    for result in found:
        for name, cost in result.costs.items():
            cells = [result.operation.name, f"{result.leaves:,}", str(result.connections), name]
            if name == ALONE:
                cells += ["", f"{cost.database:.3f}", f"{cost.total:.3f}", "", "", "", ""]
            else:
                cells += [f"{each:.3f}" for each in (cost.server, cost.database, cost.total)]
                cells += [f"{cost.p50:.2f}", f"{cost.p99:.2f}", f"{cost.per_second:,.0f}", f"{result.bytes[name]:,}"]
            yield f"| {' | '.join(cells)} |"
