"""Words without what differs from one spelling to the next: case, accents, alphabet, transliteration, slips."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from service.store.i18n.names import sort_key

WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
WIKIDATA_ID = re.compile("Q[1-9][0-9]*", re.IGNORECASE)
"""Which an entry is found by as a whole, and not by its beginning: the next digit makes it another's."""
APOSTROPHES = str.maketrans("", "", "'’ʼ")
LONGEST = 100
"""Of a longer word only the beginning counts; PostgreSQL takes 2046 bytes."""
SHORTEST_TO_SLIP, LONGEST_TO_SLIP = 4, 40
"""In a shorter folded word a slip makes another word, in the shortest a wrong letter does; no name is longer, and each
letter makes a variant."""
MOST_JOINED = 3
"""So many words of a name may be written as one: Jongun, KimJongUn."""


def _transliteration(first: str, letters: str) -> dict[int, str]:
    """The letters from a first one on; `_` is mute."""
    return {ord(first) + place: letter.replace("_", "") for place, letter in enumerate(letters.split())}


LATIN = {
    # Cyrillic in the way of BGN/PCGN; what carries a breve or a diaeresis has lost it
    **_transliteration("а", "a b v g d e zh z i _ k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya"),
    **str.maketrans({"є": "ye", "і": "i", "ґ": "g"}),
    # the jamo of Hangul, by the Revised Romanization of Korean, letter by letter
    **_transliteration("\u1100", "g kk n d tt r m b pp s ss _ j jj ch k t p h"),
    **_transliteration("\u1161", "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i"),
    **_transliteration("\u11a8", "k k k n n n t l k m l l l p l m p p t t ng t t k t p t"),
    **str.maketrans({"æ": "a", "œ": "o", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}),
}
# the e of ae, oe and ue, but not that of neue, Steuer and Quelle
UMLAUT = re.compile(r"(?<=[ao])e|(?<=(?<![aeq])u)e")
SPELLINGS = (
    ("tsch", "ch"),
    ("sch", "sh"),
    ("ph", "f"),
    ("ou", "u"),
    ("ck", "k"),
    ("x", "ks"),
    ("w", "v"),
    ("j", "i"),
    ("y", "i"),
)
DOUBLED = re.compile(r"([b-df-hj-np-tv-zi])\1+")


@lru_cache(maxsize=8_192)
def to_latin(word: str) -> str:
    """In Latin letters without case and accents."""
    return sort_key(word.translate(APOSTROPHES)).translate(LATIN)


@lru_cache(maxsize=4_096)
def spelling_key(latin: str) -> str:
    """A word in Latin letters as no language writes it: ö and oe are o, w is v, j and y are i, doubles are single."""
    if len(latin) == 1:
        return latin
    spelling = UMLAUT.sub("", latin)
    for letters, key_letters in SPELLINGS:
        spelling = spelling.replace(letters, key_letters)
    return DOUBLED.sub(r"\1", spelling)[:LONGEST]


@lru_cache(maxsize=8_192)
def key(word: str) -> str:
    """A word folded: Лавров, Lawrow and Lavrov are one; so are Pjöngjang, Pjongjang and Pyongyang."""
    return spelling_key(to_latin(word))


def exact_form(word: str) -> str:
    """A word without case and apostrophes."""
    return word.translate(APOSTROPHES).casefold()[:LONGEST]


def join_words(words: Sequence[str]) -> str:
    """Several words folded and in one."""
    return spelling_key("".join(map(to_latin, words)))


@lru_cache(maxsize=8_192)
def deletion_variants(folded: str) -> tuple[str, ...]:
    """A folded word, and it with each letter left out: two words that share one of these are a slip apart.

    So one letter that is missing, doubled, wrong or has changed places with its neighbour is forgiven; a digit is
    never: 2018 is no slip for 2019.
    """
    if not SHORTEST_TO_SLIP <= len(folded) <= LONGEST_TO_SLIP or folded.isdigit():
        return ()
    if len(folded) == SHORTEST_TO_SLIP:
        return (folded,)
    left_out = {folded[:place] + folded[place + 1 :] for place, letter in enumerate(folded) if not letter.isdigit()}
    return tuple(sorted({folded} | left_out))


def word_runs(words: int) -> Iterator[tuple[int, int]]:
    """From where to where words of a name that has so many may be written as one: each, several, and all of them."""
    for start in range(words):
        for end in range(start + 1, words + 1):
            if end - start <= MOST_JOINED or end - start == words:
                yield start, end
