"""People as rows mention them and as the record knows them: what is known before anybody is identified."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from service.importers.histstate.names import tokens_of
from service.importers.histstate.readings import Mention
from service.importers.histstate.titles import LEADING, Rank, rank_of

HANDOVER = timedelta(days=3)
"""By so much the days of a spell may differ from those of the title."""


@dataclass(frozen=True, slots=True)
class Spell:
    """From when until when somebody led a state; without `last` he still does, as far as is known."""

    state: str
    first: date
    last: date | None
    is_effective: bool = True
    """Whether he led it in effect; else it is one of its highest offices, which may be for show."""

    def covers(self, first: date, last: date, reach: timedelta = HANDOVER) -> bool:
        """Whether a day from `first` to `last` is one of it, or as near as `reach`."""
        return self.first - reach <= last and (self.last is None or first <= self.last + reach)


@dataclass(frozen=True, slots=True)
class Office:
    """An office that somebody held, by its title in rows, from when until when."""

    title: str
    first: date
    last: date

    def is_of(self, title: str, first: date, last: date) -> bool:
        """Whether a row of these days means it: it may leave out of what body the office is."""
        is_same = title == self.title or self.title.startswith(f"{title} of ") or _is_same_rank(title, self.title)
        return is_same and self.first <= last and first <= self.last


@dataclass(frozen=True, slots=True)
class Death:
    """The day on which a set of leaders has somebody die in office, and the passage (`archigos-sau-2015 p9`)."""

    on: date
    text: str


@dataclass(frozen=True, slots=True)
class Known:
    """A person whom the record knows otherwise, with the days on which he led a state."""

    slug: str
    names: tuple[str, ...]
    country: str | None
    states: frozenset[str]
    spells: tuple[Spell, ...] = ()
    offices: tuple[Office, ...] = ()
    """Others that he held in his state, or of a body."""
    is_in_rows: bool = True
    """Whether a row tells who held them; else works of reference alone do."""
    death: Death | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """A mention in a row, with his state, the states that it may be called as well, and the days of the row."""

    row: str
    mention: Mention
    state: str | None
    states: frozenset[str]
    first: date
    last: date
    is_of_state: bool = True
    """Whether the row says that he is of the state; else it only tells what happened there."""

    @property
    def slug(self) -> str:
        """What a decision on the mention is called."""
        return f"person--{self.row}--{'-'.join(tokens_of(self.mention.words))}"

    @property
    def doubt_slug(self) -> str:
        """What a decision on whether he held the office is called."""
        return self.slug.replace("person", "office", 1)

    @property
    def name_slug(self) -> str:
        """What a decision on whether the name is his is called."""
        return self.slug.replace("person", "name", 1)

    @property
    def rank(self) -> Rank:
        return rank_of(self.mention.title)

    @property
    def is_leading(self) -> bool:
        """Whether the row calls him a leader of his state on that day; who leads a part of it is none."""
        one = self.mention
        return self.rank in LEADING and not (one.is_former or one.is_elect or one.is_of_part)


class Way(StrEnum):
    """How a mention was resolved."""

    OFFICE = "OFFICE"
    NAME = "NAME"
    ROWS = "ROWS"
    TABLE = "TABLE"
    DECIDED = "DECIDED"


@dataclass(eq=False)
class Person:
    """A person with the mentions that are his, each with the way that led to him; `known` if the record knows him."""

    known: Known | None = None
    seen: list[tuple[Sighting, Way]] = field(default_factory=list)
    slug: str = ""

    def names(self) -> Iterator[str]:
        """What he is called, by others and in the rows; a name that somebody had to explain shows nothing of others."""
        yield from self.known.names if self.known else ()
        names = (sighting.mention.name for sighting, way in self.seen if way is not Way.DECIDED)
        yield from filter(None, names)

    def seen_in(self, row: str, mention: Mention) -> tuple[Sighting, Way]:
        """The mention of a row that is his, with the way that led to him."""
        return next((one, way) for one, way in self.seen if one.row == row and one.mention == mention)

    def is_near(self, sighting: Sighting, reach: timedelta) -> bool:
        """Whether all his rows are as near as `reach` to that one."""
        return all(gap(own, sighting) <= reach for own, _ in self.seen)


def _is_same_rank(title: str, other: str) -> bool:
    return rank_of(title) is rank_of(other) and rank_of(title) in LEADING


def gap(one: Sighting, other: Sighting) -> timedelta:
    """How far apart the days of two rows are."""
    return max(one.first - other.last, other.first - one.last, timedelta())
