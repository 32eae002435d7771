"""Who, where and when of a fact, in a line for each language that a search may be written in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from service.store import dates
from service.store.enums import SourceKind, require_each
from service.store.record.record import Actor, Claim, Place, Record, Source
from service.store.record.snapshots import Snapshot
from service.store.search.document import OWN, TOLD, Text
from service.store.wording.dates import label
from service.store.wording.labels import WORDED
from service.store.wording.names import common, told_in
from service.store.wording.words import LANGUAGES, PROPERTIES, VALUES

FRENCH = "fr"
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
KINDS: Mapping[str, Mapping[str, str]] = {
    "Summit": {
        "en": "summit, meeting",
        "de": "Gipfel, Treffen",
        "ko": "정상회담, 회담",
        "ru": "саммит, встреча",
        "fr": "sommet, rencontre",
    },
    "Talks": {
        "en": "talks, meeting",
        "de": "Gespräche, Treffen",
        "ko": "회담",
        "ru": "переговоры, встреча",
        "fr": "entretiens, rencontre",
    },
    "Agreement": {
        "en": "agreement",
        "de": "Abkommen, Vereinbarung",
        "ko": "합의, 협정",
        "ru": "соглашение, договор",
        "fr": "accord",
    },
    "Invitation": {
        "en": "invitation",
        "de": "Einladung",
        "ko": "초청, 초대",
        "ru": "приглашение",
        "fr": "invitation",
    },
}
"""What an entry is, as one word of a search; of events their labels tell it."""
SOURCE_KINDS = {
    "ARTICLE": "article, source",
    "OFFICIAL_RECORD": "document, source",
    "POST": "post, source",
    "RECORDING": "recording, source",
    "TRANSCRIPT": "transcript, source",
    "DATASET": "data set, source",
}
require_each(SOURCE_KINDS, "SOURCE_KINDS of service/store/search/context.py", SourceKind)
QUOTE = "quote"
"""In English alone: the vocabulary has what they are in the other languages."""


def context_lines(record: Record, snapshot: Snapshot, place: str, *, is_whole: bool) -> Iterator[Text]:
    """What the snapshot tells of those in it, of its `place` (the property) and the time, by language.

    is_whole: whether it is what it was between, where and when; else these are only told around it.
    """
    weight = OWN if is_whole else TOLD
    places = [*_containers(record, snapshot.value(place))]
    for language in (*LANGUAGES, FRENCH):
        pieces = [*_who(record, snapshot, language), *_where(record, places, language), *_when(snapshot, language)]
        kind = KINDS.get(snapshot.fact.typename, {}).get(language)
        line = "; ".join(dict.fromkeys(pieces))
        if line or kind:
            yield Text(f"{kind}: {line}" if kind else line, language, weight)
    yield from _otherwise(record, snapshot, places if is_whole else None)


def source_lines(source: Source) -> Iterator[Text]:
    """What a source is, and its day in numbers."""
    yield Text(SOURCE_KINDS[source.kind], "en", TOLD)
    yield Text(source.published, None, TOLD)


def _otherwise(record: Record, snapshot: Snapshot, places: Sequence[Place] | None) -> Iterator[Text]:
    """What else it is, those in it and the `places` are called, and the time in numbers; None: no names."""
    if snapshot.fact.typename == "Quote":
        yield Text(QUOTE, "en", TOLD)
    if places is not None:
        entries = [record.actors.get(each.actor) for each in snapshot.involvements()]
        aliases = [each for entry in (*entries, *places) if entry for each in entry.names]
        yield from (Text(each.text, each.language, TOLD) for each in aliases if each.kind == "ALIAS")
    if day := _day(snapshot):
        yield Text(day, None, TOLD)


def claimed_values(snapshot: Snapshot) -> Iterator[Text]:
    """The values of the standing claims, in words; of each property its name."""
    told = [claim for claim in snapshot.standing if claim.value]
    for claim in told:
        yield from _value(claim)
    properties = sorted({claim.property for claim in told if _is_text(claim)} & PROPERTIES.keys())
    for place, language in enumerate(LANGUAGES):
        if words := ", ".join(PROPERTIES[each][place] for each in properties):
            yield Text(words, language, TOLD)


def _value(claim: Claim) -> Iterator[Text]:
    value = claim.value or ""
    if claim.property in WORDED and value in VALUES:
        for language, word in zip(LANGUAGES, VALUES[value], strict=True):
            yield Text(word.replace("_", " "), language, TOLD)
    elif _is_text(claim):
        yield Text(value, None, TOLD)


def _is_text(claim: Claim) -> bool:
    """Whether the value is words: no entry, no date, no term of a vocabulary."""
    value = claim.value or ""
    if claim.property in ("existence", "text") or claim.value_typename or value == value.upper():
        return False
    return not claim.property.endswith(("date", "Date", "On")) and any(letter.isalpha() for letter in value)


def _who(record: Record, snapshot: Snapshot, language: str) -> list[str]:
    return [_name(record.actors, each.actor, language) for each in snapshot.involvements()]


def _name(entries: Mapping[str, Actor | Place], slug: str, language: str) -> str:
    """What an actor or a place is called in a language, else in English: a search may mix them."""
    return told_in(common(entries[slug].names if slug in entries else ()), language) or slug


def _containers(record: Record, slug: str | None) -> Iterator[Place]:
    """A place and what it lies in, from the inside outward."""
    while slug and slug in record.places:
        yield (place := record.places[slug])
        slug = place.part_of


def _where(record: Record, places: Iterable[Place], language: str) -> list[str]:
    return [_name(record.places, place.slug, language) for place in places]


def _day(snapshot: Snapshot) -> str | None:
    return snapshot.dated().date or snapshot.dated("plannedDate").date


def _when(snapshot: Snapshot, language: str) -> list[str]:
    day = _day(snapshot)
    if day is None:
        return []
    return [_french(day)] if language == FRENCH else [label(day, language)]


def _french(day: str) -> str:
    """The first and the last possible day."""
    edtf = dates.parse(day)
    ends = dict.fromkeys(each for each in (edtf.earliest, edtf.latest) if each)
    if len(ends) == 2 and len({(each.year, each.month) for each in ends}) == 1:
        first = next(iter(ends))
        return f"{MONTHS[first.month - 1]} {first.year}"
    return " - ".join(f"{each.day} {MONTHS[each.month - 1]} {each.year}" for each in ends)
