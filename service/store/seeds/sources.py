"""The sources as the seeds write them; it opens no document."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field

from service.store import dates, enums
from service.store.documents.addresses import Address
from service.store.documents.corpus import Document
from service.store.enums import PassageRole
from service.store.notation import values
from service.store.notation.fields import EntryModel, OneAddress, OneOrMore, Slugs
from service.store.notation.values import Date, Index, Language, Texts
from service.store.record.record import Source
from service.store.seeds.entry import Entry, read_entries
from service.store.seeds.files import Keyed, Mark, Problems


class SourceEntry(EntryModel):
    """A document; all of it that is in no passage of `roles` is BODY."""

    cite: Annotated[str, Field(pattern=r"^[\w-]+$", json_schema_extra={"type": ["string", "number"]})]
    document: Annotated[str, Field(pattern=r"^[^\s/.]\.?([^\s.]\.?)*$")]
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    kind: enums.SourceKind
    language: Language
    publishedOn: Date
    publishedOnBasis: enums.DateBasis
    outlet: values.Organisation | None = None
    outletBasis: enums.DateBasis | None = None
    title: str | None = None
    suppliedTitle: Texts | None = None
    url: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = None
    credits: Slugs[values.Organisation] | None = None
    roles: dict[enums.PassageRole, OneOrMore[OneAddress]] | None = None
    unrecorded: dict[OneAddress, str] | None = None


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
    """The sources by their short names; one without cannot be cited, and is left out."""
    found: dict[str, CitedSource] = {}
    documents: set[str] = set()
    for entry in read_entries("sources.yaml", SourceEntry, file, index, problems):
        for name, reason in _source_faults(entry):
            entry.fault(reason, name)
        cite, document = entry.fields.cite, entry.fields.document
        if cite in found:
            entry.fault(f"{cite!r} is also the short name of {found[cite].source.slug}", "cite")
        if document in documents:
            entry.fault("another source has this document", "document")
        documents |= {document} if document else set()
        if cite:
            found.setdefault(cite, _source(entry))
    return found


def _source(entry: Entry[SourceEntry]) -> CitedSource:
    fields = entry.fields
    published = dates.parse(fields.publishedOn).latest if fields.publishedOn else None
    source = Source(
        slug=entry.slug,
        document=fields.document or "",
        kind=fields.kind,
        language=fields.language,
        published=fields.publishedOn,
        published_basis=fields.publishedOnBasis,
        reported_on=published or date.max,
        sha256=fields.sha256,
        title=fields.title,
        supplied_title=fields.suppliedTitle,
        outlet=fields.outlet and str(fields.outlet),
        outlet_basis=fields.outletBasis,
        url=fields.url,
        credits=tuple(map(str, fields.credits or ())),
    )
    roles = ((PassageRole[role], address) for role, found in (fields.roles or {}).items() for address in found)
    return CitedSource(source, fields.cite, entry.mark, tuple(roles), tuple((fields.unrecorded or {}).items()))


def _source_faults(entry: Entry[SourceEntry]) -> Iterator[tuple[str | None, str]]:
    """What does not go together, each with the field at which it is told."""
    fields = entry.fields
    if fields.document and entry.slug != (due := Document("", fields.document, "").slug):
        yield None, f"by its document the slug is {due}"
    if fields.title and fields.suppliedTitle:
        yield "suppliedTitle", "a source that has a title is given none"
    if fields.outlet and not fields.outletBasis and entry.is_whole:
        yield None, "outletBasis is missing"
    if fields.outletBasis and not fields.outlet and entry.is_whole:
        yield "outletBasis", "there is no outlet"
    published = dates.parse(fields.publishedOn) if fields.publishedOn else None
    if published and (published.earliest is None or published.latest is None):
        yield "publishedOn", "a day of publication has a first and a last possible day"
