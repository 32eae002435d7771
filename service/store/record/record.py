"""The record in memory: what the seeds say, every reference resolved to a slug. It uses no files and no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

Texts = Mapping[str, str]
"""Texts by BCP 47 language tag."""
Aliases = Mapping[str, Mapping[str, str | None]]
"""Present slugs by noun (actors, claims ...) and former slug, or None if the entry no longer exists."""


@dataclass(frozen=True, slots=True)
class Name:
    text: str
    language: str
    kind: str
    occurrences: Mapping[str, int] = field(hash=False)
    """Number of times that exactly this spelling occurs in a source, by the source's slug."""


@dataclass(frozen=True, slots=True)
class Actor:
    slug: str
    typename: str
    """Person, Organisation or Country."""
    names: tuple[Name, ...]
    country: str | None = None
    wikidata: str | None = None
    is_leader: bool = False
    organisation_kind: str | None = None
    code: str | None = None
    alpha3: str | None = None
    former_code: str | None = None
    existed_from: str | None = None
    """EDTF, for states only."""
    existed_until: str | None = None
    successors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    slug: str
    kind: str
    names: tuple[Name, ...]
    country: str | None = None
    part_of: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    timezone: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    slug: str
    document: str
    kind: str
    language: str
    published: str
    """EDTF."""
    published_basis: str
    reported_on: date
    """The last possible day of publication."""
    sha256: str
    title: str | None = None
    """As the document prints it."""
    supplied_title: Texts | None = None
    """Our own, for a document that prints none."""
    outlet: str | None = None
    outlet_basis: str | None = None
    author: str | None = None
    author_description: str | None = None
    url: str | None = None
    credits: tuple[str, ...] = ()
    transcript_of: str | None = None
    """Slug of the recording that it transcribes."""
    dataset: str | None = None
    supersedes: tuple[str, ...] = ()
    """Slugs of the sources of which it is a newer version."""
    retracted_on: date | None = None
    withdrawn_on: date | None = None
    """The first day on which it is retracted or superseded."""
    licence: str | None = None
    """The source's own licence, or that of its data set."""
    text_access: str = "PASSAGES"
    """How much of the text is shown if it is loaded."""


@dataclass(frozen=True, slots=True)
class SourceDataset:
    """A published data set that sources are taken from."""

    slug: str
    name: str
    licence: str
    url: str
    version: str | None = None
    attribution: str | None = None
    retrieved_on: date | None = None
    covers: str | None = None
    """The period from the first to the last day of its rows, or the day of a snapshot, in EDTF."""
    text_access: str = "PASSAGES"
    """How much of the rows is shown if they are loaded."""


@dataclass(frozen=True, slots=True)
class Passage:
    source: str
    start: int
    end: int
    paragraph: int
    role: str
    sha256: str
    exact: str | None = None
    state: str = "UNCHECKED"
    start_time: float | None = None
    """Seconds from the beginning of the recording, as is end_time."""
    end_time: float | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an attribution chain: an actor's slug or a description."""

    role: str
    actor: str | None = None
    description: str | None = None
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What one passage of one source says of one property of one fact."""

    slug: str
    fact: str
    property: str
    value: str | None
    source: str
    reported_on: date
    passage: Passage
    steps: tuple[Step, ...]
    """From the origin outward; the last step is the outlet."""
    position: int
    """Order within its source and property, of the lines in the seed, starting from 1."""
    context: tuple[Passage, ...] = ()
    factuality: str = "CERTAIN"
    basis: str = "STATED"
    rank: str = "NORMAL"
    effective: str | None = None
    """EDTF: when the value took effect, according to this source."""
    by: str | None = None
    """Slug of the actor who brought a status about."""
    withdrawn_on: date | None = None
    """The day on which its source was withdrawn."""
    on_behalf_of: str | None = None
    """Slug of the actor for whom somebody is in the fact, if the claim tells of a role."""
    designates: str | None = None
    """Slug of the person whom the source calls by the value."""
    value_typename: str | None = None
    """GraphQL type of the entry whose slug the value is (Person, Place, Summit, ...)."""
    note: Texts | None = None
    number: int = 1
    """Its number among the claims of its source that say the same of the same fact."""


@dataclass(frozen=True, slots=True)
class Involvement:
    role: str
    actor: str
    claims: tuple[str, ...]
    """Slugs of the claims that tell of it: those of the role, or else those of the fact's existence."""
    on_behalf_of: str | None = None
    """Slug of the actor on whose behalf this one is in the fact, if that is a plain field."""


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A person in a fact whom no source names, or several such people; otherwise like an Involvement."""

    role: str
    description: str
    """A short phrase of ours in English."""
    claims: tuple[str, ...]
    count: int | None = None
    """Number of people, or None if no source gives it."""
    on_behalf_of: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact with its claims.

    `fields` holds the plain fields by the contract's field name: a text, a list of slugs or texts by language. Fields
    that are written as value: citations are in `claims` only.
    """

    slug: str
    typename: str
    """The GraphQL type, one of FACT_TYPES."""
    claims: tuple[Claim, ...]
    fields: Mapping[str, object] = field(default_factory=dict)
    involvements: tuple[Involvement, ...] = ()
    names: tuple[Name, ...] = ()
    summary: Texts | None = None
    told_by: str = "existence"
    """The property of the claims by which sources tell of the fact; for a quote, its text."""
    curation: str = "CURATED"
    file: str = ""
    line: int = 0
    unnamed: tuple[Unnamed, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    slug: str
    property: str
    basis: str
    claims: tuple[str, ...]
    """Slugs of claims."""
    note: Texts | None = None


@dataclass(frozen=True)
class Record:
    """The whole record, by slug."""

    sources: Mapping[str, Source]
    actors: Mapping[str, Actor]
    places: Mapping[str, Place]
    facts: Mapping[str, Fact]
    conflicts: Mapping[str, Conflict]
    properties: Mapping[str, Texts]
    """Descriptions of the properties that claims are about, and of other open terms."""
    datasets: Mapping[str, SourceDataset] = field(default_factory=dict)
    aliases: Aliases = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    """The documents that are loaded and may be shown whole, by the slugs of their sources."""

    @cached_property
    def invitations(self) -> Mapping[str, tuple[str, ...]]:
        """Slugs of the invitations that name a meeting as their result, by the slug of the meeting."""
        found: dict[str, list[str]] = {}
        for fact in self.facts.values():
            if fact.typename == "Invitation":
                claimed = (claim.value for claim in fact.claims if claim.property == "meeting")
                for meeting in {*claimed, fact.fields.get("meeting")} - {None}:
                    found.setdefault(str(meeting), []).append(fact.slug)
        return {meeting: tuple(slugs) for meeting, slugs in found.items()}
