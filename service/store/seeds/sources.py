"""Sources, and the data sets from which they are taken, as written in the seeds; opens no document."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from pydantic import Field

from service.store import dates, enums
from service.store.documents.addresses import Address
from service.store.documents.corpus import Document
from service.store.documents.rows import is_row
from service.store.enums import PassageRole, SourceKind, TextAccess
from service.store.notation import values
from service.store.notation.fields import EntryModel, OneAddress, OneDay, OneOrMore, OneTimeSpan, Slugs
from service.store.notation.times import TimeSpan
from service.store.notation.values import Date, Index, Language, Phrase, Texts
from service.store.record.record import Source, SourceDataset
from service.store.seeds.entry import Entry, read_entries
from service.store.seeds.files import Mark, Problems, SeedFile

URL = r"^https?://\S+$"


class SourceDatasetEntry(EntryModel):
    """A published data set that sources are taken from."""

    name: str
    licence: str
    url: Annotated[str, Field(pattern=URL)]
    version: str | None = None
    attribution: str | None = None
    retrievedOn: OneDay | None = None
    covers: Date | None = None
    text: enums.TextAccess | None = None


class SourceEntry(EntryModel):
    """A document. Everything outside the passages in `roles` is BODY. `cues` give passages their times.

    `text` is how much of the document may be shown under its licence. It defaults to that of its data set, else to
    PASSAGES.
    """

    cite: Annotated[str, Field(pattern=r"^[\w-]+$", json_schema_extra={"type": ["string", "number"]})]
    document: Annotated[str, Field(pattern=r"^[^\s/.]\.?([^\s.]\.?)*$")]
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    kind: enums.SourceKind
    language: Language
    publishedOn: Date
    publishedOnBasis: enums.DateBasis
    outlet: values.Organisation | None = None
    outletBasis: enums.DateBasis | None = None
    author: values.Actor | None = None
    authorDescription: Phrase | None = None
    title: str | None = None
    suppliedTitle: Texts | None = None
    url: Annotated[str, Field(pattern=URL)] | None = None
    credits: Slugs[values.Organisation] | None = None
    transcriptOf: values.Source | None = None
    dataset: values.SourceDataset | None = None
    supersedes: Slugs[values.Source] | None = None
    retractedOn: OneDay | None = None
    licence: str | None = None
    text: enums.TextAccess | None = None
    cues: dict[OneAddress, OneTimeSpan] | None = None
    roles: dict[enums.PassageRole, OneOrMore[OneAddress]] | None = None
    unrecorded: dict[OneAddress, str] | None = None


OF_KINDS = {
    "author": (SourceKind.POST,),
    "authorDescription": (SourceKind.POST,),
    "cues": (SourceKind.RECORDING, SourceKind.TRANSCRIPT),
    "transcriptOf": (SourceKind.TRANSCRIPT,),
}
"""Kinds of source that have a field which others do not."""
ACCESSES = [*TextAccess]
"""From the whole text to none of it."""
NEEDED = {"url": SourceKind.POST, "cues": SourceKind.RECORDING, "dataset": SourceKind.DATASET}
"""Fields that a source of a kind must have."""


@dataclass(frozen=True)
class CitedSource:
    """Source with what only the seeds know of it: its short name, and addresses in its document."""

    source: Source
    cite: str
    mark: Mark
    roles: tuple[tuple[PassageRole, Address], ...] = ()
    unrecorded: tuple[tuple[Address, str], ...] = ()
    """Addresses that no claim cites, with the reason."""
    cues: tuple[tuple[Address, TimeSpan], ...] = ()
    """Times in the recording at which words are heard."""


def read_sources(
    files: Iterable[SeedFile],
    index: Index,
    problems: Problems,
    datasets: Mapping[str, SourceDataset],
    most: TextAccess = TextAccess.WHOLE,
) -> dict[str, CitedSource]:
    """Return the sources by short name; a source without one cannot be cited, and is left out.

    `most`: the most of any document that is shown, whatever its licence allows.
    """
    sources: dict[str, CitedSource] = {}
    documents: set[str] = set()
    entries = [*read_entries(files, SourceEntry, index, problems)]
    by_slug = {entry.slug: _to_source(entry, datasets, most) for entry in entries}
    withdrawn = _withdrawn(by_slug)
    for entry in entries:
        for name, reason in (*_source_faults(entry), *_link_faults(entry, by_slug)):
            entry.report(reason, name)
        cite, document = entry.fields.cite, entry.fields.document
        if cite in sources:
            entry.report(f"{cite!r} is also the short name of {sources[cite].source.slug}", "cite")
        if document in documents:
            entry.report("another source has this document", "document")
        documents |= {document} if document else set()
        if cite:
            source, day = by_slug[entry.slug], withdrawn[entry.slug]
            # most are not, and copying each takes a third of the time
            source = replace(source, withdrawn_on=day) if day else source
            sources.setdefault(cite, _to_cited_source(entry, source))
    return sources


def read_datasets(
    files: Iterable[SeedFile],
    index: Index,
    problems: Problems,
    model: type[SourceDatasetEntry] = SourceDatasetEntry,
) -> dict[str, SourceDataset]:
    """Return the data sets by slug."""
    entries = read_entries(files, model, index, problems)
    return {entry.slug: _dataset(entry.slug, entry.fields) for entry in entries}


def _dataset(slug: str, fields: SourceDatasetEntry) -> SourceDataset:
    return SourceDataset(
        slug,
        fields.name,
        fields.licence,
        fields.url,
        fields.version,
        fields.attribution,
        fields.retrievedOn,
        fields.covers,
        fields.text or TextAccess.PASSAGES.value,
    )


def _withdrawn(sources: Mapping[str, Source]) -> dict[str, date | None]:
    """Return the first day on which each is retracted or a newer version of it published; never before its own."""
    days: dict[str, list[date]] = {slug: [] for slug in sources}
    for source in sources.values():
        if source.retracted_on:
            days[source.slug].append(source.retracted_on)
        for older in source.supersedes:
            days.get(older, []).append(source.reported_on)
    return {slug: max(min(each), sources[slug].reported_on) if each else None for slug, each in days.items()}


def _to_cited_source(entry: Entry[SourceEntry], source: Source) -> CitedSource:
    fields = entry.fields
    roles = ((PassageRole[role], address) for role, given in (fields.roles or {}).items() for address in given)
    return CitedSource(
        source,
        fields.cite,
        entry.mark,
        tuple(roles),
        tuple((fields.unrecorded or {}).items()),
        tuple((fields.cues or {}).items()),
    )


def _to_source(entry: Entry[SourceEntry], datasets: Mapping[str, SourceDataset], most: TextAccess) -> Source:
    """Return a source, with its data set's licence details if it gives none of its own."""
    fields = entry.fields
    dataset = datasets.get(fields.dataset or "")
    allowed = TextAccess[fields.text or (dataset.text_access if dataset else TextAccess.PASSAGES.value)]
    published = dates.parse(fields.publishedOn).latest if fields.publishedOn else None
    return Source(
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
        author=fields.author and str(fields.author),
        author_description=fields.authorDescription,
        url=fields.url,
        credits=tuple(map(str, fields.credits or ())),
        transcript_of=fields.transcriptOf and str(fields.transcriptOf),
        dataset=fields.dataset and str(fields.dataset),
        supersedes=tuple(map(str, fields.supersedes or ())),
        retracted_on=fields.retractedOn,
        licence=fields.licence or (dataset.licence if dataset else None),
        text_access=max(allowed, most, key=ACCESSES.index).value,
    )


def _source_faults(entry: Entry[SourceEntry]) -> Iterator[tuple[str | None, str]]:
    """Yield inconsistencies, each with the field at which it is reported."""
    fields = entry.fields
    if fields.document and is_row(fields.document):
        if fields.cite and entry.slug != fields.cite:
            yield "cite", "the short name of a source that is a row must be its slug"
    elif fields.document and entry.slug != (due := Document("", fields.document, "").slug):
        yield None, f"according to its document, the slug must be {due}"
    if fields.title and fields.suppliedTitle:
        yield "suppliedTitle", "a source with a title cannot have a supplied title"
    if fields.outlet and not fields.outletBasis and entry.is_whole:
        yield None, "outletBasis is missing"
    if fields.outletBasis and not fields.outlet and entry.is_whole:
        yield "outletBasis", "outlet is missing"
    published = dates.parse(fields.publishedOn) if fields.publishedOn else None
    if published and (published.earliest is None or published.latest is None):
        yield "publishedOn", "a day of publication must have a first and a last possible day"
    if fields.retractedOn and published and published.earliest and fields.retractedOn < published.earliest:
        yield "retractedOn", "it is before publishedOn"
    yield from _kind_faults(entry)


def _kind_faults(entry: Entry[SourceEntry]) -> Iterator[tuple[str | None, str]]:
    """Yield faults in fields that only sources of some kinds may have, or must have."""
    fields = entry.fields
    if fields.kind is None:
        return
    for name, kinds in OF_KINDS.items():
        if getattr(fields, name) and SourceKind[fields.kind] not in kinds:
            yield name, f"only {' or '.join(kinds)} can have it, not {fields.kind}"
    if not entry.is_whole:
        return
    for name, kind in NEEDED.items():
        if fields.kind == kind.value and not getattr(fields, name):
            yield None, f"{name} is missing: a {kind.value} must have one"
    if fields.kind == SourceKind.POST.value and bool(fields.author) == bool(fields.authorDescription):
        yield None, "a POST must have either an author or an authorDescription"


def _link_faults(entry: Entry[SourceEntry], sources: Mapping[str, Source]) -> Iterator[tuple[str, str]]:
    """Yield faults in references to sources that it cannot name."""
    own = sources[entry.slug]
    for slug in own.supersedes:
        if slug == own.slug or own.slug in _older(slug, sources):
            yield "supersedes", f"{slug} is not an older version of it"
        elif slug in sources and sources[slug].reported_on > own.reported_on:
            yield "supersedes", f"{slug} was published later"
    recording = sources.get(own.transcript_of or "")
    if recording and recording.kind != SourceKind.RECORDING.value:
        yield "transcriptOf", f"{recording.slug} is not a RECORDING"
    elif recording and recording.reported_on > own.reported_on:
        yield "transcriptOf", f"{recording.slug} was published later"


def _older(slug: str, sources: Mapping[str, Source]) -> set[str]:
    """Return the sources that one supersedes, directly or indirectly."""
    older: set[str] = set()
    waiting = [slug]
    while waiting:
        source = sources.get(waiting.pop())
        new = set(source.supersedes) - older if source else set()
        older |= new
        waiting += new
    return older
