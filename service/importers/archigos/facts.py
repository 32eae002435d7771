"""Entries made from spells: a source and an office for each, and the people."""

from collections.abc import Iterable, Iterator

from service.importers.archigos.people import Corrections, Leader
from service.importers.archigos.spells import Spell
from service.importers.archigos.states import States, StateSpell
from service.importers.seedset import SeedSet
from service.importers.texts import address_of, document_of, source_entry

PUBLISHED = "2016"
"""Year of version 4.1; the rows have no day of their own."""
SHARED = {"publishedOnBasis": "INFERRED", "kind": "DATASET", "language": "en", "outlet": "archigos"}
SHARED |= {"outletBasis": "INFERRED", "dataset": "archigos"}
TITLE = {
    "en": "effective leader",
    "de": "tatsächliche Staatsführung",
    "ko-Kore": "실질적 최고 지도자",
    "ru": "фактический руководитель государства",
    "fr": "dirigeant effectif",
}
"""Our own wording: the data set has those who in fact exercised power, whatever their office was called."""
UNKNOWN = "Unknown"
FATES = ("Exile", "Imprisonment", "Death", "Suicide")
"""Fates within a year of losing power; the other values mean that nothing happened, or that nothing is known."""


def add_spell(made: SeedSet, spell: Spell, leader: Leader, states: States) -> None:
    """Add the offices of a spell: one for each state that it covers; most spells cover one state."""
    parts = [*states.parts(spell.code, spell.first_on, spell.last_on)]
    for part in parts:
        is_first, is_last = part is parts[0], part is parts[-1]
        made.add(
            "offices",
            spell.slug if is_first else f"{spell.slug}-{part.state}",
            person=leader.slug,
            title=TITLE,
            of=_state(spell, part, states),
            leads="yes",
            existence=[spell.cite("idacr", "leader")],
            **_dates(spell, part, is_last),
            **{name: {value: [spell.cite(field)]} for name, field, value in _claims(spell, is_first, is_last)},
            curation="IMPORTED",
        )


def add_source(made: SeedSet, spell: Spell, corrections: Corrections) -> None:
    """Add the row as a document; if it is not about a single person, with the reason why nothing is recorded of it."""
    entry = source_entry(spell.row, spell.slug, PUBLISHED, {"title": spell.key, **SHARED})
    if reason := corrections.nobody.get(spell.key):
        entry["unrecorded"] = {str(address_of(spell.row, "leader")): reason}
    made.entries.setdefault("sources", []).append(entry)
    made.documents[spell.slug] = document_of(spell.row, spell.slug)


def add_people(made: SeedSet, leaders: Iterable[Leader]) -> None:
    """Add the people, each with the row that shows that he or she led a state."""
    for leader in leaders:
        names: dict[str, object] = {"COMMON": {"en": leader.name}}
        if leader.aliases:
            names["ALIAS"] = {"en": leader.aliases}
        leads = leader.spells[0].cite("idacr", "leader")
        made.add("people", leader.slug, names=names, country=leader.country, leads=leads)


def _state(spell: Spell, part: StateSpell, states: States) -> str | dict[str, list[str]]:
    """Return the state that the code means; if the day decides which state, that is our conclusion."""
    is_certain = not states.stands_for_several(spell.code)
    return part.state if is_certain else {part.state: [spell.cite("idacr", words="inferred")]}


def _dates(spell: Spell, part: StateSpell, is_last: bool) -> dict[str, dict[str, list[str]]]:
    """Return when the office began and ended.

    For a holder still in it when the data end, return when it began and how long he is shown in it.
    """
    days = spell.cite("startdate", "enddate")
    inferred = (part.first_on, part.last_on) != (spell.first_on, spell.last_on)
    words = "inferred" if inferred else ""
    if is_last and spell.is_ongoing:
        return {
            "date": {f"{part.first_on}/": [spell.cite("startdate", words=words)]},
            "attested": {_span(part): [f"{days} {words}".strip()]},
        }
    return {"date": {_span(part): [f"{days} {words}".strip()]}}


def _span(part: StateSpell) -> str:
    return str(part.first_on) if part.first_on == part.last_on else f"{part.first_on}/{part.last_on}"


def _claims(spell: Spell, is_first: bool, is_last: bool) -> Iterator[tuple[str, str, str]]:
    """Yield property, field and value of how a spell began, for its first office, and how it ended, for its last."""
    fields = spell.row.fields
    if is_first and fields["entry"] != UNKNOWN:
        yield "entry", "entry", fields["entry"]
    if not is_last or spell.is_ongoing:
        return
    if fields["exit"] != UNKNOWN:
        yield "exit", "exit", fields["exit"]
    if fields["exitcode"] not in ("Regular", fields["exit"], UNKNOWN):
        yield "exitCode", "exitcode", fields["exitcode"]
    if fields.get("posttenurefate") in FATES:
        yield "postTenureFate", "posttenurefate", fields["posttenurefate"]
