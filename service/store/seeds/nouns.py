"""The kinds of fact and their fields: how each is written, what it takes and what its claims are called."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from service.store import terms
from service.store.seeds import values
from service.store.seeds.values import Kind
from service.store.terms import Role


class Way(Enum):
    """How a field is written."""

    PLAIN = "plain"
    CITED = "as value: citations"
    EITHER = "plain or as value: citations"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a fact; `property` is what its claims are called, `role` the part that its actor has."""

    kind: Kind
    property: str
    way: Way = Way.EITHER
    role: Role | None = None
    is_list: bool = False
    is_needed: bool = False


@dataclass(frozen=True, slots=True)
class Noun:
    """A kind of fact; `typename` is None where it depends on the level.

    `texts` are further fields, of texts by language; `worded` is the one of them that labels are made of, and stands
    in each language of labels; `existence` is the property by which sources tell of it.
    """

    typename: str | None
    fields: Mapping[str, Field]
    texts: frozenset[str] = frozenset()
    worded: str | None = None
    existence: str = "existence"
    has_names: bool = False


def _plain(name: str, kind: Kind, *, is_needed: bool = False) -> Field:
    return Field(kind, name, Way.PLAIN, is_needed=is_needed)


def _cited(name: str, kind: Kind, *, is_needed: bool = False) -> Field:
    return Field(kind, name, Way.CITED, is_needed=is_needed)


def _role(role: Role, name: str, kind: Kind = values.ACTOR, *, is_list: bool = False) -> Field:
    return Field(kind, name, role=role, is_list=is_list)


_DATE = _cited("date", values.DATE)
_MEDIUM = Field(values.word(terms.Medium), "medium")
_MEETING = Field(values.MEETING, "meeting")
_PLACE = Field(values.PLACE, "place")
_ABOUT = _role(Role.ABOUT, "about", is_list=True)
_ABOUT_FACTS = Field(values.FACT, "aboutFact", is_list=True)

NOUNS: Mapping[str, Noun] = {
    "meetings.yaml": Noun(
        None,
        {
            "level": _plain("level", values.word(terms.MeetingLevel), is_needed=True),
            "format": Field(values.word(terms.MeetingFormat), "format"),
            "status": _cited("status", values.word(terms.MeetingStatus)),
            "outcome": Field(values.word(terms.MeetingOutcome), "outcome"),
            "place": _PLACE,
            "plannedDate": _cited("plannedDate", values.DATE),
            "date": _DATE,
        },
        has_names=True,
    ),
    "quotes.yaml": Noun(
        "Quote",
        {
            "text": _cited("text", values.TEXT, is_needed=True),
            "language": _plain("language", values.LANGUAGE_TAG, is_needed=True),
            "form": _plain("form", values.word(terms.QuoteForm), is_needed=True),
            "originalLanguage": Field(values.LANGUAGE_TAG, "originalLanguage"),
            "medium": _MEDIUM,
            "speaker": _role(Role.SPEAKER, "speaker"),
            "speakerDescription": _plain("speakerDescription", values.PHRASE),
            "addressees": _role(Role.ADDRESSEE, "addressee", is_list=True),
            "about": _ABOUT,
            "aboutFacts": _ABOUT_FACTS,
            "meeting": _MEETING,
            "variants": replace(_plain("variant", values.QUOTE), is_list=True),
            "date": _DATE,
        },
        texts=frozenset({"translation"}),
        existence="text",
    ),
    "events.yaml": Noun(
        "Event",
        {
            "eventType": _plain("eventType", values.word(terms.EventType), is_needed=True),
            "mode": _plain("mode", values.PHRASE),
            "modality": _plain("modality", values.word(terms.Modality)),
            "medium": _MEDIUM,
            "actors": _role(Role.ACTOR, "actor", is_list=True),
            "recipients": _role(Role.RECIPIENT, "recipient", is_list=True),
            "about": _ABOUT,
            "aboutFacts": _ABOUT_FACTS,
            "place": _PLACE,
            "meeting": _MEETING,
            "quote": Field(values.QUOTE, "quote"),
            "date": _DATE,
        },
        texts=frozenset({"act"}),
        worded="act",
    ),
    "invitations.yaml": Noun(
        "Invitation",
        {
            "issuer": _role(Role.ISSUER, "issuer"),
            "issuerDescription": _plain("issuerDescription", values.PHRASE),
            "onBehalfOf": _role(Role.ON_BEHALF_OF, "onBehalfOf"),
            "carrier": _role(Role.CARRIER, "carrier"),
            "invitee": _role(Role.INVITEE, "invitee"),
            "destination": Field(values.PLACE, "destination"),
            "medium": _MEDIUM,
            "response": _cited("response", values.word(terms.InvitationResponse)),
            "respondedOn": _cited("respondedOn", values.DATE),
            "madeAt": Field(values.MEETING, "madeAt"),
            "meeting": _MEETING,
            "date": _DATE,
        },
    ),
    "offices.yaml": Noun(
        "Office",
        {
            "person": _role(Role.HOLDER, "holder", values.PERSON),
            "of": Field(values.ACTOR, "of"),
            "attested": _cited("attested", values.DATE),
            "date": _DATE,
        },
        texts=frozenset({"title"}),
    ),
    "relationships.yaml": Noun("Relationship", {"state": _cited("state", values.PHRASE), "date": _DATE}),
}

PARTICIPANTS: Mapping[str, Field] = {
    "PARTICIPANT": _role(Role.PARTICIPANT, "participant"),
    "HOST": _role(Role.HOST, "host"),
}
"""The two parts that somebody can have in a meeting, as `participants` writes them."""

KNOWN: Mapping[str, Field] = {
    field.property: field
    for fields in (*(noun.fields for noun in NOUNS.values()), PARTICIPANTS)
    for field in fields.values()
    if field.way is not Way.PLAIN
} | {"title": Field(values.PHRASE, "title"), "existence": Field(values.PHRASE, "existence", is_list=True)}
"""The properties that some noun has a field for, and that sources can be cited for."""

OPEN = frozenset(name for name, field in KNOWN.items() if field.role is None and not field.is_list) - {"text"}
"""Those of them that any fact can have claims of, whether or not its noun has a field."""
