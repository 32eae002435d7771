"""Structured data in pages for search engines: JSON-LD in schema.org terms, about the page and its subject."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson
from markupsafe import Markup

from service.pages.forms.jsonld import describe
from service.pages.view import View

SCHEMA_ORG = "https://schema.org"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
KEYWORDS = {"id": "@id", "type": "@type"}
PAGE_TYPES = {"search": "SearchResultsPage", "dataset": "AboutPage"}
"""Page types, by operation. Lists are CollectionPage, all others WebPage."""


def page_data(view: View | None, site: str, title: Markup) -> Markup:
    """Return the content of the script element. `view`: None for pages that are not in the table of addresses."""
    data = {"@context": SCHEMA_ORG, **_document(view, site, title.unescape())}
    # a browser could read this as the end of the element
    return Markup(orjson.dumps(data).decode().replace("<", "\\u003c"))


def _document(view: View | None, site: str, title: str) -> dict[str, Any]:
    if view is None:
        return {"@type": "WebPage", "name": title, "isPartOf": _website(site)}
    if view.path == "/":
        return {**_website(site), "inLanguage": view.language, "potentialAction": _search(site)}
    is_list = isinstance(view.root, Mapping) and "nodes" in view.root and view.operation.name not in PAGE_TYPES
    page = {
        "@type": PAGE_TYPES.get(view.operation.name, "CollectionPage" if is_list else "WebPage"),
        "@id": view.permalink,
        "url": view.permalink,
        "name": title,
        "inLanguage": view.language,
        "isPartOf": _website(site),
    }
    entity = _entity(view)
    return {**page, "mainEntity": entity} if entity else page


def _website(site: str) -> dict[str, Any]:
    return {"@type": "WebSite", "@id": f"{site}/", "url": f"{site}/", "name": "Gipfelbuch"}


def _search(site: str) -> dict[str, Any]:
    target = {"@type": "EntryPoint", "urlTemplate": f"{site}/search?text={{text}}"}
    return {"@type": "SearchAction", "target": target, "query-input": "required name=text"}


def _entity(view: View) -> dict[str, Any] | None:
    """Return the subject of the page: an entry, a list of entries, or the register as a data set."""
    root = view.root
    if view.operation.name == "dataset":
        return _dataset(view, root)
    if isinstance(root, Mapping) and "__typename" in root:
        described: dict[str, Any] = _in_schema_org(describe(view, root))
        return described
    items = [*_list_items(view, root)]
    return {"@type": "ItemList", "numberOfItems": len(items), "itemListElement": items} if items else None


def _list_items(view: View, root: Any) -> Iterator[dict[str, Any]]:
    nodes = root.get(view.address.items, ()) if isinstance(root, Mapping) else ()
    entries = [node for node in nodes if "__typename" in node and "label" in node]
    for position, entry in enumerate(entries, 1):
        yield {"@type": "ListItem", "position": position, "url": view.entry_url(entry), "name": entry["label"]}


def _dataset(view: View, root: Mapping[str, Any]) -> dict[str, Any]:
    files = [
        {
            "@type": "DataDownload",
            "encodingFormat": each["format"],
            "contentUrl": f"{view.site}/downloads/latest/{name}",
        }
        for each in root["downloads"]
        for name in [each["url"].rpartition("/")[2]]
    ]
    return {
        "@type": "Dataset",
        "@id": f"{view.site}/dataset",
        "name": root["name"],
        "description": "The register of summits: who met, what was said, and how we know.",
        "url": f"{view.site}/dataset",
        "version": str(root["revision"]),
        "dateModified": root["updatedAt"],
        "license": LICENCE,
        "inLanguage": root["languages"],
        "isAccessibleForFree": True,
        "distribution": files,
    }


def _in_schema_org(value: Any) -> Any:
    """Convert to the schema.org context, which search engines know without fetching it."""
    if isinstance(value, list):
        return [_in_schema_org(item) for item in value]
    if not isinstance(value, dict):
        return value
    terms = {KEYWORDS.get(name, name): _in_schema_org(inner) for name, inner in value.items()}
    if "eventStatus" in terms:
        terms["eventStatus"] = f"{SCHEMA_ORG}/{terms['eventStatus']}"
    return terms
