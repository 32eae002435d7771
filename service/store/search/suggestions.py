"""The beginnings by which a name is suggested while somebody types: of the name from each of its words on."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from service.store.search.folding import APOSTROPHES, WORD, spelling_key, to_latin
from service.store.wording.names import folded as unaccented

LONGEST = 60
MOST_TYPED = 200
"""So many characters may be typed."""


class Beginning(NamedTuple):
    """A name, and what one may begin to type for it."""

    key: str
    name: str
    is_start: bool
    """Whether it is the name from its very beginning on."""


def typed_keys(text: str) -> list[str]:
    """A text without case, accents and spaces: in its own letters, in Latin ones, and as no language writes it."""
    words = WORD.findall(text)
    own = "".join(unaccented(word.translate(APOSTROPHES)) for word in words)[:LONGEST]
    latin = "".join(map(to_latin, words))[:LONGEST]
    return list(dict.fromkeys(filter(None, (own, latin, spelling_key(latin) if latin else ""))))


def beginnings(names: Iterable[str]) -> Iterator[Beginning]:
    """Each key of some names once, with the name that is first for it."""
    seen: set[str] = set()
    for name in dict.fromkeys(names):
        words = WORD.findall(name)
        for start in range(len(words)):
            for key in typed_keys(" ".join(words[start:])):
                if key not in seen:
                    seen.add(key)
                    yield Beginning(key, name, start == 0)
