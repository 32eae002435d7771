"""GraphML, for programs that lay out and analyse networks: people as nodes, ties as edges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from xml.etree import ElementTree

from service.pages.ties import Direction, directions
from service.pages.view import View

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
NODE_KEYS = {"label": "string", "url": "string"}
EDGE_KEYS = {
    "weight": "int",
    "meetings": "int",
    "invitations": "int",
    "quotes": "int",
    "events": "int",
    "tone": "double",
    "relationship": "string",
}
"""Attributes, with their types."""


def render_graphml(view: View) -> bytes:
    """Return the network as a directed graph with slugs as node IDs. A tone without events is left out.

    Each tie has an edge for each direction that applies. Values without a direction are on both edges.
    """
    graphml = ElementTree.Element("graphml", xmlns=NAMESPACE)
    for domain, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
        for name, type_ in keys.items():
            described = {"id": f"{domain}-{name}", "for": domain, "attr.name": name, "attr.type": type_}
            ElementTree.SubElement(graphml, "key", described)
    graph = ElementTree.SubElement(graphml, "graph", edgedefault="directed")
    for person in view.root["people"]:
        node = ElementTree.SubElement(graph, "node", id=person["slug"])
        _add_data(node, "node", [("label", person["label"]), ("url", view.entry_url(person))])
    for tie in view.root["ties"]:
        for direction in directions(tie, view.variables.get("kind")):
            edge = ElementTree.SubElement(graph, "edge", source=direction.source, target=direction.target)
            _add_data(edge, "edge", _edge_values(view, tie, direction))
    text: bytes = ElementTree.tostring(graphml, encoding="utf-8", xml_declaration=True)
    return text


def _edge_values(view: View, tie: Mapping[str, Any], direction: Direction) -> Iterable[tuple[str, object]]:
    yield "weight", direction.weight
    yield "meetings", tie["meetingCount"]
    yield "invitations", direction.counts["invitationCount"]
    yield "quotes", direction.counts["quoteCount"]
    yield "events", tie["tone"]["events"]
    if tie["tone"]["mean"] is not None:
        yield "tone", tie["tone"]["mean"]
    yield "relationship", view.entry_url(tie["relationship"])


def _add_data(element: ElementTree.Element, domain: str, values: Iterable[tuple[str, object]]) -> None:
    for name, value in values:
        ElementTree.SubElement(element, "data", key=f"{domain}-{name}").text = str(value)
