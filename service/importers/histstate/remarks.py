"""What a row says: its remarks clause by clause, and the visit or trip that its fields tell of."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from service.importers.histstate.clauses import Clause, split_clauses
from service.importers.histstate.days import Run, find_runs, span, within
from service.importers.histstate.mentions import (
    american_mentions,
    foreign_parties,
    is_american,
    is_the_president,
    own_party,
    row_state,
    to_mention,
    travellers,
)
from service.importers.histstate.occasions import find_gatherings, find_margins
from service.importers.histstate.people import Item, Kind, read_people
from service.importers.histstate.readings import (
    Act,
    ActKind,
    AmericanSide,
    Day,
    Doubt,
    DoubtReason,
    Encounter,
    EncounterKind,
    Mention,
    Party,
    Reading,
    RowSet,
    State,
    Stay,
    StayKind,
    StayType,
)
from service.importers.histstate.rows import Row
from service.importers.histstate.tables import alternatives, state_slug
from service.store.enums import DateBasis, MeetingStatus

_IMPLYING = (StayKind.STATE, StayKind.OFFICIAL, StayKind.OFFICIAL_WORKING, StayKind.WORKING)
_NEXT_LIST = re.compile(r"[;,]? and with (?=(?:the )?[A-Z])|; and (?=(?:the )?[A-Z])")
_PLACE = re.compile(
    r"\b(?:at|in) (?P<place>(?:the )?(?:[A-Z“][^;]*?))"
    r"(?=,? (?:while|during|where|to|en route|after|before|for|on|and (?!at|in|[A-Z])|as) |,? \(?(?:January|February|March"
    r"|April|May|June|July|August|September|October|November|December|(?:Sept|Oct|Nov|Dec|Jan|Feb|Mar|Apr|Aug)\.) ?\d|[;]|\Z)"
)


@dataclass(slots=True)
class Notes:
    """What the clauses of one row have said so far."""

    row: Row
    encounters: list[Encounter] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    kinds: list[StayType] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    companions: list[Mention] = field(default_factory=list)
    arrived: date | None = None
    departed: date | None = None
    implied: Clause | None = None


def read(row: Row) -> Reading:
    """All that a row says."""
    notes = Notes(row)
    for clause in split_clauses(row) if row.remarks else ():
        reader = READERS[clause.phrase.reads] if clause.phrase else _note_unread
        reader(notes, clause)
    _imply_president(notes)
    _doubt_days(notes)
    _doubt_states(notes)
    return Reading(row.key, _stay(notes), tuple(notes.encounters), tuple(notes.acts), tuple(notes.doubts), row.last_modified)


def _read_meeting(notes: Notes, clause: Clause) -> None:
    """"Met with President Hu of China, July 16; and President Lula of Brazil, July 17": list by list."""
    phrase = clause.phrase
    assert phrase is not None
    _note_kinds(notes, clause, phrase.stay)
    text = clause.body
    found_any = False
    while text:
        listing = read_people(text)
        following = _NEXT_LIST.search(listing.rest)
        tail = listing.rest[: following.start()] if following else listing.rest
        text = listing.rest[following.end() :] if following else ""
        found_any = found_any or bool(listing.items)
        _meet(notes, clause, listing.items, tail)
    if not found_any:
        _note_unread(notes, clause)


def _meet(notes: Notes, clause: Clause, items: tuple[Item, ...], tail: str) -> None:
    """The meetings with one list of people."""
    row, phrase = notes.row, clause.phrase
    assert phrase is not None
    _note_groups(notes, clause, items)
    americans = american_mentions(row, items, clause.address)
    others = foreign_parties(row, items, clause.address)
    base = _encounter(notes, clause, f"{clause.opening} {tail}", tail)
    for kind in (StayKind.PRIVATE,) if "during a private visit" in tail else ():
        notes.kinds.append(StayType(kind, "private visit", clause.address))
    if row.set is RowSet.TRIP:
        if americans:
            notes.acts.append(Act(ActKind.MET, clause.words, base.day, clause.address))
        notes.encounters += [replace(base, parties=parties) for parties in _tables(others, phrase.is_joint)]
        return
    if americans:
        side = AmericanSide.NAMED if any(one.name for one in americans) else AmericanSide.OFFICE
        together = others if phrase.is_joint else ()
        notes.encounters.append(replace(base, side=side, american=americans, parties=(own_party(row), *together)))
    if others and not (americans and phrase.is_joint):
        for parties in _tables(others, phrase.is_joint):
            notes.encounters.append(replace(base, side=AmericanSide.ABSENT, american=(), parties=(own_party(row), *parties)))


def _tables(parties: tuple[Party, ...], is_joint: bool) -> Iterator[tuple[Party, ...]]:
    """Who sat together: all of a joint meeting, else each state by itself."""
    if is_joint and parties:
        yield parties
    elif not is_joint:
        yield from ((party,) for party in parties)


def _encounter(notes: Notes, clause: Clause, days: str, tail: str) -> Encounter:
    """An encounter of this clause without its parties; `days` is the text that may give its day."""
    row = notes.row
    is_trip = row.set is RowSet.TRIP
    return Encounter(
        kind=EncounterKind.MEETING,
        side=AmericanSide.TRAVELLER if is_trip else AmericanSide.ABSENT,
        american=travellers(row) if is_trip else (),
        parties=(),
        day=_day(row, days),
        address=clause.address,
        place=_place(row, f"{clause.opening} {tail}" if " at " in f" {clause.opening}" else tail),
        within=find_margins(tail, row.start),
        format=clause.phrase.format if clause.phrase else "",
        topic=clause.topic,
    )


def _read_summit(notes: Notes, clause: Clause) -> None:
    """"Attended U.S.-Soviet Summit Meeting": a meeting with a state of which nobody is named."""
    row, phrase = notes.row, clause.phrase
    assert phrase is not None
    words = phrase.counterpart
    state = State(words, state_slug(words, row.start), True) if words else row_state(row)
    notes.encounters.append(replace(_encounter(notes, clause, clause.words, clause.body), parties=(Party(state, ()),)))


def _read_cancelled(notes: Notes, clause: Clause) -> None:
    """"Meeting scheduled November 19 with President Reagan cancelled."""
    items = read_people(clause.body).items
    americans = american_mentions(notes.row, items, clause.address)
    base = _encounter(notes, clause, clause.opening, "")
    notes.encounters.append(
        replace(
            base,
            side=AmericanSide.NAMED,
            american=americans,
            parties=(own_party(notes.row),),
            status=MeetingStatus.CANCELLED,
        )
    )


def _read_host(notes: Notes, clause: Clause) -> None:
    """"President Nixon met with the Emperor and Empress ..., at Elmendorf Air Force Base"."""
    listing = read_people(clause.body)
    americans = american_mentions(notes.row, listing.items[:1], clause.address)
    base = _encounter(notes, clause, listing.rest, listing.rest)
    notes.encounters.append(
        replace(base, side=AmericanSide.NAMED, american=americans, parties=(own_party(notes.row),))
    )


def _read_attended(notes: Notes, clause: Clause) -> None:
    """A gathering by its name, a meeting "with ..." that has none, or an occasion."""
    row = notes.row
    found = list(find_gatherings(clause.body, row.start))
    if not found:
        _read_nameless(notes, clause)
        return
    listing = _list_of(clause.body[found[-1][1].start() :])
    base = replace(_encounter(notes, clause, clause.body, clause.body), kind=EncounterKind.GATHERING)
    for gathering, _ in found:
        if base.within == gathering or (len(found) > 1 and gathering == find_margins(clause.body, row.start)):
            continue
        notes.encounters.append(_gather(notes, clause, replace(base, gathering=gathering), listing))


def _gather(notes: Notes, clause: Clause, base: Encounter, items: tuple[Item, ...]) -> Encounter:
    """A gathering with those whom the row names there."""
    row = notes.row
    assert base.gathering is not None
    others = foreign_parties(row, items, clause.address)
    if base.within and base.within.key == base.gathering.key:
        base = replace(base, within=None)
    if row.set is RowSet.TRIP:
        return replace(base, parties=others)
    americans = american_mentions(row, items, clause.address)
    side = AmericanSide.IMPLIED if base.gathering.implies_president else AmericanSide.ABSENT
    return replace(
        base,
        side=AmericanSide.NAMED if americans else side,
        american=americans,
        parties=(own_party(row), *others),
    )


def _list_of(text: str) -> tuple[Item, ...]:
    """Those with whom, or of whom, a gathering is said to be."""
    match = re.search(
        rf"\b(?:with|of) (?=(?:the )?(?:leaders of|heads of state|(?:{alternatives('adjective')}) (?:{alternatives('title')})"
        rf"|(?:{alternatives('title')})\b)|Roosevelt)",
        text,
        re.IGNORECASE,
    )
    if match is None:
        return ()
    text = text[match.end() :].replace("Roosevelt and Churchill", "President Roosevelt and Churchill")
    return read_people(text).items


def _read_nameless(notes: Notes, clause: Clause) -> None:
    match = re.search(rf"\bwith (?=(?:the )?(?:(?:{alternatives('adjective')}) )?(?:{alternatives('title')})\b)", clause.body)
    if match is None:
        notes.acts.append(_act(notes, clause, ActKind.ATTENDED))
        return
    listing = read_people(clause.body[match.end() :])
    base = replace(_encounter(notes, clause, clause.body, listing.rest), format=clause.body[: match.start()].strip())
    others = foreign_parties(notes.row, listing.items, clause.address)
    if notes.row.set is RowSet.TRIP:
        notes.encounters.append(replace(base, parties=others))
        return
    americans = american_mentions(notes.row, listing.items, clause.address)
    side = AmericanSide.NAMED if americans else AmericanSide.ABSENT
    notes.encounters.append(replace(base, side=side, american=americans, parties=(own_party(notes.row), *others)))


def _read_present(notes: Notes, clause: Clause) -> None:
    """"Present were ...": more parties of the gathering told of before."""
    others = foreign_parties(notes.row, read_people(clause.body).items, clause.address)
    if notes.encounters and others:
        last = notes.encounters[-1]
        notes.encounters[-1] = replace(last, parties=last.parties + others)
    else:
        _note_unread(notes, clause)


def _read_stay(notes: Notes, clause: Clause) -> None:
    """A kind of visit, and where it was received."""
    phrase = clause.phrase
    assert phrase is not None
    _note_kinds(notes, clause, phrase.stay)
    if notes.implied is None and (set(phrase.stay) & set(_IMPLYING) or _is_presidents_guest(clause)):
        notes.implied = clause
    for gathering, match in find_gatherings(clause.body, notes.row.start):
        if match.start() and clause.body[match.start() - 1] == "(":
            base = replace(_encounter(notes, clause, "", ""), kind=EncounterKind.GATHERING, gathering=gathering)
            notes.encounters.append(_gather(notes, clause, base, ()))
    if notes.row.set is RowSet.VISIT and (place := _place(notes.row, clause.body)):
        notes.places.append(place)


def _is_presidents_guest(clause: Clause) -> bool:
    assert clause.phrase is not None
    return StayKind.GUEST in clause.phrase.stay and "president" in clause.words.lower()


def _read_implied(notes: Notes, clause: Clause) -> None:
    """"Informal meeting at Camp David": with whom of the American side is not said."""
    if notes.row.set is RowSet.TRIP:
        notes.acts.append(_act(notes, clause, ActKind.ATTENDED))
        return
    base = _encounter(notes, clause, clause.body, clause.body)
    notes.encounters.append(replace(base, side=AmericanSide.IMPLIED, parties=(own_party(notes.row),)))


def _read_travel(notes: Notes, clause: Clause) -> None:
    """When a visitor was in the United States."""
    if notes.row.set is RowSet.TRIP:
        return
    runs = list(find_runs(clause.words, notes.row.start))
    opening = clause.opening.lower()
    if not runs or "canada" in clause.words.lower() and not opening.startswith(("departed", "left")):
        return
    if opening.startswith(("in u", "in the u", "was in u", "u.s.")) or clause.words.startswith("Visited U.S."):
        notes.arrived, notes.departed = runs[0].first, runs[0].last
    elif opening.startswith("arrived"):
        notes.arrived = notes.arrived or runs[0].first
    elif opening.startswith(("departed", "left", "final departure")):
        notes.departed = runs[-1].last


def _read_act(notes: Notes, clause: Clause) -> None:
    assert clause.phrase is not None
    if clause.words.startswith("Visited U.S."):
        _read_travel(notes, clause)
    notes.acts.append(_act(notes, clause, ActKind(clause.phrase.act)))


def _read_companions(notes: Notes, clause: Clause) -> None:
    """"Accompanied by Prime Minister Mariategui": they travelled together."""
    items = read_people(clause.body).items
    for party in foreign_parties(notes.row, items, clause.address):
        notes.companions += party.people


def _read_accompanied(notes: Notes, clause: Clause) -> None:
    notes.acts.append(_act(notes, clause, ActKind.OTHER))


def _read_remark(notes: Notes, clause: Clause) -> None:
    """What tells nothing of the visit itself."""


READERS: Mapping[str, Callable[[Notes, Clause], None]] = {
    "MEETING": _read_meeting,
    "SUMMIT": _read_summit,
    "CANCELLED": _read_cancelled,
    "HOST": _read_host,
    "ATTENDED": _read_attended,
    "PRESENT": _read_present,
    "STAY": _read_stay,
    "IMPLIED": _read_implied,
    "TRAVEL": _read_travel,
    "ACT": _read_act,
    "ACCOMPANIED_BY": _read_companions,
    "ACCOMPANIED": _read_accompanied,
    "REMARK": _read_remark,
}
"""How each kind of clause in phrases.yaml is read."""


def _act(notes: Notes, clause: Clause, kind: ActKind) -> Act:
    words = clause.body if kind in (ActKind.ATTENDED, ActKind.ADDRESSED, ActKind.SIGNED, ActKind.DISCUSSED) else clause.words
    runs = list(find_runs(clause.body, notes.row.start))
    day = Day(_edtf(runs), DateBasis.STATED) if runs else None
    return Act(kind, words or clause.words, day, clause.address)


def _note_kinds(notes: Notes, clause: Clause, kinds: tuple[StayKind, ...]) -> None:
    notes.kinds += [StayType(kind, clause.opening.strip("[ "), clause.address) for kind in kinds]


def _note_groups(notes: Notes, clause: Clause, items: tuple[Item, ...]) -> None:
    for item in items:
        if item.kind is Kind.GROUP:
            notes.acts.append(Act(ActKind.MET, item.words, None, clause.address))


def _note_unread(notes: Notes, clause: Clause) -> None:
    if re.search(r"\w", clause.words):
        notes.doubts.append(Doubt(DoubtReason.NOT_UNDERSTOOD, clause.words, clause.address))


def _imply_president(notes: Notes) -> None:
    """A visit of a kind that the President receives implies him, unless the row tells of the meeting itself."""
    row, clause = notes.row, notes.implied
    if row.set is RowSet.TRIP or clause is None or any(_is_with_american(one) for one in notes.encounters):
        return
    base = replace(_encounter(notes, clause, "", ""), place=notes.places[0] if notes.places else "")
    notes.encounters.append(replace(base, side=AmericanSide.IMPLIED, format="", parties=(own_party(row),)))


def _is_with_american(encounter: Encounter) -> bool:
    return encounter.kind is EncounterKind.MEETING and encounter.side is not AmericanSide.ABSENT


def _day(row: Row, text: str) -> Day:
    """The day that the words give; else some day of the stay, which of a stay of one day is that day itself."""
    runs = list(find_runs(text, row.start))
    if runs:
        return Day(_edtf(runs), DateBasis.STATED)
    if row.end < row.start:
        return Day(str(row.start), DateBasis.INFERRED)
    return Day(within(row.start, row.end), DateBasis.STATED if row.start == row.end else DateBasis.INFERRED)


def _edtf(runs: list[Run]) -> str:
    if len(runs) == 1:
        return runs[0].edtf
    parts = (str(run.first) if run.first == run.last else f"{run.first}..{run.last}" for run in runs)
    return "{" + ",".join(parts) + "}"


def _place(row: Row, text: str) -> str:
    """The words of the place that a clause gives, gatherings left out; else a trip's only locality."""
    for match in _PLACE.finditer(text):
        words = match["place"].strip(" ,.")
        inner = re.search(r" (?:in|at) (?=[A-Z])", words) if any(find_gatherings(words, row.start)) else None
        if inner:
            return words[inner.end() :].strip(" ,.")
        if not any(find_gatherings(words, row.start)):
            return words
    locale = row["locale"]
    return locale if row.set is RowSet.TRIP and locale and "," not in locale else ""


def _stay(notes: Notes) -> Stay:
    row = notes.row
    is_trip = row.set is RowSet.TRIP
    localities = tuple(re.split(r", (?![A-Z]\.)", row["locale"])) if row["locale"] else ()
    in_country = None
    if notes.arrived or notes.departed:
        in_country = Day(_interval(notes.arrived, notes.departed), DateBasis.STATED)
    return Stay(
        travellers=(*travellers(row), *notes.companions),
        to=row_state(row) if is_trip else None,
        days=Day(span(row.start, row.end), DateBasis.STATED) if row.start <= row.end else None,
        kinds=tuple(notes.kinds),
        places=localities if is_trip else tuple(notes.places),
        in_country=in_country,
    )


def _interval(first: date | None, last: date | None) -> str:
    if first and last:
        return span(first, last)
    return f"{first or '..'}/{last or '..'}"


def _doubt_days(notes: Notes) -> None:
    """Days that the stay told by the same row does not have."""
    row = notes.row
    field_ = f"p{row.paragraph('start-date')}"
    if row.end < row.start:
        notes.doubts.append(Doubt(DoubtReason.END_BEFORE_START, f"{row.start} {row.end}", field_))
    first, last = min(notes.arrived or row.start, row.start), max(notes.departed or row.end, row.end)
    for told in (*notes.encounters, *notes.acts):
        for run in _days_of(told):
            if not first <= run <= last:
                notes.doubts.append(Doubt(DoubtReason.DAY_OUTSIDE_STAY, told.day.edtf if told.day else "", told.address))
                break
    for end, is_wrong in ((notes.arrived, _after(notes.arrived, row.start)), (notes.departed, _after(row.end, notes.departed))):
        if is_wrong:
            notes.doubts.append(Doubt(DoubtReason.DAY_OUTSIDE_STAY, str(end), f"p{row.paragraph(row.prose_field)}"))


def _days_of(told: Encounter | Act) -> list[date]:
    if told.day is None or told.day.basis is DateBasis.INFERRED:
        return []
    return [date.fromisoformat(day) for day in re.findall(r"\d{4}-\d\d-\d\d", told.day.edtf)]


def _after(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one > other


def _doubt_states(notes: Notes) -> None:
    for encounter in notes.encounters:
        for party in encounter.parties:
            for person in party.people:
                if person.state is None and not re.search(r"Secretary General|Representative|European Commission|\bEC\b", person.words):
                    notes.doubts.append(Doubt(DoubtReason.STATE_UNCLEAR, person.words, person.address))
            if party.state is not None and party.state.slug is None:
                notes.doubts.append(Doubt(DoubtReason.STATE_UNKNOWN, party.state.words, encounter.address))
