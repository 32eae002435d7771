"""Elements of lists of people, and the patterns of their parts; reads no list."""

import re
from dataclasses import dataclass
from enum import Enum

from service.importers.histstate.days import DAYS
from service.importers.histstate.tables import Tables

_PARTICLE = (
    r"(?:(?:de la|de|del|della|di|du|da|das|dos|do|van der|van|von|den|bin|ben|ibn|al|el|ul|arap|zu|af|e|y) |d['’])"
)
_CAPITAL = rf"(?!(?:{DAYS})|and\b)(?:[A-ZÀ-Þ][\w'’.-]*[\w'’.]|[A-Z]\b|\([A-Z][a-z]+\)|3rd\b|al ?[–-] ?[A-Z]\w+)"
NAME = re.compile(rf"{_PARTICLE}*{_CAPITAL}(?: {_PARTICLE}*{_CAPITAL})*(?:,? (?:Jr\.?|3rd))?")
"""Pattern of a person's name, with particles, initials and numerals."""


class Kind(Enum):
    """Kinds of item in a list."""

    PERSON = "PERSON"
    STATE = "STATE"
    """State without a person: "the Heads of State and Government of Canada, ...", "the leaders of Angola, ..."."""
    GROUP = "GROUP"
    """People without a name: "senior Russian officials"."""


@dataclass(frozen=True, slots=True)
class Item:
    """Item of a list; `state`: the words of a state next to it; `body`: the words of a body that is not a state."""

    kind: Kind
    words: str
    title: str = ""
    name: str = ""
    state: str = ""
    body: str = ""
    is_former: bool = False


def leading_title(tables: Tables, words: str) -> tuple[str, str]:
    """Return the titles at the start of a name, with honorifics ("Amir Sheikh", "Premier and Prince"), and the name."""
    taken: list[str] = []
    rest = words
    while match := re.match(rf"(?:and |& |-)?(?P<title>{tables.any_title})(?=-| |$)", rest):
        known, _ = tables.titles[match["title"]]
        if taken and not (known.is_prefix or known.title == "Prince"):
            break
        link = re.match(r"(and |& |-)?", rest)
        taken.append((link.group().replace("& ", "and ") if link else "") + known.title)
        rest = rest[match.end("title") :].lstrip(" ")
    return " ".join(taken).replace(" -", "-"), rest


def state_list(tables: Tables, text: str, start: int) -> tuple[list[str], int]:
    """Return the states that a text lists from an offset onwards, and the offset at which the last of them ends."""
    states: list[str] = []
    pattern = re.compile(
        rf"(?:,? and |, )?(?:the )?(?:(?P<state>{tables.any_state})|(?P<group>{tables.any_group}))(?![\w’'-])"
    )
    position = start
    while match := pattern.match(text, position):
        states += [match["state"]] if match["state"] else tables.state_groups[match["group"]]
        position = match.end()
    return states, position
