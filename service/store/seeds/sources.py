"""The sources as the seeds write them; it opens no document."""

from dataclasses import dataclass
from datetime import date

from service.errors import ServiceError
from service.store import dates, terms
from service.store.documents.addresses import Address, parse_address, role_passages
from service.store.documents.corpus import Document
from service.store.record.record import Source
from service.store.seeds import values
from service.store.seeds.entry import Entry, entries
from service.store.seeds.files import Keyed, Listed, Mark, Problems, Scalar
from service.store.seeds.values import Index
from service.store.terms import PassageRole

_FIELDS = (
    *("cite", "document", "sha256", "kind", "language", "url", "credits", "roles", "unrecorded"),
    *("title", "suppliedTitle", "outlet", "outletBasis", "publishedOn", "publishedOnBasis"),
)
_BASES = values.word(terms.DateBasis)


@dataclass(frozen=True)
class CitedSource:
    """A source with what only the seeds know of it: its short name, and addresses in its document."""

    source: Source
    cite: str
    mark: Mark
    roles: tuple[tuple[PassageRole, Address], ...] = ()
    unrecorded: tuple[tuple[Address, str], ...] = ()
    """What no claim cites, with the reason."""


def read_sources(file: Keyed, index: Index, problems: Problems) -> dict[str, CitedSource]:
    """The sources by their short names."""
    found: dict[str, CitedSource] = {}
    documents: set[str] = set()
    for entry in entries(file, problems):
        one = _source(entry, index)
        if one is None:
            continue
        if one.cite in found:
            entry.fault(f"{one.cite!r} is also the short name of {found[one.cite].source.slug}", "cite")
        if one.source.document in documents:
            entry.fault("another source has this document", "document")
        documents.add(one.source.document)
        found.setdefault(one.cite, one)
    return found


def _source(entry: Entry, index: Index) -> CitedSource | None:
    """A source with what could be read of it; None without a short name, for nothing can cite it."""
    entry.only(*_FIELDS)
    cite = entry.matched("cite", r"[\w-]+", is_needed=True)
    published, reported_on = _published(entry, index)
    outlet = entry.value("outlet", values.ORGANISATION, index)
    source = Source(
        slug=entry.slug,
        document=_document(entry),
        kind=entry.value("kind", values.word(terms.SourceKind), index, is_needed=True) or "",
        language=entry.value("language", values.LANGUAGE_TAG, index, is_needed=True) or "",
        published=published,
        published_basis=entry.value("publishedOnBasis", _BASES, index, is_needed=True) or "",
        reported_on=reported_on,
        sha256=entry.matched("sha256", "[0-9a-f]{64}", is_needed=True) or "",
        title=entry.text("title"),
        supplied_title=entry.texts("suppliedTitle"),
        outlet=outlet,
        outlet_basis=entry.value("outletBasis", _BASES, index, is_needed=outlet is not None),
        url=entry.matched("url", r"https?://\S+"),
        credits=entry.slugs("credits", values.ORGANISATION, index),
    )
    if source.title and source.supplied_title:
        entry.fault("a source that has a title is given none", "suppliedTitle")
    if source.outlet_basis and not outlet:
        entry.fault("there is no outlet", "outletBasis")
    return CitedSource(source, cite, entry.mark, _roles(entry), _unrecorded(entry)) if cite else None


def _document(entry: Entry) -> str:
    document = entry.matched("document", r"(?!/)(?!.*\.\.)\S+", is_needed=True) or ""
    if document and entry.slug != (slug := Document("", document, "").slug):
        entry.fault(f"by its document the slug is {slug}")
    return document


def _published(entry: Entry, index: Index) -> tuple[str, date]:
    """The day of publication in EDTF, and the last day that it can be."""
    text = entry.value("publishedOn", values.DATE, index, is_needed=True)
    published = dates.parse(text) if text and values.date_fault(text) is None else None
    if published and (published.earliest is None or published.latest is None):
        entry.fault("a day of publication has a first and a last possible day", "publishedOn")
    return text or "", (published.latest if published else None) or date.max


def _roles(entry: Entry) -> tuple[tuple[PassageRole, Address], ...]:
    node = entry.node.get("roles")
    if node is None:
        return ()
    if not isinstance(node, Keyed):
        entry.fault("addresses by passage role are expected here", "roles")
        return ()
    found: list[tuple[PassageRole, Address]] = []
    for key, value in node.entries:
        items = value.items if isinstance(value, Listed) else (value,)
        addresses = [item.text for item in items if isinstance(item, Scalar) and item.text]
        try:
            found += role_passages({key.text or "~": addresses})
        except ServiceError as error:
            entry.at(key.mark, f"roles: {error}")
    return tuple(found)


def _unrecorded(entry: Entry) -> tuple[tuple[Address, str], ...]:
    node = entry.node.get("unrecorded")
    if node is None:
        return ()
    if not isinstance(node, Keyed):
        entry.fault("reasons by address are expected here", "unrecorded")
        return ()
    found: list[tuple[Address, str]] = []
    for key, value in node.entries:
        reason = value.text if isinstance(value, Scalar) else None
        if reason is None:
            entry.at(key.mark, "unrecorded: a reason is missing")
        try:
            found.append((parse_address(key.text or "~"), reason or ""))
        except ServiceError as error:
            entry.at(key.mark, f"unrecorded: {error}")
    return tuple(found)
