"""Search for the most expensive operation that the planner accepts: the slowest statement, or the longest response.

    python -m bench.expensive_operations URL [--seconds 300] [--seed 1] [--bytes]

Operations are drawn from the schema: connections within connections, page sizes, filters, orders, counts, searches,
days, aliases. Accepted operations are run once, and the most expensive ones are varied over and over. Slugs are those
with the most entries in the store. PostgreSQL's time is reported with the planner's estimate. Exits with 1 if an
operation takes more than a second or returns more than it may.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

import psutil
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
)

from bench.prices import LargestEntries, fetch_largest_entries
from schema import schema
from service.errors import ServiceError
from service.language.errors import OperationError
from service.language.limits import Limits
from service.planner.planner import Planner
from service.settings import Settings
from service.store.pool import ReadingPool, reading_pool

GRAPH = schema._schema
VARIED, SHOWN, MOST_MILLISECONDS = 40, 10, 1_000
MOST_ALIASES, LIMITS = 95, Limits()
TEXTS = (
    "dor",
    "dor or fan",
    "-dor",
    "d",
    " or ".join(("dor", "fan", "bado", "kuman", "tira", "rozan", "vor")),
    "dor fan",
)
KEYS = {(name, "slug"): name for name in ("place", "source", "meeting")} | {
    ("summit", "slug"): "meeting",
    ("organisation", "slug"): "outlet",
}
"""Whose slug the argument of a field takes."""
Type = GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType


@dataclass(frozen=True)
class Node:
    """Field of an operation with its arguments as written, and the selection below it."""

    name: str
    arguments: str = ""
    selected: tuple[Node, ...] = ()
    on: str = ""
    """The type that it is selected on, if the field above does not have exactly this one."""
    copies: int = 1

    def lines(self, key: str = "") -> Iterator[str]:
        for number in range(self.copies):
            alias = f"{key}a{number}:" if self.copies > 1 else key and f"{key}:"
            own = f"{alias}{self.name}{f'({self.arguments})' if self.arguments else ''}"
            inner = " ".join(line for index, each in enumerate(self.selected) for line in each.lines(f"f{index}"))
            written = f"{own}{{{inner}}}" if inner else own
            yield f"...on {self.on}{{{written}}}" if self.on else written


@dataclass(frozen=True)
class MeasuredOperation:
    """Operation with PostgreSQL's time, the length of the response, and the planner's estimates of both."""

    root: tuple[Node, ...]
    milliseconds: float = 0.0
    bytes: int = 0
    work: float = 0.0
    estimated_bytes: int = 0

    @property
    def query(self) -> str:
        return write_document(self.root)


def write_document(root: Sequence[Node]) -> str:
    return "{" + " ".join(line for index, each in enumerate(root) for line in each.lines(f"r{index}")) + "}"


@dataclass
class OperationGenerator:
    """Generator of operations and their variations."""

    random: Random
    of: LargestEntries
    depth: int = 7

    def root(self) -> tuple[Node, ...]:
        return (self.node(GRAPH.query_type, self.depth),)  # type: ignore[arg-type]

    def node(self, type_: Type, depth: int) -> Node:
        """Return a field of a type with a selection below it."""
        on, fields = "", dict(getattr(type_, "fields", {}))
        if not isinstance(type_, GraphQLObjectType) and self.random.random() < 0.3:
            possible: Any = self.random.choice(list(GRAPH.get_possible_types(type_)))
            on, fields = possible.name, dict(possible.fields)
        if not fields:
            return Node("__typename")
        if depth <= 0:
            fields = {name: each for name, each in fields.items() if is_leaf_type(get_named_type(each.type))}
        costly = [name for name, each in fields.items() if not is_leaf_type(get_named_type(each.type)) or each.args]
        names = costly if costly and self.random.random() < 0.85 else list(fields)
        if not names:
            return Node("__typename")
        name = self.random.choice(names)
        return replace(self.field_node(name, fields[name], depth), on=on)

    def field_node(self, name: str, declared: GraphQLField, depth: int) -> Node:
        """Return a field with arguments and, unless it is a leaf, a selection below it."""
        named: Any = get_named_type(declared.type)
        arguments = self.arguments(name, declared)
        if is_leaf_type(named):
            return Node(name, arguments)
        count = 1 + (self.random.random() < 0.3) + (self.random.random() < 0.1)
        return Node(name, arguments, tuple(self.node(named, depth - 1) for _ in range(count)))

    def arguments(self, field_name: str, declared: GraphQLField) -> str:
        given = {}
        for name, argument in declared.args.items():
            is_needed = isinstance(argument.type, GraphQLNonNull)
            if name in ("after", "before", "last") or (name == "asOf" and self.random.random() < 0.9):
                continue
            if name == "first":
                given[name] = str(self.random.choice((1, 1, 5, 20, 100, 100)))
            elif is_needed or self.random.random() < 0.4:
                value = self.value(KEYS.get((field_name, name), name), argument.type)
                if value is not None:
                    given[name] = value
        return ",".join(f"{name}:{value}" for name, value in given.items())

    def value(self, name: str, type_: GraphQLInputType) -> str | None:
        """Return a value for an argument or a field of an input, preferably one with the most rows."""
        nullable, named = get_nullable_type(type_), get_named_type(type_)
        if isinstance(named, GraphQLInputObjectType):
            return self.input(named)
        if name == "between":
            return f'["{self.of.hub}","{self.of.second}"]'
        one = self.single(name, named)
        if one is None or not isinstance(nullable, GraphQLList):
            return one
        others = [self.single(name, named) or one for _ in range(self.random.choice((0, 0, 1, 2)))]
        return f"[{','.join(dict.fromkeys([one, *others]))}]"

    def input(self, named: GraphQLInputObjectType) -> str | None:
        names = self.random.sample(sorted(named.fields), k=min(len(named.fields), self.random.choice((1, 1, 1, 2, 3))))
        given = {name: self.value(name, named.fields[name].type) for name in names if name != "slug"}
        told = [f"{name}:{value}" for name, value in given.items() if value is not None]
        return f"{{{','.join(told)}}}" if told else None

    def single(self, name: str, named: Any) -> str | None:
        if isinstance(named, GraphQLEnumType):
            return str(self.random.choice(list(named.values)))
        match named.name:
            case "Boolean":
                return self.random.choice(("true", "false"))
            case "Date":
                return f'"{self.random.choice(("2018-01-01", "2018-06-30", "2019-01-01", "2019-12-31"))}"'
            case "LanguageTag":
                return '"ko"'
            case "Int":
                return "6"
            case "Float":
                return "0.5"
        return f'"{self.text(name)}"'

    def text(self, name: str) -> str:
        """Return a slug of the right kind, so that something is found, or a search text."""
        of = self.of
        named = {
            "text": self.random.choice(TEXTS),
            "source": of.source,
            "sourceAll": of.source,
            "place": of.place,
            "meeting": of.meeting,
            "outlet": of.outlet,
            "country": of.country,
            "code": of.country,
            "property": "text",
            "from": of.hub,
            "to": of.second,
            "mode": "consult",
            "id": "x",
            "ids": "x",
        }
        return named.get(name) or self.random.choice((of.hub, of.hub, of.second))

    # ------------------------------------------------------------ variation

    def vary(self, root: tuple[Node, ...]) -> tuple[Node, ...]:
        """Return one variation: more copies, another page size, another field below or next to one."""
        if self.random.random() < 0.25:
            index = self.random.randrange(len(root))
            copies = self.random.choice((2, 5, 10, 20, 40, 95))
            return tuple(replace(each, copies=copies) if number == index else each for number, each in enumerate(root))
        if self.random.random() < 0.15:
            return (*root, *self.root())[-3:]
        return tuple(self.change_node(each, GRAPH.query_type, self.depth) for each in root)  # type: ignore[arg-type]

    def change_node(self, node: Node, type_: Type, depth: int) -> Node:
        """Return a variation of one field: other arguments, or a change somewhere in its selection."""
        found: Any = GRAPH.get_type(node.on) if node.on else type_
        declared = getattr(found, "fields", {}).get(node.name)
        if declared is None or is_leaf_type(get_named_type(declared.type)):
            return self.node(type_, depth)
        inner: Any = get_named_type(declared.type)
        chance = self.random.random()
        if chance < 0.15:
            return replace(node, arguments=self.arguments(node.name, declared))
        if chance < 0.3 and "first" in declared.args:
            others = [each for each in node.arguments.split(",") if each and not each.startswith("first:")]
            if "{" not in node.arguments:
                return replace(node, arguments=",".join([*others, "first:100"]))
        if chance < 0.45:
            return replace(node, selected=(*node.selected, self.node(inner, depth - 1))[-4:])
        if chance < 0.5:
            return replace(node, copies=self.random.choice((1, 2, 5, 20)))
        if not node.selected:
            return node
        index = self.random.randrange(len(node.selected))
        changed = [
            self.change_node(each, inner, depth - 1) if number == index else each
            for number, each in enumerate(node.selected)
        ]
        return replace(node, selected=tuple(changed))


def prepare_if_accepted(planner: Planner, root: tuple[Node, ...]) -> Any:
    try:
        return planner.prepare(write_document(root))
    except OperationError:
        return None


async def measure(pool: ReadingPool, planner: Planner, root: tuple[Node, ...]) -> MeasuredOperation | None:
    """Return PostgreSQL's CPU time, for expensive operations the lowest of three. None if it is refused."""
    prepared = prepare_if_accepted(planner, root)
    if prepared is None or not prepared.sql:
        return None
    backend = psutil.Process(await pool.value("SELECT pg_backend_pid()"))
    taken = []
    for _ in range(3):
        start = sum(backend.cpu_times()[:2])
        try:
            row = await pool.row(prepared.sql, prepared.values)
        except ServiceError:
            row = None
        taken.append(1000 * (sum(backend.cpu_times()[:2]) - start))
        if taken[0] < MOST_MILLISECONDS / 4:
            break
    size = len(prepared.body(row)) if row else 0
    return MeasuredOperation(root, min(taken), size, prepared.cost.work, prepared.cost.bytes)


async def find_most_expensive(url: str, seconds: float, seed: int, *, by_bytes: bool) -> list[MeasuredOperation]:
    """Return the most expensive operations, the worst first."""
    generator = OperationGenerator(Random(seed), fetch_largest_entries(url))
    pool, planner = reading_pool(Settings(database_url=url)), Planner(schema)
    best: list[MeasuredOperation] = []
    drawn = accepted = 0
    end = time.monotonic() + seconds

    def promise(found: MeasuredOperation) -> float:
        """Return the total cost if it is repeated under aliases as often as the limits allow."""
        copies = min(MOST_ALIASES, LIMITS.work / max(found.work, 1), LIMITS.bytes / max(found.estimated_bytes, 1))
        return (found.bytes if by_bytes else found.milliseconds) * copies

    def weight(found: MeasuredOperation) -> float:
        return found.bytes if by_bytes else found.milliseconds

    most_expensive: list[MeasuredOperation] = []

    try:
        while time.monotonic() < end:
            fresh = not best or generator.random.random() < 0.3
            root = generator.root() if fresh else generator.vary(generator.random.choice(best).root)
            drawn += 1
            found = await measure(pool, planner, root)
            if found is None:
                continue
            accepted += 1
            best = drop_similar([*best, found], promise)[:VARIED]
            most_expensive = drop_similar([*most_expensive, found], weight)[:SHOWN]
    finally:
        await pool.close()
    print(f"{drawn:,} operations drawn, {accepted:,} accepted and asked", file=sys.stderr)
    return most_expensive


def drop_similar(found: list[MeasuredOperation], weight: Any) -> list[MeasuredOperation]:
    """Return the most expensive ones first, one of those that select the same fields."""
    seen: dict[object, int] = {}
    kept = []
    for each in sorted(found, key=weight, reverse=True):
        shape = tuple(name for node in each.root for name in _names(node))
        seen[shape] = seen.get(shape, 0) + 1
        if seen[shape] <= 1:
            kept.append(each)
    return kept


def _names(node: Node) -> Iterator[str]:
    yield node.name
    for each in node.selected:
        yield from _names(each)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the ten most expensive operations; return 1 if one exceeds its limit."""
    parser = argparse.ArgumentParser(prog="python -m bench.expensive_operations")
    parser.add_argument("url")
    parser.add_argument("--seconds", type=float, default=300.0, help="How long it searches.")
    parser.add_argument("--seed", type=int, default=1, help="Another number draws other operations.")
    parser.add_argument("--bytes", action="store_true", help="Search for the longest answer.")
    given = parser.parse_args(arguments)
    best = asyncio.run(find_most_expensive(given.url, given.seconds, given.seed, by_bytes=given.bytes))
    print("| ms | estimated | bytes | estimated | operation |\n|---|---|---|---|---|")
    for each in best[:SHOWN]:
        figures = f"{each.milliseconds:,.0f} | {each.work:,.0f} | {each.bytes:,} | {each.estimated_bytes:,}"
        print(f"| {figures} | `{each.query[:400]}` |")
    return int(any(each.milliseconds > MOST_MILLISECONDS or each.bytes > LIMITS.bytes for each in best))


if __name__ == "__main__":
    sys.exit(main())
