"""Structured readings of rows of the Office of the Historian; nobody is identified and nothing is guessed.

Words are the row's own. An `address` is that of a passage of the row's text (`p8s2`), with one paragraph for each
field in the order of `Row.fields`. Days are EDTF with the basis of a claim: STATED if the row gives the day for that
very thing, INFERRED if it follows from the row's days.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from service.store.enums import DateBasis, Factuality, MeetingStatus


class RowSet(StrEnum):
    """The list to which a row belongs; ids are unique only within a list."""

    TRIP = "trip"
    VISIT = "visit"


@dataclass(frozen=True, slots=True)
class State:
    """State as named in a row: `words` (`West German`, `Germany, Federal Republic of`) and its slug in the register.

    The slug is None if the words are not in the table of states: a Doubt of the row then says so.
    `is_stated`: the words are next to the person or the body; otherwise the state of the row was used.
    """

    words: str
    slug: str | None
    is_stated: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """Person as mentioned in a row: `words` are `title` and `name` together; either of the two may be empty.

    Without a name it is a description that an office and a day may resolve ("the President of Finland").
    `is_former`: the row calls him "former"; `is_elect`: President-elect or designate. `state` is None for a person who
    acts for no state (the Secretary-General of NATO) and if the row leaves the state open. `is_of_part`: his office is
    of only a part of the state (Northern Ireland, Quebec), so he does not lead a state.
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
    """How a row says who was there for the American side."""

    TRAVELLER = "TRAVELLER"
    """The President or President-elect whose trip the row reports."""
    NAMED = "NAMED"
    """By name: "met with President Nixon", "met with Secretary of State Hull"."""
    OFFICE = "OFFICE"
    """By office alone: "met informally with the President"."""
    IMPLIED = "IMPLIED"
    """Not said, but the kind of visit implies the President: "State visit." """
    ABSENT = "ABSENT"
    """Nobody from the American side: the visitor met somebody else."""


@dataclass(frozen=True, slots=True)
class Day:
    """When: an EDTF string and its basis. `[a..b]` INFERRED: only the bounds of the stay are known."""

    edtf: str
    basis: DateBasis


@dataclass(frozen=True, slots=True)
class Party:
    """Side of one state in an encounter; `people` is empty if the row names only the state."""

    state: State | None
    people: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Gathering:
    """Meeting of many that several rows report.

    `key` is the same in each row and differs for each such meeting (`g7-1981`, `funeral-kennedy-1963`,
    `nato-2002-rome`); `series` is the part without time and place (`g7`); `words` are the row's own, and
    `title` is the row's full name for it ("Economic Summit", "Economic Summit Meeting"). `is_occasion`: a funeral,
    signing or ceremony rather than talks. `is_of_two`: only two states took part. `implies_president`: its nature
    implies that the President of the United States takes part. `level`: that of its lower side, by its nature.
    `is_undated`: it lasts so long that the days of a visit say nothing of its own days. `is_long`: it lasts for weeks,
    so that a stay may cover only a part of it. `place`: the place that its name implies.
    """

    key: str
    series: str
    name: str
    year: int
    words: str
    is_occasion: bool = False
    is_of_two: bool = False
    implies_president: bool = False
    level: str = "LEADERS"
    is_undated: bool = False
    is_long: bool = False
    place: str = ""
    title: str = field(default="", compare=False)


class EncounterKind(StrEnum):
    """Kinds of encounter reported in rows."""

    MEETING = "MEETING"
    BODY = "BODY"
    """Meeting with a council of a state, of which nobody is named."""
    GATHERING = "GATHERING"


@dataclass(frozen=True, slots=True)
class Encounter:
    """One meeting: all its parties sat together. For people merely listed there is one encounter for each state.

    `american` has everybody of the American side whom the row names (never a guess); `side` is how it describes that
    side. `format`: the row's word for it (`summit meeting`, `dinner`, `conference`), else empty. `topic`: what was
    discussed. `place`: the words of the place that the row gives for this encounter, for a trip its only locality, else
    empty. `is_place_inferred`: it is the only locality of a trip at which nobody else was met. `is_elsewhere`: for
    the encounter the traveller left the state of the row, whose places are not its own.
    `is_beside`: the row says that it was in addition to what it reports before ("also met with").
    `within`: the gathering on the margins of which it took place. `is_joint`: the row has everybody listed at one table
    ("a meeting with A and B"), whatever their states turn out to be.
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
    """What the row calls the trip or visit; several kinds may apply, or none if the row gives none."""

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
    AS_PRESIDENT_ELECT = "AS_PRESIDENT_ELECT"


@dataclass(frozen=True, slots=True)
class StayType:
    """Kind of stay, and where the row says it."""

    kind: StayKind
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Stay:
    """The trip or visit itself: who travelled, from which state to which, when and where.

    `days` are the row's two days (`1981-03-10/1981-03-11`, one day on its own); None if they contradict each other.
    `in_country`: the longer stay that a visit's text gives ("In U.S. January 16-23"), open at an end not given.
    `places` are words: the localities of a trip, or where a visit was received ("at LBJ Ranch").
    """

    travellers: tuple[Mention, ...]
    to: State | None
    days: Day | None
    kinds: tuple[StayType, ...]
    places: tuple[str, ...]
    in_country: Day | None = None


class ActKind(StrEnum):
    """What a row reports in addition to encounters."""

    ADDRESSED = "ADDRESSED"
    SIGNED = "SIGNED"
    ATTENDED = "ATTENDED"
    """Ceremony, funeral or event with nobody named as met."""
    CEREMONY = "CEREMONY"
    """Ceremony that the traveller held, or that was held for him."""
    VISITED = "VISITED"
    DISCUSSED = "DISCUSSED"
    MET = "MET"
    """Met people whom the row does not name, or Americans abroad."""
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Act:
    """Act of the traveller: `object` in the row's words ("U.S. Congress", "SALT I and ABM Treaties").

    `done`: the programme's name for it, with braces where the object goes; empty if it has no such name.
    """

    kind: ActKind
    object: str
    day: Day | None
    address: str
    done: str = ""


class DoubtReason(StrEnum):
    """Why a row needs human review."""

    NOT_UNDERSTOOD = "NOT_UNDERSTOOD"
    DAY_OUTSIDE_STAY = "DAY_OUTSIDE_STAY"
    END_BEFORE_START = "END_BEFORE_START"
    MISSPELLING = "MISSPELLING"
    STATE_UNKNOWN = "STATE_UNKNOWN"
    STATE_UNCLEAR = "STATE_UNCLEAR"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that the reader cannot read, or a contradiction in the row: the row's words and their address."""

    reason: DoubtReason
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that one row says. `key` is the row's own: `trip-2912`, `visit-2394`."""

    key: str
    stay: Stay
    encounters: tuple[Encounter, ...]
    acts: tuple[Act, ...]
    doubts: tuple[Doubt, ...]
    last_modified: date
