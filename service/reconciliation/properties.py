"""Properties that distinguish names, and with which a table can be extended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from service.reconciliation.entities import TYPES, Entity, entity_id
from service.reconciliation.names import fold

Value = dict[str, Any]


class Property(NamedTuple):
    """Property. `values`: its values of an entity, in the form in which a table is extended with them."""

    id: str
    name: str
    types: tuple[str, ...]
    values: Callable[[Entity], list[Value]]

    @property
    def meta(self) -> dict[str, Any]:
        """Description of the property for the header of a column."""
        head: dict[str, Any] = {"id": self.id, "name": self.name}
        return {**head, "type": TYPES["Country"].reference} if self.id == "country" else head


def _texts(read: Callable[[Mapping[str, Any]], Any]) -> Callable[[Entity], list[Value]]:
    def values(entity: Entity) -> list[Value]:
        found = read(entity.node)
        return [{"str": str(each)} for each in (found if isinstance(found, list) else [found]) if each is not None]

    return values


def _numbers(name: str) -> Callable[[Entity], list[Value]]:
    return lambda entity: [] if entity.node.get(name) is None else [{"float": entity.node[name]}]


def _country(entity: Entity) -> list[Value]:
    country = entity.node.get("country")
    if country is None:
        return []
    return [{"id": entity_id(TYPES["Country"], country["code"] or country["slug"]), "name": country["label"]}]


def _office(office: Mapping[str, Any]) -> str:
    return f"{office['title']}, {office['of']['name']}" if office["of"] else str(office["title"])


ALL = tuple(TYPES)
PROPERTIES = {
    each.id: each
    for each in (
        Property("country", "State", ("Person", "Organisation", "Place"), _country),
        Property("wikidata", "Wikidata", ("Person", "Organisation", "Country"), _texts(lambda node: node["wikidata"])),
        Property("slug", "Slug", ALL, _texts(lambda node: node["slug"])),
        Property("names", "Names", ALL, lambda entity: [{"str": name} for name in entity.names]),
        Property("offices", "Offices", ("Person",), _texts(lambda node: [_office(each) for each in node["offices"]])),
        Property(
            "isLeader", "Leader of a state", ("Person",), _texts(lambda node: "true" if node["isLeader"] else "false")
        ),
        Property("kind", "Kind", ("Organisation", "Place"), _texts(lambda node: node["kind"])),
        Property("code", "ISO 3166-1 alpha-2", ("Country",), _texts(lambda node: node["code"])),
        Property("alpha3", "ISO 3166-1 alpha-3", ("Country",), _texts(lambda node: node["alpha3"])),
        Property("latitude", "Latitude", ("Place",), _numbers("latitude")),
        Property("longitude", "Longitude", ("Place",), _numbers("longitude")),
    )
}


def values_of(entity: Entity, property_id: str) -> list[Value]:
    """Return the values of a property; empty if the entity's type does not have it."""
    found = PROPERTIES.get(property_id)
    return found.values(entity) if found and entity.type.id in found.types else []


def agrees(entity: Entity, property_id: str, wanted: list[str]) -> bool | None:
    """Return whether the entity has one of the values; None if none of its values are known.

    A state can be given by its identifier, its codes and each of its names.
    """
    known = {fold(str(each)) for value in values_of(entity, property_id) for each in value.values()}
    country = entity.node.get("country")
    if property_id == "country" and country:
        known |= {fold(each) for each in (country["slug"], country["code"] or "")}
        known |= {fold(name["text"]) for name in country["names"]}
    return bool(known & {fold(each) for each in wanted}) if known else None
