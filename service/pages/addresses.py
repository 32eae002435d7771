"""The addresses of the entries: one for each, by its kind and slug."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import quote

FOLDERS: Mapping[str, str] = MappingProxyType(
    {
        "Summit": "summits",
        "Talks": "talks",
        "Event": "events",
        "Invitation": "invitations",
        "Agreement": "agreements",
        "Quote": "quotes",
        "Person": "people",
        "Organisation": "organisations",
        "Country": "states",
        "Place": "places",
        "Relationship": "relationships",
        "Source": "sources",
        "Conflict": "conflicts",
        "Claim": "claims",
    }
)
"""Where the entries of a GraphQL type lie; an office has no address of its own."""


def path_of(typename: str, slug: str) -> str:
    """The path of an entry, as /summits/hanoi-2019; of a state by its ISO code, or by its slug if it has none.

    Raises KeyError for a type whose entries have no address.
    """
    return f"/{FOLDERS[typename]}/{quote(slug)}"
