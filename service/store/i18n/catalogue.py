"""Contents of a language of the register: one `Catalogue` for each, in languages/; no language is named here."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from service.errors import VocabularyIncomplete
from service.store import enums
from service.store.enums import Vocabulary, require_each

ENUMS: Sequence[type[Vocabulary]] = (
    enums.AgreementKind,
    enums.AttributionRole,
    enums.Curation,
    enums.EntryKind,
    enums.EventType,
    enums.Factuality,
    enums.InvitationResponse,
    enums.Medium,
    enums.MeetingFormat,
    enums.MeetingLevel,
    enums.MeetingOutcome,
    enums.MeetingPhase,
    enums.MeetingSetting,
    enums.MeetingStatus,
    enums.Modality,
    enums.PassageRole,
    enums.QuadClass,
    enums.QuoteForm,
    enums.Rank,
    enums.SourceKind,
    enums.WithinKind,
)
"""Vocabularies whose values have a word in each language."""

ENUM_PROPERTIES: Mapping[str, type[Vocabulary]] = {
    "status": enums.MeetingStatus,
    "outcome": enums.MeetingOutcome,
    "format": enums.MeetingFormat,
    "setting": enums.MeetingSetting,
    "withinKind": enums.WithinKind,
    "response": enums.InvitationResponse,
    "kind": enums.AgreementKind,
}
"""Vocabularies from which the values of some properties are taken."""


@dataclass(frozen=True, kw_only=True)
class Phrases:
    """Phrases that join the parts of labels; text in braces is filled in."""

    value: str
    """What a source says of a `{property}`: `{value}`."""
    byline: str
    """Suffix of what a source says: `{who}` published it and `{when}`."""
    unknown: str
    """Value if a source says that it is not known."""
    conflict: str
    """Of `{fact}`, over `{property}`."""
    differing: str
    """A `{property}`, and `{how}` its claims differ."""
    between: str
    """A `{fact}` and its `{sides}`."""
    inferred: str
    """A `{day}` that no document prints."""
    withdrawn: str
    """A `{line}` that only withdrawn sources tell."""
    titled: str
    """A `{source}` with its `{title}`."""
    supplied: str
    """A `{title}` that is ours."""
    quoted: str
    """A `{text}` in quotation marks."""
    quoted_in_translation: str
    """A `{text}` in quotation marks that we have translated."""
    quote: str
    """`{who}` said a `{text}`."""
    event: str
    """An `{act}` between its `{sides}`."""
    invitation: str
    """By an `{issuer}` to an `{invitee}`."""
    invitation_without_issuer: str
    """To an `{invitee}`."""
    relationship: str
    """Between `{one}` and `{other}`."""
    meeting: str
    """Of those `{who}` met, where it has no name of its own."""
    last: str
    """Text before the last of those who met."""


@dataclass(frozen=True, kw_only=True)
class Months:
    """Names of the months in each case that a date needs, January first, separated by spaces."""

    with_day: str
    alone: str
    since: str
    """Without a day, as `since` and `since_end_unknown` ask for it."""
    between: str
    """Without a day, as `between` asks for it."""

    @classmethod
    def invariable(cls, names: str) -> "Months":
        """Return the months of a language in which their names never change."""
        return cls(with_day=names, alone=names, since=names, between=names)


@dataclass(frozen=True)
class ByPrecision:
    """Phrase that differs between a day and a month or year."""

    day: str
    longer: str


DatePhrase = str | ByPrecision


@dataclass(frozen=True, kw_only=True)
class DateForms:
    """Forms of dates: from `{day}`, `{month}` and `{year}`; `day`, `month` and `year` as in CLDR."""

    months: Months
    day_number: Callable[[int], str] = str
    """Text for `{day}`."""
    day: str
    day_of_year: str
    """Day next to one of the same year, which the other gives."""
    day_of_month: str
    """Day next to one of the same month."""
    month: str
    month_of_year: str
    """Month next to one of the same year."""
    year: str
    year_beside_year: str
    """Each of several years but the last."""
    years: str
    """The last of several years."""
    quarter: str
    """The `{quarter}` of a `{year}`."""

    either: str
    """Text before the last of several dates that are a choice."""
    both: str
    """Text before the last of several dates that all apply."""
    about: str
    """Text for `{about}` in an approximate date."""
    doubt: str
    """Text for `{doubt}` in an uncertain date."""
    plain: DatePhrase
    since: DatePhrase
    until: DatePhrase
    since_end_unknown: DatePhrase
    until_beginning_unknown: DatePhrase
    or_later: DatePhrase
    or_earlier: DatePhrase
    between: DatePhrase
    """At some time from the `{first}` to the `{last}`."""
    between_days_of_month: str
    contract: Callable[[str], str] = str
    """Correction, in a complete phrase, of what depends on the next word."""

    @property
    def is_year_first(self) -> bool:
        """Whether the year comes first, so that the second of two neighbours omits what they share."""
        return self.day.index("{year}") < self.day.index("{day}")


@dataclass(frozen=True, kw_only=True)
class SearchLanguage:
    """How a language is searched; words are in lower case, separated by spaces."""

    tag: str
    script: Literal["Latin", "Cyrillic", "Hangul", "Han"]
    stemmer: str = ""
    """Snowball's name of the language."""
    stop_words: str
    """What tells nothing of what is looked for, question words among it; none is a word of weight in another language
    or a part of a name: war, il and un are none."""
    spellings: Sequence[tuple[str, str]] = ()
    """Patterns that make one of several spellings before stemming, each with its replacement."""
    particles: Sequence[str] = ()
    """Endings cut from words, the longest first; words are then also looked for within longer ones."""
    compounds: str = ""
    """Nouns from which longer ones are composed."""
    links: Sequence[str] = ()
    """Text that may come between the nouns of a compound."""
    is_split_in_pairs: bool = False
    """Whether a longer word is found by each pair of neighbouring characters."""
    kinds: Mapping[str, str]
    """Words for an entry in a search, by GraphQL type."""
    meanings: Mapping[str, str]
    """Words of diplomacy by what they mean, for which the first English word stands. Of what a stemmer leads back to
    one stem one form stands here, and what it does not, such as `traf`, beside it. One line holds one thing and what it
    is called, not what is near to it. A meaning may be missing where another one has its words."""


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """Language in which labels are given."""

    tag: str
    """BCP 47 tag."""
    cldr: str
    """CLDR locale of the months, date patterns and lists."""
    shows_codes: bool = False
    """Whether the label of a claim gives a status, an outcome and the like as spelt in the contract."""
    enums: Mapping[type[Vocabulary], Mapping[str, str]]
    """Words of ENUMS as used in a heading of a table or a chart."""
    modes: Mapping[str, str]
    """PLOVER's modes. Several types share a mode's spelling (expel, meet, withdraw): its word fits each of them."""
    hearsay: Mapping[Literal["true", "false"], str]
    leads: Mapping[Literal["true", "false"], str]
    """Of an office: whether a state or a government is led by it."""
    differences: Mapping[str, str]
    """How claims differ, by the basis of a conflict, where it is not simply in the value or the day that they give: a
    fact may have a conflict of each kind over one property."""
    acts: Mapping[str, str]
    """What was done, for the events that meetings and invitations already are."""
    properties: Mapping[str, str]
    phrases: Phrases
    dates: DateForms
    search: SearchLanguage


def require_words(catalogues: Iterable[Catalogue], vocabularies: Iterable[type[Vocabulary]]) -> None:
    """Raise VocabularyIncomplete unless each catalogue has a word for exactly the values of the vocabularies."""
    vocabularies = tuple(dict.fromkeys(vocabularies))
    faults = []
    for catalogue in catalogues:
        for vocabulary in vocabularies:
            where = f"{vocabulary.__name__} of service/store/i18n/languages/{catalogue.tag}.py"
            try:
                require_each(catalogue.enums.get(vocabulary, ()), where, vocabulary)
            except VocabularyIncomplete as fault:
                faults.append(str(fault))
    if faults:
        raise VocabularyIncomplete("\n".join(faults))
