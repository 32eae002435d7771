"""Prefixes by which a name is suggested while somebody types, from each of its words on."""

from collections.abc import Iterable
from typing import NamedTuple

from service.store.i18n.names import sort_key
from service.store.search.folding import APOSTROPHES, WIKIDATA_ID, WORD, spelling_key, to_latin

LONGEST = 60
PLACES = 1000
"""Names beyond this number are not distinguished in their order."""
MOST_TYPED = 200
"""Maximum number of characters that may be typed."""


class Beginning(NamedTuple):
    """A name, and what one may begin to type for it."""

    key: str
    name: str
    preference: int
    """Of several names of an entry with the same beginning, the one with the lowest preference is shown.

    First come names whose first or last word begins so in the letters that are typed, in their order. Values from
    PLACES on are for other names, which are suggested after them.
    """


def typed_keys(text: str) -> list[str]:
    """Return a text without case, accents and spaces: in its own letters, in Latin letters, and folded."""
    if WIKIDATA_ID.fullmatch(text.strip()):
        return [wikidata_key(text.strip())]
    words = WORD.findall(text)
    own = "".join(sort_key(word.translate(APOSTROPHES)) for word in words)[:LONGEST]
    latin = "".join(map(to_latin, words))[:LONGEST]
    return list(dict.fromkeys(filter(None, (own, latin, spelling_key(latin) if latin else ""))))


def wikidata_key(id_: str) -> str:
    """Return the key of a Wikidata id, which is the beginning of no other."""
    return f"={id_.lower()}="


def beginnings(names: Iterable[str]) -> Iterable[Beginning]:
    """Return each key of some names once, with the preferred name for it."""
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
