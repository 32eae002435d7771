"""The claims of one fact, made of citations; it knows no noun."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from service.store.record.record import Claim, Passage, Step, Texts
from service.store.record.slugs import claim_slug
from service.store.seeds.citations import Change, Citation, CitationInvalid, WrittenStep, parse_citation
from service.store.seeds.entry import Entry
from service.store.seeds.files import Keyed, Listed, Mark, Node, Scalar
from service.store.seeds.passages import Passages
from service.store.seeds.sources import CitedSource
from service.store.seeds.values import ACTOR, Index, Kind, fault
from service.store.terms import AttributionRole

UNNAMED_OUTLET = "unnamed outlet"


@dataclass(frozen=True, eq=False, slots=True)
class Line:
    """One line of a property, equal to no other; `words` are looked for in its sources."""

    property: str
    value: str | None
    mark: Mark
    change: Change | None = None
    words: str | None = None


@dataclass
class Lines:
    """The line of each claim by its slug, and the facts that have citations which could not be read."""

    claims: dict[str, Mark] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)


@dataclass
class Claims:
    """The claims of a fact in the order of their lines, each with the line that it stands in.

    `is_complete`: whether every citation could be read.
    """

    entry: Entry
    index: Index
    passages: Passages
    made: list[Claim] = field(default_factory=list)
    marks: dict[str, Mark] = field(default_factory=dict)
    is_complete: bool = True
    _lines: dict[tuple[str, str], list[Line]] = field(default_factory=dict)

    def add(self, line: Line, citations: Node, kind: Kind | None = None) -> tuple[str, ...]:
        """Make the claims of one line; the slugs of those that could be made."""
        typename = self.index.typename(line.value, kind) if kind and kind.typenames else None
        slugs: list[str] = []
        for mark, citation, note in self._citations(citations):
            claim = self._claim(line, mark, citation, note, typename)
            if claim:
                self._keep(claim, mark)
                slugs.append(claim.slug)
        return tuple(slugs)

    def _unreadable(self, mark: Mark, reason: str) -> None:
        self.is_complete = False
        self.entry.at(mark, reason)

    def _keep(self, claim: Claim, mark: Mark) -> None:
        if claim.slug in self.marks:
            self.entry.at(mark, f"{claim.property}: the same claim stands there twice ({claim.slug})")
            return
        self.marks[claim.slug] = mark
        self.made.append(claim)

    def _citations(self, node: Node) -> Iterator[tuple[Mark, Citation, Texts | None]]:
        for item in node.items if isinstance(node, Listed) else (node,):
            text, note = self._long_form(item) if isinstance(item, Keyed) else (item, None)
            if not isinstance(text, Scalar) or text.text is None:
                self._unreadable(item.mark, "a citation is expected here")
                continue
            try:
                yield item.mark, parse_citation(text.text), note
            except CitationInvalid as error:
                self._unreadable(item.mark, str(error))

    def _long_form(self, node: Keyed) -> tuple[Node | None, Texts | None]:
        for key, _ in node.entries:
            if key.text not in ("cite", "note"):
                self.entry.at(key.mark, f"a citation has cite and note, not {key.text}")
        note = node.get("note")
        if note is not None and not isinstance(note, Keyed):
            self.entry.at(note.mark, "a note is texts by language")
            note = None
        return node.get("cite"), self.entry.texts_in(note, "note") if isinstance(note, Keyed) else None

    def _claim(
        self, line: Line, mark: Mark, citation: Citation, note: Texts | None, typename: str | None
    ) -> Claim | None:
        source = self.passages.sources.get(citation.cite)
        if source is None:
            self._unreadable(mark, f"there is no source {citation.cite!r}")
            return None
        passage = self._passage(line, mark, citation, source)
        if passage is None:
            return None
        return Claim(
            slug=claim_slug(source.source.slug, self.entry.slug, line.property, line.value, passage.start),
            fact=self.entry.slug,
            property=line.property,
            value=line.value,
            source=source.source.slug,
            reported_on=source.source.reported_on,
            passage=passage,
            steps=self._steps(citation, source, mark),
            position=self._position(source.source.slug, line),
            context=tuple(self.passages.at(source, address, mark) for address in citation.context),
            factuality=citation.factuality,
            basis=citation.basis,
            rank=citation.rank,
            effective=line.change.effective if line.change else None,
            by=line.change.by if line.change else None,
            value_typename=typename,
            note=note,
        )

    def _position(self, source: str, line: Line) -> int:
        """The number of the line among those of its property that cite the source."""
        lines = self._lines.setdefault((source, line.property), [])
        if line not in lines:
            lines.append(line)
        return lines.index(line) + 1

    def _passage(self, line: Line, mark: Mark, citation: Citation, source: CitedSource) -> Passage | None:
        if line.words is not None:
            return self.passages.of_words(source, line.words, citation.address, mark)
        if citation.address is None:
            self._unreadable(mark, f"{citation.cite}: an address is missing")
            return None
        return self.passages.at(source, citation.address, mark)

    def _steps(self, citation: Citation, source: CitedSource, mark: Mark) -> tuple[Step, ...]:
        steps = [self._step(n, step, source, mark) for n, step in enumerate(citation.steps)]
        outlet = source.source.outlet
        last = Step(AttributionRole.OUTLET.value, outlet, None if outlet else UNNAMED_OUTLET)
        return (*steps, last)

    def _step(self, number: int, step: WrittenStep, source: CitedSource, mark: Mark) -> Step:
        if step.actor and (wrong := fault(step.actor, ACTOR, self.index)):
            self.entry.at(mark, wrong)
        role = AttributionRole.RELAY if number else AttributionRole.UTTERER
        if step.actor in self.index.agencies:
            role = AttributionRole.AGENCY
        passage = self.passages.at(source, step.address, mark) if step.address else None
        return Step(step.role or role.value, step.actor, step.description, passage)
