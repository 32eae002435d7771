"""What values fields and properties take, and what is wrong with one; it reads no files."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from service.store import dates
from service.store.terms import Term

ACTORS = frozenset({"Person", "Organisation", "Country"})
MEETINGS = frozenset({"Summit", "Talks"})
FACTS = MEETINGS | {"Quote", "Event", "Invitation", "Office", "Relationship"}

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")
LONGEST_PHRASE = 200


class Form(Enum):
    """What a value looks like; its value is what a message calls it."""

    PHRASE = "a short phrase"
    TEXT = "a text"
    DATE = "a date"
    NUMBER = "a number"
    LANGUAGE = "a language tag"
    WORD = "a word of a vocabulary"
    SLUG = "a slug"


@dataclass(frozen=True, slots=True)
class Kind:
    """What values something takes: `words` of a vocabulary, or slugs of entries of some GraphQL types."""

    form: Form
    words: type[Term] | None = None
    typenames: frozenset[str] = frozenset()


PHRASE, TEXT, DATE, NUMBER, LANGUAGE_TAG = (
    Kind(form) for form in (Form.PHRASE, Form.TEXT, Form.DATE, Form.NUMBER, Form.LANGUAGE)
)


def word(vocabulary: type[Term]) -> Kind:
    return Kind(Form.WORD, words=vocabulary)


def slug(*typenames: str) -> Kind:
    return Kind(Form.SLUG, typenames=frozenset(typenames))


ACTOR, PERSON, ORGANISATION, COUNTRY = slug(*ACTORS), slug("Person"), slug("Organisation"), slug("Country")
PLACE, MEETING, QUOTE, FACT = slug("Place"), slug(*MEETINGS), slug("Quote"), slug(*FACTS)

KINDS: Mapping[str, Kind] = {
    "phrase": PHRASE,
    "date": DATE,
    "number": NUMBER,
    "actor": ACTOR,
    "place": PLACE,
    "fact": FACT,
}
"""The kinds of value that a property can be given in `properties.yaml`."""


@dataclass
class Index:
    """The GraphQL type of every entry that the seeds write, by slug; `agencies` are the news agencies."""

    actors: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    agencies: set[str] = field(default_factory=set)

    def typename(self, value: str | None, kind: Kind) -> str | None:
        """The type of the entry whose slug the value is; None where it is none, or of another type."""
        entries = self.places if kind is PLACE else self.actors if kind.typenames <= ACTORS else self.facts
        found = entries.get(value or "")
        return found if found in kind.typenames else None


def fault(value: str, kind: Kind, index: Index) -> str | None:
    """What is wrong with a value, if anything."""
    if kind.form is Form.WORD and kind.words is not None and value not in kind.words.__members__:
        return f"{value!r} is none of {', '.join(kind.words.__members__)}"
    if kind.form is Form.SLUG and index.typename(value, kind) is None:
        return _unknown(value, kind, index)
    if kind.form is Form.DATE:
        return date_fault(value)
    if kind.form is Form.NUMBER and not _NUMBER.fullmatch(value):
        return f"{value!r} is not a whole number"
    if kind.form is Form.LANGUAGE and not LANGUAGE.fullmatch(value):
        return f"{value!r} is not a language tag"
    if kind.form is Form.PHRASE and len(value) > LONGEST_PHRASE:
        return f"a phrase has at most {LONGEST_PHRASE} characters, not {len(value)}"
    return None


def date_fault(value: str) -> str | None:
    """What is wrong with a date, if anything."""
    try:
        dates.parse(value)
    except dates.InvalidDate as error:
        return f"{value!r}: {error}"
    return None


def _unknown(value: str, kind: Kind, index: Index) -> str:
    wanted = " or ".join(sorted(kind.typenames)) if len(kind.typenames) < 3 else "actor"
    if kind is FACT:
        wanted = "fact"
    if kind is PLACE and index.actors.get(value) == "Country":
        return f"the country {value!r} has no Place of kind COUNTRY with its slug in places.yaml"
    return f"there is no {wanted} {value!r}"
