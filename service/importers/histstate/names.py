"""Names of people as rows print them, and whether two names can belong to one person; identifies nobody."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import IntEnum
from functools import cache

_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ı": "i",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ð": "d",
        "’": "",
        "'": "",
        "‘": "",
    }
)
_PARTICLES = frozenset(
    (
        *(
            "al",
            "el",
            "de",
            "da",
            "do",
            "dos",
            "das",
            "di",
            "du",
            "del",
            "della",
            "van",
            "von",
            "der",
            "den",
            "la",
            "le",
        ),
        *("y", "e", "of", "the", "and", "ul", "ur", "abd", "abdul", "abdel", "abu", "as", "ash", "an", "ad"),
    )
)
_SON_OF = frozenset(["bin", "ibn", "ben", "bint"])
_STYLES = frozenset(
    (
        *("sheikh", "sheik", "shaikh", "sir", "dr", "mr", "mrs", "ms", "lord", "lady", "prince", "princess", "general"),
        *("gen", "colonel", "col", "sayyid", "dom", "dato", "datuk", "seri", "tun"),
    )
)
_PRAYED_FOR = frozenset(["mohammed", "mohammad", "muhammad", "mohamed", "mohamad", "muhammed", "muhammadu", "mohd"])
"""First names that are left out if two others follow."""
_NUMERAL = re.compile(r"(?:[ivx]{2,}|[ivx]|\d+(?:st|nd|rd|th)|jr|sr)")
_NUMBERS = {"2nd": "ii", "3rd": "iii", "4th": "iv", "1st": "i"}
STRICT, CLOSE = 0.86, 0.72
"""Minimum similarity of two spellings of one word: on their own, and if state, office and day match too."""


class Agreement(IntEnum):
    """How far two names agree."""

    NONE = 0
    """The names cannot be one person's, or share nothing."""
    PART = 1
    """One is part of the other and may lack the given name: a surname, a double surname, a monarch's name."""
    FULL = 2
    """The names share two parts or more, including the given name, and no part contradicts."""


@dataclass(frozen=True, slots=True)
class Name:
    """Parts of a name, folded.

    `words` are without particles and styles; further parts are those of the father (after `bin`), initials, and the
    `mark` of several people of one name: II, Jr.
    """

    words: tuple[str, ...]
    fathers: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()
    mark: str = ""

    @property
    def is_full(self) -> bool:
        """Whether the name has more than one word."""
        return bool(self.words) and len(self.words) + len(self.fathers) + len(self.initials) > 1


def fold(text: str) -> str:
    """Return the text in lower case without accents and apostrophes."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    return "".join(one for one in plain if not unicodedata.combining(one))


@dataclass(frozen=True)
class NameReader:
    """Reader of names; `spellings` maps whole names and single words, without accents and hyphens, to what to read."""

    spellings: Mapping[str, str] = field(default_factory=dict)
    _read: dict[str, Name] = field(default_factory=dict, repr=False, compare=False)

    def read(self, text: str) -> Name:
        """Return the parts of a name, in either form: `Gandhi, I.` or `Indira Gandhi`."""
        if text not in self._read:
            self._read[text] = self._parse(text)
        return self._read[text]

    def _parse(self, text: str) -> Name:
        whole = " ".join(tokens_of(text))
        tokens = [self.spellings.get(token, token) for token in tokens_of(self.spellings.get(whole, whole))]
        # a letter with a full stop is an initial
        last = tokens[-1:] if text[-1:].isalnum() else []
        marks = [token for token in tokens[1:] if _NUMERAL.fullmatch(token) and (len(token) > 1 or [token] == last)]
        tokens = [token for token in tokens if token not in marks or token is tokens[0]]
        if not marks and _can_be_left_out(tokens):
            tokens = tokens[1:]
        own, fathers = _split_fathers([token for token in tokens if len(token) > 1])
        initials = tuple(token for token in tokens if len(token) == 1)
        return Name(own, fathers, initials, _NUMBERS.get(marks[0], marks[0]) if marks else "")


def tokens_of(text: str) -> list[str]:
    """Return the words of a name, folded."""
    return re.findall(r"[^\W_]+", fold(text))


def _can_be_left_out(tokens: list[str]) -> bool:
    """Return whether the first name is one that precedes two others of the person's own."""
    own = [token for token in tokens if token not in _PARTICLES and len(token) > 1]
    return len(own) > 2 and tokens[0] in _PRAYED_FOR and _SON_OF.isdisjoint(tokens)


def _split_fathers(tokens: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of a name, and the words after `bin` up to the family name."""
    own: list[str] = []
    fathers: list[str] = []
    into = own
    for token in tokens:
        if token in _SON_OF and own:
            into = fathers
        elif token in ("al", "el"):
            into = own
        elif token not in _PARTICLES and token not in _STYLES and token not in _SON_OF:
            into.append(token)
    return (tuple(own), tuple(fathers)) if own else (tuple(tokens), ())


def compare_names(one: Name, other: Name, *, is_close: bool = False) -> Agreement:
    """Return how far two names agree, in any word order; `is_close`: spellings may differ more."""
    if (one.mark and other.mark and one.mark != other.mark) or not (one.words and other.words):
        return Agreement.NONE
    if (one.mark == "jr") != (other.mark == "jr"):
        return Agreement.NONE
    shorter, longer = sorted((one, other), key=lambda name: (len(name.words), len(name.fathers), len(name.initials)))
    if not _has_all(shorter, longer, is_close) or not _initials_agree(shorter, longer):
        return Agreement.NONE
    if shorter.fathers and longer.fathers and not _any_alike(shorter.fathers, longer.fathers, is_close):
        return Agreement.NONE
    has_given = _share_given(shorter, longer, is_close)
    common = len(shorter.words) + bool(shorter.fathers and longer.fathers) + bool(shorter.initials)
    return Agreement.FULL if has_given and common > 1 else Agreement.PART


def _share_given(shorter: Name, longer: Name, is_close: bool) -> bool:
    """Return whether the given names agree: first words that begin alike, an initial, or the same words reversed."""
    first = (shorter.words[0], *shorter.initials)
    if _any_alike(longer.words[:1], first, is_close) and longer.words[0][0] in {one[0] for one in first}:
        return True
    return len(shorter.words) == len(longer.words) <= 3 and not is_alike(longer.words[0], shorter.words[0], is_close)


def may_reign_as(name: Name, known: Name) -> bool:
    """Return whether a monarch called `name` in a row can be the person known as `known`.

    A single name must be like the first word of `known`: a given name is no surname (George V, Lloyd George).
    """
    return name.is_full or (bool(known.words) and is_alike(name.words[0], known.words[0], True))


def share_surname(full: Name, other: Name) -> bool:
    """Return whether a full name ends in the only surname of another, or in the first of two.

    An example of two is `Gonzalez Marquez`, for Felipe Gonzalez.
    """
    surnames = other.words[1:-1] if len(other.words) > 2 else other.words[:1]
    return full.is_full and any(is_alike(full.words[-1], word, False) for word in surnames)


def _has_all(shorter: Name, longer: Name, is_close: bool) -> bool:
    """Return whether each word of the shorter name is one of the longer name, or of its father's."""
    left = [*longer.words, *longer.fathers]
    for number, word in enumerate(shorter.words):
        of = left if number else [each for each in left if each in longer.words]
        same = next((each for each in of if is_alike(word, each, is_close)), None)
        if same is None:
            return False
        left.remove(same)
    return True


def _initials_agree(one: Name, other: Name) -> bool:
    """Return whether no initial contradicts: `G. W. Bush` is not `George H. W. Bush`, nor `I. Gandhi` Rajiv Gandhi."""
    for name, against in ((one, other), (other, one)):
        if len(name.words) == 1 and name.initials and len(against.words) > 1:
            return against.words[0][0] in name.initials or against.words[-1][0] in name.initials
    return not (one.initials and other.initials) or one.initials[0] == other.initials[0]


def _any_alike(some: tuple[str, ...], others: tuple[str, ...], is_close: bool) -> bool:
    return any(
        is_alike(one, other, is_close) or (len(other) == 1 and one.startswith(other))
        for one in some
        for other in others
    )


@cache
def is_alike(one: str, other: str, is_close: bool) -> bool:
    """Return whether two words may be spellings of one name."""
    if one == other:
        return True
    ratio = SequenceMatcher(None, one, other).ratio()
    if min(len(one), len(other)) < 4:
        return is_close and min(len(one), len(other)) == 3 and ratio >= 0.8
    return ratio >= (CLOSE if is_close else STRICT)
