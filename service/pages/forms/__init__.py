"""Formats of a response, by suffix: small functions from a view to bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from service.pages.forms.atom import render_atom
from service.pages.forms.citation import render_bibtex, render_csl
from service.pages.forms.geojson import render_geojson
from service.pages.forms.graphml import render_graphml
from service.pages.forms.html import render_html
from service.pages.forms.ics import render_ics
from service.pages.forms.json import render_json
from service.pages.forms.jsonld import render_jsonld
from service.pages.forms.png import render_png
from service.pages.forms.table import render_csv
from service.pages.view import View
from service.web.negotiation import HTML, JSON


class Form(NamedTuple):
    """`media`: media type for Content-Type. `is_picture`: whether it is an image, which compression does not shrink."""

    media: str
    render: Callable[[View], bytes]
    is_picture: bool = False


FORMS: Mapping[str, Form] = {
    "html": Form(HTML, render_html),
    "json": Form(JSON, render_json),
    "csv": Form("text/csv; charset=utf-8; header=present", render_csv),
    "atom": Form("application/atom+xml; charset=utf-8", render_atom),
    "ics": Form("text/calendar; charset=utf-8", render_ics),
    "geojson": Form("application/geo+json", render_geojson),
    "graphml": Form("application/graphml+xml", render_graphml),
    "jsonld": Form("application/ld+json", render_jsonld),
    "csl": Form("application/vnd.citationstyles.csl+json", render_csl),
    "bib": Form("application/x-bibtex; charset=utf-8", render_bibtex),
    "png": Form("image/png", render_png, is_picture=True),
}
"""Formats, by suffix."""
