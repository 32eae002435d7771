"""What somebody looks for, in the syntax of the web, as PostgreSQL's text search takes it; it asks nothing.

Words must all be there, "words in quotation marks" beside each other, -words not, and `or` stands between two of
such. A word is found in each of its forms, and in names with a slip; the last one is taken for a beginning.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from service.store.lexemes import WORD, joined, key, lexemes, plain, slips, spelt, whole

MOST_WORDS = 100
TOKEN = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)(?P<end>"?)|(?P<chunk>[^\s"]+))')
QUOTATION_MARKS = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
OR = "or"

UNTOLD = frozenset(
    """
    a an and are as at be by for from has have he her his in is it its of on that the their they this to was were which
    who with
    aber als am auch auf aus bei beim bis da dann das dass dem den der des die doch durch ein eine einem einen einer
    eines er es für hat ich ihm ihr im ist mit nach nicht noch nur oder ob sein seine sich sie sind so über um und uns
    von vor wenn wer wie wir zu zum zur
    """.split()
)
"""Words of German and English that tell nothing: they need not be there, unless nothing else is asked."""


class Asked(NamedTuple):
    """Four queries of one text, each in the notation of a tsquery."""

    found: str
    """What is found at all."""
    hits: str
    """What is a hit in what was found."""
    spelt: str
    """What has just this name, spelt so."""
    folded: str
    """What has just this name, however it is written."""


class TooMany(ValueError):
    """More words than may be looked for."""


@dataclass
class Term:
    """Words that stand together in what is asked."""

    words: Sequence[str]
    is_phrase: bool = False
    is_refused: bool = False
    is_begun: bool = False
    """Whether the last word is only the beginning of one."""

    def query(self) -> str:
        """Of no words: empty."""
        last = len(self.words) - 1
        each = [_word(w, self.is_begun and at == last, not self.is_phrase) for at, w in enumerate(self.words)]
        together = (" <-> " if self.is_phrase else " & ").join(map(_any, each))
        return f"!({together})" if self.is_refused and together else together

    def hits(self) -> list[str]:
        last = len(self.words) - 1
        each = [_word(w, self.is_begun and at == last, not self.is_phrase) for at, w in enumerate(self.words)]
        return [] if self.is_refused else [leaf for leaves in each for leaf in leaves]


def asked(text: str) -> Asked:
    ...
