"""Readers of clauses about encounters, one function for each kind of clause; phrases.yaml defines how they begin."""

import re
from dataclasses import replace

from service.importers.histstate.acts import ATTENDANCE
from service.importers.histstate.clauses import Clause, join_sentences
from service.importers.histstate.items import Item, Kind
from service.importers.histstate.mentions import american_mentions, foreign_parties, own_party, row_state, travellers
from service.importers.histstate.notes import Notes
from service.importers.histstate.occasions import find_gatherings, find_margins, find_purpose, list_attenders
from service.importers.histstate.people import read_people
from service.importers.histstate.readings import (
    Act,
    ActKind,
    AmericanSide,
    Day,
    Encounter,
    EncounterKind,
    Gathering,
    Mention,
    Party,
    RowSet,
    State,
)
from service.importers.histstate.tables import Phrase
from service.store.enums import DateBasis, MeetingStatus

_ATTENDING = re.compile(r"\battending (?=an? |the )")
_IS_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NEXT_LIST = re.compile(r"[;,]? and with (?=(?:the )?[A-Z])|; and (?=(?:the )?[A-Z])")


def read_meeting(notes: Notes, clause: Clause, phrase: Phrase) -> None:
    """Read "Met with President Hu of China, July 16; and President Lula of Brazil, July 17", list by list."""
    notes.add_kinds(clause, phrase.stay)
    text = clause.body
    has_people = False
    while text:
        listing = read_people(notes.tables, text)
        following = _NEXT_LIST.search(listing.rest)
        tail = listing.rest[: following.start()] if following else listing.rest
        text = listing.rest[following.end() :] if following else ""
        has_people = has_people or bool(listing.items)
        if listing.items:
            items = tuple(replace(item, state=item.state or phrase.counterpart) for item in listing.items)
            _add_meetings(notes, clause, phrase, items, tail)
    if not has_people:
        notes.doubt_reading(clause)


def read_summit(notes: Notes, clause: Clause, phrase: Phrase) -> None:
    """Read "Attended U.S.-Soviet Summit Meeting": a meeting with a state of which nobody is named."""
    words, row = phrase.counterpart, notes.row
    state = State(words, notes.tables.state_slug(words, row.start), True) if words else row_state(notes.tables, row)
    notes.encounters.append(replace(notes.to_encounter(clause, clause.body), parties=(Party(state, ()),)))


def read_cancelled(notes: Notes, clause: Clause, phrase: Phrase) -> None:
    """Read "Meeting scheduled November 19 with President Reagan cancelled"."""
    americans = american_mentions(notes.tables, notes.row, read_people(notes.tables, clause.body).items, clause.address)
    meeting = _with_americans(notes, notes.to_encounter(clause, ""), americans, ())
    notes.encounters.append(replace(meeting, status=MeetingStatus.CANCELLED))


def read_host(notes: Notes, clause: Clause, phrase: Phrase) -> None:
    """Read "President Nixon met with the Emperor and Empress ..., at Elmendorf Air Force Base"."""
    listing = read_people(notes.tables, clause.body)
    americans = american_mentions(notes.tables, notes.row, listing.items[:1], clause.address)
    titles = {one.title for one in travellers(notes.tables, notes.row)}
    guests = [
        one
        for one in read_people(notes.tables, listing.rest.removeprefix(" met with ")).items
        if one.title not in titles
    ]
    others = foreign_parties(notes.tables, notes.row, guests, clause.address)
    notes.encounters.append(_with_americans(notes, notes.to_encounter(clause, listing.rest), americans, others))


def read_attended(notes: Notes, clause: Clause, phrase: Phrase) -> None:
    """Read a gathering by its name, else a meeting "with ...", else an occasion that the row only mentions."""
    if any(find_gatherings(notes.tables, clause.body, notes.row.start)):
        _add_gatherings(notes, clause, clause.body)
        return
    items, rest, before = list_attenders(notes.tables, clause.body)
    if items:
        meeting = replace(notes.to_encounter(clause, f"{before} {rest}"), format=before)
        notes.encounters.append(_with_all(notes, clause, meeting, items))
    else:
        notes.add_act(clause, ActKind.ATTENDED, clause.body)


def read_present(notes: Notes, clause: Clause, phrase: Phrase) -> None:
    """Read "Present were ...": more parties of the gathering reported before."""
    others = foreign_parties(notes.tables, notes.row, read_people(notes.tables, clause.body).items, clause.address)
    if notes.encounters and others:
        _add_parties(notes, clause, len(notes.encounters) - 1, others)
    else:
        notes.doubt_reading(clause)


def read_implied(notes: Notes, clause: Clause, phrase: Phrase) -> None:
    """Read "Informal meeting at Camp David", which does not say who was there for the American side."""
    if notes.row.set is RowSet.TRIP:
        notes.add_act(clause, ActKind.ATTENDED, clause.words.strip("()"))
        return
    notes.add_private(clause, clause.body)
    meeting = notes.to_encounter(clause, clause.body)
    notes.encounters.append(replace(meeting, side=AmericanSide.IMPLIED, parties=(own_party(notes.tables, notes.row),)))


def imply_president(notes: Notes) -> None:
    """Add the President to a visit of a kind that he receives, unless the row reports the meeting itself.

    The implied meeting precedes any others with him ("State visit; also met with President Ford in Jacksonville").
    """
    clause = notes.implied
    with_president = [number for number, one in enumerate(notes.encounters) if _is_with_president(one)]
    is_reported = any(not notes.encounters[number].is_beside for number in with_president)
    if notes.row.set is RowSet.TRIP or clause is None or is_reported:
        return
    meeting = notes.to_encounter(clause, clause.body)
    if not meeting.place:
        meeting = notes.to_encounter(clause, "")
    # a day given by the clause itself, for a stay of several days
    is_its_day = meeting.day.basis is DateBasis.STATED and _IS_DAY.fullmatch(meeting.day.edtf)
    day = meeting.day if is_its_day and notes.row.start != notes.row.end else _some_day(meeting.day)
    meeting = replace(meeting, side=AmericanSide.IMPLIED, day=day, parties=(own_party(notes.tables, notes.row),))
    notes.encounters.insert(next(iter(with_president), len(notes.encounters)), meeting)


def place_by_elimination(notes: Notes) -> None:
    """Place a gathering without a place at the only locality of the trip that is not used for other meetings."""
    given = {one.place for one in notes.encounters}
    left = [one for one in notes.row.localities if one not in given]
    if notes.row.set is RowSet.TRIP and len(left) == 1 and len(notes.row.localities) > 1:
        notes.encounters = [
            replace(one, place=left[0], is_place_inferred=True) if one.gathering and not one.place else one
            for one in notes.encounters
        ]


def _some_day(day: Day) -> Day:
    """Return some day of those of the visit: a visit of this kind does not say on which of them the meeting was."""
    edtf = f"[{day.edtf.replace('/', '..')}]" if "/" in day.edtf else day.edtf
    return Day(edtf, DateBasis.INFERRED)


def _is_with_president(encounter: Encounter) -> bool:
    """Return whether the visit was for it: a meeting with Americans, or one of leaders and the President."""
    if encounter.kind is EncounterKind.GATHERING:
        return _is_of_leaders(encounter.gathering)
    return encounter.side is not AmericanSide.ABSENT


def _add_meetings(notes: Notes, clause: Clause, phrase: Phrase, items: tuple[Item, ...], tail: str) -> None:
    """Add the meetings with one list of people."""
    row = notes.row
    for group in (one.words for one in items if one.kind is Kind.GROUP):
        known = {one.gathering.key for one in notes.encounters if one.gathering}
        if any(gathering.key not in known for gathering, _ in find_gatherings(notes.tables, group, row.start)):
            _add_gatherings(notes, clause, group)
        elif body := _to_body(notes, clause, group, tail):
            notes.bodies.append(body)
        else:
            notes.add_attendance(clause, tail)
            notes.acts.append(Act(ActKind.MET, group, None, clause.address, _name_meeting(clause, group)))
    notes.add_private(clause, tail)
    # a group may be followed by the place: "and Northern Irish political leaders in Belfast"
    meeting = notes.to_encounter(clause, f"{items[-1].words}{tail}" if items[-1].kind is Kind.GROUP else tail)
    number = _find_gathering(notes)
    kinds = [one.kind for one in items]
    is_apart = clause.opening.lower().startswith("also ")
    if number is not None and not is_apart and kinds.count(Kind.STATE) > 1 and Kind.PERSON not in kinds:
        # "the Heads of State and Government of A, B and C" after a summit are its participants
        _add_parties(notes, clause, number, foreign_parties(notes.tables, row, items, clause.address))
    elif purpose := find_purpose(notes.tables, tail, row.start):
        notes.encounters.append(_to_gathering(notes, clause, meeting, purpose, items))
    elif phrase.is_joint:
        notes.encounters.append(_with_all(notes, clause, meeting, items))
    else:
        _add_separate(notes, clause, meeting, items)
    if re.match(r",? and (?:an?|the) ", tail) and any(find_gatherings(notes.tables, tail, row.start)):
        _add_gatherings(notes, clause, tail)
    elif attending := _ATTENDING.search(tail):
        _add_gatherings_of_leaders(notes, clause, tail[attending.end() :])


def _name_meeting(clause: Clause, group: str) -> str:
    """Return the programme's name of a meeting with people whom the row does not name, if it says of whom and when."""
    is_vague = re.match(r"other |various |[A-Z]+\Z", group) or re.search(r"\bhad\b", clause.opening)
    return "" if is_vague else "a meeting with {}"


def _to_body(notes: Notes, clause: Clause, group: str, tail: str) -> Encounter | None:
    """Return the meeting with a council that leads a state ("the Iraqi Governing Council"), with nobody named."""
    match = re.fullmatch(
        rf"(?:the )?(?P<words>(?P<state>{notes.tables.any_adjective}) (?P<title>[A-Z]\w+ (?:Council|Presidency)))",
        group,
    )
    if match is None:
        return None
    state = State(match["state"], notes.tables.state_slug(match["state"], notes.row.start), True)
    council = Mention(match["words"], match["title"], "", state, clause.address)
    meeting = replace(notes.to_encounter(clause, tail), kind=EncounterKind.BODY)
    return replace(meeting, parties=(*meeting.parties, Party(state, (council,))))


def _add_parties(notes: Notes, clause: Clause, number: int, parties: tuple[Party, ...]) -> None:
    """Add more parties to an encounter, which is then reported in both sentences."""
    encounter = notes.encounters[number]
    address = join_sentences(encounter.address, clause.address)
    notes.encounters[number] = replace(encounter, parties=encounter.parties + parties, address=address)


def _find_gathering(notes: Notes) -> int | None:
    """Return the number of the last gathering of leaders that the row has reported."""
    numbered = [*enumerate(notes.encounters)]
    return next((number for number, one in reversed(numbered) if _is_of_leaders(one.gathering)), None)


def _is_of_leaders(gathering: Gathering | None) -> bool:
    return gathering is not None and not gathering.is_occasion and gathering.implies_president


def _add_gatherings_of_leaders(notes: Notes, clause: Clause, text: str) -> None:
    """Add what a person attended when he was met elsewhere, if it is a meeting of leaders."""
    found = find_gatherings(notes.tables, text, notes.row.start)
    if first := next((gathering for gathering, _ in found if _is_of_leaders(gathering)), None):
        meeting = notes.to_encounter(clause, text)
        meeting = replace(meeting, day=_some_day(meeting.day))
        notes.encounters.append(_to_gathering(notes, clause, meeting, first, ()))


def _add_gatherings(notes: Notes, clause: Clause, text: str) -> None:
    """Add the gatherings that a text names, each once, with the people listed after them."""
    row = notes.row
    found = list(find_gatherings(notes.tables, text, row.start))
    margins = find_margins(notes.tables, text, row.start)
    items, _, _ = list_attenders(notes.tables, text[found[0][1].end() :])
    for gathering in {one.key: one for one, _ in found}.values():
        if len(found) > 1 and gathering == margins:
            continue
        if gathering.is_undated and row.set is RowSet.VISIT:
            notes.acts.append(Act(ActKind.ATTENDED, gathering.name, None, clause.address, ATTENDANCE))
        else:
            meeting = notes.to_encounter(clause, text)
            notes.encounters.append(_to_gathering(notes, clause, meeting, gathering, items))


def _add_separate(notes: Notes, clause: Clause, meeting: Encounter, items: tuple[Item, ...]) -> None:
    """Add one meeting for each state of a list, and for Americans on a trip; its people did not all meet each other."""
    row = notes.row
    americans = american_mentions(notes.tables, row, items, clause.address)
    others = foreign_parties(notes.tables, row, items, clause.address)
    if "separately" in clause.opening.lower():
        others = tuple(part for party in others for part in _part_by_commas(clause, party))
    others = tuple(part for party in others for part in _part_from_opposition(notes, party))
    if row.set is RowSet.TRIP:
        if americans:
            notes.encounters.append(replace(meeting, american=meeting.american + americans))
        notes.encounters += [replace(meeting, parties=(party,)) for party in others]
        return
    # the President and the President-elect did not receive anybody together
    sides = [tuple(one for one in americans if one.is_elect is is_elect) for is_elect in (False, True)]
    company = notes.accompanied if clause.opening.startswith("to ") else ()
    notes.encounters += [_with_americans(notes, meeting, side, company) for side in sides if side]
    notes.encounters += [replace(meeting, parties=(own_party(notes.tables, row), party)) for party in others]


def _part_from_opposition(notes: Notes, party: Party) -> list[Party]:
    """Separate the leader of a party that is not in government, who was met apart from those who govern."""
    known = notes.tables.titles
    opposing = [one for one in party.people if one.title in known and known[one.title][0].is_apart]
    governing = tuple(one for one in party.people if one not in opposing)
    parts = [replace(party, people=governing)] if governing or not opposing else []
    return [*parts, *(replace(party, people=(one,)) for one in opposing)]


def _part_by_commas(clause: Clause, party: Party) -> list[Party]:
    """Separate those who by the row were met separately: "King A and Queen B, Premier C" in two meetings."""
    stretches = re.split("[,;]", clause.body)
    parts = [tuple(one for one in party.people if one.words in stretch) for stretch in stretches]
    return [replace(party, people=part) for part in parts if part] or [party]


def _with_all(notes: Notes, clause: Clause, meeting: Encounter, items: tuple[Item, ...]) -> Encounter:
    """Return the meeting with everybody of a list at one table."""
    meeting = replace(meeting, is_joint=True)
    others = foreign_parties(notes.tables, notes.row, items, clause.address)
    if notes.row.set is RowSet.TRIP:
        return replace(meeting, parties=others)
    return _with_americans(notes, meeting, american_mentions(notes.tables, notes.row, items, clause.address), others)


def _with_americans(
    notes: Notes, meeting: Encounter, americans: tuple[Mention, ...], others: tuple[Party, ...]
) -> Encounter:
    """Return the meeting of a visit's guests with Americans and others."""
    side = AmericanSide.NAMED if any(one.name for one in americans) else AmericanSide.OFFICE
    return replace(
        meeting,
        side=side if americans else AmericanSide.ABSENT,
        american=americans,
        parties=(own_party(notes.tables, notes.row), *others),
    )


def _to_gathering(
    notes: Notes, clause: Clause, meeting: Encounter, gathering: Gathering, items: tuple[Item, ...]
) -> Encounter:
    """Return a gathering with the people whom the row names there."""
    margins = meeting.within if meeting.within and meeting.within.key != gathering.key else None
    place = meeting.place or gathering.place
    meeting = replace(meeting, kind=EncounterKind.GATHERING, gathering=gathering, within=margins, place=place)
    meeting = _with_all(notes, clause, meeting, items)
    if meeting.side is AmericanSide.ABSENT and gathering.implies_president:
        return replace(meeting, side=AmericanSide.IMPLIED)
    return meeting


def read_named_gathering(notes: Notes, clause: Clause) -> None:
    """Read a gathering in brackets after a kind of visit ("Official visit (Camp David summit talks)")."""
    for gathering, match in find_gatherings(notes.tables, clause.body, notes.row.start):
        if clause.body[: match.start()].endswith("("):
            meeting = notes.to_encounter(clause, "")
            notes.encounters.append(_to_gathering(notes, clause, meeting, gathering, ()))
