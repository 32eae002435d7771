"""Ranks that titles in rows show; titles that are offices come from elsewhere."""

import re
from enum import StrEnum
from functools import cache

from service.importers.histstate.names import fold


class Rank(StrEnum):
    """Ranks of the bearers of titles."""

    CROWN = "CROWN"
    """A monarch or a regent, called by his regnal name."""
    STATE = "STATE"
    """A head of state who is not a monarch or regent."""
    GOVERNMENT = "GOVERNMENT"
    PARTY = "PARTY"
    """A leader of a ruling party, or the chairman of any ruling body."""
    MINISTER = "MINISTER"
    OTHER = "OTHER"


LEADING = (Rank.CROWN, Rank.STATE, Rank.GOVERNMENT, Rank.PARTY)
"""Ranks of leaders of a state."""
_RANKS = (
    (
        Rank.OTHER,
        r"\b(vice|deputy|lieutenant governor|ambassador|assistant|under|crown|duke of|duchess of)\b(?! premier)",
    ),
    (
        Rank.GOVERNMENT,
        r"\b(prime minist|president of the council of ministers|taoiseach|first minister$|chief minister)",
    ),
    (Rank.MINISTER, r"\b(minister|secretary of|vice premier|attorney general|national security advis)"),
    (Rank.GOVERNMENT, r"\b(premier|chancellor|head of government)"),
    (Rank.CROWN, r"\b(king|queen|emperor|empress|shah|sultan|amir|emir|pope|grand duke|grand duchess|regent)\b"),
    (Rank.STATE, r"\b(president|head of state|chief of state|governor general|generalissimo|captain regent)"),
    (Rank.PARTY, r"\b(general secretary|first secretary|chairman|chairperson|junta)|^(supreme )?leader$"),
    (Rank.CROWN, r"^(sovereign )?prince(ss)?$"),
)
_NO_PRESIDENTS_OF_STATES = re.compile(
    r"\b(european|commission|council|parliament|congress|assembly|world bank|court|committee|senate)\b"
)


@cache
def rank_of(title: str) -> Rank:
    """Return the rank that a title shows, OTHER if it shows none."""
    words = " ".join(fold(title).replace("-", " ").split())
    words = re.sub(r"\b(acting|interim|provisional|former|elect|designate|federal|then)\b", "", words).strip()
    if _NO_PRESIDENTS_OF_STATES.search(words.replace("council of ministers", "")):
        return Rank.OTHER
    return next((rank for rank, pattern in _RANKS if re.search(pattern, words)), Rank.OTHER)


def is_royal(title: str) -> bool:
    """Return whether the title is of a royal house, crown princes included: its bearers are called by a given name."""
    words = fold(title)
    return rank_of(title) is Rank.CROWN or bool(re.search(r"\b(prince|princess|duke|duchess|earl|lord)\b", words))
