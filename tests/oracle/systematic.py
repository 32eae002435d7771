"""Operations that leave nothing out: each list whole in each order, each field, each filter, each grouping."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle
from typing import Any

from graphql import GraphQLEnumType, GraphQLField, GraphQLSchema, get_named_type, is_leaf_type

from tests.oracle.operations import Operation
from tests.oracle.oracle import PAGING
from tests.oracle.values import Values, to_literal

DAYS = (None, "2018-06-01", "2019-04-18", "2019-04-26")
NEEDED = {"language": '"de"', "by": "MONTH", "property": '"date"'}
"""Values for required arguments."""
VALUES_EACH = 6
NOTHING: Mapping[str, str] = {}


class Systematic:
    def __init__(self, schema: GraphQLSchema, values: Values) -> None:
        self.values = values
        query: Any = schema.query_type
        self.network: GraphQLField = query.fields["network"]
        self.lists: dict[str, GraphQLField] = {
            name: field for name, field in query.fields.items() if "last" in field.args
        }

    def orders(self) -> Iterator[Operation]:
        """Yield each root list, whole, in each of its orders, on several days."""
        for name, field in self.lists.items():
            orders = [f", orderBy: {order}" for order in _words(field, "orderBy")] or [""]
            for order in orders:
                edges = "edges { cursor node { slug } }"
                yield from _on_days(DAYS, f"{name}(first: 100{_day(field)}{order}) {{ totalCount {edges} }}")

    def fields(self) -> Iterator[Operation]:
        """Yield each field of the entries of each list, with everything in it up to the next entry."""
        for name, field in self.lists.items():
            entry = get_named_type(_named_type(field).fields["nodes"].type)
            for key, each in entry.fields.items():
                body = f"{{ nodes {{ slug {_full_field(key, each)} }} }}"
                yield from _on_days(DAYS[::2], f"{name}(first: 100{_day(field)}) {body}")

    def arguments(self) -> Iterator[Operation]:
        """Yield each argument of each field of each list's entries, except paging, with some of its values.

        Some of the operations are seen from a day, some are plain.
        """
        days = cycle(DAYS[::3])
        for name, field in self.lists.items():
            entry = get_named_type(_named_type(field).fields["nodes"].type)
            for key, each in entry.fields.items():
                for argument in [argument for argument in each.args if argument not in PAGING]:
                    values = self.values.some(each.args[argument].type, argument, entry.name, VALUES_EACH)
                    asked = [_full_field(key, each, {argument: to_literal(value)}) for value in values]
                    body = " ".join(f"a{number}: {text}" for number, text in enumerate(asked))
                    yield from _on_days([next(days)], f"{name}(first: 100{_day(field)}) {{ nodes {{ slug {body} }} }}")

    def filters(self) -> Iterator[Operation]:
        """Yield each field of each filter with some of its values, some seen from a day, some plain."""
        for name, field in self.lists.items():
            filter_: Any = get_named_type(field.args["filter"].type)
            body = f"{name}(first: 100{_day(field)}, filter: $filter) {{ nodes {{ slug }} }}"
            query = f"query ({'$day: Date, ' if _day(field) else ''}$filter: {filter_.name}) {{ {body} }}"
            for key, each in filter_.fields.items():
                values = self.values.some(each.type, key, filter_.name, VALUES_EACH)
                for value, day in zip(values, cycle(DAYS[::3]), strict=False):
                    yield Operation(query, {"day": day, "filter": {key: value}})

    def counts(self) -> Iterator[Operation]:
        """Yield each grouping of each list, alone and with the next."""
        for name, field in self.lists.items():
            counts = _named_type(field).fields.get("counts")
            words = _words(counts, "by") if counts else []
            for one, other in zip(words, [*words[1:], *words[:1]], strict=True):
                tone = "tone { events cooperation conflict sum mean }" if name == "events" else ""
                body = f'{{ keys count labels de: labels(language: "de") {tone} }}'
                by = f"alone: counts(by: [{one}]) {body} two: counts(by: [{one}, {other}]) {body}"
                yield from _on_days(DAYS[::3], f"{name}(asOf: $day) {{ {by} }}")

    def networks(self) -> Iterator[Operation]:
        """Yield the network whole and cut, with each of its arguments alone and around a person, on several days."""
        way = "{ invitationCount quoteCount }"
        counts = f"weight meetingCount invitationCount quoteCount fromFirst {way} fromSecond {way}"
        tie = f"{counts} tone {{ events mean }} people {{ slug }} relationship {{ id }}"
        body = f"{{ around {{ slug }} peopleCount tieCount people {{ slug }} ties {{ {tie} }} }}"
        arguments = ["", "first: 100", *(f"first: {number}" for number in range(5))]
        for name, argument in self.network.args.items():
            if name not in ("asOf", "first"):
                arguments += [f"{name}: {to_literal(value)}" for value in self.values.some(argument.type, name, "", 9)]
        for around in ("", 'around: "kim-jong-un"', 'around: "moon-jae-in"'):
            for given in arguments:
                if not (around and "around" in given):
                    yield from _on_days(DAYS[::2], f"network(asOf: $day {around} {given}) {body}")

    def shapes(self) -> Iterator[Operation]:
        """Yield unusual responses: very wide, with long names, empty, or including the schema."""
        wide = " ".join(f"a{number}: {name}" for number, name in enumerate(["slug", "label", "isLeader"] * 50))
        long = "n" * 200
        for body in (
            f"people(first: 3, asOf: $day) {{ nodes {{ {wide} }} }}",
            " ".join(f'a{number}: person(slug: "kim-jong-un", asOf: $day) {{ slug }}' for number in range(120)),
            f"{long}: people(asOf: $day) {{ {long}: totalCount {long}s: nodes {{ {long}: slug }} }}",
            "people(asOf: $day) @skip(if: true) { totalCount }",
            "people(asOf: $day) { __typename } __typename __schema { queryType { name } }",
            "people(asOf: $day) { nodes { __typename ... @include(if: false) { slug } } }",
            "people(asOf: $day) { nodes { country { ... on Country { code } } country { ... on Entry { label } } } }",
        ):
            yield from _on_days(DAYS[::3], body)


def _day(field: GraphQLField) -> str:
    """Return the argument of a list that is seen from a day."""
    return ", asOf: $day" if "asOf" in field.args else ""


def _on_days(days: Sequence[str | None], body: str) -> Iterator[Operation]:
    if "$day" not in body:
        yield Operation(f"{{ {body} }}", {})
        return
    for day in days:
        yield Operation(f"query ($day: Date) {{ {body} }}", {"day": day})


def _named_type(field: GraphQLField) -> Any:
    return get_named_type(field.type)


def _words(field: GraphQLField, argument: str) -> list[str]:
    kind = get_named_type(field.args[argument].type) if argument in field.args else None
    return list(kind.values) if isinstance(kind, GraphQLEnumType) else []


def _full_field(name: str, field: GraphQLField, given: Mapping[str, str] = NOTHING) -> str:
    """Return a field with everything in it; for an entry, what is neither another entry's nor a list."""
    needed = {each: NEEDED[each] for each, argument in field.args.items() if str(argument.type).endswith("!")}
    arguments = {**needed, **({"first": "3"} if "after" in field.args else {}), **given}
    written_ = ", ".join(f"{each}: {value}" for each, value in arguments.items())
    text = name + (f"({written_})" if arguments else "")
    fields = getattr(_named_type(field), "fields", {})
    if not fields or is_leaf_type(_named_type(field)):
        return text
    is_entry = "slug" in fields
    inner = [_full_field(key, each) for key, each in fields.items() if not is_entry or is_leaf_type(_named_type(each))]
    return f"{text} {{ __typename {' '.join(inner)} }}"
