"""Operations that leave nothing out: each list whole in each order, each field, each filter, each grouping."""

from collections.abc import Iterator
from typing import Any

from graphql import GraphQLEnumType, GraphQLField, GraphQLSchema, get_named_type, is_leaf_type

from tests.oracle.operations import Operation
from tests.oracle.values import Literal, Values, written

DAYS = (None, "2018-06-01", "2019-04-18", "2019-04-26")
NEEDED = {"language": '"de"', "by": "MONTH", "property": '"date"'}
"""What is given for an argument without which a field cannot be asked."""
VALUES_EACH = 6


class Systematic:
    def __init__(self, schema: GraphQLSchema, values: Values) -> None:
        self.values = values
        query: Any = schema.query_type
        self.lists: dict[str, GraphQLField] = {
            name: field for name, field in query.fields.items() if "last" in field.args
        }

    def orders(self) -> Iterator[Operation]:
        """Each list of the root, whole, in each of its orders, on several days."""
        for name, field in self.lists.items():
            orders = [f", orderBy: {order}" for order in _words(field, "orderBy")] or [""]
            for order in orders:
                yield from _on(
                    DAYS, f"{name}(first: 100, asOf: $day{order}) {{ totalCount edges {{ cursor node {{ slug }} }} }}"
                )

    def fields(self) -> Iterator[Operation]:
        """Each field of the entries of each list, and of what lies two steps further."""
        for name, field in self.lists.items():
            entry = get_named_type(_named(field).fields["nodes"].type)
            for key, each in entry.fields.items():
                yield from _on(
                    DAYS[::2], f"{name}(first: 100, asOf: $day) {{ nodes {{ slug {_whole(key, each, 2)} }} }}"
                )

    def filters(self) -> Iterator[Operation]:
        """Each field of each filter with some of its values, alone and all together."""
        for name, field in self.lists.items():
            filter_: Any = get_named_type(field.args["filter"].type)
            for key, each in filter_.fields.items():
                for value in self.values.some(each.type, key, filter_.name, VALUES_EACH):
                    given = written({key: value})
                    yield from _on(DAYS[::3], f"{name}(first: 100, asOf: $day, filter: {given}) {{ nodes {{ slug }} }}")

    def counts(self) -> Iterator[Operation]:
        """Each grouping of each list, alone and with the next."""
        for name, field in self.lists.items():
            counts = _named(field).fields.get("counts")
            words = _words(counts, "by") if counts else []
            for one, other in zip(words, [*words[1:], *words[:1]], strict=True):
                tone = "tone { events cooperation conflict sum mean }" if name == "events" else ""
                body = f'{{ keys count labels de: labels(language: "de") {tone} }}'
                by = f"alone: counts(by: [{one}]) {body} two: counts(by: [{one}, {other}]) {body}"
                yield from _on(DAYS[::3], f"{name}(asOf: $day) {{ {by} }}")


def _on(days: tuple[str | None, ...], body: str) -> Iterator[Operation]:
    for day in days:
        yield Operation(f"query ($day: Date) {{ {body} }}", {"day": day})


def _named(field: GraphQLField) -> Any:
    return get_named_type(field.type)


def _words(field: GraphQLField, argument: str) -> list[str]:
    kind = get_named_type(field.args[argument].type) if argument in field.args else None
    return list(kind.values) if isinstance(kind, GraphQLEnumType) else []


def _whole(name: str, field: GraphQLField, depth: int) -> str:
    """A field with all that it leads to in so many steps."""
    type_ = _named(field)
    arguments = [f"{each}: {NEEDED[each]}" for each, given in field.args.items() if str(given.type).endswith("!")]
    if "last" in field.args:
        arguments.append("first: 3")
    text = name + (f"({', '.join(arguments)})" if arguments else "")
    if is_leaf_type(type_):
        return text
    is_list = type_.name.endswith(("Connection", "Edge"))
    inner = [
        _whole(key, each, depth - (not is_list)) for key, each in type_.fields.items() if depth > 0 or _is_leaf(each)
    ]
    return f"{text} {{ __typename {' '.join(inner)} }}" if inner else ""


def _is_leaf(field: GraphQLField) -> bool:
    return is_leaf_type(_named(field))
