"""Claims of one fact, made from citations; independent of nouns."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from service.store.enums import AttributionRole
from service.store.notation.citations import Change, Citation, WrittenStep
from service.store.notation.fields import NotedCitation
from service.store.record.record import Claim, Passage, Step, Texts
from service.store.record.slugs import claim_slug
from service.store.seeds.entry import Entry
from service.store.seeds.files import Mark
from service.store.seeds.passages import Passages
from service.store.seeds.sources import CitedSource

UNNAMED_OUTLET = "unnamed outlet"


@dataclass(frozen=True, eq=False, slots=True)
class Line:
    """One line of a property, different from all others; if it `is_printed`, its value is looked for in its sources.

    `typename` is the type of the entry whose slug the value is.
    """

    property: str
    value: str | None
    change: Change | None = None
    is_printed: bool = False
    typename: str | None = None
    on_behalf_of: str | None = None
    designates: str | None = None


@dataclass
class Lines:
    """Line of each claim by slug, and the facts that could not be read completely."""

    claims: dict[str, Mark] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)


@dataclass
class Claims:
    """Claims of a fact in line order, each with its line."""

    entry: Entry[Any]
    passages: Passages
    made: list[Claim] = field(default_factory=list)
    marks: dict[str, Mark] = field(default_factory=dict)
    _lines: dict[tuple[str, str], list[Line]] = field(default_factory=dict)
    _told: set[tuple[str, str | None, Passage]] = field(default_factory=set)

    def add(self, line: Line, citations: Iterable[tuple[Mark, NotedCitation]]) -> tuple[str, ...]:
        """Make the claims of one line; return the slugs of those that could be made."""
        slugs: list[str] = []
        for mark, noted in citations:
            claim = self._claim(line, mark, noted.cite, noted.note)
            if claim:
                self._add_claim(claim, mark)
                slugs.append(claim.slug)
        return tuple(slugs)

    def _report_unreadable(self, mark: Mark, line: Line, reason: str) -> None:
        self.entry.is_whole = False
        self.entry.report_at(mark, f"{line.property}: {reason}")

    def _add_claim(self, claim: Claim, mark: Mark) -> None:
        told = (claim.property, claim.value, claim.passage)
        if told in self._told:
            self.entry.report_at(mark, f"{claim.property}: the same claim is given twice ({claim.slug})")
        elif claim.slug in self.marks:
            reason = f"{claim.source} is cited several times for it: add 2nd, 3rd ... to each further citation"
            self.entry.report_at(mark, f"{claim.property}: {reason} ({claim.slug})")
        else:
            self._told.add(told)
            self.marks[claim.slug] = mark
            self.made.append(claim)

    def _claim(self, line: Line, mark: Mark, citation: Citation, note: Texts | None) -> Claim | None:
        source = self.passages.sources.get(citation.cite)
        if source is None:
            self._report_unreadable(mark, line, f"there is no source {citation.cite!r}")
            return None
        passage = self._passage(line, mark, citation, source)
        if passage is None:
            return None
        return Claim(
            slug=claim_slug(source.source.slug, self.entry.slug, line.property, line.value, citation.number),
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
            withdrawn_on=source.source.withdrawn_on,
            on_behalf_of=line.on_behalf_of,
            designates=line.designates,
            value_typename=line.typename,
            note=note,
            number=citation.number,
        )

    def _position(self, source: str, line: Line) -> int:
        """Return the number of the line among those of its property that cite the source."""
        lines = self._lines.setdefault((source, line.property), [])
        if line not in lines:
            lines.append(line)
        return lines.index(line) + 1

    def _passage(self, line: Line, mark: Mark, citation: Citation, source: CitedSource) -> Passage | None:
        if line.is_printed and line.value:
            return self.passages.find_words(source, line.value, citation.address, mark)
        if citation.address is None:
            self._report_unreadable(mark, line, f"{citation.cite}: an address is missing")
            return None
        return self.passages.at(source, citation.address, mark)

    def _steps(self, citation: Citation, source: CitedSource, mark: Mark) -> tuple[Step, ...]:
        written = [*citation.steps]
        outlet, author, description = source.source.outlet, source.source.author, source.source.author_description
        if author or description:
            written.append(WrittenStep(author, description))
        steps = [self._step(n, step, source, mark) for n, step in enumerate(written)]
        last = Step(AttributionRole.OUTLET.value, outlet, None if outlet else UNNAMED_OUTLET)
        return (*steps, last)

    def _step(self, number: int, step: WrittenStep, source: CitedSource, mark: Mark) -> Step:
        if step.actor and step.actor not in self.entry.index.actors:
            self.entry.report_at(mark, f"there is no actor {step.actor!r}")
        role = AttributionRole.RELAY if number else AttributionRole.UTTERER
        if step.actor in self.entry.index.agencies:
            role = AttributionRole.AGENCY
        passage = self.passages.at(source, step.address, mark) if step.address else None
        return Step(step.role or role.value, step.actor, step.description, passage)
