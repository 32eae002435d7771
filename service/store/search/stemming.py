"""What leads the spellings and forms of a word back to one: stemmers, and what comes before them."""

import re
from collections.abc import Callable

import Stemmer  # type: ignore[import-not-found]

Change = Callable[[str], str]


def snowball(language: str) -> Change:
    stemmer = Stemmer.Stemmer(language)
    return lambda word: str(stemmer.stemWord(word))


AMERICAN = (
    (re.compile(r"(?<=[a-z]{3})is(?=(?:e[sdr]?|ing|ations?)$)"), "iz"),
    (re.compile(r"(?<=[a-z]{2})our(?=(?:s|ed|ing|al|able|ful|less|ite|ites)?$)"), "or"),
    (re.compile(r"(?<=[a-z]{3}[^aeiou])re(?=s?$)"), "er"),
    (re.compile(r"(?<=[a-z]{3})ence(?=s?$)"), "ense"),
    (re.compile(r"(?<=[a-z]{3})ogramme(?=s?$)"), "ogram"),
)


def as_in_america(word: str) -> str:
    """-ise and -our as -ize and -or; what is doubled is single in any folded word."""
    for british, american in AMERICAN:
        word = british.sub(american, word)
    return word


ELISION = re.compile(r"^(?:[cdjlmnst]|qu)['’ʼ](?=\w)")


def without_article(word: str) -> str:
    """`accord` of l'accord."""
    return ELISION.sub("", word)


def without_diaeresis(word: str) -> str:
    """With е for ё, as most write it."""
    return word.replace("ё", "е")


GERMAN, ENGLISH, FRENCH, RUSSIAN = map(snowball, ("german", "english", "french", "russian"))
