"""Positions of cited addresses and words: read from the lock, or found in the documents to write the lock."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol, TypeVar
from zlib import crc32

from service.errors import ServiceError
from service.store.documents import addresses
from service.store.documents.addresses import Address
from service.store.documents.corpus import Anchor, Document, Lock, NameCount, Spellings, anchor_state, occurrences
from service.store.enums import AnchorState, NameKind, PassageRole, SourceKind, TextAccess
from service.store.notation.times import TimeSpan
from service.store.record.record import Name, Passage
from service.store.seeds.files import Mark, Problems
from service.store.seeds.sources import CitedSource

Answer = TypeVar("Answer")


class NotAnchored(ServiceError):
    """The lock does not hold what is cited."""

    code = "NOT_ANCHORED"

    def __init__(self, cite: str, what: str) -> None:
        super().__init__(f"{cite}: {what} is not anchored: run `gipfelbuch anchor`")


class Anchors(Protocol):
    """Provider of positions; both methods raise ServiceError."""

    def address(self, cite: str, address: Address) -> Anchor: ...

    def words(self, cite: str, words: str) -> list[Anchor]:
        """Return each occurrence of exactly these words."""
        ...

    def occurrences(self, name: str) -> Mapping[str, int]:
        """Return how often a spelling occurs in a source, by the source's short name."""
        ...


class LockAnchors:
    """Anchors read from the lock; nothing is looked for in the documents."""

    def __init__(self, lock: Lock) -> None:
        self.lock = lock

    def address(self, cite: str, address: Address) -> Anchor:
        anchor = self.lock.anchors.get((cite, str(address)))
        if anchor is None:
            raise NotAnchored(cite, str(address))
        return anchor

    def words(self, cite: str, words: str) -> list[Anchor]:
        anchors: list[Anchor] = []
        while anchor := self.lock.anchors.get((cite, addresses.words_key(words, len(anchors) + 1))):
            anchors.append(anchor)
        if not anchors:
            raise NotAnchored(cite, repr(words))
        return anchors

    @cached_property
    def _counts(self) -> Mapping[str, Mapping[str, int]]:
        counts: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for (cite, name), count in self.lock.counts.items():
            counts[name][cite] = count
        return counts

    def occurrences(self, name: str) -> Mapping[str, int]:
        return self._counts.get(name, {})


@dataclass
class DocumentAnchors:
    """Anchors found in the documents; `written` keeps all those requested, `names` every spelling."""

    documents: Mapping[str, Document]
    others: Anchors | None = None
    """Provider of positions in other documents."""
    written: set[Anchor] = field(default_factory=set)
    names: set[str] = field(default_factory=set)

    def address(self, cite: str, address: Address) -> Anchor:
        if self.others and cite not in self.documents:
            return self.others.address(cite, address)
        document = self._document(cite)
        return self._remember(addresses.anchor(document, str(address), addresses.locate(document, address)))

    def words(self, cite: str, words: str) -> list[Anchor]:
        if self.others and cite not in self.documents:
            return self.others.words(cite, words)
        document = self._document(cite)
        spans = [span for _, span in addresses.find(document, words)]
        return [
            self._remember(addresses.anchor(document, addresses.words_key(words, n), span))
            for n, span in enumerate(spans, 1)
        ]

    def occurrences(self, name: str) -> Mapping[str, int]:
        """Return no counts yet: a longer name may contain this one, so `counts` waits until all are known."""
        self.names.add(name)
        return {}

    def counts(self) -> set[NameCount]:
        """Return how often each document prints each of the spellings."""
        names = Spellings(self.names)
        return {
            NameCount(cite, name, count)
            for cite, document in self.documents.items()
            for name, count in occurrences(document, names).items()
        }

    def _document(self, cite: str) -> Document:
        if cite not in self.documents:
            raise NotAnchored(cite, "its document is not in the corpus, so it")
        return self.documents[cite]

    def _remember(self, anchor: Anchor) -> Anchor:
        self.written.add(anchor)
        return anchor


class Passages:
    """Passages cited in the seeds.

    Passages that cannot be found go to `problems`; a placeholder is used instead, so that claims are still read.
    """

    def __init__(
        self,
        anchors: Anchors,
        sources: Mapping[str, CitedSource],
        documents: Mapping[str, Document],
        problems: Problems,
    ) -> None:
        self.anchors = anchors
        self.sources = sources
        self.documents = documents
        self.problems = problems
        self._roles: dict[str, list[tuple[PassageRole, int, int]]] = {}
        self._cues: dict[str, list[tuple[TimeSpan, int, int]]] = {}

    def at(self, source: CitedSource, address: Address, mark: Mark) -> Passage:
        """Return the passage at an address."""
        anchor = self._anchor(source.cite, address, mark)
        return self._passage(source, anchor, mark) if anchor else _placeholder(source, str(address))

    def find_words(self, source: CitedSource, words: str, within: Address | None, mark: Mark) -> Passage:
        """Return the only passage with exactly these words; if they occur twice, the address says which."""
        matches = self._look_up(source.cite, lambda anchors: anchors.words(source.cite, words), mark)
        around = self._anchor(source.cite, within, mark) if within else None
        if around:
            matches = [one for one in matches or () if around.start <= one.start and one.end <= around.end]
        if matches and len(matches) == 1:
            return self._passage(source, matches[0], mark)
        if matches is not None and (around or not within):
            place = f"{source.cite} {within or ''}".strip()
            often = f"occurs {len(matches)} times in {place}: give an address that contains only one of them"
            self.problems.add(mark, f"{words!r} {often if matches else f'does not occur in {place}'}")
        return _placeholder(source, f"{words} {within}")

    def occurrences(self, name: str) -> dict[str, int]:
        """Return how often a spelling occurs in a source, by the source's slug."""
        counts = self.anchors.occurrences(name)
        return {self.sources[cite].source.slug: counts[cite] for cite in sorted(counts) if cite in self.sources}

    def names(self, written: Mapping[NameKind, Mapping[str, list[str]]] | None) -> tuple[Name, ...]:
        """Return the names in an entry, by kind and language, with how often each occurs in a source."""
        return tuple(
            Name(text, language, kind, self.occurrences(text))
            for kind, by_language in (written or {}).items()
            for language, texts in by_language.items()
            for text in texts
        )

    def roles(self, source: CitedSource) -> list[tuple[PassageRole, int, int]]:
        """Return the spans of a source's passages that are not part of its body."""
        if source.cite not in self._roles:
            located = [(role, self._anchor(source.cite, address, source.mark)) for role, address in source.roles]
            self._roles[source.cite] = [(role, one.start, one.end) for role, one in located if one]
        return self._roles[source.cite]

    def cues(self, source: CitedSource) -> list[tuple[TimeSpan, int, int]]:
        """Return the spans of a source's passages whose times are known."""
        if source.cite not in self._cues:
            located = [(span, self._anchor(source.cite, address, source.mark)) for address, span in source.cues]
            self._cues[source.cite] = [(span, one.start, one.end) for span, one in located if one]
        return self._cues[source.cite]

    def _time(self, source: CitedSource, anchor: Anchor, mark: Mark) -> TimeSpan | None:
        """Return the time from the first to the last cue of a passage; every passage of a recording must have a cue."""
        spans = [span for span, start, end in self.cues(source) if start < anchor.end and anchor.start < end]
        if spans:
            return TimeSpan(min(span.start for span in spans), max(span.end for span in spans))
        if source.source.kind == SourceKind.RECORDING.value:
            self.problems.add(mark, f"{source.cite} {anchor.address}: no cue gives its time in the recording")
        return None

    def text_of(self, source: CitedSource) -> str | None:
        """Return the whole text of a source, if it may be shown and is the text that contains the passages."""
        document = self.documents.get(source.cite)
        is_shown = TextAccess[source.source.text_access] is TextAccess.WHOLE
        return document.text if document and is_shown and document.sha256 == source.source.sha256 else None

    def check(self, source: CitedSource) -> None:
        """Check that a source's roles, cues and sentences left out on purpose are anchored, whether cited or not."""
        self.roles(source)
        self.cues(source)
        for address, _ in source.unrecorded:
            self.at(source, address, source.mark)

    def _anchor(self, cite: str, address: Address, mark: Mark) -> Anchor | None:
        return self._look_up(cite, lambda anchors: anchors.address(cite, address), mark)

    def _look_up(self, cite: str, question: Callable[[Anchors], Answer], mark: Mark) -> Answer | None:
        """Return the answer of the anchors; if there is none, report the reason, from the document if available."""
        try:
            return question(self.anchors)
        except ServiceError as error:
            reason = error
        if cite in self.documents:
            try:
                question(DocumentAnchors(self.documents))
            except ServiceError as error:
                reason = error
        self.problems.add(mark, str(reason))
        return None

    def _passage(self, source: CitedSource, anchor: Anchor, mark: Mark) -> Passage:
        document = self.documents.get(source.cite)
        state = anchor_state(anchor, document)
        if document and state is AnchorState.ORPHAN and document.sha256 == source.source.sha256:
            reason = "the lock has different text: run `gipfelbuch anchor`"
            self.problems.add(mark, f"{source.cite} {anchor.address}: {reason}")
        time = self._time(source, anchor, mark)
        return Passage(
            source=source.source.slug,
            start=anchor.start,
            end=anchor.end,
            paragraph=anchor.paragraph,
            role=addresses.role_at(anchor.start, self.roles(source)).value,
            sha256=anchor.sha256,
            exact=document.text[anchor.start : anchor.end] if document and _shows_passages(source) else None,
            state=state.value,
            start_time=time and time.start,
            end_time=time and time.end,
        )


def _shows_passages(source: CitedSource) -> bool:
    return TextAccess[source.source.text_access] is not TextAccess.NONE


def _placeholder(source: CitedSource, what: str) -> Passage:
    """Return a placeholder for a passage that is not found, the same for the same words or address."""
    start = -1 - crc32(what.encode())
    return Passage(source.source.slug, start, start, 1, PassageRole.BODY.value, "")
