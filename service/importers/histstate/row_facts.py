"""What one row reports of one fact, and the entry that all rows together make of it; decides nothing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from service.store.record.slugs import ordinal

MOST_CITATIONS = 20
"""Maximum number of times that one source can say the same of a fact."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Passage of a row with details of the claim; `marks` are words of a citation (`likely`)."""

    cite: str
    address: str
    context: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    note: str = ""

    def as_likely(self) -> "Citation":
        """Return the same passage, from which the claim follows only probably."""
        return replace(self, marks=("likely", "inferred"))

    def as_inferred(self) -> "Citation":
        """Return the same passage, from which the claim follows."""
        return replace(self, marks=("inferred",))

    def with_note(self, note: str) -> "Citation":
        """Return the same citation with a note in English."""
        return replace(self, note=note)

    def write(self, number: int = 1) -> str | dict[str, Any]:
        """Return it as in a seed, with its number among the places of one source that say the same."""
        words = [self.cite, self.address, *(f"+{one}" for one in self.context), *self.marks]
        text = " ".join([*words, *([ordinal(number)] if number > 1 else [])])
        return {"cite": text, "note": {"en": self.note}} if self.note else text


Cited = dict[str, list[Citation]]
"""Citations by value."""
Roles = dict[str, Cited]
"""By actor: citations by part (in a meeting), or by the actor again."""


def _two_levels() -> Any:
    return defaultdict(lambda: defaultdict(list))


@dataclass
class RowFact:
    """What a row reports of a fact: `noun` is the file of its kind, `plain` has what rests on its existence.

    `roles` has the people and states in it by field (`participants`, `actors`, `recipients`), each with its citations.
    """

    row: str
    slug: str
    noun: str
    existence: Citation
    plain: dict[str, Any] = field(default_factory=dict)
    roles: dict[str, Roles] = field(default_factory=lambda: defaultdict(_two_levels))
    unnamed: dict[str, Cited] = field(default_factory=_two_levels)
    values: dict[str, Cited] = field(default_factory=_two_levels)
    designations: dict[str, Cited] = field(default_factory=_two_levels)
    key: str = ""
    """Key of a gathering, by which every row that reports it means the same; empty for other facts."""
    within: str = ""
    """Gathering on whose margins it took place."""
    attendance: tuple[str, Citation] | None = None
    """Programme's name for attendance at that gathering, of which it is a part only if that is a meeting here."""

    def add(self, property: str, value: str, citation: Citation) -> None:
        """Add a claim of the row; a claim repeated at the same place is the same claim."""
        if citation not in self.values[property][value]:
            self.values[property][value].append(citation)

    def add_role(self, field: str, actor: str, part: str, citation: Citation) -> None:
        """Add an actor in the fact."""
        if not self.roles[field][actor]:
            self.roles[field][actor][part].append(citation)

    def add_actor(self, actor: str, citation: Citation) -> None:
        """Add an actor who took part."""
        field, part = ("actors", "ACTOR") if self.noun == "events" else ("participants", "PARTICIPANT")
        self.add_role(field, actor, part, citation)

    def add_designations(self, designations: Mapping[str, Cited]) -> None:
        """Add words by which the row calls people."""
        for person, cited in designations.items():
            for word, citations in cited.items():
                self.designations[person][word] += citations

    def actors(self) -> frozenset[str]:
        """Return everybody whom the row has in the fact."""
        return frozenset(actor for roles in self.roles.values() for actor in roles)

    def dates(self) -> list[str]:
        """Return the days that the row gives, as EDTF."""
        return [*self.values["date"]]


def write_entry(slug: str, facts: Sequence[RowFact], names: Mapping[str, str] | None) -> dict[str, Any]:
    """Return the entry of a fact that all these rows report, in row order."""
    first = facts[0]
    entry: dict[str, Any] = {"slug": slug, **first.plain}
    if names:
        entry["names"] = {"COMMON": dict(names)}
    entry["existence"] = [fact.existence.write() for fact in facts]
    for name, own in _merge_roles(facts).items():
        entry[name] = _write_roles(own, facts, name)
    if unnamed := _merge(fact.unnamed for fact in facts):
        entry["unnamed"] = {phrase: _write_cited(cited) for phrase, cited in unnamed.items()}
    entry |= {property: _write_cited(cited) for property, cited in _merge(fact.values for fact in facts).items()}
    if designations := _merge(fact.designations for fact in facts):
        entry["designations"] = _write_designations(designations)
    return {**entry, "curation": "IMPORTED"}


def _merge(parts: Iterable[Mapping[str, Cited]]) -> dict[str, Cited]:
    merged: dict[str, Cited] = _two_levels()
    for part in parts:
        for name, cited in part.items():
            for value, citations in cited.items():
                merged[name][value] += [one for one in citations if one not in merged[name][value]]
    return {name: dict(cited) for name, cited in merged.items() if any(cited.values())}


def _merge_roles(facts: Sequence[RowFact]) -> dict[str, Roles]:
    names = dict.fromkeys(name for fact in facts for name in fact.roles)
    return {name: own for name in names if (own := _merge(fact.roles.get(name, {}) for fact in facts))}


def _write_roles(roles: Roles, facts: Sequence[RowFact], name: str) -> Any:
    """Return plain roles if everybody in them rests on the fact's existence, else roles with their own citations."""
    existence = {fact.existence for fact in facts}
    if name == "participants":
        return {
            actor: next(iter(parts)) if len(parts) == 1 and set(*parts.values()) == existence else _write_cited(parts)
            for actor, parts in roles.items()
        }
    if all(set(citations) == existence for parts in roles.values() for citations in parts.values()):
        return [*roles]
    return _write_cited({actor: [one for each in parts.values() for one in each] for actor, parts in roles.items()})


def _write_cited(cited: Cited) -> dict[str, Any]:
    return {value: _write_citations(citations) for value, citations in cited.items()}


def _write_citations(citations: Sequence[Citation]) -> list[Any]:
    """Return the citations, numbered for each source."""
    counts: defaultdict[str, int] = defaultdict(int)
    written = []
    for citation in citations:
        counts[citation.cite] += 1
        if counts[citation.cite] <= MOST_CITATIONS:
            written.append(citation.write(counts[citation.cite]))
    return written


def _write_designations(designations: Mapping[str, Cited]) -> dict[str, Any]:
    """Return designations by person; one word for several people is numbered through, as it is one value of a claim."""
    counts: defaultdict[tuple[str, str], int] = defaultdict(int)
    written: dict[str, dict[str, list[Any]]] = {}
    for person, words in designations.items():
        for word, citations in words.items():
            for citation in citations:
                # the name of a claim ignores capitals: "President-Elect" and "President-elect"
                counts[word.lower(), citation.cite] += 1
                number = counts[word.lower(), citation.cite]
                if number <= MOST_CITATIONS:
                    written.setdefault(person, {}).setdefault(word, []).append(citation.write(number))
    return written
