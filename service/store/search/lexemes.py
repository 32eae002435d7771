"""The lexemes of names and types; those of words are made by the analysers. Each begins with its own mark."""

import re
from collections.abc import Sequence

from service.store.search.folding import LONGEST, exact_form, join_words, key, slip_variants, variants_a_slip_apart

LONG = 8
"""From so many letters on a slip is forgiven in what is told too: Delfinarium, dolphinarium."""

EXACT, WHOLE, SENSE, JOINED, ROMANISED = "=", "#", "%", "+", "&"
SLIP, TYPE, MEANING, BEGUN = "~", "@", ">", "<"
"""What a lexeme begins with that is a whole name as it is spelt; a whole name folded and in one; what the words of a
whole text mean; several words of a name in one; one or several of Hangul in Latin letters; a name, a word of one or a
long word of a claim as a slip finds it; the type of an entry; what a word means in every language; the first letters of
a word."""
FIRST_LETTERS = 3
"""So many of a word are a lexeme of their own: to look up all words that begin so would take long, as they are many."""


HANGUL = re.compile("[가-힣]")


def folded_form(word: str) -> str:
    """The lexeme of a word folded. One of Hangul has a mark, so that no word in Latin letters begins it: Seoul is no
    beginning of 슬로바키아, Slovakia.
    """
    return (ROMANISED if HANGUL.search(word) else "") + key(word)


def forms_in_other_letters(word: str, forms: Sequence[str]) -> list[str]:
    """What the same word has for folded forms in Latin letters if it is of Hangul, else in Hangul: 푸틴, Putin."""
    if HANGUL.search(word):
        return [form.removeprefix(ROMANISED) for form in forms if form.startswith(ROMANISED)]
    return [ROMANISED + key(word)]


def joined_form(words: Sequence[str]) -> str:
    """The lexeme of several words of a name in one."""
    return (ROMANISED if any(map(HANGUL.search, words)) else JOINED) + join_words(words)


def of_type(typename: str) -> str:
    """The lexeme that every entry of a type has."""
    return TYPE + typename


def whole_name(words: Sequence[str]) -> tuple[str, str]:
    """The lexemes of a whole name: as it is spelt, and folded and in one."""
    return EXACT + " ".join(map(exact_form, words))[:LONGEST], WHOLE + join_words(words)


def slip_lexemes(latin: str) -> tuple[str, ...]:
    """The lexemes by which a word in Latin letters is found though it is typed with a slip."""
    return tuple(SLIP + variant for variant in slip_variants(latin))


def lexemes_a_slip_apart(latin: str) -> tuple[str, ...]:
    """The lexemes of those words of which a typed one is a slip apart."""
    return tuple(SLIP + variant for variant in variants_a_slip_apart(latin))


def first_letters(lexeme: str) -> str:
    """The lexeme of the first letters of a word, or of words of a name in one; empty where that has no more of them."""
    word = lexeme.removeprefix(JOINED)
    return BEGUN + word[:FIRST_LETTERS] if len(word) > FIRST_LETTERS and word[0].isalnum() else ""


def words_beginning(lexeme: str) -> str:
    """The lexeme of all words that begin with just these letters; empty where there is none."""
    word = lexeme.removeprefix(JOINED)
    return BEGUN + word if len(word) == FIRST_LETTERS and word[0].isalnum() else ""
