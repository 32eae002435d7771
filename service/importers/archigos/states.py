"""States that codes of Archigos mean on a day; one code may mean several states in succession."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import yaml

from service.store.folders import set_folder

FILE = "states.yaml"


class StateSpell(NamedTuple):
    """Part of a spell within one state."""

    state: str
    first_on: date
    last_on: date


@dataclass(frozen=True)
class States:
    """States by code, each with the first day on which the code means it."""

    by_code: Mapping[str, list[tuple[str, date]]]

    def stands_for_several(self, code: str) -> bool:
        """Return whether the day decides which state a code means."""
        return len(self.by_code[code]) > 1

    def parts(self, code: str, first_on: date, last_on: date) -> Iterator[StateSpell]:
        """Yield the parts of a time in power, one for each state that it covers; raise LookupError for an unknown code.

        A leader who hands over on the day from which a code means the next state was in power in the previous state.
        """
        states = self.by_code[code]
        for (state, since), (_, until) in zip(states, [*states[1:], ("", date.max)], strict=True):
            begins_in_time = first_on < until
            lasts = since <= first_on or since < last_on
            if begins_in_time and lasts:
                end = last_on if last_on <= until else until - timedelta(days=1)
                yield StateSpell(state, max(first_on, since), end)


def read_states(seeds: Path) -> States:
    """Return the table as stored with the set."""
    table = yaml.safe_load((set_folder(seeds, "archigos") / FILE).read_bytes())
    return States({code: [_parse_state(text) for text in entry["states"]] for code, entry in table.items()})


def _parse_state(text: str) -> tuple[str, date]:
    """Parse `germany since 1871-01-18`; the first state of a code has no day."""
    state, _, since = text.partition(" since ")
    return state, date.fromisoformat(since) if since else date.min
