"""All addresses of the register: path, stored operation, and formats of the response."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote


@dataclass(frozen=True)
class Address:
    """An address of the service. Names in braces in `path` are variables of the operation.

    `operation`: name of a file in operations/ and of the template that renders its answer. `forms`: suffixes of the
    available formats; without a suffix, the Accept header selects the format. `root`: field of the answer that is
    returned to programs; if it is null, the response is 404. None if all fields of the operation are the answer.
    `items`: field of the root from which the table or the features of a list are built.
    `frame`: width and height in CSS pixels of a card, which any site may frame. None for pages: no site may.
    """

    path: str
    operation: str
    root: str | None
    forms: tuple[str, ...] = ("html", "json")
    items: str = "nodes"
    frame: tuple[int, int] | None = None


ENTRY = ("html", "json")
PICTURED = (*ENTRY, "jsonld", "png")
FACT = (*ENTRY, "csl", "bib", "jsonld", "png")
LIST = ("html", "json", "csv")
MOST_ENTRIES: Mapping[str, int] = {"csv": 5_000, "ics": 5_000, "geojson": 5_000, "atom": 100}
"""Maximum number of entries of a list per format if no page is requested, because programs that read these formats do
not follow links. All other formats contain one page. Feed readers only look at the newest entries."""
CARD = ("html",)
EMBED = "/embed"
"""Prefix of the paths of cards. A card has the path of its page after this prefix."""

ADDRESSES = (
    Address("/", "start", None, ("html",)),
    Address("/search", "search", "search"),
    Address("/suggest", "suggest", "suggest", ("json",)),
    Address("/people", "people", "people", LIST),
    Address("/people/{slug}", "person", "person", PICTURED),
    Address("/states", "states", "countries", LIST),
    Address("/states/{code}", "state", "country", PICTURED),
    Address("/organisations", "organisations", "organisations", LIST),
    Address("/organisations/{slug}", "organisation", "organisation", PICTURED),
    Address("/places", "places", "places", (*LIST, "geojson", "jsonld")),
    Address("/places/{slug}", "place", "place", PICTURED),
    Address("/relationships", "relationships", "relationships", LIST),
    Address("/relationships/{slug}", "relationship", "fact", PICTURED),
    Address("/sources", "sources", "sources", LIST),
    Address("/sources/{slug}", "source", "source", PICTURED),
    Address("/datasets", "datasets", "datasets"),
    Address("/dataset", "dataset", "dataset"),
    Address("/path", "path", None),
    Address("/summits", "summits", "summits", LIST),
    Address("/summits/{slug}", "summit", "summit", FACT),
    Address("/talks", "talks_list", "meetings", LIST),
    Address("/talks/{slug}", "talks", "meeting", FACT),
    Address("/events", "events", "events", LIST),
    Address("/events/{slug}", "event", "event", FACT),
    Address("/invitations", "invitations", "invitations", LIST),
    Address("/invitations/{slug}", "invitation", "invitation", FACT),
    Address("/agreements", "agreements", "agreements", LIST),
    Address("/agreements/{slug}", "agreement", "agreement", FACT),
    Address("/quotes", "quotes", "quotes", LIST),
    Address("/quotes/{slug}", "quote", "quote", FACT),
    Address("/offices", "offices", "offices", LIST),
    Address("/offices/{slug}", "office", "fact", FACT),
    Address("/claims", "claims", "claims", LIST),
    Address("/claims/{slug}", "claim", "claim", FACT),
    Address("/conflicts", "conflicts", "conflicts", LIST),
    Address("/conflicts/{slug}", "conflict", "conflict", FACT),
    Address("/calendar", "calendar", "meetings", (*ENTRY, "ics", "geojson", "jsonld")),
    Address("/changes", "changes", "changes", (*LIST, "atom")),
    Address("/map", "map", "meetings", (*LIST, "geojson"), items="places"),
    Address("/network", "network", "network", (*LIST, "graphml"), items="ties"),
    Address("/charts", "charts", "facts", LIST, "counts"),
    Address("/charts/summits", "summit_counts", "summits", LIST, "counts"),
    Address("/charts/talks", "talks_counts", "meetings", LIST, "counts"),
    Address("/charts/events", "event_counts", "events", LIST, "counts"),
    Address("/charts/invitations", "invitation_counts", "invitations", LIST, "counts"),
    Address("/charts/agreements", "agreement_counts", "agreements", LIST, "counts"),
    Address("/charts/quotes", "quote_counts", "quotes", LIST, "counts"),
    Address("/charts/offices", "office_counts", "offices", LIST, "counts"),
    Address("/charts/claims", "claim_counts", "claims", LIST, "counts"),
    Address("/charts/sources", "source_counts", "sources", LIST, "counts"),
    Address("/charts/tone/{slug}/{other}", "tone_of_two", "relationship", LIST, "toneOverTime"),
    Address("/timeline/{slug}", "timeline", "person", (*ENTRY, "png")),
    Address("/timeline/{slug}/{other}", "timeline_of_two", "relationship", (*ENTRY, "png")),
    Address(f"{EMBED}/summits/{{slug}}", "embed_summit", "summit", CARD, frame=(600, 400)),
    Address(f"{EMBED}/talks/{{slug}}", "embed_talks", "meeting", CARD, frame=(600, 400)),
    Address(f"{EMBED}/quotes/{{slug}}", "embed_quote", "quote", CARD, frame=(600, 360)),
    Address(f"{EMBED}/timeline/{{slug}}", "embed_timeline", "person", CARD, frame=(800, 500)),
    Address(f"{EMBED}/timeline/{{slug}}/{{other}}", "embed_timeline_of_two", "relationship", CARD, frame=(800, 500)),
)
"""In the order used in the documentation."""

CARDS: Mapping[str, Address] = {each.path.removeprefix(EMBED): each for each in ADDRESSES if each.frame}
"""Cards, by the path of their page."""

FOLDERS: Mapping[str, str] = {
    "Summit": "summits",
    "Talks": "talks",
    "Event": "events",
    "Invitation": "invitations",
    "Agreement": "agreements",
    "Quote": "quotes",
    "Office": "offices",
    "Person": "people",
    "Organisation": "organisations",
    "Country": "states",
    "Place": "places",
    "Relationship": "relationships",
    "Source": "sources",
    "Claim": "claims",
    "Conflict": "conflicts",
}
"""Path segment of the entries of each GraphQL type. Below it, each entry is addressed by its slug."""


@lru_cache(4096)
def path_of(typename: str, slug: str) -> str:
    """Return the path of an entry, by its GraphQL type."""
    return f"/{FOLDERS[typename]}/{quote(slug, safe='')}"


def path_of_entry(entry: Mapping[str, Any]) -> str:
    """Return the path of an entry with `__typename` and `slug`. A state is addressed by its `code`."""
    return path_of(entry["__typename"], entry.get("code") or entry["slug"])


def present_path(address: Address, values: Mapping[str, str], root: Any) -> str | None:
    """Return the path with the current slugs of what an address returned; None if it is not the address of an entry.

    values: values of the path variables, as requested. root: the answer.
    """
    above = EMBED if address.frame else ""
    folder, _, rest = address.path.removeprefix(above).partition("/{")
    if not rest:
        return None
    if folder.removeprefix("/") in FOLDERS.values():
        return f"{above}{path_of_entry(root)}"
    slugs = [root["slug"]] if "slug" in root else [each["slug"] for each in root["parties"]]
    return f"{above}{folder}/{'/'.join(quote(slug, safe='') for slug in _in_order_asked(slugs, list(values.values())))}"


def _in_order_asked(slugs: Sequence[str], asked: Sequence[str]) -> list[str]:
    """Return the slugs in the order of the request. A slug that was not requested takes the place of another."""
    others = iter([slug for slug in slugs if slug not in asked])
    return [slug if slug in slugs else next(others) for slug in asked[: len(slugs)]]
