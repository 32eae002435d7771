"""Words without what varies between spellings: case, accents, alphabet, transliteration, slips."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from service.store.i18n.names import sort_key

WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
WIKIDATA_ID = re.compile("Q[1-9][0-9]*", re.IGNORECASE)
"""Entries are found by a whole id, not by its beginning, because one more digit makes it another entry's id."""
APOSTROPHES = str.maketrans("", "", "'’ʼ")
LONGEST = 100
"""Only this many characters of a word count; PostgreSQL allows 2046 bytes."""
SHORTEST_TO_SLIP, LONGEST_TO_SLIP = 4, 40
"""Shortest and longest folded word in which a slip is forgiven.

In a shorter word a slip makes another word, and in one of the shortest length a wrong letter does. No name is longer,
and each letter makes a variant.
"""
MOST_JOINED = 3
"""Number of words of a name that may be written as one: Jongun, KimJongUn."""


def _transliteration(first: str, letters: str) -> dict[int, str]:
    """Return a transliteration of the letters from a first one on; `_` is silent."""
    return {ord(first) + place: letter.replace("_", "") for place, letter in enumerate(letters.split())}


LATIN = {
    # Cyrillic by BGN/PCGN; letters have already lost a breve or a diaeresis
    **_transliteration("а", "a b v g d e zh z i _ k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya"),
    **str.maketrans({"є": "ye", "і": "i", "ґ": "g"}),
    # the jamo of Hangul, letter by letter, by the Revised Romanization of Korean
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
    ("shch", "sh"),
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
    """Return a word in Latin letters, without case and accents."""
    return sort_key(word.translate(APOSTROPHES)).translate(LATIN)


@lru_cache(maxsize=4_096)
def spelling_key(latin: str) -> str:
    """Fold a word in Latin letters: ö and oe become o, w becomes v, j and y become i, doubles become single.

    No language writes the result.
    """
    if len(latin) == 1:
        return latin
    spelling = UMLAUT.sub("", latin)
    for letters, key_letters in SPELLINGS:
        spelling = spelling.replace(letters, key_letters)
    return DOUBLED.sub(r"\1", spelling)[:LONGEST]


@lru_cache(maxsize=8_192)
def key(word: str) -> str:
    """Return a folded word: Лавров, Lawrow and Lavrov are the same, and so are Pjöngjang, Pjongjang and Pyongyang."""
    return spelling_key(to_latin(word))


def exact_form(word: str) -> str:
    """Return a word without case and apostrophes."""
    return word.translate(APOSTROPHES).casefold()[:LONGEST]


def join_latin(words: Sequence[str]) -> str:
    """Return several words in Latin letters, joined."""
    return "".join(map(to_latin, words))


def join_words(words: Sequence[str]) -> str:
    """Return several words folded and joined."""
    return spelling_key(join_latin(words))


ANY_LETTER = "?"
"""Placeholder for a letter that may be another."""


def _may_slip(folded: str) -> bool:
    return SHORTEST_TO_SLIP <= len(folded) <= LONGEST_TO_SLIP and not folded.isdigit()


@lru_cache(maxsize=8_192)
def slip_variants(latin: str) -> tuple[str, ...]:
    """Return what a word in Latin letters is found by if the search contains a slip.

    That is the word itself, and the word with any letter in each position, all folded. Digits are not replaced, because
    2018 is not a slip for 2019.
    """
    folded = spelling_key(latin)
    if not _may_slip(folded):
        return ()
    if len(folded) == SHORTEST_TO_SLIP:
        return (folded,)
    return tuple(sorted({folded, *map(spelling_key, _with_another_letter(latin))}))


@lru_cache(maxsize=1_024)
def variants_a_slip_apart(latin: str) -> tuple[str, ...]:
    """Return the variants of other words from which a typed word differs by one slip.

    A slip is a letter more or less, another letter, or two neighbouring letters swapped. It is made before the word is
    folded, in the letters as people type them: sh for shch is two slips.
    """
    folded = spelling_key(latin)
    if not _may_slip(folded):
        return ()
    places = range(len(latin))
    variants = [latin[:place] + ANY_LETTER + latin[place:] for place in (*places, len(latin))]
    if len(folded) > SHORTEST_TO_SLIP:
        letters = [place for place in places if not latin[place].isdigit()]
        variants += _with_another_letter(latin)
        variants += [latin[:place] + latin[place + 1 :] for place in letters]
        variants += [
            latin[:place] + latin[place + 1] + latin[place] + latin[place + 2 :]
            for place in letters
            if place + 1 in letters
        ]
    return tuple(sorted({*map(spelling_key, variants)} - {folded}))


def _with_another_letter(latin: str) -> list[str]:
    return [
        latin[:place] + ANY_LETTER + latin[place + 1 :] for place, letter in enumerate(latin) if not letter.isdigit()
    ]


def word_runs(words: int) -> Iterator[tuple[int, int]]:
    """Yield from where to where words of a name may be written as one: each, several, and all of them."""
    for start in range(words):
        for end in range(start + 1, words + 1):
            if end - start <= MOST_JOINED or end - start == words:
                yield start, end
