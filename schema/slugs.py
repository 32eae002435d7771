"""What the slugs of arguments name. Of those that name nothing is told, with what is like them."""

from dataclasses import replace

from service.planner.parameters import TEXT, Parameter
from service.planner.slugs import Entries


def of_one(entries: Parameter) -> Parameter:
    """The slug of a field that answers with one entry, or with null: no warning is needed where there is none."""
    assert entries.entries is not None
    return entries.with_entries(replace(entries.entries, warns=False))


def _naming(table: str, *only: str, since: str = "known_since", codes: tuple[str, ...] = ()) -> Parameter:
    return TEXT.with_entries(Entries(table, since, only, codes))


ACTORS = _naming("actor")
PEOPLE = _naming("actor", "Person")
ORGANISATIONS = _naming("actor", "Organisation")
COUNTRIES = _naming("actor", "Country", codes=("code", "alpha3", "former_code"))
PLACES = _naming("place")
FACTS = _naming("fact")
MEETINGS = _naming("fact", "Summit", "Talks")
QUOTES = _naming("fact", "Quote")
EVENTS = _naming("fact", "Event")
INVITATIONS = _naming("fact", "Invitation")
AGREEMENTS = _naming("fact", "Agreement")
OFFICES = _naming("fact", "Office")
RELATIONSHIPS = _naming("fact", "Relationship")
SOURCES = _naming("source", since="reported_on")
CLAIMS = _naming("claim", since="reported_on")
CONFLICTS = _naming("conflict")
PROPERTIES = _naming("property")
MODES = _naming("mode")
