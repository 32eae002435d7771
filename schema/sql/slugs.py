"""What the slugs of arguments name. Slugs that name nothing are reported, with similar ones."""

from dataclasses import replace

from service.planner.parameters import TEXT, Parameter
from service.planner.slugs import Entries


def of_one(entries: Parameter) -> Parameter:
    """Return the parameter for the slug of a field that returns the entry itself, or null."""
    assert entries.entries is not None
    return entries.with_entries(replace(entries.entries, finds_one=True))


def _parameter(table: str, *only: str, since: str = "known_since", codes: tuple[str, ...] = ()) -> Parameter:
    return TEXT.with_entries(Entries(table, since, only, codes))


ACTORS = _parameter("actor")
PEOPLE = _parameter("actor", "Person")
ORGANISATIONS = _parameter("actor", "Organisation")
COUNTRIES = _parameter("actor", "Country", codes=("code", "alpha3", "former_code"))
PLACES = _parameter("place")
FACTS = _parameter("fact")
MEETINGS = _parameter("fact", "Summit", "Talks")
SUMMITS = _parameter("fact", "Summit")
QUOTES = _parameter("fact", "Quote")
EVENTS = _parameter("fact", "Event")
INVITATIONS = _parameter("fact", "Invitation")
AGREEMENTS = _parameter("fact", "Agreement")
OFFICES = _parameter("fact", "Office")
RELATIONSHIPS = _parameter("fact", "Relationship")
SOURCES = _parameter("source", since="reported_on")
SOURCE_DATASETS = _parameter("source_dataset")
CLAIMS = _parameter("claim", since="reported_on")
CONFLICTS = _parameter("conflict")
PROPERTIES = _parameter("property")
MODES = _parameter("mode")
