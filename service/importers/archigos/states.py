"""States that codes of Archigos mean on a day; one code may mean several states in succession."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from pydantic import AfterValidator, BeforeValidator, Field, TypeAdapter

from service.importers.tables import Form, Word, require_table
from service.store.notation.values import Slug

FILE = "states.yaml"


class StateSpell(NamedTuple):
    """Part of a spell within one state."""

    state: str
    first_on: date
    last_on: date


@dataclass(frozen=True)
class States:
    """States by code, each with the first day on which the code means it."""

    by_code: Mapping[str, Sequence[tuple[str, date]]]

    def stands_for_several(self, code: str) -> bool:
        """Return whether the day decides which state a code means."""
        return len(self.by_code[code]) > 1

    def parts(self, code: str, first_on: date, last_on: date) -> Iterator[StateSpell]:
        """Yield the parts of a time in power, one for each state that it covers.

        A leader who hands over on the day from which a code means the next state was in power in the previous state.
        """
        states = self.by_code[code]
        for (state, since), (_, until) in zip(states, [*states[1:], ("", date.max)], strict=True):
            begins_in_time = first_on < until
            lasts = since <= first_on or since < last_on
            if begins_in_time and lasts:
                end = last_on if last_on <= until else until - timedelta(days=1)
                yield StateSpell(state, max(first_on, since), end)


def read_states(seeds: Path, codes: Iterable[str] = ()) -> States:
    """Return the table as stored with the set; raise SeedsInvalid, also if it lacks one of the codes."""
    table = require_table(seeds, "archigos", FILE, TypeAdapter(dict[Word, CodeForm]), codes)
    return States({code: given.states for code, given in table.items()})


def _parse_state(given: Any) -> tuple[str, date]:
    """Parse `germany since 1871-01-18`; the first state of a code has no day."""
    state, _, since = str(given).partition(" since ")
    return state, date.fromisoformat(since) if since else date.min


def _check_order(states: Sequence[tuple[str, date]]) -> Sequence[tuple[str, date]]:
    days = [since for _, since in states]
    if days[0] != date.min or any(earlier >= later for earlier, later in pairwise(days)):
        raise ValueError("the first state has no day, and each later state has a later day than the one before it")
    return states


class CodeForm(Form):
    """Entry of states.yaml."""

    number: int
    states: Annotated[
        tuple[Annotated[tuple[Slug, date], BeforeValidator(_parse_state)], ...],
        Field(min_length=1),
        AfterValidator(_check_order),
    ]
