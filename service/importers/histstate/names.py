"""Names of people as rows print them, and whether two of them can be one person's; it knows no person."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import IntEnum
from functools import cache

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "’": "", "'": "", "‘": ""}
)
_PARTICLES = frozenset(
    "al el bin ibn ben de da do dos das di du del della van von der den la le y e of the and ul ur abd abu as ash an ad".split()
)
_STYLES = frozenset("sheikh shaikh sir dr mr mrs ms lord lady prince princess general gen colonel col sayyid haji datuk dato tun".split())
_NUMERAL = re.compile(r"(?:[ivx]+|\d+(?:st|nd|rd|th)|jr|sr)", re.IGNORECASE)
_NUMBERS = {"2nd": "ii", "3rd": "iii", "4th": "iv", "1st": "i"}
CLOSE = 0.72
"""How alike two spellings of one name are at least, where state, office and day already speak for one person."""


class Agreement(IntEnum):
    """How far two names go together."""

    NONE = 0
    """They cannot be one person's, or share nothing."""
    PART = 1
    """One of them is a single name that the other holds."""
    FULL = 2
    """They have two names or more in common, and none that contradicts."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a name is made of: `words` folded, without particles and styles; `initials`; `mark`: II, Jr. and the like."""

    words: tuple[str, ...]
    initials: tuple[str, ...]
    mark: str = ""

    @property
    def is_full(self) -> bool:
        """Whether it has more than one word, or a word with an initial."""
        return len(self.words) + len(self.initials) > 1 and bool(self.words)


def fold(text: str) -> str:
    """Lower case without accents and apostrophes."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    return "".join(one for one in plain if not unicodedata.combining(one))


@dataclass(frozen=True)
class NameReader:
    """Reads names; `spellings` has other spellings of whole names and of single words, folded, with those to read for them."""

    spellings: Mapping[str, str] = field(default_factory=dict)
    _read: dict[str, Name] = field(default_factory=dict, repr=False, compare=False)

    def read(self, text: str) -> Name:
        """The parts of a name; `Gandhi, I.` and `Indira Gandhi` are written alike."""
        if text not in self._read:
            self._read[text] = self._parse(text)
        return self._read[text]

    def _parse(self, text: str) -> Name:
        whole = " ".join(_tokens(text))
        tokens = [self.spellings.get(token, token) for token in _tokens(self.spellings.get(whole, whole))]
        mark = ""
        if len(tokens) > 1 and _NUMERAL.fullmatch(tokens[-1]):
            mark = _NUMBERS.get(tokens[-1], tokens[-1])
            tokens = tokens[:-1]
        words = [token for token in tokens if len(token) > 1]
        kept = [word for word in words if word not in _PARTICLES and word not in _STYLES] or words
        return Name(tuple(kept), tuple(token for token in tokens if len(token) == 1), mark)


def _tokens(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(text))


def compare_names(one: Name, other: Name, *, is_close: bool = False) -> Agreement:
    """How far two names agree, in whatever order their words stand; `is_close`: spellings may differ more."""
    if (one.mark and other.mark and one.mark != other.mark) or not (one.words and other.words):
        return Agreement.NONE
    shorter, longer = sorted((one, other), key=lambda name: (len(name.words), len(name.initials)))
    left = [*longer.words]
    matched = 0
    for word in shorter.words:
        same = next((each for each in left if _is_alike(word, each, is_close)), None)
        if same is None:
            continue
        left.remove(same)
        matched += 1
    if matched < len(shorter.words):
        return Agreement.NONE
    if not _initials_agree(shorter, left):
        return Agreement.NONE
    by_initial = bool(shorter.initials) and bool(left) and len(shorter.words) == 1
    return Agreement.FULL if matched > 1 or by_initial else Agreement.PART


def _initials_agree(shorter: Name, left: list[str]) -> bool:
    """Whether the first initial of the shorter name is one of the words that the longer has besides, if it has any."""
    return not (shorter.initials and left and len(shorter.words) == 1) or any(
        word.startswith(shorter.initials[0]) for word in left
    )


@cache
def _is_alike(one: str, other: str, is_close: bool) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < 4:
        return is_close and min(len(one), len(other)) == 3 and SequenceMatcher(None, one, other).ratio() >= 0.8
    ratio = SequenceMatcher(None, one, other).ratio()
    return ratio >= (CLOSE if is_close else 0.88)
