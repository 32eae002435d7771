"""People, organisations and states as the seeds write them."""

from collections.abc import Mapping

from service.store import terms
from service.store.record.record import Actor
from service.store.seeds import values
from service.store.seeds.citations import CitationInvalid, parse_citation
from service.store.seeds.entry import Entry, entries
from service.store.seeds.files import Keyed, Problems, Scalar
from service.store.seeds.names import read_names
from service.store.seeds.passages import Passages
from service.store.seeds.values import Index

ACTOR_FILES: Mapping[str, str] = {
    "people.yaml": "Person",
    "organisations.yaml": "Organisation",
    "countries.yaml": "Country",
}
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "Person": ("names", "country", "wikidata", "leads"),
    "Organisation": ("names", "kind", "country", "wikidata"),
    "Country": ("names", "code", "alpha3", "wikidata"),
}


def read_actors(files: Mapping[str, Keyed], index: Index, passages: Passages, problems: Problems) -> dict[str, Actor]:
    """The people, organisations and states by slug."""
    found: dict[str, Actor] = {}
    for file, typename in ACTOR_FILES.items():
        for entry in entries(files[file], problems):
            found.setdefault(entry.slug, _actor(entry, typename, index, passages))
    _once(files, [*ACTOR_FILES], ("wikidata", "code", "alpha3"), problems)
    return found


def _actor(entry: Entry, typename: str, index: Index, passages: Passages) -> Actor:
    entry.only(*_FIELDS[typename])
    is_state = typename == "Country"
    kinds = values.word(terms.OrganisationKind)
    return Actor(
        slug=entry.slug,
        typename=typename,
        names=read_names(entry, passages),
        country=entry.slug if is_state else entry.value("country", values.COUNTRY, index),
        wikidata=entry.matched("wikidata", "Q[1-9][0-9]*"),
        is_leader=_leads(entry, passages),
        organisation_kind=entry.value("kind", kinds, index, is_needed=True) if typename == "Organisation" else None,
        code=entry.matched("code", "[A-Z]{2}", is_needed=True) if is_state else None,
        alpha3=entry.matched("alpha3", "[A-Z]{3}", is_needed=True) if is_state else None,
    )


def _leads(entry: Entry, passages: Passages) -> bool:
    """Whether a citation shows that somebody leads, or led, a state; it must resolve."""
    node = entry.node.get("leads")
    if not isinstance(node, Scalar) or node.text is None:
        if node is not None:
            entry.fault("one citation is expected here", "leads")
        return False
    try:
        citation = parse_citation(node.text)
    except CitationInvalid as error:
        entry.fault(str(error), "leads")
        return False
    source = passages.sources.get(citation.cite)
    if source is None:
        entry.fault(f"there is no source {citation.cite!r}", "leads")
    elif citation.address is None:
        entry.fault("an address is missing", "leads")
    else:
        for address in (citation.address, *citation.context):
            passages.at(source, address, node.mark)
    return True


def _once(files: Mapping[str, Keyed], names: list[str], fields: tuple[str, ...], problems: Problems) -> None:
    """Tell what must be unique and is not."""
    seen: dict[tuple[str, str], str] = {}
    for name in names:
        for entry in entries(files[name], Problems()):
            for field in fields:
                text = entry.node.get(field)
                if isinstance(text, Scalar) and text.text:
                    first = seen.setdefault((field, text.text), entry.slug)
                    if first != entry.slug:
                        problems.add(text.mark, f"{entry.slug}: {field}: {first} has {text.text} too")
