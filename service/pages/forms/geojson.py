"""GeoJSON (RFC 7946): the places of a view, with counts if any, or its meetings at their places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from service.pages.addresses import path_of_entry
from service.pages.view import View

MEDIA = "application/geo+json"
POSITION = ("latitude", "longitude")


def render_geojson(view: View) -> bytes:
    """Return the items of the list as features. Items without a known place have no geometry."""
    features = [_feature(view, node) for node in _nodes(view)]
    collection: dict[str, Any] = {"type": "FeatureCollection"}
    if box := _box([feature["geometry"]["coordinates"] for feature in features if feature["geometry"]]):
        collection["bbox"] = box
    return orjson.dumps({**collection, **_paging(view, features), "features": features})


def _paging(view: View, features: Sequence[object]) -> dict[str, Any]:
    """Return the total and the next page of a list, as foreign members named as in OGC API - Features."""
    if view.page_info is None:
        return {}
    links = [{"rel": "self", "type": MEDIA, "href": view.form_url("geojson")}]
    if (url := view.next_url("geojson")) is not None:
        links.append({"rel": "next", "type": MEDIA, "href": url})
    return {"numberMatched": view.root["totalCount"], "numberReturned": len(features), "links": links}


def _nodes(view: View) -> list[Mapping[str, Any]]:
    """Return the entries of the list, or for counts by place, the places with their `count`."""
    items: Sequence[Mapping[str, Any]] = view.root[view.address.items]
    if view.address.items == "nodes":
        return [*items]
    return [{**place, "count": item["count"]} for item in items for place in item["entries"] if place]


def _feature(view: View, node: Mapping[str, Any]) -> dict[str, Any]:
    place = node if node["__typename"] == "Place" else node["place"]
    own = {name: value for name, value in node.items() if name not in ("__typename", *POSITION)}
    properties = {"type": node["__typename"], "url": view.entry_url(node), **own}
    return {
        "type": "Feature",
        "id": f"{view.site}{path_of_entry(node)}",
        "geometry": _geometry(place),
        "properties": properties,
    }


def _geometry(place: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if place is None or place["latitude"] is None:
        return None
    # longitude comes first
    return {"type": "Point", "coordinates": [place["longitude"], place["latitude"]]}


def _box(positions: Sequence[Sequence[float]]) -> list[float]:
    """Return west, south, east and north; empty if there are no positions."""
    if not positions:
        return []
    longitudes, latitudes = zip(*positions, strict=True)
    return [min(longitudes), min(latitudes), max(longitudes), max(latitudes)]
