"""What a row of the Office of the Historian says, as structured readings; nobody is identified and nothing is guessed.

Words are the row's own. An `address` is that of a passage of the row's text (`p8s2`): a paragraph a field, as
`Row.fields` orders them. Days are EDTF with the basis of a claim: STATED where the row gives the day for that very
thing, INFERRED where it follows from the row's days.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from service.store.enums import DateBasis, Factuality, MeetingStatus


class RowSet(StrEnum):
    """Which of the two lists a row stands in; ids are unique within each only."""

    TRIP = "trip"
    VISIT = "visit"


@dataclass(frozen=True, slots=True)
class State:
    """A state as a row names it: `words` (`West German`, `Germany, Federal Republic of`) and its slug in the register.

    The slug is None where the table of states does not know the words: a Doubt of the row says so.
    `is_stated`: the words stand with the person or the body; else it is the state of the row that was taken.
    """

    words: str
    slug: str | None
    is_stated: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """A person as a row mentions him: `words` are `title` and `name` together, either of which may be empty.

    No name: a description that an office and a day may resolve ("the President of Finland"). `is_former`: the row calls
    him "former"; `is_elect`: President-elect or designate. `state` is None for who acts for no state (the
    Secretary-General of NATO) and where the row leaves open which it is. `is_of_part`: his office is of a part of the
    state alone (Northern Ireland, Quebec), so he leads no state.
    """

    words: str
    title: str
    name: str
    state: State | None
    address: str
    is_former: bool = False
    is_elect: bool = False
    is_of_part: bool = False


class AmericanSide(StrEnum):
    """How a row tells who of the American side was there."""

    TRAVELLER = "TRAVELLER"
    """The President or President-elect whose trip the row tells."""
    NAMED = "NAMED"
    """By name: "met with President Nixon", "met with Secretary of State Hull"."""
    OFFICE = "OFFICE"
    """By office alone: "met informally with the President"."""
    IMPLIED = "IMPLIED"
    """Not at all, but the kind of visit implies the President: "State visit." """
    ABSENT = "ABSENT"
    """Nobody of it: the visitor met somebody else."""


@dataclass(frozen=True, slots=True)
class Day:
    """When: an EDTF string, and how it was come by. `[a..b]` INFERRED: only the stay's bounds are known."""

    edtf: str
    basis: DateBasis


@dataclass(frozen=True, slots=True)
class Party:
    """One state's side in an encounter; nobody in `people` where the row names the state alone."""

    state: State | None
    people: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Gathering:
    """A meeting of many that several rows tell of.

    `key` is the same in each row and for each such meeting another (`g7-1981`, `funeral-kennedy-1963`,
    `nato-2002-rome`); `series` is the part without time and place (`g7`); `words` are the row's own, and
    `title` all that it calls it ("Economic Summit", "Economic Summit Meeting"). `is_occasion`: a funeral, signing or
    ceremony rather than talks. `is_of_two`: only two states took part. `implies_president`: the
    President of the United States is of it by what it is. `is_of_ministers`: it is one of ministers. `is_undated`: it
    goes on for so long that the days of a visit say nothing of it. `place`: that of which its name tells.
    """

    key: str
    series: str
    name: str
    year: int
    words: str
    is_occasion: bool = False
    is_of_two: bool = False
    implies_president: bool = False
    is_of_ministers: bool = False
    is_undated: bool = False
    place: str = ""
    title: str = field(default="", compare=False)


class EncounterKind(StrEnum):
    """What kind of encounter the row tells of."""

    MEETING = "MEETING"
    BODY = "BODY"
    """A meeting with a council of a state, of which nobody is named."""
    GATHERING = "GATHERING"


@dataclass(frozen=True, slots=True)
class Encounter:
    """One meeting: all its parties sat together. People whom a row merely lists are as many encounters as states.

    `american` is everybody of the American side whom the row names (never a guess), `side` how it tells of that side.
    `format`: the row's word for it (`summit meeting`, `dinner`, `conference`), else empty. `topic`: what was discussed.
    `place`: the words of the place that the row gives for this encounter, for a trip its only locality, else empty;
    `is_place_inferred`: it is the only locality of a trip at which nobody else was met. `is_elsewhere`: for it the
    traveller left the state of the row, whose places are not its own.
    `is_beside`: the row says that it was besides what it tells before ("also met with").
    `within`: the gathering on the margins of which it took place. `is_joint`: the row has all whom it lists at one
    table ("a meeting with A and B"), of whatever states they turn out to be.
    """

    kind: EncounterKind
    side: AmericanSide
    american: tuple[Mention, ...]
    parties: tuple[Party, ...]
    day: Day
    address: str
    place: str = ""
    is_place_inferred: bool = False
    is_elsewhere: bool = False
    gathering: Gathering | None = None
    within: Gathering | None = None
    format: str = ""
    topic: str = ""
    is_joint: bool = False
    is_beside: bool = False
    status: MeetingStatus = MeetingStatus.HELD
    factuality: Factuality = Factuality.CERTAIN


class StayKind(StrEnum):
    """What the row calls the trip or visit; several may hold, none where it says nothing."""

    STATE = "STATE"
    OFFICIAL = "OFFICIAL"
    OFFICIAL_WORKING = "OFFICIAL_WORKING"
    RECEPTION = "RECEPTION"
    WORKING = "WORKING"
    PRIVATE = "PRIVATE"
    UNOFFICIAL = "UNOFFICIAL"
    INFORMAL = "INFORMAL"
    GUEST = "GUEST"
    """Guest of the President or the Government, or at the invitation of one."""
    GOODWILL = "GOODWILL"
    COURTESY = "COURTESY"
    PASTORAL = "PASTORAL"
    TRANSIT = "TRANSIT"
    VACATION = "VACATION"
    MEDICAL = "MEDICAL"
    FUNERAL = "FUNERAL"
    AS_PRESIDENT_ELECT = "AS_PRESIDENT_ELECT"


@dataclass(frozen=True, slots=True)
class StayType:
    """A kind of stay and where the row says it."""

    kind: StayKind
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Stay:
    """The trip or visit itself: who travelled, from which state into which, when and where.

    `days` are the row's two days (`1981-03-10/1981-03-11`, one day alone as such); None where they contradict each
    other. `in_country`: the longer stay that a visit's text gives ("In U.S. January 16-23"), open at an end not given.
    `places` are words: the localities of a trip, where a visit was received ("at LBJ Ranch").
    """

    travellers: tuple[Mention, ...]
    to: State | None
    days: Day | None
    kinds: tuple[StayType, ...]
    places: tuple[str, ...]
    in_country: Day | None = None


class ActKind(StrEnum):
    """What else a row tells of, besides encounters."""

    ADDRESSED = "ADDRESSED"
    SIGNED = "SIGNED"
    ATTENDED = "ATTENDED"
    """A ceremony, funeral or event with nobody named as met."""
    CEREMONY = "CEREMONY"
    """A ceremony that the traveller held, or that was held for him."""
    VISITED = "VISITED"
    DISCUSSED = "DISCUSSED"
    MET = "MET"
    """Met people whom the row does not name, or Americans abroad."""
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Act:
    """A deed of the traveller: `object` in the row's words ("U.S. Congress", "SALT I and ABM Treaties").

    `done`: what the programme calls it, with the object in place of the braces; empty where it has no such name.
    """

    kind: ActKind
    object: str
    day: Day | None
    address: str
    done: str = ""


class DoubtReason(StrEnum):
    """Why a row needs a person's eye."""

    NOT_UNDERSTOOD = "NOT_UNDERSTOOD"
    DAY_OUTSIDE_STAY = "DAY_OUTSIDE_STAY"
    END_BEFORE_START = "END_BEFORE_START"
    MISSPELLING = "MISSPELLING"
    STATE_UNKNOWN = "STATE_UNKNOWN"
    STATE_UNCLEAR = "STATE_UNCLEAR"
    VISITOR_UNCLEAR = "VISITOR_UNCLEAR"


@dataclass(frozen=True, slots=True)
class Doubt:
    """What the reader cannot read, or where the row contradicts itself: the row's words and where they stand."""

    reason: DoubtReason
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one row says. `key` is the row's own: `trip-2912`, `visit-2394`."""

    key: str
    stay: Stay
    encounters: tuple[Encounter, ...]
    acts: tuple[Act, ...]
    doubts: tuple[Doubt, ...]
    last_modified: date
