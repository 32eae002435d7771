"""People, organisations and states as written in the seeds."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from service.store import dates, enums
from service.store.notation import values
from service.store.notation.fields import EntryModel, Names, OneCitation
from service.store.notation.values import Index
from service.store.record.record import Actor
from service.store.seeds.entry import Entry, read_entries
from service.store.seeds.files import Problems, SeedFile
from service.store.seeds.passages import Passages
from service.store.seeds.uniting import unite


class ActorEntry(EntryModel):
    """A person, an organisation or a state, with names and the Wikidata number."""

    names: Names
    wikidata: Annotated[str, Field(pattern="^Q[1-9][0-9]*$")] | None = None


class PersonEntry(ActorEntry):
    """A person. Cite a source under `leads` to mark the person as a leader."""

    country: values.Country | None = None
    leads: OneCitation | None = None


class OrganisationEntry(ActorEntry):
    """An organisation, such as a news agency or a ministry."""

    kind: enums.OrganisationKind
    country: values.Country | None = None


class CountryEntry(ActorEntry):
    """A state with its ISO 3166-1 codes, or a former state with its ISO 3166-3 code. Some states have no code."""

    code: Annotated[str, Field(pattern="^[A-Z]{2}$")] | None = None
    alpha3: Annotated[str, Field(pattern="^[A-Z]{3}$")] | None = None
    formerCode: Annotated[str, Field(pattern="^[A-Z]{4}$")] | None = None
    existedFrom: values.Date | None = None
    existedUntil: values.Date | None = None
    successors: list[values.Country] | None = None


ACTORS: Mapping[str, tuple[str, type[ActorEntry]]] = {
    "Person": ("people.yaml", PersonEntry),
    "Organisation": ("organisations.yaml", OrganisationEntry),
    "Country": ("countries.yaml", CountryEntry),
}
"""File of each GraphQL type of actors, and the model of its entries."""


def read_actors(
    files: Mapping[str, Sequence[SeedFile]], index: Index, passages: Passages, problems: Problems
) -> dict[str, Actor]:
    """Return the people, organisations and states by slug."""
    actors: dict[str, Actor] = {}
    holders: dict[tuple[str, str], str] = {}
    states: list[Entry[Any]] = []
    for typename, (noun, model) in ACTORS.items():
        entries = [*read_entries(files[noun], model, index, problems)]
        for entry in entries:
            _check_leads(entry, passages)
        for entry in unite(entries):
            _check_unique(entry, holders)
            actors.setdefault(entry.slug, _to_actor(entry, typename, passages))
            states += [entry] if isinstance(entry.fields, CountryEntry) else []
    for state in states:
        for reason in _state_faults(state.fields) if state.is_whole else ():
            state.report(reason)
        if state.slug in _after(state.slug, actors):
            state.report("it is among its own successors")
    return actors


def _after(slug: str, actors: Mapping[str, Actor]) -> set[str]:
    """Return the states that follow on one, directly or indirectly."""
    after: set[str] = set()
    waiting = [slug]
    while waiting:
        following = {state for state in actors[waiting.pop()].successors if state in actors} - after
        after |= following
        waiting.extend(following)
    return after


def _state_faults(state: CountryEntry) -> Iterator[str]:
    first, last = state.existedFrom, state.existedUntil
    if "code" not in state.model_fields_set and not last:
        yield "code is missing; write `code: ~` if the state has none"
    if (state.code is None) != (state.alpha3 is None):
        yield "code and alpha3 must be given together"
    if state.code and last:
        yield "a former state takes formerCode instead of code"
    if state.formerCode and not last:
        yield "formerCode is only for former states: existedUntil is missing"
    if first and last and (dates.parse(first).earliest or date.min) > (dates.parse(last).latest or date.max):
        yield "existedUntil is before existedFrom"


def _to_actor(entry: Entry[ActorEntry], typename: str, passages: Passages) -> Actor:
    fields = entry.fields
    country = entry.slug if isinstance(fields, CountryEntry) else getattr(fields, "country", None)
    return Actor(
        slug=entry.slug,
        typename=typename,
        names=passages.names(fields.names),
        country=country and str(country),
        wikidata=fields.wikidata,
        is_leader=isinstance(fields, PersonEntry) and fields.leads is not None,
        organisation_kind=fields.kind if isinstance(fields, OrganisationEntry) else None,
        **(_state(fields) if isinstance(fields, CountryEntry) else {}),
    )


def _state(fields: CountryEntry) -> dict[str, Any]:
    return {
        "code": fields.code,
        "alpha3": fields.alpha3,
        "former_code": fields.formerCode,
        "existed_from": fields.existedFrom,
        "existed_until": fields.existedUntil,
        "successors": tuple(map(str, fields.successors or ())),
    }


def _check_leads(entry: Entry[ActorEntry], passages: Passages) -> None:
    """Check that the citation which shows that a person leads, or led, a state resolves."""
    citation = getattr(entry.fields, "leads", None)
    if citation is None:
        return
    source = passages.sources.get(citation.cite)
    if source is None:
        entry.report(f"there is no source {citation.cite!r}", "leads")
    elif citation.address is None:
        entry.report("an address is missing", "leads")
    else:
        for address in (citation.address, *citation.context):
            passages.at(source, address, entry.line("leads"))


def _check_unique(entry: Entry[ActorEntry], holders: dict[tuple[str, str], str]) -> None:
    """Report values that must be unique and are not."""
    for name in ("wikidata", "code", "alpha3", "formerCode"):
        text = getattr(entry.fields, name, None)
        first = holders.setdefault((name, text), entry.slug) if text else entry.slug
        if first != entry.slug:
            entry.report(f"{text} is already used by {first}", name)
