"""The lexemes of names and types, each with its own prefix; the analysers make those of words."""

import re
from collections.abc import Sequence

from service.store.search.folding import LONGEST, exact_form, join_words, key, slip_variants, variants_a_slip_apart

LONG = 8
"""Number of letters from which a slip is forgiven in words of sources too: Delfinarium, dolphinarium."""

EXACT, WHOLE, SENSE, JOINED, ROMANISED = "=", "#", "%", "+", "&"
SLIP, TYPE, MEANING, BEGUN = "~", "@", ">", "<"
"""Prefixes of lexemes.

* EXACT: a whole name as spelt
* WHOLE: a whole name, folded and joined
* SENSE: what the words of a whole text mean
* JOINED: several words of a name, joined
* ROMANISED: one or several words of Hangul in Latin letters
* SLIP: a name, a word of a name or a long word of a claim, as a slip finds it
* TYPE: the type of an entry
* MEANING: what a word means in every language
* BEGUN: the first letters of a word
"""
FIRST_LETTERS = 3
"""Number of first letters that form a lexeme of their own: the many words with such a prefix take long to look up."""


HANGUL = re.compile("[가-힣]")


def folded_form(word: str) -> str:
    """Return the lexeme of a folded word.

    A word of Hangul is marked, so that no word in Latin letters is its beginning: Seoul is no beginning of 슬로바키아,
    Slovakia.
    """
    return (ROMANISED if HANGUL.search(word) else "") + key(word)


def forms_in_other_letters(word: str, forms: Sequence[str]) -> list[str]:
    """Return the word's folded forms in Latin letters if it is in Hangul, otherwise in Hangul: 푸틴, Putin."""
    if HANGUL.search(word):
        return [form.removeprefix(ROMANISED) for form in forms if form.startswith(ROMANISED)]
    return [ROMANISED + key(word)]


def joined_form(words: Sequence[str]) -> str:
    """Return the lexeme of several words of a name, joined."""
    return (ROMANISED if any(map(HANGUL.search, words)) else JOINED) + join_words(words)


def of_type(typename: str) -> str:
    """Return the lexeme that every entry of a type has."""
    return TYPE + typename


def whole_name(words: Sequence[str]) -> tuple[str, str]:
    """Return the lexemes of a whole name: as spelt, and folded and joined."""
    return EXACT + " ".join(map(exact_form, words))[:LONGEST], WHOLE + join_words(words)


def slip_lexemes(latin: str) -> tuple[str, ...]:
    """Return the lexemes by which a word in Latin letters is found when typed with a slip."""
    return tuple(SLIP + variant for variant in slip_variants(latin))


def lexemes_a_slip_apart(latin: str) -> tuple[str, ...]:
    """Return the lexemes of the words from which a typed word differs by one slip."""
    return tuple(SLIP + variant for variant in variants_a_slip_apart(latin))


def first_letters(lexeme: str) -> str:
    """Return the lexeme of the first letters of a word, or of a name's joined words; empty if it has no more."""
    word = lexeme.removeprefix(JOINED)
    return BEGUN + word[:FIRST_LETTERS] if len(word) > FIRST_LETTERS and word[0].isalnum() else ""


def words_beginning(lexeme: str) -> str:
    """Return the lexeme of all words that begin with exactly these letters; empty if there is none."""
    word = lexeme.removeprefix(JOINED)
    return BEGUN + word if len(word) == FIRST_LETTERS and word[0].isalnum() else ""
