"""Similarity of two names, ignoring their marks, their case and the order of their words."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

UNDECOMPOSED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
WORD = re.compile(r"\w+")
WITHOUT_SPACES = re.compile(r"[\u1100-\u11ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af]")
"""Hangul, also in parts, and Han: a name in these scripts is one word."""
EXACT = 100.0
INITIAL = 0.8
"""How much of a word its first letter is worth."""
REORDERED = 98.0


def words_of(name: str) -> list[str]:
    """Return the words of a name in spoken order, reversing "Putin, Vladimir"."""
    last, comma, first = name.partition(",")
    return WORD.findall(f"{first} {last}" if comma and "," not in first else name)


def fold(name: str) -> str:
    """Return the words of a name in lower case without marks, separated by spaces."""
    without_apostrophes = name.replace("'", "").replace("’", "").replace("_", " ")
    spoken = " ".join(words_of(without_apostrophes))
    plain = unicodedata.normalize("NFKD", spoken.casefold().translate(UNDECOMPOSED))
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    return " ".join(WORD.findall(letters))


def is_whole_name(folded: str) -> bool:
    """Return whether it can be a person's whole name rather than the surname alone."""
    return " " in folded or bool(WITHOUT_SPACES.search(folded))


def similarity(asked: str, name: str) -> float:
    """Return a similarity from 0 to 100; only folded names that are equal except for spaces between parts score 100."""
    if asked.replace(" ", "") == name.replace(" ", ""):
        return EXACT
    left, right = asked.split(), name.split()
    if sorted(left) == sorted(right):
        return REORDERED
    matched = 0.0
    rest = list(right)
    for word in sorted(left, key=len, reverse=True):
        likeness, best = max(((_alike(word, other), other) for other in rest), default=(0.0, ""))
        if likeness:
            matched += likeness * (len(word) + len(best))
            rest.remove(best)
    whole = sum(map(len, left)) + sum(map(len, right))
    return round(min(REORDERED - 3, 100 * matched / whole), 1) if whole else 0.0


def _alike(word: str, other: str) -> float:
    shorter, longer = sorted((word, other), key=len)
    if len(shorter) == 1:
        return INITIAL if longer.startswith(shorter) else 0.0
    ratio = SequenceMatcher(None, word, other, autojunk=False).ratio()
    return ratio if ratio >= 0.6 else 0.0
