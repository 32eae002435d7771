"""Values for arguments and filters of generated operations: real slugs, days, languages, and some that do not exist."""

import json
from datetime import timedelta
from random import Random
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    get_named_type,
    get_nullable_type,
)

from service.store.enums import FACT_TYPES
from tests.oracle.register import Register
from tests.oracle.things import View

ACTOR = ("involving", "involvingAll", "speaker", "addressee", "about", "reportedBy", "actor", "recipient", "issuer")
ORGANISATION = ("outlet", "credits")
SLUGS = {
    **dict.fromkeys((*ACTOR, "invitee", "carrier", "of", "origin", "author"), "actor"),
    **dict.fromkeys(ORGANISATION, "Organisation"),
    **dict.fromkeys(("country", "code", "participantCountry", "participantCountryAll"), "code"),
    **dict.fromkeys(("source", "sourceAll"), "source"),
    **dict.fromkeys(("place", "exactPlace", "destination"), "place"),
    **dict.fromkeys(("person", "from", "to", "around"), "Person"),
    **dict.fromkeys(("meeting", "within"), "Summit"),
    "fact": "fact",
    "property": "property",
    "document": "document",
    "mode": "mode",
    "dataset": "dataset",
    "id": "id",
    "ids": "id",
}
"""By the name of an argument or a filter's field: the pool that its values come from."""
OF_NOUN = {
    "Person": "Person",
    "Organisation": "Organisation",
    "Place": "place",
    "Source": "source",
    "Claim": "claim",
} | {typename: typename for typename in (*FACT_TYPES, "Conflict")}
TEXTS = (
    "Kim",
    "trump",
    "Pjongjang",
    "Lawrow",
    "Лавров",
    "김정은",
    "gipfel -hanoi",
    "Wladiwo",
    "summit",
    "nobody",
    "12.6.2018",
    "",
)
LANGUAGES = ("en", "de", "DE-AT", "ko", "ko-Kore", "ru", "fr-CH")


class Values:
    """Generator of values; `pools` are the texts by kind."""

    def __init__(self, register: Register) -> None:
        self.pools = _pools(register)

    def draw(self, random: Random, type_: GraphQLInputType, name: str, owner: str) -> Any:
        """Return one value for a scalar or an enum: `owner` is the type of the filter or of the field that takes it."""
        named: Any = get_named_type(type_)
        if isinstance(named, GraphQLEnumType):
            return Literal(random.choice(sorted(named.values)))
        if named.name == "Float":
            return random.choice(SIZES if random.random() < 0.2 else (-7, -2.5, 0, 1.5, 4, 9))
        if name == "year":
            return random.choice((2017, 2018, 2019, 2019, 2021, 9999))
        if named.name == "Int":
            return random.choice((0, 40, 400, 4_000))
        if named.name == "Boolean":
            return random.random() < 0.5
        if named.name == "Date":
            return random.choice(LAST_DAYS if random.random() < 0.1 else self.pools["day"])
        if named.name == "LanguageTag":
            return random.choice(LANGUAGES)
        return self._text(random, name, owner)

    def some(self, type_: GraphQLInputType, name: str, owner: str, most: int) -> list[Any]:
        """Return some values for a field of a filter: all of an enum, else at most so many, and those at both ends of a
        range.
        """
        named: Any = get_named_type(type_)
        own = {"Meeting": "Summit", "Fact": "fact"}.get(noun := owner.removesuffix("Filter"), noun)
        if isinstance(named, GraphQLInputObjectType):
            return [
                {key: value} if key != "match" else {"match": value, "from": "2018-05-01", "to": "2019-04-30"}
                for key, each in named.fields.items()
                for value in self.some(each.type, key, owner, most // 2)
            ]
        if isinstance(named, GraphQLEnumType):
            found: list[Any] = [Literal(word) for word in named.values]
        else:
            random = Random(f"{owner}.{name}")
            found = [self.draw(random, named, name, own) for _ in range(most)]
        is_list = isinstance(get_nullable_type(type_), GraphQLList)
        return [*([value] for value in found), found[:2], []] if is_list else found

    def _text(self, random: Random, name: str, owner: str) -> str:
        if name == "text":
            return random.choice(TEXTS)
        kind = SLUGS.get(name) or OF_NOUN.get(owner, "fact")
        if name == "kind" or random.random() < 0.05:
            return random.choice(["nobody", "x--y", "", "Ä'\\\"$1"])
        return random.choice(self.pools.get(kind) or ["nobody"])


class Literal(str):
    """Word that a document writes without quotation marks: a value of an enum."""


class Huge(Literal):
    """Number that JSON cannot hold, so that only a document can contain it."""


LAST_DAYS = ("0001-01-01", "9999-12-31")
SIZES = (2**31, -(2**31) - 1, 2**53, -(2**53), 2**60, 10**22, 1e308, -1e308, 5e-324, -0.0, 0.1)
"""Numbers that a Float can hold."""
WRONG: dict[str, tuple[Any, ...]] = {
    "Date": ("yesterday", "infinity", "", "2019-02-30", "2019-2-3", "20190203", "10000-01-01", "0000-01-01"),
    "LanguageTag": ("", "!", "d", "de_AT", "de-", "x" * 99),
    "String": ("a\0", "\0"),
    "text": ("\0kim", " ".join(["kim"] * 101), "k" * 10_001, "or ".join(["kim "] * 101)),
    "Float": (Huge("1e309"), Huge("-1e400"), Huge("1" + "0" * 310), 2**53 + 1, -(2**53) - 1, 2**63 - 1),
    "Int": (-1, 101, 1_001, 2**31 - 1, -(2**31)),
    "maxLength": (0, 7, -1, 2**31 - 1),
    "cursor": ("", "bm9uZQ", "W10", "WyJhIl0", "!", "ä", "e30", "W" * 5_000, "W1tbW11dXV0"),
}
"""By an argument's name or type: values of that type which still cannot be used."""


def to_literal(value: Any) -> str:
    """Return a value as a document writes it."""
    if isinstance(value, Literal):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(to_literal(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {to_literal(item)}" for name, item in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)


def _pools(register: Register) -> dict[str, list[str]]:
    tables, view = register.tables, View(register)
    entries = [
        *view.facts(),
        *(each for name in ("actor", "place", "source", "claim", "conflict") for each in view.things(name)),
    ]
    pools: dict[str, list[str]] = {}
    for entry in entries:
        pools.setdefault(entry.typename, []).append(entry.slug)
    days = sorted({row.reported_on for row in tables["source"]})
    near = {day + timedelta(days=shift) for day in days for shift in (-1, 0, 40)}
    seen = [View(register, day) for day in days[2:-1:3]]
    ids = [entry.id for entry in entries] + [entry.id for each in seen for entry in each.facts()]
    return {
        **pools,
        "actor": [row.slug for row in tables["actor"]],
        "place": pools["Place"],
        "source": pools["Source"],
        "claim": pools["Claim"],
        "fact": [row.slug for row in tables["fact"]],
        "code": [form for row in tables["actor"] if row.code for form in (row.code, row.alpha3.lower(), row.slug)],
        "property": sorted({row.property for row in tables["claim"]}),
        "document": [row.document for row in tables["source"]],
        "dataset": [row.slug for row in tables["source_dataset"]] or ["nothing"],
        "mode": sorted({row.mode for row in tables["event"] if row.mode}),
        "day": sorted(day.isoformat() for day in near),
        "id": [*ids, "bm9ib2R5", "!", "UGVyc29uOmtpbS1qb25nLXVuQDIwMTktMTMtNDU"],
    }
