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
    """Statement of a source: the `{property}` and its `{value}`."""
    byline: str
    """Suffix of the statement of a source: `{who}` published it, and `{when}`."""
    unknown: str
    """Text for the value if a source says that it is not known."""
    conflict: str
    """Conflict over a `{property}` of a `{fact}`."""
    differing: str
    """`{property}`, and `{how}` its claims differ."""
    between: str
    """`{fact}` and its `{sides}`."""
    inferred: str
    """`{day}` that no document prints."""
    withdrawn: str
    """`{line}` that only withdrawn sources report."""
    titled: str
    """`{source}` with its `{title}`."""
    supplied: str
    """`{title}` in our own words."""
    quoted: str
    """`{text}` in quotation marks."""
    quoted_in_translation: str
    """`{text}` in quotation marks that we have translated."""
    quote: str
    """`{who}` said the `{text}`."""
    event: str
    """`{act}` between its `{sides}`."""
    invitation: str
    """Invitation by an `{issuer}` to an `{invitee}`."""
    invitation_without_issuer: str
    """Invitation to an `{invitee}`."""
    relationship: str
    """Relationship between `{one}` and `{other}`."""
    meeting: str
    """Meeting of `{who}`, for a meeting without a name of its own."""
    last: str
    """Text before the last of those who met."""


@dataclass(frozen=True, kw_only=True)
class Months:
    """Names of the months in each case that a date needs, January first, separated by spaces."""

    with_day: str
    alone: str
    since: str
    """Months without a day, in the case that `since` and `since_end_unknown` require."""
    between: str
    """Months without a day, in the case that `between` requires."""

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
    """Each of several years except the last."""
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
    """Function that corrects, in a complete phrase, what depends on the next word."""
    day_first_separators: Sequence[str] = ()
    """Separators that are only used in figures with the day before the month, such as the full stop of 1.5.1986."""

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
    """Words that say nothing about what is sought, including question words. A stop word must not be a significant word
    in another language or part of a name: war, il and un are not stop words."""
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
    """Words that describe an entry in a search, by GraphQL type."""
    meanings: Mapping[str, str]
    """Words of diplomacy by meaning; the key of a meaning is its first English word. Only one of the forms that the
    stemmer reduces to one stem is listed, together with forms that it does not reduce to it, such as `traf`. Each line
    has one thing and its names, not related things. A meaning may be missing if another meaning has its words."""


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """Language in which labels are given."""

    tag: str
    """BCP 47 tag."""
    cldr: str
    """CLDR locale of the months, date patterns and lists."""
    enums: Mapping[type[Vocabulary], Mapping[str, str]]
    """Words of ENUMS as used in a heading of a table or a chart."""
    modes: Mapping[str, str]
    """Words for PLOVER's modes. If several event types share the spelling of a mode (expel, meet, withdraw), its word
    fits each of them."""
    hearsay: Mapping[Literal["true", "false"], str]
    leads: Mapping[Literal["true", "false"], str]
    """Words for whether an office leads a state or a government."""
    languages: Mapping[str, str]
    """Names of the languages of sources and quotes, and of those with labels, by BCP 47 tag; as in CLDR."""
    differences: Mapping[str, str]
    """Words for how claims differ, by the basis of a conflict, if not simply in the value or the day given.
    A fact may have a conflict of each kind over one property."""
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
