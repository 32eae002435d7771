"""One line for each source, reading, claim and conflict in each language of labels.

A label is made of timeless names and of what the reading itself decides: never of what another fact decides.
"""

from collections.abc import Mapping, Sequence

from service.store.record.decide import as_date
from service.store.record.readings import Reading
from service.store.record.record import Actor, Claim, Conflict, Fact, Place, Record, Source
from service.store.wording import dates
from service.store.wording.names import common, told_in
from service.store.wording.words import EVENTS, LANGUAGES, PHRASES, PROPERTIES, VALUES, Words

LONGEST = 90
WORDED = frozenset({"status", "outcome", "format", "response"})
"""Properties whose values have words of their own."""


def shortened(text: str) -> str:
    """At most LONGEST characters, cut between words."""
    text = " ".join(text.split())
    if len(text) <= LONGEST:
        return text
    return text[:LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:.-–") + "…"


def called(entries: Mapping[str, Actor | Place | Fact], slug: str, language: str) -> str:
    """What an actor, a place or a meeting is called; what has no name goes by its slug."""
    names = entries[slug].names if slug in entries else ()
    return told_in(common(names), language) or slug


def of_source(record: Record, source: Source) -> dict[str, str]:
    """The title, else the outlet and the day."""
    if source.title:
        return dict.fromkeys(LANGUAGES, source.title)
    return {language: ", ".join(_outlet(record, source, language)) for language in LANGUAGES}


def of_claim(record: Record, claim: Claim) -> dict[str, str]:
    """`status: SCHEDULED (Süddeutsche Zeitung, 18 April 2019)`."""
    source = record.sources[claim.source]
    labels = {}
    for language in LANGUAGES:
        who, when = _outlet(record, source, language)
        what = _property(claim.property, language)
        if claim.property != "existence":
            what += ": " + _value(record, claim, language)
        labels[language] = _filled("claim", language, what=what, who=who, when=when)
    return labels


def of_conflict(conflict: Conflict, fact: Mapping[str, str]) -> dict[str, str]:
    """Over which property the claims do not agree; `fact` is the label of the fact concerned."""
    return {
        language: _filled("conflict", language, property=_property(conflict.property, language), fact=fact[language])
        for language in LANGUAGES
    }


def of_reading(record: Record, reading: Reading) -> dict[str, str]:
    """A line for a fact as it was known."""
    line = {
        "Quote": _quote,
        "Event": _event,
        "Invitation": _invitation,
        "Office": _office,
        "Relationship": _relationship,
    }.get(reading.fact.typename, _meeting)
    return {language: line(record, reading, language) for language in LANGUAGES}


def _meeting(record: Record, reading: Reading, language: str) -> str:
    return called(record.facts, reading.fact.slug, language)


def _quote(record: Record, reading: Reading, language: str) -> str:
    text = shortened(reading.needed("text"))
    if reading.fact.fields.get("form") != "INDIRECT":
        text = _filled("quoted", language, text=text)
    who = _speaker(record, reading, language)
    return f"{who}: {text}" if who else text


def speakers(record: Record, reading: Reading) -> list[str]:
    """Who says the words of a quote, in each language of labels."""
    return [who for language in LANGUAGES if (who := _speaker(record, reading, language))]


def _speaker(record: Record, reading: Reading, language: str) -> str | None:
    speaker = reading.involved("SPEAKER")
    return called(record.actors, speaker, language) if speaker else reading.value("speakerDescription")


def _event(record: Record, reading: Reading, language: str) -> str:
    kind = _word(EVENTS[reading.needed("eventType")], language)
    actors, recipients = (_involved(record, reading, role, language) for role in ("ACTOR", "RECIPIENT"))
    sides = " → ".join(", ".join(side) for side in (actors, recipients) if side)
    return _dated(f"{kind}: {sides}" if sides else kind, reading, language)


def _invitation(record: Record, reading: Reading, language: str) -> str:
    invitee = called(record.actors, reading.involved("INVITEE") or "", language)
    issuer = reading.involved("ISSUER")
    if issuer is None:
        line = _filled("invitation without issuer", language, invitee=invitee)
    else:
        line = _filled("invitation", language, issuer=called(record.actors, issuer, language), invitee=invitee)
    return _dated(line, reading, language)


def _office(record: Record, reading: Reading, language: str) -> str:
    title = told_in(reading.texts("title"), language) or reading.value("title")
    holder = reading.value("person") or reading.involved("HOLDER") or ""
    return f"{called(record.actors, holder, language)}, {title}"


def _relationship(record: Record, reading: Reading, language: str) -> str:
    one, other = (called(record.actors, slug, language) for slug in reading.fact.slug.split("--"))
    return _filled("relationship", language, one=one, other=other)


def _involved(record: Record, reading: Reading, role: str, language: str) -> Sequence[str]:
    return [called(record.actors, i.actor, language) for i in reading.involvements() if i.role == role]


def _dated(line: str, reading: Reading, language: str) -> str:
    day = reading.dated().date
    return f"{line}, {dates.label(day, language)}" if day else line


def _outlet(record: Record, source: Source, language: str) -> tuple[str, str]:
    """Who published it and when, in words."""
    who = called(record.actors, source.outlet, language) if source.outlet else source.document
    return who, dates.label(source.published, language)


def _property(property: str, language: str) -> str:
    return _word(PROPERTIES[property], language) if property in PROPERTIES else property


def _value(record: Record, claim: Claim, language: str) -> str:
    if claim.value is None:
        return _word(PHRASES["unknown"], language)
    if claim.property == "text":
        return _filled("quoted", language, text=shortened(claim.value))
    day = as_date(claim.property, claim.value)
    if day:
        return dates.label(day, language)
    if claim.property in WORDED and claim.value in VALUES:
        return _word(VALUES[claim.value], language)
    if claim.value_typename:
        return called(_entries(record, claim.value_typename), claim.value, language)
    return shortened(claim.value)


def _entries(record: Record, typename: str) -> Mapping[str, Actor | Place | Fact]:
    if typename == "Place":
        return record.places
    return record.actors if typename in ("Person", "Organisation", "Country") else record.facts


def _filled(phrase: str, language: str, **parts: str) -> str:
    return _word(PHRASES[phrase], language).format(**parts)


def _word(words: Words | Mapping[str, str], language: str) -> str:
    return words[language] if isinstance(words, Mapping) else words[LANGUAGES.index(language)]
