"""People, organisations and states as the seeds write them."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from service.store import enums
from service.store.notation import values
from service.store.notation.fields import EntryModel, Names, OneCitation
from service.store.notation.values import Index
from service.store.record.record import Actor
from service.store.seeds.entry import Entry, read_entries
from service.store.seeds.files import Keyed, Problems
from service.store.seeds.passages import Passages


class ActorEntry(EntryModel):
    """Whoever acts, with its names and its number in Wikidata."""

    names: Names
    wikidata: Annotated[str, Field(pattern="^Q[1-9][0-9]*$")] | None = None


class PersonEntry(ActorEntry):
    """A person; a citation under `leads` makes the person a leader."""

    country: values.Country | None = None
    leads: OneCitation | None = None


class OrganisationEntry(ActorEntry):
    """An organisation, such as a news agency or a ministry."""

    kind: enums.OrganisationKind
    country: values.Country | None = None


class CountryEntry(ActorEntry):
    """A state."""

    code: Annotated[str, Field(pattern="^[A-Z]{2}$")]
    alpha3: Annotated[str, Field(pattern="^[A-Z]{3}$")]


ACTORS: Mapping[str, tuple[str, type[ActorEntry]]] = {
    "Person": ("people.yaml", PersonEntry),
    "Organisation": ("organisations.yaml", OrganisationEntry),
    "Country": ("countries.yaml", CountryEntry),
}
"""The file of each GraphQL type of actors, and what an entry of it holds."""


def read_actors(files: Mapping[str, Keyed], index: Index, passages: Passages, problems: Problems) -> dict[str, Actor]:
    """The people, organisations and states by slug."""
    found: dict[str, Actor] = {}
    holders: dict[tuple[str, str], str] = {}
    for typename, (file, model) in ACTORS.items():
        for entry in read_entries(file, model, files[file], index, problems):
            _once(entry, holders)
            found.setdefault(entry.slug, _actor(entry, typename, passages))
    return found


def _actor(entry: Entry[ActorEntry], typename: str, passages: Passages) -> Actor:
    fields = entry.fields
    country = entry.slug if isinstance(fields, CountryEntry) else getattr(fields, "country", None)
    return Actor(
        slug=entry.slug,
        typename=typename,
        names=passages.names(fields.names),
        country=country and str(country),
        wikidata=fields.wikidata,
        is_leader=isinstance(fields, PersonEntry) and _leads(entry, fields, passages),
        organisation_kind=fields.kind if isinstance(fields, OrganisationEntry) else None,
        code=fields.code if isinstance(fields, CountryEntry) else None,
        alpha3=fields.alpha3 if isinstance(fields, CountryEntry) else None,
    )


def _leads(entry: Entry[ActorEntry], person: PersonEntry, passages: Passages) -> bool:
    """Whether a citation shows that somebody leads, or led, a state; it must resolve."""
    citation = person.leads
    if citation is None:
        return False
    source = passages.sources.get(citation.cite)
    if source is None:
        entry.fault(f"there is no source {citation.cite!r}", "leads")
    elif citation.address is None:
        entry.fault("an address is missing", "leads")
    else:
        for address in (citation.address, *citation.context):
            passages.at(source, address, entry.line("leads"))
    return True


def _once(entry: Entry[ActorEntry], holders: dict[tuple[str, str], str]) -> None:
    """Tell what must be unique and is not."""
    for name in ("wikidata", "code", "alpha3"):
        text = getattr(entry.fields, name, None)
        first = holders.setdefault((name, text), entry.slug) if text else entry.slug
        if first != entry.slug:
            entry.fault(f"{first} has {text} too", name)
