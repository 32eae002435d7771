"""People, organisations and states as the seeds write them."""

from collections.abc import Mapping

from service.store.record.record import Actor
from service.store.seeds.entry import Entry, read_entries
from service.store.seeds.files import Keyed, Problems
from service.store.seeds.nouns import ACTORS, Country, NamedActor, Organisation, Person
from service.store.seeds.passages import Passages
from service.store.seeds.values import Index


def read_actors(files: Mapping[str, Keyed], index: Index, passages: Passages, problems: Problems) -> dict[str, Actor]:
    """The people, organisations and states by slug."""
    found: dict[str, Actor] = {}
    holders: dict[tuple[str, str], str] = {}
    for file, noun in ACTORS.items():
        for entry in read_entries(file, noun, files[file], index, problems):
            _once(entry, holders)
            found.setdefault(entry.slug, _actor(entry, passages))
    return found


def _actor(entry: Entry[NamedActor], passages: Passages) -> Actor:
    fields = entry.fields
    country = entry.slug if isinstance(fields, Country) else getattr(fields, "country", None)
    return Actor(
        slug=entry.slug,
        typename=type(fields).__name__,
        names=passages.names(fields.names),
        country=country and str(country),
        wikidata=fields.wikidata,
        is_leader=isinstance(fields, Person) and _leads(entry, fields, passages),
        organisation_kind=fields.kind if isinstance(fields, Organisation) else None,
        code=fields.code if isinstance(fields, Country) else None,
        alpha3=fields.alpha3 if isinstance(fields, Country) else None,
    )


def _leads(entry: Entry[NamedActor], person: Person, passages: Passages) -> bool:
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


def _once(entry: Entry[NamedActor], holders: dict[tuple[str, str], str]) -> None:
    """Tell what must be unique and is not."""
    for name in ("wikidata", "code", "alpha3"):
        text = getattr(entry.fields, name, None)
        first = holders.setdefault((name, text), entry.slug) if text else entry.slug
        if first != entry.slug:
            entry.fault(f"{first} has {text} too", name)
