"""Atom feed (RFC 4287) of the changes made by loads, one entry per change. Pages are linked as in RFC 5005."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from service.pages.addresses import path_of
from service.pages.view import View
from service.pages.words import punctuate, translate

ATOM = "http://www.w3.org/2005/Atom"
PAGING = ("first", "last", "after", "before")
CHANGES = {"ADDED": "Added", "CHANGED": "Changed", "REMOVED": "Removed"}
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot contain."""

register_namespace("", ATOM)


def render_atom(view: View) -> bytes:
    """Return the changes of a view as a feed."""
    feed = Element(_tag("feed"), {"xml:lang": view.language})
    nodes, dataset = view.root["nodes"], view.data["dataset"]
    # the same for all pages and languages, because they are one feed
    _add(feed, "id", view.changed_url(**dict.fromkeys((*PAGING, "lang"))))
    _add(feed, "title", f"Gipfelbuch{punctuate(': ', view.language)}{translate('Changes', view.language)}")
    _add(feed, "updated", max((node["at"] for node in nodes), default=dataset["updatedAt"]))
    _add(_add(feed, "author"), "name", "Gipfelbuch")
    _add(feed, "rights", dataset["licence"])
    _add(feed, "link", rel="self", type="application/atom+xml", href=view.form_url("atom"))
    _add(feed, "link", rel="alternate", href=view.permalink)
    for relation, url in (("next", view.next_url("atom")), ("previous", view.previous_url("atom"))):
        if url:
            _add(feed, "link", rel=relation, href=url)
    for node in nodes:
        _add_entry(feed, view, node)
    xml: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return xml


def _add_entry(feed: Element, view: View, node: Mapping[str, Any]) -> None:
    path = path_of(node["kind"].capitalize(), node["slug"])
    title = f"{translate(CHANGES[node['change']], view.language)}{punctuate(': ', view.language)}{node['label']}"
    entry = _add(feed, "entry")
    _add(entry, "id", f"{view.site}{path}#revision-{node['revision']}")
    _add(entry, "title", title)
    _add(entry, "updated", node["at"])
    if node["entry"] is not None:
        _add(entry, "link", rel="alternate", href=view.entry_url(node["entry"]))
    _add(entry, "category", term=node["kind"])
    _add(entry, "category", term=node["change"])
    _add(entry, "content", title, type="text")


def _add(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    child = SubElement(parent, _tag(name), attributes)
    child.text = None if text is None else NO_XML.sub("", text)
    return child


def _tag(name: str) -> str:
    return f"{{{ATOM}}}{name}"
