"""The beginnings by which a name is suggested while somebody types: of the name from each of its words on."""

from collections.abc import Iterable
from typing import NamedTuple

from service.store.i18n.names import sort_key
from service.store.search.folding import APOSTROPHES, WIKIDATA_ID, WORD, spelling_key, to_latin

LONGEST = 60
PLACES = 1000
"""The order of more names than that is not told apart."""
MOST_TYPED = 200
"""So many characters may be typed."""


class Beginning(NamedTuple):
    """A name, and what one may begin to type for it."""

    key: str
    name: str
    preference: int
    """Of several names of an entry that begin so, the one with the least is shown: first those that begin so with their
    first or last word and in the letters that are typed, then in their order. From PLACES on it is none of these, and
    is suggested after them.
    """


def typed_keys(text: str) -> list[str]:
    """A text without case, accents and spaces: in its own letters, in Latin ones, and as no language writes it."""
    if WIKIDATA_ID.fullmatch(text.strip()):
        return [wikidata_key(text.strip())]
    words = WORD.findall(text)
    own = "".join(sort_key(word.translate(APOSTROPHES)) for word in words)[:LONGEST]
    latin = "".join(map(to_latin, words))[:LONGEST]
    return list(dict.fromkeys(filter(None, (own, latin, spelling_key(latin) if latin else ""))))


def wikidata_key(id_: str) -> str:
    """The key of a Wikidata id, which is the beginning of no other."""
    return f"={id_.lower()}="


def beginnings(names: Iterable[str]) -> Iterable[Beginning]:
    """Each key of some names once, with the name that is preferred for it."""
    by_key: dict[str, Beginning] = {}
    for place, name in enumerate(dict.fromkeys(names)):
        words = WORD.findall(name)
        for start in range(len(words)):
            for number, key in enumerate(typed_keys(" ".join(words[start:]))):
                is_typed_so = number == 0 and start in (0, len(words) - 1)
                preference = min(place, PLACES - 1) + PLACES * (not is_typed_so)
                each = Beginning(key, name, preference)
                by_key[key] = min(each, by_key.get(key, each), key=lambda each: each.preference)
    return by_key.values()
