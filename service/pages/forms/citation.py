"""Citations of an entry: CSL-JSON (an array with one item), BibTeX, and a line of text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import orjson

from service.pages.view import View

REGISTER = "Gipfelbuch"
BIBTEX_MARKS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{mark: f"\\{mark}" for mark in "&%$#_"},
}
"""Characters with a special meaning in BibTeX."""


def render_csl(view: View) -> bytes:
    """Return CSL-JSON, as read by Zotero and citeproc."""
    return orjson.dumps([_csl_item(view)])


def render_bibtex(view: View) -> bytes:
    """Return BibTeX: one entry of type `misc`, which every style supports."""
    item = _csl_item(view)
    year, month, day = item["issued"]["date-parts"][0]
    fields = {
        "title": f"{{{_bibtex(item['title'])}}}",
        "howpublished": REGISTER,
        "year": str(year),
        "month": str(month),
        "day": str(day),
        "note": _bibtex(f"Revision {item['version']}"),
        "url": re.sub(r"[{}\\]", "", item["URL"]),
    }
    lines = "".join(f",\n  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{item['id']}{lines}\n}}\n".encode()


def citation_text(view: View) -> str:
    """Return the citation as one line."""
    item = _csl_item(view)
    year, month, day = item["issued"]["date-parts"][0]
    return f"{item['title']}. {REGISTER}, revision {item['version']}, {year}-{month:02}-{day:02}. {item['URL']}"


def _csl_item(view: View) -> Mapping[str, Any]:
    """Cite the entry as of the last change to the data. If viewed as of a day, its address includes the day."""
    entry, dataset = view.root, view.data["dataset"]
    return {
        "id": f"gipfelbuch-{entry['slug']}",
        "type": "entry",
        "title": entry["label"],
        "container-title": REGISTER,
        "version": str(dataset["revision"]),
        "issued": {"date-parts": [[int(part) for part in dataset["updatedAt"][:10].split("-")]]},
        "language": view.language,
        "URL": view.permalink,
    }


def _bibtex(text: str) -> str:
    return "".join(BIBTEX_MARKS.get(mark, mark) for mark in text)
