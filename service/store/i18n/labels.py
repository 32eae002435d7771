"""One-line labels of sources, snapshots, claims and conflicts in each language of labels.

A label is made of timeless names and of what the snapshot itself decides: never of what another fact decides.
"""

import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from service.store import dates, enums
from service.store.enums import PRESENT, FactKind, require_each
from service.store.i18n.catalogue import ENUM_PROPERTIES, Catalogue, Phrases, require_words
from service.store.i18n.date_labels import date_label
from service.store.i18n.languages import CATALOGUES, FALLBACK, LANGUAGES, SEARCH_LANGUAGES
from service.store.i18n.names import by_tag, common_names, primary, text_in
from service.store.record.decide import as_date
from service.store.record.record import Actor, Claim, Conflict, Fact, Name, Place, Record, Source
from service.store.record.snapshots import Snapshot, texts_of

LONGEST = 90
MEETINGS = ("Summit", "Talks")
LATIN = [tag for tag in LANGUAGES if SEARCH_LANGUAGES[tag].script == "Latin"]
"""Languages in which a name in Latin letters is written unchanged."""
OWN_WORDS = frozenset({"title", "designation", "ending"})
"""Properties whose values are the source's own words; other phrases are ours, in English."""
require_words(CATALOGUES.values(), (enums.EventType, *ENUM_PROPERTIES.values()))


def shorten(text: str) -> str:
    """Return at most LONGEST characters, cut between words."""
    text = " ".join(text.split())
    if len(text) <= LONGEST:
        return text
    return text[:LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:.-–") + "…"


class Said(NamedTuple):
    """Everything that determines the wording of a claim: two equal values have the same wording."""

    property: str
    value: str | None
    value_typename: str | None
    quote: str | None
    """Slug of the quote whose words the value is."""


def said_by(claim: Claim) -> Said:
    """Return what a claim says."""
    return Said(claim.property, claim.value, claim.value_typename, claim.fact if claim.property == "text" else None)


class Untranslated(LookupError):
    """Part of a label is missing in its language: the whole line is given in English."""


def name_of(entries: Mapping[str, Actor | Place | Fact], slug: str, language: str) -> str:
    """Return the name of an actor, place or meeting, or what was done in an event; an entry without names has its slug.

    Raises Untranslated if it has names, but none in that language. A name spelt alike in all languages of labels that
    it has is a name in each of them and, if only one of them is in Latin letters, in each of these.
    """
    entry = entries.get(slug)
    if entry and entry.names:
        name = _name_in(entry.names, language)
    else:
        name = _choose_name(texts_of(entry, "act") if isinstance(entry, Fact) else {}, language)
    if name is None:
        raise Untranslated(slug)
    return name or slug


def name_of_fact(record: Record, slug: str, language: str) -> str:
    """Return the name as `name_of`; a meeting without its own name is named by who met and when, as first reported.

    Raises Untranslated.
    """
    fact = record.facts.get(slug)
    if fact is None or fact.names or fact.typename not in MEETINGS:
        return name_of(record.facts, slug, language)
    since = min(claim.reported_on for claim in fact.claims)
    claims = {claim.slug: claim for claim in fact.claims if claim.reported_on == since}
    who = [name_of(record.actors, each, language) for each in _present(fact, claims)]
    unnamed = [each.description for each in fact.unnamed if each.role in PRESENT and claims.keys() & {*each.claims}]
    if unnamed and language != FALLBACK:
        raise Untranslated(language)  # the descriptions are ours, in English
    line = _phrases(language).meeting.format(who=_enumerate([*who, *unnamed], language))
    day = _narrowest_day(claims.values())
    return f"{line}, {date_label(day, language)}" if day else line


def _present(fact: Fact, claims: Collection[str]) -> Iterable[str]:
    """Yield those who are present by some of the claims, each once."""
    told = (each for each in fact.involvements if each.role in PRESENT and any(one in claims for one in each.claims))
    return dict.fromkeys(each.actor for each in told)


def _enumerate(names: Sequence[str], language: str) -> str:
    return _phrases(language).last.join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _narrowest_day(claims: Iterable[Claim]) -> str | None:
    """Return the narrowest of the dates that claims give for a meeting, else of those planned for it."""
    days: dict[str, list[str]] = {"date": [], "plannedDate": []}
    for claim in claims:
        if claim.property in days and claim.value:
            days[claim.property].append(claim.value)
    return min(days["date"] or days["plannedDate"], key=_length, default=None)


def _length(day: str) -> timedelta:
    edtf = dates.parse(day)
    return (edtf.latest or date.max) - (edtf.earliest or date.min)


def fact_names(record: Record, fact: Fact) -> dict[str, str]:
    """Return the names of a fact, by tag; English is always included."""
    if fact.names:
        return by_tag(common_names(fact.names))
    names = {}
    for language in LANGUAGES:
        with suppress(Untranslated):
            names[language] = name_of_fact(record, fact.slug, language)
    return names


@lru_cache(maxsize=16_384)
def _name_in(names: tuple[Name, ...], language: str) -> str | None:
    return _choose_name(common_names(names), language)


def _choose_name(names: Mapping[str, str], language: str) -> str | None:
    """Return the name in that language, empty without names; None if there are names, but none in that language."""
    if language != FALLBACK and language not in by_tag(names):
        # a name in Malay is no evidence of the name in German; and if Xi Jinping is the only name in Latin letters
        # in addition to Си Цзиньпин, languages in Latin letters have no other name for him
        known = {name for tag, name in names.items() if primary(tag) in LANGUAGES} or {*names.values()}
        spelt = {*filter(_is_latin, known)} if language in LATIN else known
        spelt = spelt or known
        if len(spelt) > 1:
            return None
        return next(iter(spelt), "")
    return text_in(names, language) or ""


def _is_latin(name: str) -> bool:
    return all(unicodedata.name(letter, "").startswith("LATIN") for letter in name if letter.isalpha())


def _label_in_each_language(line: Callable[[str], str]) -> dict[str, str]:
    """Return the line in each language of labels, or in English where it is incomplete; never mix languages."""
    lines = _translate(line)
    return dict.fromkeys(LANGUAGES, lines[FALLBACK]) | lines


def _translate(line: Callable[[str], str]) -> dict[str, str]:
    """Return the line in each language of labels in which it can be given; in English it always can."""
    lines = {FALLBACK: line(FALLBACK)}
    for language in LANGUAGES[1:]:
        with suppress(Untranslated):
            lines[language] = line(language)
    return lines


def source_labels(record: Record, source: Source) -> dict[str, str]:
    """Return a record's title; for an article the outlet, day and title, in square brackets if the title is ours."""
    if source.title and source.kind == "OFFICIAL_RECORD":
        return dict.fromkeys(LANGUAGES, source.title)
    return _label_in_each_language(lambda language: _source(record, source, language))


def _source(record: Record, source: Source, language: str) -> str:
    who, when = _outlet(record, source, language)
    title, supplied = source.title, by_tag(source.supplied_title or {})
    if supplied and language not in supplied:
        raise Untranslated(language)
    if supplied:
        title = _phrases(language).supplied.format(title=supplied[language])
    line = f"{who}, {when}"
    return _phrases(language).titled.format(source=line, title=title) if title else line


def claim_wordings(record: Record, said: Said) -> dict[str, str]:
    """Return the start of a claim's label, such as `status: scheduled`, in each language in which it can be given."""
    return _translate(lambda language: _wording(record, said, language))


def _wording(record: Record, said: Said, language: str) -> str:
    property = _property(said.property, language)
    if said.property == "existence":
        return property
    return _phrases(language).value.format(property=property, value=_value(record, said, language))


def bylines(record: Record, source: Source) -> dict[str, str]:
    """Return the end of a claim's label, in each language in which it can be given.

    An example is ` (Süddeutsche Zeitung, 18 April 2019)`.
    """
    return _translate(lambda language: _byline(record, source, language))


def _byline(record: Record, source: Source, language: str) -> str:
    who, when = _outlet(record, source, language)
    return " " + _phrases(language).byline.format(who=who, when=when)


def conflict_labels(record: Record, conflict: Conflict, snapshot: Snapshot) -> dict[str, str]:
    """Return over what and how the claims differ; `snapshot`: of the fact; a meeting is labelled with its sides."""
    return _label_in_each_language(lambda language: _conflict(record, conflict, snapshot, language))


def _conflict(record: Record, conflict: Conflict, snapshot: Snapshot, language: str) -> str:
    fact = _line(record, snapshot, language)
    if snapshot.fact.typename in MEETINGS and snapshot.fact.names:
        sides = [
            *_involved_names(record, snapshot, "PARTICIPANT", language),
            *_involved_names(record, snapshot, "HOST", language),
        ]
        fact = _phrases(language).between.format(fact=fact, sides=", ".join(sides))
    property = _property(conflict.property, language)
    if how := CATALOGUES[language].differences.get(conflict.basis):
        property = _phrases(language).differing.format(property=property, how=how)
    return _phrases(language).conflict.format(property=property, fact=fact)


def snapshot_labels(record: Record, snapshot: Snapshot) -> dict[str, str]:
    """Return a line for a fact as it was known; a fact reported only by withdrawn sources is marked."""
    return _label_in_each_language(lambda language: _mark(_line(record, snapshot, language), snapshot, language))


def _mark(line: str, snapshot: Snapshot, language: str) -> str:
    return _phrases(language).withdrawn.format(line=line) if snapshot.is_withdrawn else line


def _line(record: Record, snapshot: Snapshot, language: str) -> str:
    return _LINES[snapshot.fact.typename](record, snapshot, language)


def _name(record: Record, snapshot: Snapshot, language: str) -> str:
    return name_of_fact(record, snapshot.fact.slug, language)


def _quote(record: Record, snapshot: Snapshot, language: str) -> str:
    """Return who said what."""
    text = _words(snapshot.fact, snapshot.require_value("text"), language)
    who = _speaker(record, snapshot, language)
    return _phrases(language).quote.format(who=who, text=text) if who else text


def _words(quote: Fact, printed: str, language: str) -> str:
    """Return the words of a quote, in quotation marks unless the words are ours; our translations are marked."""
    text, is_translated = _translation(quote, printed, language)
    phrases = _phrases(language)
    if quote.fields.get("form") == "INDIRECT":
        return shorten(text)
    return (phrases.quoted_in_translation if is_translated else phrases.quoted).format(text=shorten(text))


def _translation(quote: Fact, printed: str, language: str) -> tuple[str, bool]:
    """Return the words of a quote in a language, and whether they are our translation; in English, else as printed."""
    translations = by_tag(texts_of(quote, "translation"))
    if primary(str(quote.fields.get("language"))) == language:
        return printed, False
    if language in translations:
        return translations[language], True
    if language == FALLBACK:
        return printed, False
    raise Untranslated(language)


def speaker_names(record: Record, snapshot: Snapshot) -> list[str]:
    """Return who says the words of a quote, in each language of labels."""
    names = _label_in_each_language(lambda language: _speaker(record, snapshot, language) or "")
    return [name for name in names.values() if name]


def _speaker(record: Record, snapshot: Snapshot, language: str) -> str | None:
    speaker = snapshot.actor_in("SPEAKER")
    if speaker:
        return name_of(record.actors, speaker, language)
    if language != FALLBACK:
        raise Untranslated(language)  # the description is ours, in English
    return snapshot.value("speakerDescription")


def _event(record: Record, snapshot: Snapshot, language: str) -> str:
    actors, recipients = (_involved_names(record, snapshot, role, language) for role in ("ACTOR", "RECIPIENT"))
    sides = " → ".join(", ".join(side) for side in (actors, recipients) if side)
    act = _act(record, snapshot, language)
    line = _phrases(language).event.format(act=act, sides=sides) if sides else act
    return _with_day(line, snapshot, language)


def _act(record: Record, snapshot: Snapshot, language: str) -> str:
    """Return what was done, in the record's words or by the fact that the event codes.

    A meeting is given with its name, if it has one.
    """
    coded = record.facts.get(snapshot.value("codes") or "")
    if coded is None and snapshot.texts("act"):
        return name_of(record.facts, snapshot.fact.slug, language)
    if coded is None:
        word = CATALOGUES[language].enums[enums.EventType][snapshot.require_value("eventType")]
        return word[:1].upper() + word[1:]
    acts, name = CATALOGUES[language].acts, snapshot.require_value("act")
    if coded.typename == "Invitation":
        return acts["invitation deferred" if name == "deferred" else name]
    if coded.typename in MEETINGS and not coded.names:
        return acts[name]
    return f"{acts[name]}, {name_of_fact(record, coded.slug, language)}"


def _invitation(record: Record, snapshot: Snapshot, language: str) -> str:
    invitee = name_of(record.actors, snapshot.actor_in("INVITEE") or "", language)
    issuer = snapshot.actor_in("ISSUER")
    if issuer is None:
        line = _phrases(language).invitation_without_issuer.format(invitee=invitee)
    else:
        line = _phrases(language).invitation.format(issuer=name_of(record.actors, issuer, language), invitee=invitee)
    return _with_day(line, snapshot, language)


def _office(record: Record, snapshot: Snapshot, language: str) -> str:
    titles = snapshot.texts("title")
    if titles and language != FALLBACK and language not in by_tag(titles):
        raise Untranslated(language)
    title = text_in(titles, language) or snapshot.value("title")
    holder = snapshot.value("person") or snapshot.actor_in("HOLDER") or ""
    return f"{name_of(record.actors, holder, language)}, {title}"


def _relationship(record: Record, snapshot: Snapshot, language: str) -> str:
    one, other = (name_of(record.actors, slug, language) for slug in snapshot.fact.slug.split("--"))
    return _phrases(language).relationship.format(one=one, other=other)


def _involved_names(record: Record, snapshot: Snapshot, role: str, language: str) -> Sequence[str]:
    return [name_of(record.actors, i.actor, language) for i in snapshot.involvements() if i.role == role]


def _with_day(line: str, snapshot: Snapshot, language: str) -> str:
    day = snapshot.date_of().date
    return f"{line}, {date_label(day, language)}" if day else line


def _outlet(record: Record, source: Source, language: str) -> tuple[str, str]:
    """Return who published it and when, in words; a day that no document prints is marked."""
    who = _author(record, source, language)
    day = date_label(source.published, language)
    return who, _phrases(language).inferred.format(day=day) if source.published_basis == "INFERRED" else day


def _author(record: Record, source: Source, language: str) -> str:
    """Return who wrote a post; for all other sources, who published them."""
    if source.author_description and language != FALLBACK:
        raise Untranslated(language)  # the description is ours, in English
    who = source.author or source.outlet
    return source.author_description or (name_of(record.actors, who, language) if who else source.document)


def _property(property: str, language: str) -> str:
    return CATALOGUES[language].properties.get(property, property)


def _value(record: Record, said: Said, language: str) -> str:
    if said.value is None:
        return _phrases(language).unknown
    if said.quote:
        return _words(record.facts[said.quote], said.value, language)
    if said.property in OWN_WORDS:
        return _phrases(language).quoted.format(text=shorten(said.value))
    day = as_date(said.property, said.value)
    if day:
        return date_label(day.text, language)
    if word := enum_value(CATALOGUES[language], said.property, said.value):
        return word
    if said.value_typename:
        return _name_of_entry(record, said.value_typename, said.value, language)
    if not said.value.isdecimal() and language != FALLBACK:
        raise Untranslated(language)
    return shorten(said.value)


def _name_of_entry(record: Record, typename: str, slug: str, language: str) -> str:
    if typename == "Place":
        return name_of(record.places, slug, language)
    if typename in ("Person", "Organisation", "Country"):
        return name_of(record.actors, slug, language)
    return name_of_fact(record, slug, language)


def enum_value(catalogue: Catalogue, property: str, value: str) -> str | None:
    """Return the word in a claim's label for a value of ENUM_PROPERTIES; None for any other value."""
    words = catalogue.enums[ENUM_PROPERTIES[property]] if property in ENUM_PROPERTIES else {}
    return words.get(value)


def _phrases(language: str) -> Phrases:
    return CATALOGUES[language].phrases


_LINES: Mapping[str, Callable[[Record, Snapshot, str], str]] = {
    "Summit": _name,
    "Talks": _name,
    "Quote": _quote,
    "Event": _event,
    "Invitation": _invitation,
    "Agreement": _name,
    "Office": _office,
    "Relationship": _relationship,
}
"""Function that makes the label of a fact, by its GraphQL type."""
require_each([typename.upper() for typename in _LINES], "_LINES of service/store/i18n/labels.py", FactKind)
