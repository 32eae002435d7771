"""Tables that a person can correct, in the form that the reader uses; independent of any row."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from service.importers.histstate.days import DAYS
from service.importers.histstate.readings import StayKind
from service.importers.histstate.table_forms import (
    FORMS,
    AmericansForm,
    ClauseKind,
    Holder,
    PhraseForm,
    PlaceWords,
    President,
    SeriesForm,
    StateForm,
    TitleForm,
)
from service.importers.tables import mark_in, raise_problems, read_table
from service.store.seeds.files import Problems

NAME = "histstate"
"""Name of the set, and of the folder of its data."""


@dataclass(frozen=True, slots=True)
class StateName:
    """Meaning of words as a state, or, with `is_part`, as part of one, in a span of days: the slug in the register."""

    slug: str
    since: date
    until: date
    is_part: bool


@dataclass(frozen=True, slots=True)
class Title:
    """Title in full; `states`: the only states that have it, empty if any state may. See titles.yaml."""

    title: str
    states: tuple[str, ...] = ()
    acts_for: str = ""
    is_prefix: bool = False
    is_alone: bool = False
    is_of_part: bool = False
    is_apart: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """How a clause begins, and what it says: see phrases.yaml."""

    reads: ClauseKind
    pattern: re.Pattern[str]
    format: str = ""
    is_joint: bool = False
    is_likely: bool = False
    stay: tuple[StayKind, ...] = ()
    act: str = ""
    done: str = ""
    counterpart: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """Gathering that several rows report: see gatherings.yaml."""

    series: str
    name: str
    pattern: re.Pattern[str]
    implies_president: bool
    is_occasion: bool
    is_of_two: bool
    level: str
    is_undated: bool
    is_long: bool
    place: str
    editions: tuple[tuple[str, date, date], ...]


@dataclass(frozen=True, eq=False)
class Tables:
    """All tables of the set, read once from the folder of the seeds."""

    titles: Mapping[str, tuple[Title, bool]]
    """Each spelling of a title, singular or plural, with its title and whether it is the plural."""
    state_names: Mapping[str, tuple[StateName, ...]]
    """Meanings of each name of a state."""
    state_adjectives: Mapping[str, tuple[StateName, ...]]
    """Meanings of each adjective of a state ("Soviet", "West German")."""
    state_groups: Mapping[str, tuple[str, ...]]
    """Names of the states that words mean together ("Baltic States")."""
    american_offices: frozenset[tuple[str, str]]
    """Each office with each surname that makes its holder an American."""
    presidents_homes: tuple[str, ...]
    """Places where a guest is the President's."""
    slips: Mapping[str, str]
    """Intended words for each slip of the pen."""
    presidents: Mapping[str, President]
    """Presidents of the United States whose terms no other set has, by slug."""
    holders: Mapping[str, Holder]
    """People in offices that no other set has, by slug."""
    spellings: Mapping[str, str]
    """Other spellings of names of people."""
    usual_names: Mapping[str, str]
    """Usual names, by slug, of people known only from the rows where the rows print another name."""
    series: Mapping[str, Mapping[str, str]]
    """Names of series of gatherings by language."""
    places: PlaceWords
    phrases: tuple[Phrase, ...] = ()
    """Ways in which clauses begin, in the order in which they are tried."""
    gatherings: tuple[Series, ...] = ()
    """Gatherings in the order in which they are tried."""

    def state_slug(self, words: str, day: date) -> str | None:
        """Return the slug of the state that a name or an adjective means on a day; None if it means none or several."""
        slugs = {name.slug for name in self._meanings(words, day)}
        return (slugs.pop() or None) if len(slugs) == 1 else None

    def is_part_of_state(self, words: str, day: date) -> bool:
        """Return whether the words mean a part of a state on a day: Quebec, the Bosnian Federation."""
        return any(name.is_part for name in self._meanings(words, day))

    def _meanings(self, words: str, day: date) -> list[StateName]:
        names = (*self.state_names.get(words, ()), *self.state_adjectives.get(words, ()))
        return [name for name in names if name.since <= day <= name.until]

    @cached_property
    def any_title(self) -> str:
        """Pattern of all spellings of titles, the longest first."""
        return _any_of(self.titles)

    @cached_property
    def any_state(self) -> str:
        """Pattern of all names of states."""
        return _any_of(self.state_names)

    @cached_property
    def any_adjective(self) -> str:
        """Pattern of all adjectives of states."""
        return _any_of(self.state_adjectives)

    @cached_property
    def any_group(self) -> str:
        """Pattern of all names of groups of states."""
        return _any_of(self.state_groups)


def read_tables(seeds: Path) -> Tables:
    """Return the tables in a folder of seeds; raise SeedsInvalid with all mistakes in them."""
    problems = Problems()
    given = {name: read_table(seeds, NAME, f"{name}.yaml", form, problems) for name, form in FORMS.items()}
    raise_problems(problems)
    states: Sequence[StateForm] = given["states"]
    americans: Sequence[AmericansForm] = given["americans"]
    tables = Tables(
        titles=_by_spelling(given["titles"]),
        state_names=_by_words((each, each.names) for each in states),
        state_adjectives=_by_words((each, each.adjectives) for each in states),
        state_groups={each.group: each.names for each in states if each.group},
        american_offices=frozenset((office, name) for one in americans for office in one.offices for name in one.names),
        presidents_homes=tuple(home for one in americans for home in one.homes),
        slips={each.written: each.meant for each in given["slips"]},
        presidents=given["presidents"],
        holders=given["holders"],
        spellings=given["spellings"],
        usual_names=given["names"],
        series=given["series"],
        places=given["places"],
    )
    phrases: Sequence[PhraseForm] = given["phrases"]
    gatherings: Sequence[SeriesForm] = given["gatherings"]
    patterns = {
        "phrases.yaml": [_expand(each.says, tables) for each in phrases],
        "gatherings.yaml": [each.says for each in gatherings],
    }
    compiled = {file: [*_compile(seeds, file, says, problems)] for file, says in patterns.items()}
    if not any(each.reads is ClauseKind.ATTENDED for each in phrases):
        problems.add(mark_in(seeds, NAME, "phrases.yaml"), f"no phrase reads {ClauseKind.ATTENDED}")
    raise_problems(problems)
    return replace(
        tables,
        phrases=tuple(map(_to_phrase, phrases, compiled["phrases.yaml"])),
        gatherings=tuple(map(_to_series, gatherings, compiled["gatherings.yaml"])),
    )


def _compile(seeds: Path, file: str, patterns: Sequence[str], problems: Problems) -> Iterator[re.Pattern[str]]:
    for number, pattern in enumerate(patterns):
        try:
            yield re.compile(pattern, re.IGNORECASE)
        except re.error as error:
            reason = f"says: not a valid regular expression: {error.msg}"
            problems.add(mark_in(seeds, NAME, file, number, "says"), reason)


def _any_of(spellings: Iterable[str]) -> str:
    return "|".join(re.escape(one).replace(r"\ ", " ") for one in sorted(spellings, key=len, reverse=True))


def _by_spelling(entries: Iterable[TitleForm]) -> dict[str, tuple[Title, bool]]:
    found: dict[str, tuple[Title, bool]] = {}
    for entry in entries:
        name = entry.title
        title = Title(name, entry.states, entry.acts_for, entry.prefix, entry.alone, entry.part, entry.apart)
        found |= dict.fromkeys([name, *entry.also], (title, False))
        found |= dict.fromkeys([name + "s"] if entry.plurals is None else entry.plurals, (title, True))
    return found


def _by_words(entries: Iterable[tuple[StateForm, Iterable[str]]]) -> dict[str, tuple[StateName, ...]]:
    found: dict[str, tuple[StateName, ...]] = {}
    for entry, spellings in entries:
        if not entry.group:
            name = StateName(entry.state or "", entry.since, entry.until, entry.part)
            for words in spellings:
                found[words] = (*found.get(words, ()), name)
    return found


def _expand(says: str, tables: Tables) -> str:
    """Return a phrase's expression with its braces filled in."""
    someone = rf"(?:the |former |acting |interim )*(?:(?:{tables.any_adjective}|EC) )?(?:{tables.any_title})\b"
    adverb = r"(?:also|again|informally|privately|separately|briefly|afterwards?)"
    parts = {"{day}": rf"(?:on )?{DAYS}", "{someone}": someone, "{adverb}": adverb}
    for brace, pattern in parts.items():
        says = says.replace(brace, pattern)
    return rf"(?:{says})(?:\b|(?<=\W))"


def _to_phrase(entry: PhraseForm, pattern: re.Pattern[str]) -> Phrase:
    return Phrase(
        reads=entry.reads,
        pattern=pattern,
        format=entry.format,
        is_joint=entry.joint,
        is_likely=entry.likely,
        stay=entry.stay,
        act=entry.act,
        done=entry.done,
        counterpart=entry.counterpart,
    )


def _to_series(entry: SeriesForm, pattern: re.Pattern[str]) -> Series:
    return Series(
        series=entry.series,
        name=entry.name,
        pattern=pattern,
        implies_president=entry.president,
        is_occasion=entry.occasion,
        is_of_two=entry.two,
        level=entry.level,
        is_undated=entry.undated,
        is_long=entry.long,
        place=entry.at,
        editions=tuple((key, *days) for key, days in entry.editions.items()),
    )
