"""The lexemes of names and types; those of words are made by the analysers. Each begins with its own mark."""

from collections.abc import Sequence

from service.store.search.folding import LONGEST, deletion_variants, exact_form, join_words

LONG = 8
"""From so many letters on a slip is forgiven in what is told too: Delfinarium, dolphinarium."""

EXACT, WHOLE, SENSE, JOINED, SLIP, TOLD_SLIP, TYPE, MEANING, BEGUN = "=", "#", "%", "+", "~", "^", "@", ">", "<"
"""What a lexeme begins with that is a whole name as it is spelt; a whole name folded and in one; what the words of a
whole text mean; several words of a name in one; either, or a word of a name, with a letter left out; so a long word of
a claim; the type of an entry; what a word means in every language; the first letters of a word."""
FIRST_LETTERS = 3
"""So many of a word are a lexeme of their own: to look up all words that begin so would take long, as they are many."""


def of_type(typename: str) -> str:
    """The lexeme that every entry of a type has."""
    return TYPE + typename


def whole_name(words: Sequence[str]) -> tuple[str, str]:
    """The lexemes of a whole name: as it is spelt, and folded and in one."""
    return EXACT + " ".join(map(exact_form, words))[:LONGEST], WHOLE + join_words(words)


def deletion_lexemes(folded: str, mark: str = SLIP) -> tuple[str, ...]:
    """The lexemes by which a folded word is found though it has a slip."""
    return tuple(mark + variant for variant in deletion_variants(folded))


def first_letters(lexeme: str) -> str:
    """The lexeme of the first letters of a word, or of words of a name in one; empty where that has no more of them."""
    word = lexeme.removeprefix(JOINED)
    return BEGUN + word[:FIRST_LETTERS] if len(word) > FIRST_LETTERS and word[0].isalnum() else ""


def begun_by(lexeme: str) -> str:
    """The lexeme of all words that begin with just these letters; empty where there is none."""
    word = lexeme.removeprefix(JOINED)
    return BEGUN + word if len(word) == FIRST_LETTERS and word[0].isalnum() else ""
