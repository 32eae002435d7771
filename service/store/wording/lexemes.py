"""The lexemes that words are found by: one folding for what the register holds and for what is asked of it.

Every word stands for itself, for its folded form and for its stems in German and English. The folded form knows no
case and no accents, is written in Latin letters, and is the same for the ways in which German and English write a
name: Лавров, Lawrow and Lavrov; Pjöngjang, Pjongjang and Pyongyang.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import Stemmer  # type: ignore[import-not-found]

from service.store.wording.names import folded as bare

WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
APOSTROPHES = str.maketrans("", "", "'’ʼ")
STEMMERS = [Stemmer.Stemmer(language) for language in ("german", "english")]
LONGEST = 100
"""Of a longer word only the beginning counts; PostgreSQL takes 2046 bytes."""
SHORTEST_TO_SLIP = 4
"""In a shorter folded word a slip makes another word."""
MOST_JOINED = 3
"""So many words of a name may be written as one: Jongun, KimJongUn."""

EXACT, WHOLE, RUN, SLIP, IDLE = "=", "#", "+", "~", "-"
"""What a lexeme begins with that is a whole name as it is spelt; a whole name folded and in one; several words of a
name in one; either, or a word of a name, with a letter left out; a word that tells nothing."""

TELLING_NOTHING = """
    a an and are as at be by for from has have he her his in is it its of on that the their they this to was were which
    who with
    aber als am auch auf aus bei beim bis da dann das dass dem den der des die doch durch ein eine einem einen einer
    eines er es für hat ich ihm ihr im ist mit nach nicht noch nur oder ob sein seine sich sie sind so über um und uns
    von vor wenn wer wie wir zu zum zur
"""
UNTOLD = frozenset(TELLING_NOTHING.split())
"""Words of German and English that tell nothing: no beginning finds them, and they are only asked for by themselves."""


def of_type(typename: str) -> str:
    """The lexeme that every entry of a type has."""
    return "@" + typename


def _romanised(first: str, letters: str) -> dict[int, str]:
    """The letters from a first one on; `_` is mute."""
    return {ord(first) + place: letter.replace("_", "") for place, letter in enumerate(letters.split())}


LATIN = {
    # Cyrillic in the way of BGN/PCGN; what carries a breve or a diaeresis has lost it
    **_romanised("а", "a b v g d e zh z i _ k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya"),
    **str.maketrans({"є": "ye", "і": "i", "ґ": "g"}),
    # the jamo of Hangul, by the Revised Romanization of Korean, letter by letter
    **_romanised("\u1100", "g kk n d tt r m b pp s ss _ j jj ch k t p h"),
    **_romanised("\u1161", "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i"),
    **_romanised("\u11a8", "k k k n n n t l k m l l l p l m p p t t ng t t k t p t"),
    **str.maketrans({"æ": "a", "œ": "o", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}),
}
# the e of ae, oe and ue, but not that of neue, Steuer and Quelle
UMLAUT = re.compile(r"(?<=[ao])e|(?<=(?<![aeq])u)e")
SPELLINGS = (("tsch", "ch"), ("sch", "sh"), ("ck", "k"), ("x", "ks"), ("w", "v"), ("j", "i"), ("y", "i"))
DOUBLED = re.compile(r"([b-df-hj-np-tv-zi])\1+")


def plain(word: str) -> str:
    """In Latin letters without case and accents."""
    return bare(word.translate(APOSTROPHES)).translate(LATIN)


def key(word: str) -> str:
    """A plain word as it is written in no language: ö and oe are o, w is v, j and y are i, a double letter is one."""
    if len(word) == 1:
        return word
    found = UMLAUT.sub("", word)
    for written, meant in SPELLINGS:
        found = found.replace(written, meant)
    return DOUBLED.sub(r"\1", found)[:LONGEST]


def spelt(word: str) -> str:
    """A word without case and apostrophes."""
    return word.translate(APOSTROPHES).casefold()[:LONGEST]


@lru_cache(maxsize=65_536)
def lexemes(word: str) -> tuple[str, ...]:
    """What a word is found by: as it is spelt, folded, and its stems."""
    if word.casefold() in UNTOLD:
        return (IDLE + word.casefold(),)
    latin = plain(word)
    found = [spelt(word), *(key(form) for form in (latin, *(each.stemWord(latin) for each in STEMMERS)))]
    return tuple(dict.fromkeys(filter(None, found)))


def whole(words: Sequence[str]) -> tuple[str, str]:
    """The lexemes of a whole name: as it is spelt, and folded and in one."""
    return EXACT + " ".join(map(spelt, words))[:LONGEST], WHOLE + joined(words)


def joined(words: Sequence[str]) -> str:
    """Several words folded and in one."""
    return key("".join(map(plain, words)))


@lru_cache(maxsize=65_536)
def slips(folded: str) -> tuple[str, ...]:
    """A folded word, and it with each letter left out: two words that share one of these are a slip apart.

    So one letter that is missing, doubled, wrong or has changed places with its neighbour is forgiven.
    """
    if len(folded) < SHORTEST_TO_SLIP:
        return ()
    left_out = {folded[:place] + folded[place + 1 :] for place in range(len(folded))}
    return tuple(SLIP + form for form in sorted({folded} | left_out))


def runs(words: int) -> Iterator[tuple[int, int]]:
    """From where to where words of a name that has so many may be written as one: each, several, and all of them."""
    for start in range(words):
        for end in range(start + 1, words + 1):
            if end - start <= MOST_JOINED or end - start == words:
                yield start, end
