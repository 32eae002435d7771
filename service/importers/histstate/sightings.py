"""People as rows mention them and as the record knows them, before anybody is identified."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from service.importers.histstate.names import tokens_of
from service.importers.histstate.readings import Mention
from service.importers.histstate.titles import LEADING, Rank, rank_of

HANDOVER = timedelta(days=3)
"""Maximum difference between the days of a spell and the days of the title."""


@dataclass(frozen=True, slots=True)
class Spell:
    """Period in which a person led a state; without `last` he still does, as far as is known."""

    state: str
    first: date
    last: date | None
    is_effective: bool = True
    """Whether he led it in effect; otherwise it is one of the highest offices, which may be nominal."""

    def covers(self, first: date, last: date, reach: timedelta = HANDOVER) -> bool:
        """Return whether a day from `first` to `last` is in the spell, or no further from it than `reach`."""
        return self.first - reach <= last and (self.last is None or first <= self.last + reach)


@dataclass(frozen=True, slots=True)
class Office:
    """Office that a person held, by its title in rows, with its first and last day."""

    title: str
    first: date
    last: date

    def is_of(self, title: str, first: date, last: date) -> bool:
        """Return whether a row of these days means this office: it may omit the body to which the office belongs."""
        is_same = title == self.title or self.title.startswith(f"{title} of ") or _is_same_rank(title, self.title)
        return is_same and self.first <= last and first <= self.last


@dataclass(frozen=True, slots=True)
class Death:
    """Day on which a set of leaders has a person die in office, and the passage (`archigos-sau-2015 p9`)."""

    on: date
    text: str


@dataclass(frozen=True, slots=True)
class Known:
    """Person known to the record from elsewhere, with the days on which he led a state."""

    slug: str
    names: tuple[str, ...]
    country: str | None
    states: frozenset[str]
    spells: tuple[Spell, ...] = ()
    offices: tuple[Office, ...] = ()
    """Other offices that he held in his state, or of a body."""
    is_in_rows: bool = True
    """Whether a row says who held them; otherwise only works of reference do."""
    death: Death | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """Mention in a row, with the person's state, the states that this may also be called, and the days of the row."""

    row: str
    mention: Mention
    state: str | None
    states: frozenset[str]
    first: date
    last: date
    is_of_state: bool = True
    """Whether the row says that he is of the state; otherwise it only reports what happened there."""

    @property
    def slug(self) -> str:
        """Slug of a decision on the mention."""
        return f"person--{self.row}--{'-'.join(tokens_of(self.mention.words))}"

    @property
    def doubt_slug(self) -> str:
        """Slug of a decision on whether he held the office."""
        return self.slug.replace("person", "office", 1)

    @property
    def name_slug(self) -> str:
        """Slug of a decision on whether the name is his."""
        return self.slug.replace("person", "name", 1)

    @property
    def rank(self) -> Rank:
        return rank_of(self.mention.title)

    @property
    def is_leading(self) -> bool:
        """Whether the row calls him a leader of his state on that day; a leader of part of a state is not one."""
        one = self.mention
        return self.rank in LEADING and not (one.is_former or one.is_elect or one.is_of_part)


class Way(StrEnum):
    """Ways in which a mention was resolved."""

    OFFICE = "OFFICE"
    NAME = "NAME"
    ROWS = "ROWS"
    TABLE = "TABLE"
    DECIDED = "DECIDED"


@dataclass(eq=False)
class Person:
    """Person with his mentions, each with the way in which it was resolved; `known` if the record knows him."""

    known: Known | None = None
    seen: list[tuple[Sighting, Way]] = field(default_factory=list)
    slug: str = ""

    def names(self) -> Iterator[str]:
        """Yield his names, elsewhere and in the rows.

        A name that somebody had to explain is left out, as it shows nothing about other mentions.
        """
        yield from self.known.names if self.known else ()
        names = (sighting.mention.name for sighting, way in self.seen if way is not Way.DECIDED)
        yield from filter(None, names)

    def seen_in(self, row: str, mention: Mention) -> tuple[Sighting, Way]:
        """Return the mention of a row that is his, with the way in which it was resolved."""
        return next((one, way) for one, way in self.seen if one.row == row and one.mention == mention)

    def is_near(self, sighting: Sighting, reach: timedelta) -> bool:
        """Return whether all his rows are within `reach` of that one."""
        return all(gap(own, sighting) <= reach for own, _ in self.seen)


def _is_same_rank(title: str, other: str) -> bool:
    return rank_of(title) is rank_of(other) and rank_of(title) in LEADING


def gap(one: Sighting, other: Sighting) -> timedelta:
    """Return the distance between the days of two rows."""
    return max(one.first - other.last, other.first - one.last, timedelta())
