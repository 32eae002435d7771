"""Relationships between two people or two states, named by the slug."""

from collections.abc import Iterable
from itertools import combinations
from typing import Annotated

from pydantic import Field

from service.store.kinds.kind import ExistingFactEntry, Kind, Search
from service.store.notation.fields import OnlyCited
from service.store.notation.values import PAIR, Phrase, changing_value
from service.store.record.record import Record
from service.store.record.snapshots import Snapshot
from service.store.rows import Key, Row


class RelationshipEntry(ExistingFactEntry):
    """How two people or two states relate to each other. The slug consists of their two slugs."""

    slug = Annotated[str, Field(pattern=f"^{PAIR}$")]

    state: OnlyCited[Annotated[Phrase, changing_value(has_author=False)]] = None


def to_row(record: Record, snapshot: Snapshot) -> Row:
    one, other = split_parties(snapshot.fact.slug)
    is_people = record.actors[one].typename == "Person"
    return {
        "kind": "PEOPLE" if is_people else "STATES",
        "one_id": Key("actor", (one,)),
        "other_id": Key("actor", (other,)),
    }


def names_two(slug: str) -> bool:
    """Return whether it is the slug of a relationship between two."""
    return "--" in slug


def split_parties(slug: str) -> tuple[str, str]:
    """Return the two actors named by the slug `A--B` of a relationship."""
    one, _, other = slug.partition("--")
    return one, other


def join_parties(one: str, other: str) -> str:
    """Return the slug of a relationship between two actors, given in order."""
    return f"{one}--{other}"


def pairs_of(record: Record, actors: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Yield all pairs of these actors that can have a relationship: two people, or two states."""
    by_type: dict[str, list[str]] = {}
    for actor in sorted(actors):
        by_type.setdefault(record.actors[actor].typename, []).append(actor)
    for typename in ("Person", "Country"):
        yield from combinations(by_type.get(typename, ()), 2)


RELATIONSHIP = Kind(
    typenames=("Relationship",),
    file="relationships.yaml",
    entry=RelationshipEntry,
    table="relationship",
    to_row=to_row,
    search=Search(lambda _: 1.0, is_result=False),
    links_people=False,
    is_pair=True,
    history="state",
)
