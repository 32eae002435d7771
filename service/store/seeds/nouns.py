"""What an entry of each file holds: its validation and the JSON Schema for editors both come from these models."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter

from service.store import enums
from service.store.enums import Role
from service.store.plover import MODES
from service.store.seeds import values
from service.store.seeds.values import PAIR, Actor, Date, Language, Phrase, Texts, changing
from service.store.seeds.written import (
    Citations,
    Cited,
    Names,
    OneAddress,
    OneCitation,
    OneClaim,
    OneDay,
    OneOrMore,
    OneTimeSpan,
    OnlyCited,
    OpenProperty,
    Participation,
    Property,
    Slugs,
    TextsOrValue,
    Value,
    Values,
    Written,
)
from service.store.wording.names import by_tag
from service.store.wording.words import LANGUAGES

URL = r"^https?://\S+$"
ALL_MODES = frozenset(mode for modes in MODES.values() for mode in modes)


def _in_each_language(texts: Texts) -> Texts:
    if missing := [language for language in LANGUAGES if language not in by_tag(texts)]:
        raise ValueError(f"it is missing in {', '.join(missing)}")
    return texts


class NamedActor(Written):
    """Whoever acts, with its names and its number in Wikidata."""

    names: Names
    wikidata: Annotated[str, Field(pattern="^Q[1-9][0-9]*$")] | None = None


class Person(NamedActor):
    """A person; a citation under `leads` makes the person a leader."""

    country: values.Country | None = None
    leads: OneCitation | None = None


class Organisation(NamedActor):
    """An organisation, such as a news agency or a ministry."""

    kind: enums.OrganisationKind
    country: values.Country | None = None


class Country(NamedActor):
    """A state."""

    code: Annotated[str, Field(pattern="^[A-Z]{2}$")]
    alpha3: Annotated[str, Field(pattern="^[A-Z]{3}$")]


class Place(Written):
    """A country as a place, a region, a city or a venue."""

    names: Names
    kind: enums.PlaceKind
    country: values.Country | None = None
    partOf: values.Place | None = None
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    timezone: Annotated[str, Field(pattern="^[A-Z][A-Za-z_]+(/[A-Z][A-Za-z_-]+){1,2}$")] | None = None


class SourceDataset(Written):
    """A published data set that sources are taken from."""

    name: str
    licence: str
    url: Annotated[str, Field(pattern=URL)]
    version: str | None = None
    attribution: str | None = None
    retrievedOn: OneDay | None = None


class Source(Written):
    """A document; all of it that is in no passage of `roles` is BODY. `cues` give passages their times."""

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
    cues: dict[OneAddress, OneTimeSpan] | None = None
    roles: dict[enums.PassageRole, OneOrMore[OneAddress]] | None = None
    unrecorded: dict[OneAddress, str] | None = None


class Conflict(Written):
    """Claims that do not agree with each other."""

    property: str
    basis: enums.ConflictBasis
    claims: Annotated[list[OneClaim], Field(min_length=2)]
    note: Texts | None = None


class Description(Written):
    """What a property or another open term means, in each language; `value` is the kind of value that it takes."""

    slug = str
    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[Language, str]

    value: Literal["phrase", "date", "number", "actor", "place", "fact"] | None = None
    en: str


class Fact(Written):
    """A fact; any further key is a property that properties.yaml describes, as value: citations.

    `told_by` is the property by which sources tell of it.
    """

    model_config = ConfigDict(extra="allow")
    told_by: ClassVar[str] = "existence"
    __pydantic_extra__: dict[str, OpenProperty]

    date: OnlyCited[Date] = None
    summary: Texts | None = None
    curation: enums.Curation = enums.Curation.CURATED


class Quote(Fact):
    """Words that somebody is reported to have used."""

    told_by = "text"

    text: Annotated[Cited[str], Property(is_open=False)]
    language: Language
    form: enums.QuoteForm
    originalLanguage: Value[Language] = None
    medium: Value[enums.Medium] = None
    speaker: Annotated[Value[Actor], Property(role=Role.SPEAKER)] = None
    speakerDescription: Phrase | None = None
    addressees: Annotated[Values[Actor], Property("addressee", Role.ADDRESSEE)] = None
    about: Annotated[Values[Actor], Property(role=Role.ABOUT)] = None
    aboutFacts: Annotated[Values[values.Fact], Property("aboutFact", is_open=False)] = None
    meeting: Value[values.Meeting] = None
    variants: Slugs[values.Quote] | None = None
    translation: Texts | None = None


class ExistingFact(Fact):
    """A fact whose existence sources tell of."""

    existence: Annotated[Citations, Property(is_open=False)]


class Meeting(ExistingFact):
    """A meeting, held or only planned; at leaders' level it is a Summit."""

    level: enums.MeetingLevel
    names: Names
    participants: dict[Actor, Participation] | None = None
    format: Value[enums.MeetingFormat] = None
    status: OnlyCited[Annotated[enums.MeetingStatus, changing(has_author=True)]] = None
    outcome: Value[enums.MeetingOutcome] = None
    place: Value[values.Place] = None
    plannedDate: OnlyCited[Date] = None


class Event(ExistingFact):
    """A political event coded in PLOVER."""

    eventType: enums.EventType
    act: Annotated[Texts, AfterValidator(_in_each_language)]
    mode: Annotated[Phrase, Field(json_schema_extra={"enum": [*sorted(ALL_MODES)]})] | None = None
    modality: enums.Modality | None = None
    medium: Value[enums.Medium] = None
    actors: Annotated[Values[Actor], Property("actor", Role.ACTOR)] = None
    recipients: Annotated[Values[Actor], Property("recipient", Role.RECIPIENT)] = None
    about: Annotated[Values[Actor], Property(role=Role.ABOUT)] = None
    aboutFacts: Annotated[Values[values.Fact], Property("aboutFact", is_open=False)] = None
    place: Value[values.Place] = None
    meeting: Value[values.Meeting] = None
    quote: Value[values.Quote] = None


class Invitation(ExistingFact):
    """An invitation, with its response."""

    issuer: Annotated[Value[Actor], Property(role=Role.ISSUER)] = None
    issuerDescription: Phrase | None = None
    onBehalfOf: Annotated[Value[Actor], Property(role=Role.ON_BEHALF_OF)] = None
    carrier: Annotated[Value[Actor], Property(role=Role.CARRIER)] = None
    invitee: Annotated[Value[Actor], Property(role=Role.INVITEE)] = None
    destination: Value[values.Place] = None
    medium: Value[enums.Medium] = None
    response: OnlyCited[Annotated[enums.InvitationResponse, changing(has_author=True)]] = None
    respondedOn: OnlyCited[Date] = None
    madeAt: Value[values.Meeting] = None
    meeting: Value[values.Meeting] = None


class Office(ExistingFact):
    """An office that a person holds or held."""

    person: Annotated[Value[values.Person], Property("holder", Role.HOLDER)] = None
    title: TextsOrValue = None
    of: Value[Actor] = None
    attested: OnlyCited[Date] = None


class Relationship(ExistingFact):
    """What stands between two people or two states, whom its slug names."""

    slug = Annotated[str, Field(pattern=f"^{PAIR}$")]

    state: OnlyCited[Annotated[Phrase, changing(has_author=False)]] = None


FILES: Mapping[str, type[Written]] = {
    "people.yaml": Person,
    "organisations.yaml": Organisation,
    "countries.yaml": Country,
    "places.yaml": Place,
    "datasets.yaml": SourceDataset,
    "sources.yaml": Source,
    "meetings.yaml": Meeting,
    "quotes.yaml": Quote,
    "events.yaml": Event,
    "invitations.yaml": Invitation,
    "offices.yaml": Office,
    "relationships.yaml": Relationship,
    "conflicts.yaml": Conflict,
    "properties.yaml": Description,
}
"""What an entry of each file is."""
ACTORS = {file: noun for file, noun in FILES.items() if issubclass(noun, NamedActor)}
FACTS = {file: noun for file, noun in FILES.items() if issubclass(noun, Fact)}


@cache
def properties_of(noun: type[Fact]) -> Mapping[str, Property]:
    """What the claims of each field are called."""
    fields = noun.model_fields.items()
    found = {name: [one for one in field.metadata if isinstance(one, Property)] for name, field in fields}
    return {name: replace(many[-1], name=many[-1].name or name) for name, many in found.items() if many}


KNOWN: Mapping[str, Any] = {
    str(property.name): noun.model_fields[name].annotation if property.is_open and not property.role else None
    for noun in FACTS.values()
    for name, property in properties_of(noun).items()
} | {"participant": None, "host": None}
"""The properties that some noun has a field for, and that sources can be cited for.

Those that any fact can have claims of, whether or not its noun has the field, with what is written there."""


@cache
def kind_of(name: str) -> TypeAdapter[Any] | None:
    """What claims of a known property must be, where any fact can have them."""
    return TypeAdapter(KNOWN[name], config=Written.model_config) if KNOWN.get(name) else None
