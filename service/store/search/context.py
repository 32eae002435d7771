"""Who, where and when of a fact, in one line for each language that a search may be written in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from service.store.enums import SourceKind, require_each
from service.store.i18n.date_labels import date_label
from service.store.i18n.labels import enum_value
from service.store.i18n.languages import CATALOGUES, FALLBACK, LANGUAGES, SEARCH_LANGUAGES
from service.store.i18n.names import name_in
from service.store.record.record import Actor, Claim, Place, Record, Source, Texts
from service.store.record.snapshots import Snapshot
from service.store.search.document import OWN, TOLD, Text, words_of_source
from service.store.search.folding import WORD

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
"""Only in the fallback language: in other languages the vocabulary has the word for quotes."""


def context_lines(record: Record, snapshot: Snapshot, place: str, labels: Texts, *, is_whole: bool) -> Iterator[Text]:
    """Yield a line for each language on those in the snapshot, its `place` (a property) and the time.

    A line leaves out what the label in that language has. `is_whole` says whether those involved, the place and the
    time make up the fact itself; otherwise they are only told around it.
    """
    weight = OWN if is_whole else TOLD
    places = [*_containers(record, snapshot.value(place))]
    for language in LANGUAGES:
        pieces = [
            *_actor_names(record, snapshot, language),
            *_place_names(record, places, language),
            *_day_labels(snapshot, language),
        ]
        kind = SEARCH_LANGUAGES[language].kinds.get(snapshot.fact.typename)
        label = _spaced_words(labels.get(language, ""))
        line = "; ".join(piece for piece in dict.fromkeys(pieces) if _spaced_words(piece) not in label)
        if line or kind:
            yield Text(f"{kind}: {line}" if kind else line, language, weight)
    yield from _aliases_and_day(record, snapshot, places if is_whole else None)


@lru_cache(maxsize=4_096)
def _spaced_words(text: str) -> str:
    """Return the words of a text between spaces, so that one text contains another only in whole words."""
    return f" {' '.join(WORD.findall(text))} "


def source_lines(source: Source) -> Iterator[Text]:
    """Yield what a source is, and its day in numbers."""
    yield Text(SOURCE_KINDS[source.kind], FALLBACK, TOLD)
    yield Text(source.published, None, TOLD)


def _aliases_and_day(record: Record, snapshot: Snapshot, places: Sequence[Place] | None) -> Iterator[Text]:
    """Yield what else the fact, those in it and the `places` are called, and the time in numbers; None: no names."""
    if snapshot.fact.typename == "Quote":
        yield Text(QUOTE, FALLBACK, TOLD)
    if places is not None:
        entries = [record.actors.get(each.actor) for each in snapshot.involvements()]
        aliases = [each for entry in (*entries, *places) if entry for each in entry.names]
        yield from (words_of_source(each.text, each.language) for each in aliases if each.kind == "ALIAS")
    if day := _day(snapshot):
        yield Text(day, None, TOLD)


def claimed_values(snapshot: Snapshot) -> Iterator[Text]:
    """Yield the values of the standing claims of the fact itself, in words, and the name of each property."""
    claims = snapshot.sayings.claims
    for claim in claims:
        yield from _value(claim)
    yield from _properties(tuple(sorted({claim.property for claim in claims if _is_text(claim)})))


@lru_cache(maxsize=1_024)
def _properties(properties: Sequence[str]) -> Sequence[Text]:
    """Return the names of properties."""
    names = {language: catalogue.properties for language, catalogue in CATALOGUES.items()}
    lines = {language: ", ".join(own[each] for each in properties if each in own) for language, own in names.items()}
    return [Text(line, language, TOLD) for language, line in lines.items() if line]


def _value(claim: Claim) -> Sequence[Text]:
    value = claim.value or ""
    if words := _words_of_enum(claim.property, value):
        return words
    return [words_of_source(value)] if _is_text(claim) else ()


@lru_cache(maxsize=4_096)
def _words_of_enum(property: str, value: str) -> Sequence[Text]:
    """Return a term of a vocabulary in words, or nothing for any other value."""
    if not enum_value(CATALOGUES[FALLBACK], property, value):
        return ()
    words = {language: enum_value(catalogue, property, value) or "" for language, catalogue in CATALOGUES.items()}
    return [Text(word.replace("_", " "), language, TOLD) for language, word in words.items()]


def _is_text(claim: Claim) -> bool:
    """Return whether the value is words, rather than an entry, a date or a term of a vocabulary."""
    value = claim.value or ""
    if claim.property in ("existence", "text") or claim.value_typename or value == value.upper():
        return False
    return not claim.property.endswith(("date", "Date", "On")) and any(letter.isalpha() for letter in value)


def _actor_names(record: Record, snapshot: Snapshot, language: str) -> list[str]:
    return [_name(record.actors, each.actor, language) for each in snapshot.involvements()]


def _name(entries: Mapping[str, Actor | Place], slug: str, language: str) -> str:
    """Return the name of an actor or a place in a language, or else in English, since a search may mix them."""
    return name_in(entries[slug].names if slug in entries else (), language) or slug


def _containers(record: Record, slug: str | None) -> Iterator[Place]:
    """Yield a place and the places that contain it, from the inside outward."""
    while slug and slug in record.places:
        yield (place := record.places[slug])
        slug = place.part_of


def _place_names(record: Record, places: Iterable[Place], language: str) -> list[str]:
    return [_name(record.places, place.slug, language) for place in places]


def _day(snapshot: Snapshot) -> str | None:
    return snapshot.date_of().date or snapshot.date_of("plannedDate").date


def _day_labels(snapshot: Snapshot, language: str) -> list[str]:
    day = _day(snapshot)
    return [date_label(day, language)] if day else []
