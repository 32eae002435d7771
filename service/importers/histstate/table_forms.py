"""Forms of the tables that a person can correct, as written; the head of each file says what its fields mean."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, TypeAdapter, model_validator

from service.importers.histstate.merging import Span, bounds
from service.importers.histstate.readings import ActKind, StayKind
from service.importers.tables import Form, Word, Words
from service.store.notation.values import Slug


class ClauseKind(StrEnum):
    """Kinds of clause that a phrase can begin; `remarks.py` has a reader for each."""

    MEETING = "MEETING"
    SUMMIT = "SUMMIT"
    CANCELLED = "CANCELLED"
    HOST = "HOST"
    ATTENDED = "ATTENDED"
    PRESENT = "PRESENT"
    IMPLIED = "IMPLIED"
    STAY = "STAY"
    TRAVEL = "TRAVEL"
    ACT = "ACT"
    ACCOMPANIED_BY = "ACCOMPANIED_BY"
    ACCOMPANIED = "ACCOMPANIED"
    REMARK = "REMARK"


def _to_day(given: Any) -> date:
    return date.fromisoformat(str(given))


def _to_days(given: Any) -> tuple[date, date]:
    first, _, last = str(given).partition("/")
    return _to_day(first), _to_day(last)


def _to_span(given: Any) -> Span:
    if span := bounds(str(given)):
        return span
    raise ValueError(f"{given!r} has no first and last day")


Day = Annotated[date, BeforeValidator(_to_day)]
Days = Annotated[tuple[date, date], BeforeValidator(_to_days)]
Edtf = Annotated[tuple[date, date], BeforeValidator(_to_span)]
"""First and last possible day of a span."""
Stays = Annotated[tuple[StayKind, ...], BeforeValidator(lambda given: str(given).split())]


class TitleForm(Form):
    """Entry of titles.yaml."""

    title: Word
    also: Words = ()
    plurals: Words | None = None
    states: Words = ()
    acts_for: str = ""
    prefix: bool = False
    alone: bool = False
    part: bool = False
    apart: bool = False


class StateForm(Form):
    """Entry of states.yaml: words that mean a state or a group of states, or leave the state open."""

    state: Slug | None = None
    group: Word | None = None
    open: bool = False
    names: Words = ()
    adjectives: Words = ()
    since: Day = date(1, 1, 1)
    until: Day = date(9999, 12, 31)
    part: bool = False

    @model_validator(mode="after")
    def _check_kind(self) -> Self:
        if [bool(self.state), bool(self.group), self.open].count(True) != 1:
            raise ValueError("an entry has either a state or a group, or is open")
        return self


class AmericansForm(Form):
    """Entry of americans.yaml: offices with the names of their holders, or homes of presidents."""

    offices: Words = ()
    names: Words = ()
    homes: Words = ()


class SlipForm(Form):
    """Entry of slips.yaml."""

    written: Word
    meant: Word


class PhraseForm(Form):
    """Entry of phrases.yaml."""

    reads: ClauseKind
    says: Word
    format: str = ""
    joint: bool = False
    likely: bool = False
    stay: Stays = ()
    act: ActKind | Literal[""] = ""
    done: str = ""
    counterpart: str = Field("", alias="with")

    @model_validator(mode="after")
    def _check_act(self) -> Self:
        if (self.reads is ClauseKind.ACT) != bool(self.act):
            raise ValueError("an act belongs to phrases that read ACT, and only to those")
        return self


class SeriesForm(Form):
    """Entry of gatherings.yaml."""

    series: Word
    name: Word
    says: Word
    editions: Mapping[Word, Days] = {}
    president: bool = False
    occasion: bool = False
    two: bool = False
    level: Literal["LEADERS", "MINISTERS", "OFFICIALS"] = "LEADERS"
    undated: bool = False
    long: bool = False
    of: bool = False
    at: str = ""


class President(Form):
    """Entry of presidents.yaml."""

    name: Word | None = None
    terms: tuple[Edtf, ...]


class Holder(Form):
    """Entry of holders.yaml."""

    name: Word
    also: Words = ()
    state: Word | None = None
    row: Word
    offices: Mapping[Word, Edtf]


class PlaceWords(Form):
    """The file places.yaml."""

    names: Mapping[Word, Word]
    languages: Mapping[Word, Mapping[Word, Word]]
    heirs: Mapping[Word, Word]
    contested: Words
    kinds: Mapping[Word, Words]
    towns: Mapping[Word, Word]
    coordinates: Mapping[Word, tuple[float, float]]


FORMS: Mapping[str, TypeAdapter[Any]] = {
    "titles": TypeAdapter(Annotated[list[TitleForm], Field(min_length=1)]),
    "states": TypeAdapter(Annotated[list[StateForm], Field(min_length=1)]),
    "americans": TypeAdapter(list[AmericansForm]),
    "slips": TypeAdapter(list[SlipForm]),
    "phrases": TypeAdapter(list[PhraseForm]),
    "gatherings": TypeAdapter(list[SeriesForm]),
    "presidents": TypeAdapter(dict[Word, President]),
    "holders": TypeAdapter(dict[Word, Holder]),
    "spellings": TypeAdapter(dict[Word, Word]),
    "names": TypeAdapter(dict[Word, Word]),
    "series": TypeAdapter(dict[Word, dict[Word, Word]]),
    "places": TypeAdapter(PlaceWords),
}
"""Forms of the tables, by the names of their files without the extension."""
