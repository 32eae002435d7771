"""Report how much of each document the record cites and why the rest is left out. It prints and changes nothing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from service.errors import ServiceError
from service.store.documents.addresses import Address, locate, narrowest
from service.store.documents.corpus import Corpus, Document, Folders, Span, quotations, unpaired_marks
from service.store.documents.rows import is_row
from service.store.enums import AnchorState, QuoteForm
from service.store.loading.claims import passages_of
from service.store.record.record import Claim, Passage, Record
from service.store.seeds import cited_sources, read
from service.store.seeds.sources import CitedSource

ABSENT = ("it is not in the corpus",)
"""Note for a document that is not available."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or the part of a sentence on one line. `reason` says why no claim cites it."""

    address: str
    text: str
    claims: int
    reason: str | None

    @property
    def fault(self) -> str | None:
        """The fault as a phrase, or None if the sentence is accounted for."""
        return None if self.claims or self.reason else f"{self.address}: neither cited nor explained"


@dataclass(frozen=True, slots=True)
class Quotation:
    """The text between a pair of quotation marks, or a mark without a partner.

    `quotes` holds the slugs of the quotes that record the text. `reason` says why no quote records it.
    """

    address: str
    text: str
    quotes: tuple[str, ...]
    reason: str | None

    @property
    def fault(self) -> str | None:
        """The fault as a phrase, or None if the quotation is accounted for."""
        return None if self.quotes or self.reason else f"{self.address}: no quote records {self.text!r}"


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What the record holds of one document.

    `characters` is the number of characters that are not white space, and `cited` is the number of those that claims
    cite. `failed` lists what no longer matches its anchor, and `notes` lists oddities that are not faults. A report on
    a row of a data set names its `dataset` and has neither sentences nor quotations, because a set need not record
    every field. A set whose data are not available has no faults.
    """

    source: str
    document: str
    sentences: tuple[Sentence, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    characters: int = 0
    cited: int = 0
    failed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    dataset: str | None = None

    @property
    def share(self) -> float:
        """The share of the characters that claims cite, from 0 to 1."""
        return self.cited / self.characters if self.characters else 0.0

    @property
    def faults(self) -> list[str]:
        """What is not proven, as one phrase for each fault."""
        faults = [one.fault for one in self.quotations] + [one.fault for one in self.sentences]
        return [*self.failed, *(fault for fault in faults if fault)]


def verify(seeds: Path, corpus: Folders, sets: Iterable[str] | None = ()) -> list[DocumentReport]:
    """Return one report for each source, in the order of the seeds, then of the sets.

    A sentence is cited if a passage or a context of a claim shares a character with it. A passage whose text has
    changed cites nothing. Raises SeedsInvalid and SetUnknown.
    """
    record = read(seeds, corpus, sets=sets)
    documents, parts = Corpus(corpus), _cited_parts(record)
    sources = cited_sources(seeds, sets).values()
    reports = [_report(parts.get(source.source.slug, _CitedParts()), source, documents) for source in sources]
    at_hand = {report.dataset for report in reports if report.failed != ABSENT}
    # the data of a set may be missing; nothing is reported of its rows then
    return [
        report if report.dataset in at_hand or not report.dataset else replace(report, failed=(), notes=ABSENT)
        for report in reports
    ]


@dataclass
class _CitedParts:
    """What facts take from one source: claims, and passages and quoted words, each of these with the fact's slug."""

    claims: list[Claim] = field(default_factory=list)
    passages: list[tuple[Passage, str]] = field(default_factory=list)
    quoted: list[tuple[Passage, str]] = field(default_factory=list)


def _cited_parts(record: Record) -> Mapping[str, _CitedParts]:
    """Return what facts take from each source, by its slug."""
    parts: defaultdict[str, _CitedParts] = defaultdict(_CitedParts)
    for fact in record.facts.values():
        is_quoted = fact.typename == "Quote" and fact.fields.get("form") != QuoteForm.INDIRECT.value
        for claim in fact.claims:
            parts[claim.source].claims.append(claim)
            if is_quoted and claim.property == "text" and _is_verified(claim.passage):
                parts[claim.source].quoted.append((claim.passage, fact.slug))
        for passage in passages_of(fact):
            parts[passage.source].passages.append((passage, fact.slug))
    return parts


def _report(parts: _CitedParts, source: CitedSource, corpus: Corpus) -> DocumentReport:
    slug, path = source.source.slug, source.source.document
    dataset = source.source.dataset if is_row(path) else None
    try:
        document = corpus.read(path, source.cite)
    except FileNotFoundError:
        return DocumentReport(slug, path, failed=ABSENT, dataset=dataset)
    coverage = _Coverage(parts, source, document)
    visible = {at for at, letter in enumerate(document.text) if not letter.isspace()}
    cited = {at for passages in coverage.cited for one in passages for at in range(one.start, one.end)}
    failed = tuple(_failures(parts, source, document))
    characters, shown = len(visible), len(visible & cited)
    if dataset:
        return DocumentReport(slug, path, characters=characters, cited=shown, failed=failed, dataset=dataset)
    return DocumentReport(
        source=slug,
        document=path,
        sentences=tuple(coverage.sentences()),
        quotations=tuple(coverage.quotations()),
        characters=characters,
        cited=shown,
        failed=failed,
        notes=tuple(coverage.notes()),
    )


def _failures(parts: _CitedParts, source: CitedSource, document: Document) -> Iterator[str]:
    if document.sha256 != source.source.sha256:
        yield f"it is not the document that was anchored: its SHA-256 is {document.sha256}"
    facts: dict[tuple[int, int], set[str]] = {}
    for one, slug in parts.passages:
        if AnchorState[one.state] is AnchorState.ORPHAN:
            facts.setdefault((one.start, one.end), set()).add(slug)
    for (start, end), slugs in sorted(facts.items()):
        yield f"characters {start}-{end} differ from the text anchored for {', '.join(sorted(slugs))}"


class _Coverage:
    """One document, with the passages that each claim cites and the parts that are left out on purpose."""

    def __init__(self, parts: _CitedParts, source: CitedSource, document: Document) -> None:
        self.document = document
        self.cited = [[one for one in (claim.passage, *claim.context) if _is_verified(one)] for claim in parts.claims]
        self.quoted = sorted(parts.quoted, key=lambda one: (one[0].start, one[1]))
        self.omissions = list(self._omissions(source))
        self.lines = list(self._lines())

    def sentences(self) -> Iterator[Sentence]:
        """Yield each sentence, in order, with the number of claims that cite it."""
        for address, span in self.lines:
            yield Sentence(str(address), self._text(span), self._claims(span), self._reason(span))

    def quotations(self) -> Iterator[Quotation]:
        """Yield the text within each pair of marks and each mark without a partner, in order, with their quotes."""
        pairs = [(span, self._quotes_within(span)) for span in quotations(self.document)]
        marks = [(span, self._quotes_beside(span)) for span in unpaired_marks(self.document)]
        for span, quotes in sorted(pairs + marks):
            address = narrowest(self.document, span)
            yield Quotation(str(address), self._text(span), tuple(dict.fromkeys(quotes)), self._reason(span))

    def notes(self) -> Iterator[str]:
        """Yield a note for each omission that is cited nevertheless or holds no whole sentence."""
        for address, span, reason in self.omissions:
            within = [(line, one) for line, one in self.lines if _contains(span, one.start, one.end)]
            cited = [str(line) for line, one in within if self._claims(one)]
            if cited or not within:
                what = f"claims cite {', '.join(cited)}" if cited else "it contains no whole sentence"
                yield f"{address} is left out ({reason}), but {what}"

    def _lines(self) -> Iterator[tuple[Address, Span]]:
        for number in range(1, len(self.document.paragraphs) + 1):
            for n, span in enumerate(self.document.sentences(number), 1):
                yield Address((number, number), (n, n)), span

    def _omissions(self, source: CitedSource) -> Iterator[tuple[Address, Span, str]]:
        for address, reason in source.unrecorded:
            try:
                yield address, locate(self.document, address), reason
            except ServiceError:
                continue  # the document has changed, which has been reported already

    def _text(self, span: Span) -> str:
        return " ".join(self.document.text[span.start : span.end].split())

    def _claims(self, span: Span) -> int:
        return sum(any(one.start < span.end and span.start < one.end for one in cited) for cited in self.cited)

    def _reason(self, span: Span) -> str | None:
        return next((reason for _, around, reason in self.omissions if _contains(around, span.start, span.end)), None)

    def _quotes_within(self, pair: Span) -> list[str]:
        """Return the quotes of words between two marks, or none unless together they cover all of the words."""
        within = [(one, slug) for one, slug in self.quoted if _contains(pair, one.start, one.end)]
        words = self.document.words(pair.start, pair.end)
        is_whole = all(any(_contains(one, word.start, word.end) for one, _ in within) for word in words)
        return [slug for _, slug in within] if is_whole else []

    def _quotes_beside(self, mark: Span) -> list[str]:
        """Return the quotes whose words are next to an unpaired mark or around it."""
        text = self.document.text
        return [
            slug
            for one, slug in self.quoted
            if not text[mark.end : one.start].strip() and not text[one.end : mark.start].strip()
        ]


def _is_verified(passage: Passage) -> bool:
    return AnchorState[passage.state] is AnchorState.VERIFIED


def _contains(around: Span | Passage, start: int, end: int) -> bool:
    return around.start <= start and end <= around.end
