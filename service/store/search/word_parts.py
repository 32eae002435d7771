"""The parts of a word that stand for it: German compounds, and Korean and Chinese words by neighbouring characters."""

import re

from service.store.search.folding import key
from service.store.search.stemming import GERMAN
from service.store.search.vocabulary import by_stem

GERMAN_MEANINGS = by_stem("de", GERMAN)

# nouns that German joins others with in the register's field, as Lucene's dictionary of compounds has them
CONSTITUENTS = """
    abend abkommen abrüstung absage angriff arbeit arsenal atom außen bericht besuch botschaft brief chef dinner
    drohung einigung einladung ende entspannung erklärung essen flug forderung frieden gast gefangene geheim
    gespräch gipfel grenze güter halbinsel innen kern konferenz konflikt korea krieg land liebe luft macht medien
    militär minister nachricht nuklear panzer partei premier presse programm punkt rakete regierung reise rüstung
    sanktion sicherheit sonder sprecher staat streit system test treffen übung verhandlung verkehr vertrag vize
    waffe welt wirtschaft zug zusammen
"""
LINKS = ("", "s", "es", "n", "en", "e")
SHORTEST_COMPOUND = 8
NOUNS = frozenset(CONSTITUENTS.split())
HEADS = frozenset(map(GERMAN, NOUNS))


def compound_parts(word: str) -> list[str]:
    """What the nouns mean that a German word is joined from; nothing where a piece of it is none of them."""
    if len(word) < SHORTEST_COMPOUND:
        return []
    for end in range(len(word) - 3, 2, -1):
        head, tail = word[end:], word[:end]
        if GERMAN(head) in HEADS and (first := _first_part(tail)):
            return [*first, _sense(head)]
    return []


def _sense(noun: str) -> str:
    return next(iter(GERMAN_MEANINGS(noun)), key(GERMAN(noun)))


def _first_part(word: str) -> list[str]:
    """The parts of what stands before the last noun, without the letters that link it."""
    for link in LINKS:
        bare = word.removesuffix(link) if link else word
        if len(bare) > 2 and (bare in NOUNS or bare + "e" in NOUNS):
            return [_sense(bare if bare in NOUNS else bare + "e")]
    return compound_parts(word)


# the longest first
PARTICLES = (
    *("에게서", "이라고"),
    *("에서", "에게", "으로", "부터", "까지", "께서", "한테", "라고", "이나", "보다", "처럼"),
    *("은", "는", "이", "가", "을", "를", "의", "에", "와", "과", "도", "로", "만"),
)
YEAR = re.compile(r"(?P<year>[0-9]{4})년(?:\w*)")


def without_particle(word: str) -> str:
    """A Korean word without the particle at its end, of which two syllables stay; of 2018년 the number."""
    if year := YEAR.fullmatch(word):
        return year["year"]
    for particle in PARTICLES:
        if word.endswith(particle) and len(word) - len(particle) >= 2:
            return word.removesuffix(particle)
    return word


def bigrams(word: str) -> list[str]:
    """Each two neighbours of a word that has more."""
    return [word[place : place + 2] for place in range(len(word) - 1)] if len(word) > 2 else []


def bigrams_without_particle(word: str) -> list[str]:
    bare = without_particle(word)
    # what is left of 김정은 without 은 would be half a name
    return bigrams(bare if len(bare) > 2 else word)
