"""Entities that names are matched with: their identifiers, what is known of each, and how they are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from service.pages.addresses import path_of
from service.pages.plurals import singular
from service.pages.words import translate
from service.web.exchange import Exchange
from service.web.execution import Execution

ENTITIES = Path(__file__).with_name("operations").joinpath("entities.graphql").read_text(encoding="utf-8")
MAX_ENTITIES = 100
"""Maximum number of entities read at once."""


class EntityType(NamedTuple):
    """Type: `id` is GraphQL's, `kind` that of a search, `variable` that of the operation that reads it."""

    id: str
    name: str
    kind: str
    variable: str

    @property
    def reference(self) -> dict[str, str]:
        """The type as responses name it."""
        return {"id": self.id, "name": self.name}


TYPES = {
    each.id: each
    for each in (
        EntityType("Person", "Person", "PERSON", "people"),
        EntityType("Organisation", "Organisation", "ORGANISATION", "organisations"),
        EntityType("Country", "State", "COUNTRY", "states"),
        EntityType("Place", "Place", "PLACE", "places"),
    )
}
BY_FOLDER = {path_of(each.id, "").strip("/"): each for each in TYPES.values()}


class Entity:
    """Entity; its `id` is the path of its permalink, since a state and a place may have the same slug."""

    def __init__(self, node: Mapping[str, Any], language: str) -> None:
        """Create the entity. `language`: that of its label and of its description."""
        self.node = node
        self.language = language
        self.type = TYPES[node["__typename"]]
        self.id = entity_id(self.type, node.get("code") or node["slug"])
        self.label: str = node["label"]

    @cached_property
    def names(self) -> list[str]:
        """Each name once, in every spelling."""
        return list(dict.fromkeys([self.label, *(name["text"] for name in self.node["names"])]))

    @property
    def description(self) -> str:
        """Text that distinguishes the entity from others with the same name."""
        office = next((f"{each['title']}" for each in self.node.get("offices", [])), None)
        country = (self.node.get("country") or {}).get("label")
        kind = translate(str(self.node.get("kind", "")).lower().replace("_", " "), self.language)
        named = office or kind or singular("EntryKind", self.type.kind, self.language)
        return ", ".join(filter(None, [named[:1].upper() + named[1:], country]))


def entity_id(type_: EntityType, name: str) -> str:
    """Return the identifier of an entity, such as people/kim-jong-un or states/KP."""
    return path_of(type_.id, name).removeprefix("/")


def parse_id(given: str) -> tuple[EntityType, str] | None:
    """Return the type and the name in an identifier or a permalink; None for anything else."""
    folder, _, name = given.strip().rstrip("/").rpartition("/")
    type_ = BY_FOLDER.get(folder.rpartition("/")[2])
    return (type_, name) if type_ and name else None


class Entities:
    """Reader of entities for one request, each read once."""

    def __init__(self, execution: Execution, exchange: Exchange | None, language: str) -> None:
        self._execution, self._exchange, self._language = execution, exchange, language
        self._kept: dict[str, Entity] = {}

    async def execute(self, query: str, variables: Mapping[str, Any]) -> Any:
        """Return the data of the response to an operation."""
        return (await self._execution.execute(query, variables, exchange=self._exchange))["data"]

    async def read(self, wanted: Iterable[tuple[EntityType, str]]) -> dict[str, Entity]:
        """Return all entities read so far and those wanted, by their identifiers; a hundred in each statement."""
        unread = [each for each in dict.fromkeys(wanted) if entity_id(*each) not in self._kept]
        for start in range(0, len(unread), MAX_ENTITIES):
            names: dict[str, list[str]] = {type_.variable: [] for type_ in TYPES.values()}
            for type_, name in unread[start : start + MAX_ENTITIES]:
                names[type_.variable].append(name)
            answer = await self.execute(ENTITIES, {**names, "language": self._language})
            found = [Entity(node, self._language) for page in answer.values() for node in page["nodes"]]
            self._kept |= {entity.id: entity for entity in found}
        return self._kept
