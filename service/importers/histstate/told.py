"""What one row tells of one fact, and the entry that all rows together make of it; it decides nothing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from service.store.record.slugs import ordinal

MOST_CITATIONS = 20
"""So often at most can one source say the same of a fact."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage of a row and what is to be known of the claim; `marks` are words of a citation (`likely`)."""

    cite: str
    address: str
    context: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    note: str = ""

    def as_likely(self) -> "Citation":
        """The same passage, from which it follows only probably."""
        return replace(self, marks=("likely", "inferred"))

    def as_inferred(self) -> "Citation":
        """The same passage, from which it follows."""
        return replace(self, marks=("inferred",))

    def with_note(self, note: str) -> "Citation":
        """The same with a note in English."""
        return replace(self, note=note)

    def write(self, number: int = 1) -> str | dict[str, Any]:
        """As a seed has it, with the number of its place among those of one source that say the same."""
        words = [self.cite, self.address, *(f"+{one}" for one in self.context), *self.marks]
        text = " ".join([*words, *([ordinal(number)] if number > 1 else [])])
        return {"cite": text, "note": {"en": self.note}} if self.note else text


Cited = dict[str, list[Citation]]
"""Value: citations."""
Roles = dict[str, Cited]
"""By actor: by part (in a meeting) or by the actor again: citations."""


def _two_levels() -> Any:
    return defaultdict(lambda: defaultdict(list))


@dataclass
class Told:
    """What a row tells of a fact: `noun` is the file of its kind, `plain` what rests on its existence.

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
    """Of a gathering: what it is called in each row."""
    within: str = ""
    """The gathering on whose margins it took place."""
    attendance: tuple[str, Citation] | None = None
    """What the programme calls attendance at that gathering, of which it is a part only if that is a meeting here."""

    def add(self, property: str, value: str, citation: Citation) -> None:
        """A claim of the row; said again at the same place it is the same."""
        if citation not in self.values[property][value]:
            self.values[property][value].append(citation)

    def add_role(self, field: str, actor: str, part: str, citation: Citation) -> None:
        """Somebody in it."""
        if not self.roles[field][actor]:
            self.roles[field][actor][part].append(citation)

    def add_actor(self, actor: str, citation: Citation) -> None:
        """Somebody who took part."""
        field, part = ("actors", "ACTOR") if self.noun == "events" else ("participants", "PARTICIPANT")
        self.add_role(field, actor, part, citation)

    def actors(self) -> frozenset[str]:
        """Everybody whom the row has in it."""
        return frozenset(actor for roles in self.roles.values() for actor in roles)

    def dates(self) -> list[str]:
        """The days that the row tells, EDTF."""
        return [*self.values["date"]]


def write_entry(slug: str, tolds: Sequence[Told], names: Mapping[str, str] | None) -> dict[str, Any]:
    """The entry of a fact that all these rows tell of, in the order of the rows."""
    first = tolds[0]
    entry: dict[str, Any] = {"slug": slug, **first.plain}
    if names:
        entry["names"] = {"COMMON": dict(names)}
    entry["existence"] = [told.existence.write() for told in tolds]
    for name, own in _merge_roles(tolds).items():
        entry[name] = _write_roles(own, tolds, name)
    if unnamed := _merge(told.unnamed for told in tolds):
        entry["unnamed"] = {phrase: _write_cited(cited) for phrase, cited in unnamed.items()}
    entry |= {property: _write_cited(cited) for property, cited in _merge(told.values for told in tolds).items()}
    if designations := _merge(told.designations for told in tolds):
        entry["designations"] = _write_designations(designations)
    return {**entry, "curation": "IMPORTED"}


def _merge(parts: Iterable[Mapping[str, Cited]]) -> dict[str, Cited]:
    merged: dict[str, Cited] = _two_levels()
    for part in parts:
        for name, cited in part.items():
            for value, citations in cited.items():
                merged[name][value] += [one for one in citations if one not in merged[name][value]]
    return {name: dict(cited) for name, cited in merged.items() if any(cited.values())}


def _merge_roles(tolds: Sequence[Told]) -> dict[str, Roles]:
    names = dict.fromkeys(name for told in tolds for name in told.roles)
    return {name: own for name in names if (own := _merge(told.roles.get(name, {}) for told in tolds))}


def _write_roles(roles: Roles, tolds: Sequence[Told], name: str) -> Any:
    """Plain where everybody in it rests on the existence of the fact, else with citations of his own."""
    existence = {told.existence for told in tolds}
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
    """The citations, numbered for each source."""
    counts: defaultdict[str, int] = defaultdict(int)
    written = []
    for citation in citations:
        counts[citation.cite] += 1
        if counts[citation.cite] <= MOST_CITATIONS:
            written.append(citation.write(counts[citation.cite]))
    return written


def _write_designations(designations: Mapping[str, Cited]) -> dict[str, Any]:
    """By person: what he is called; one word for several people is numbered through, as it is one value of a claim."""
    counts: defaultdict[tuple[str, str], int] = defaultdict(int)
    written: dict[str, dict[str, list[Any]]] = {}
    for person, words in designations.items():
        for word, citations in words.items():
            for citation in citations:
                # the name of a claim knows no capitals: "President-Elect" and "President-elect"
                counts[word.lower(), citation.cite] += 1
                number = counts[word.lower(), citation.cite]
                if number <= MOST_CITATIONS:
                    written.setdefault(person, {}).setdefault(word, []).append(citation.write(number))
    return written
