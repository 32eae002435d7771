"""Every address of the register: its path, the stored operation that answers it, and the forms of the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote


@dataclass(frozen=True)
class Address:
    """What stands at a path. What is in braces in `path` is a variable of the operation.

    `operation`: the name of a file in operations/, and of the template that shows its answer. `forms`: the suffixes of
    the forms in which it can be had; without a suffix, Accept chooses. `root`: the field of the answer that programs
    get, and without which there is nothing at the address; None where all fields of the operation are the answer.
    `items`: the field of the root that holds what the table of a list, or its features, are made of.
    `frame`: of a card, which any site may frame, its width and height in CSS pixels; None for a page, which none may.
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
"""How many entries of a list a form holds where no page of it is asked for, since programs that read such a form follow
no links; any other form holds a page. Readers of feeds look at the newest."""
CARD = ("html",)
EMBED = "/embed"
"""Where the cards stand, each below it at the path of the page that it is a card of."""

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
    Address("/talks", "all_talks", "meetings", LIST),
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
    Address("/calendar", "meetings_calendar", "meetings", (*ENTRY, "ics", "geojson", "jsonld")),
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
"""In the order in which documentation lists them."""

CARDS: Mapping[str, Address] = {each.path.removeprefix(EMBED): each for each in ADDRESSES if each.frame}
"""The cards, by the path of the page that each is of."""

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
"""Under which path the entries of a GraphQL type stand, each by its slug."""


@lru_cache(4096)
def path_of(typename: str, slug: str) -> str:
    """The path of an entry, by its GraphQL type."""
    return f"/{FOLDERS[typename]}/{quote(slug, safe='')}"


def path_of_entry(entry: Mapping[str, Any]) -> str:
    """The path of an entry of an answer, which tells its `__typename` and `slug`; a state stands by its `code`."""
    return path_of(entry["__typename"], entry.get("code") or entry["slug"])


def present_path(address: Address, values: Mapping[str, str], root: Any) -> str | None:
    """The path of what an address answers, by the slugs that it has now; None where no entry stands at it.

    values: of the variables of the path, as they were asked. root: what was answered.
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
    """The slugs, each at its place among those asked; one that nobody asks for, in the place of another."""
    others = iter([slug for slug in slugs if slug not in asked])
    return [slug if slug in slugs else next(others) for slug in asked[: len(slugs)]]
