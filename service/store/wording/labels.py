"""One line for each source, snapshot, claim and conflict in each language of labels.

A label is made of timeless names and of what the snapshot itself decides: never of what another fact decides.
"""

from collections.abc import Callable, Mapping, Sequence

from service.store.enums import FactKind, require_each
from service.store.record.decide import as_date
from service.store.record.record import Actor, Claim, Conflict, Fact, Place, Record, Source
from service.store.record.snapshots import Snapshot, texts_of
from service.store.wording import dates
from service.store.wording.names import by_tag, common, primary, told_in
from service.store.wording.words import ACTS, DIFFERENCES, EVENTS, LANGUAGES, PHRASES, PROPERTIES, VALUES, Words

LONGEST = 90
OWN_WORDS = frozenset({"title", "designation", "ending"})
"""Properties whose values are the source's own words; other phrases are ours, in English."""
WORDED = frozenset({"status", "outcome", "format", "setting", "withinKind", "response", "kind"})
"""Properties whose values have words of their own."""


def shortened(text: str) -> str:
    """At most LONGEST characters, cut between words."""
    text = " ".join(text.split())
    if len(text) <= LONGEST:
        return text
    return text[:LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:.-–") + "…"


class Unspoken(LookupError):
    """What a label is made of is not there in its language: the line is told in English as a whole."""


def called(entries: Mapping[str, Actor | Place | Fact], slug: str, language: str) -> str:
    """What an actor, a place or a meeting is called, or what was done in an event; what has no name goes by its slug.

    Raises Unspoken where it has names, but none in that language. A name that is spelt alike in all languages that
    it has is a name in every language.
    """
    names = _names(entries[slug]) if slug in entries else {}
    if language != "en" and len(set(names.values())) > 1 and language not in by_tag(names):
        raise Unspoken(slug)
    return told_in(names, language) or slug


def _names(entry: Actor | Place | Fact) -> Mapping[str, str]:
    return common(entry.names) or (texts_of(entry, "act") if isinstance(entry, Fact) else {})


def _in_each_language(line: Callable[[str], str]) -> dict[str, str]:
    """The line in each language of labels, in English where it cannot be told whole; it never mixes them."""
    english = line("en")
    lines = {"en": english}
    for language in LANGUAGES[1:]:
        try:
            lines[language] = line(language)
        except Unspoken:
            lines[language] = english
    return lines


def of_source(record: Record, source: Source) -> dict[str, str]:
    """A record's title; of an article the outlet, the day and the title, in square brackets where it is ours."""
    if source.title and source.kind == "OFFICIAL_RECORD":
        return dict.fromkeys(LANGUAGES, source.title)
    return _in_each_language(lambda language: _source(record, source, language))


def _source(record: Record, source: Source, language: str) -> str:
    who, when = _outlet(record, source, language)
    title, supplied = source.title, by_tag(source.supplied_title or {})
    if supplied and language not in supplied:
        raise Unspoken(language)
    if supplied:
        title = _filled("supplied", language, title=supplied[language])
    line = f"{who}, {when}"
    return _filled("titled", language, source=line, title=title) if title else line


def of_claim(record: Record, claim: Claim) -> dict[str, str]:
    """`status: SCHEDULED (Süddeutsche Zeitung, 18 April 2019)`."""
    return _in_each_language(lambda language: _claim(record, claim, language))


def _claim(record: Record, claim: Claim, language: str) -> str:
    who, when = _outlet(record, record.sources[claim.source], language)
    what = _property(claim.property, language)
    if claim.property != "existence":
        what += ": " + _value(record, claim, language)
    return _filled("claim", language, what=what, who=who, when=when)


def of_conflict(record: Record, conflict: Conflict, snapshot: Snapshot) -> dict[str, str]:
    """Over what and how the claims differ; `snapshot` is of the fact concerned, a meeting with those whom it is of."""
    return _in_each_language(lambda language: _conflict(record, conflict, snapshot, language))


def _conflict(record: Record, conflict: Conflict, snapshot: Snapshot, language: str) -> str:
    fact = _line(record, snapshot, language)
    if snapshot.fact.typename in ("Summit", "Talks"):
        sides = [*_involved(record, snapshot, "PARTICIPANT", language), *_involved(record, snapshot, "HOST", language)]
        fact = _filled("between", language, fact=fact, sides=", ".join(sides))
    property = _property(conflict.property, language)
    if conflict.basis in DIFFERENCES:
        property = _filled("differing", language, property=property, how=_word(DIFFERENCES[conflict.basis], language))
    return _filled("conflict", language, property=property, fact=fact)


def of_snapshot(record: Record, snapshot: Snapshot) -> dict[str, str]:
    """A line for a fact as it was known; of one that only withdrawn sources tell it is marked."""
    return _in_each_language(lambda language: _marked(_line(record, snapshot, language), snapshot, language))


def _marked(line: str, snapshot: Snapshot, language: str) -> str:
    return _filled("withdrawn", language, line=line) if snapshot.is_withdrawn else line


def _line(record: Record, snapshot: Snapshot, language: str) -> str:
    return _LINES[snapshot.fact.typename](record, snapshot, language)


def _named(record: Record, snapshot: Snapshot, language: str) -> str:
    return called(record.facts, snapshot.fact.slug, language)


def _quote(record: Record, snapshot: Snapshot, language: str) -> str:
    """Who said what."""
    text = _words(snapshot.fact, snapshot.needed("text"), language)
    who = _speaker(record, snapshot, language)
    return f"{who}: {text}" if who else text


def _words(quote: Fact, printed: str, language: str) -> str:
    """The words of a quote, in quotation marks unless they are ours; that we have translated them is marked."""
    text, is_translated = _translated(quote, printed, language)
    if quote.fields.get("form") == "INDIRECT":
        return shortened(text)
    return _filled("quoted, translated" if is_translated else "quoted", language, text=shortened(text))


def _translated(quote: Fact, printed: str, language: str) -> tuple[str, bool]:
    """The words of a quote in a language, and whether they are our translation; in English, else as printed."""
    translations = by_tag(texts_of(quote, "translation"))
    if primary(str(quote.fields.get("language"))) == language:
        return printed, False
    if language in translations:
        return translations[language], True
    if language == "en":
        return printed, False
    raise Unspoken(language)


def speakers(record: Record, snapshot: Snapshot) -> list[str]:
    """Who says the words of a quote, in each language of labels."""
    told = _in_each_language(lambda language: _speaker(record, snapshot, language) or "")
    return [who for who in told.values() if who]


def _speaker(record: Record, snapshot: Snapshot, language: str) -> str | None:
    speaker = snapshot.involved("SPEAKER")
    if speaker:
        return called(record.actors, speaker, language)
    if language != "en":
        raise Unspoken(language)  # the description is ours, in English
    return snapshot.value("speakerDescription")


def _event(record: Record, snapshot: Snapshot, language: str) -> str:
    actors, recipients = (_involved(record, snapshot, role, language) for role in ("ACTOR", "RECIPIENT"))
    sides = " → ".join(", ".join(side) for side in (actors, recipients) if side)
    act = _act(record, snapshot, language)
    return _dated(f"{act}: {sides}" if sides else act, snapshot, language)


def _act(record: Record, snapshot: Snapshot, language: str) -> str:
    """What was done: in the record's words, or of what the event codes; of a meeting with its name."""
    coded = record.facts.get(snapshot.value("codes") or "")
    if coded is None and snapshot.texts("act"):
        return called(record.facts, snapshot.fact.slug, language)
    if coded is None:
        return _word(EVENTS[snapshot.needed("eventType")], language)
    name = snapshot.needed("act")
    if coded.typename == "Invitation":
        return _word(ACTS["invitation deferred" if name == "deferred" else name], language)
    return f"{_word(ACTS[name], language)}, {called(record.facts, coded.slug, language)}"


def _invitation(record: Record, snapshot: Snapshot, language: str) -> str:
    invitee = called(record.actors, snapshot.involved("INVITEE") or "", language)
    issuer = snapshot.involved("ISSUER")
    if issuer is None:
        line = _filled("invitation without issuer", language, invitee=invitee)
    else:
        line = _filled("invitation", language, issuer=called(record.actors, issuer, language), invitee=invitee)
    return _dated(line, snapshot, language)


def _office(record: Record, snapshot: Snapshot, language: str) -> str:
    titles = snapshot.texts("title")
    if titles and language != "en" and language not in by_tag(titles):
        raise Unspoken(language)
    title = told_in(titles, language) or snapshot.value("title")
    holder = snapshot.value("person") or snapshot.involved("HOLDER") or ""
    return f"{called(record.actors, holder, language)}, {title}"


def _relationship(record: Record, snapshot: Snapshot, language: str) -> str:
    one, other = (called(record.actors, slug, language) for slug in snapshot.fact.slug.split("--"))
    return _filled("relationship", language, one=one, other=other)


def _involved(record: Record, snapshot: Snapshot, role: str, language: str) -> Sequence[str]:
    return [called(record.actors, i.actor, language) for i in snapshot.involvements() if i.role == role]


def _dated(line: str, snapshot: Snapshot, language: str) -> str:
    day = snapshot.dated().date
    return f"{line}, {dates.label(day, language)}" if day else line


def _outlet(record: Record, source: Source, language: str) -> tuple[str, str]:
    """Who published it and when, in words; the day is marked where no document prints it."""
    who = _author(record, source, language)
    day = dates.label(source.published, language)
    return who, _filled("inferred", language, day=day) if source.published_basis == "INFERRED" else day


def _author(record: Record, source: Source, language: str) -> str:
    """Who wrote a post; of all else who published it."""
    if source.author_description and language != "en":
        raise Unspoken(language)  # the description is ours, in English
    who = source.author or source.outlet
    return source.author_description or (called(record.actors, who, language) if who else source.document)


def _property(property: str, language: str) -> str:
    return _word(PROPERTIES[property], language) if property in PROPERTIES else property


def _value(record: Record, claim: Claim, language: str) -> str:
    if claim.value is None:
        return _word(PHRASES["unknown"], language)
    if claim.property == "text":
        return _words(record.facts[claim.fact], claim.value, language)
    if claim.property in OWN_WORDS:
        return _filled("quoted", language, text=shortened(claim.value))
    day = as_date(claim.property, claim.value)
    if day:
        return dates.label(day, language)
    if claim.property in WORDED and claim.value in VALUES:
        return _word(VALUES[claim.value], language)
    if claim.value_typename:
        return called(_entries(record, claim.value_typename), claim.value, language)
    if not claim.value.isdecimal() and language != "en":
        raise Unspoken(language)
    return shortened(claim.value)


def _entries(record: Record, typename: str) -> Mapping[str, Actor | Place | Fact]:
    if typename == "Place":
        return record.places
    return record.actors if typename in ("Person", "Organisation", "Country") else record.facts


def _filled(phrase: str, language: str, **parts: str) -> str:
    return _word(PHRASES[phrase], language).format(**parts)


def _word(words: Words | Mapping[str, str], language: str) -> str:
    return words[language] if isinstance(words, Mapping) else words[LANGUAGES.index(language)]


_LINES: Mapping[str, Callable[[Record, Snapshot, str], str]] = {
    "Summit": _named,
    "Talks": _named,
    "Quote": _quote,
    "Event": _event,
    "Invitation": _invitation,
    "Agreement": _named,
    "Office": _office,
    "Relationship": _relationship,
}
"""What makes the label of a fact, by its GraphQL type."""
require_each([typename.upper() for typename in _LINES], "_LINES of service/store/wording/labels.py", FactKind)
