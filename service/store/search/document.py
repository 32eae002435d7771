"""The document that an entry is found by: its texts in pieces, and their lexemes with their places and weights."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from service.store.search.analysers import is_stop_word, lexemes, parts, senses
from service.store.search.folding import WORD, join_latin, key, to_latin, word_runs
from service.store.search.lexemes import LONG, first_letters, joined_form, of_type, slip_lexemes, whole_name
from service.store.search.shares import HIDDEN

WORDS = re.compile(f"({WORD.pattern})")
PIECE, TEXT = "\x1f", "\x1e"
"""What stands between two pieces, and the word that stands before each text (ASCII: unit and record separator)."""

NAME, OWN, TOLD, SLIPPED = "A", "B", "C", "D"
"""What a lexeme weighs: of a name, of the entry's own text, of what is told around it, of a word with a slip."""
Spots = Iterable[tuple[int, str, str]]
"""Which word of a text, a lexeme of it, and its weight."""
HERE, SLIPPED_HERE = "\x1d", "\x1c"
"""Where in the lexemes of a word its places belong (ASCII: group and file separator)."""


class Text(NamedTuple):
    """A text that an entry is found by; without a language, it is read in each that its letters fit."""

    text: str
    language: str | None = None
    weight: str = OWN
    is_whole: bool = False
    """Whether it stands for the entry where a search has all its words and no other."""
    is_told: bool = False
    """Whether a source has written it: its long words are found with a slip, ours are spelt as they are."""


def name(text: str, language: str | None = None) -> Text:
    return Text(text, language, NAME, is_whole=True)


def words_of_source(text: str, language: str | None = None) -> Text:
    """Words of a source, as it spells them."""
    return Text(text, language, TOLD, is_told=True)


def title(text: str, language: str | None = None) -> Text:
    """A title, or words that somebody used."""
    return Text(text, language, is_whole=True)


def search_document(
    entry: dict[str, object], known_from: date, known_until: date, texts: Iterable[Text], prominence: float = 1
) -> dict[str, object]:
    """The row of an entry that has these texts between two days; `entry` says which one it is.

    prominence: 0 to 1, by which what is found in it counts.
    """
    text, lexemes = _document(str(entry["typename"]), tuple(texts))
    if entry["typename"] in HIDDEN:
        # a search shows where it has found something, a filter does not
        text = ""
    days: dict[str, object] = {"known_from": known_from, "known_until": known_until}
    return {**entry, **days, "prominence": prominence, "text": text, "lexemes": lexemes}


@lru_cache(maxsize=16)
def _document(typename: str, texts: tuple[Text, ...]) -> tuple[str, str]:
    """The text in pieces, and the lexemes: the same for an entry that only becomes better known."""
    pieces: list[str] = [""]
    places: dict[str, list[str]] = {_tsvector_text(of_type(typename)): [f"1{OWN}"]}
    for text in _unique(texts):
        split, words, further = _analyse(text)
        pieces += [TEXT, *split]
        first = (len(pieces) - len(split)) // 2 + 1
        for place, word in enumerate(words, first):
            spot = f"{place}{text.weight}"
            if word in places:
                places[word].append(spot)
            else:
                places[word] = [spot]
        for place, lexeme, weight in further:
            places.setdefault(lexeme, []).append(f"{first + place}{weight}")
    return PIECE.join(pieces), " ".join(map(_with_places, places, places.values()))


def _with_places(lexemes: str, places: Sequence[str]) -> str:
    """The lexemes of a word with its places; PostgreSQL unites those that several words have."""
    found = lexemes.replace(HERE, places[0] if len(places) == 1 else ",".join(places))
    if SLIPPED_HERE in found:
        found = found.replace(SLIPPED_HERE, ",".join(place[:-1] + SLIPPED for place in places))
    return found


@lru_cache(maxsize=512)
def _analyse(text: Text) -> tuple[Sequence[str], Sequence[str], Spots]:
    """A text split into words, the lexemes of each, and those of several words together or of the whole."""
    split = _split_words(text.text)
    words = split[1::2]
    # several runs of the words of a name may be alike when they are folded
    further = [*dict.fromkeys(_name_lexemes(words))] if text.weight == NAME else []
    if text.is_whole:
        further += [
            (place, lexeme, text.weight) for lexeme in senses(words, text.language) for place in range(len(words))
        ]
    own = [_lexemes_of_word(word, text.language, text.is_told) for word in words]
    return split, own, [(place, _tsvector_text(lexeme), weight) for place, lexeme, weight in further]


def _unique(texts: Iterable[Text]) -> Iterable[Text]:
    """Each wording once, where it weighs most, the weightiest first."""
    weightiest: dict[str, Text] = {}
    for text in sorted(texts, key=lambda text: text.weight):
        weightiest.setdefault(text.text, text)
    return weightiest.values()


def _split_words(text: str) -> Sequence[str]:
    """What stands between the words, and the words, by turns; white space is a space."""
    return WORDS.split(unicodedata.normalize("NFC", " ".join(text.split())))


@lru_cache(maxsize=16_384)
def _lexemes_of_word(word: str, language: str | None, is_told: bool) -> str:
    """The lexemes of a word and of its parts and, where it is told, with a slip, as they stand in a tsvector."""
    own = dict.fromkeys([*lexemes(word, language), *chain.from_iterable(parts(word, language))])
    found = map(_tsvector_text, own)
    folded = key(word)
    if is_told and max(len(word), len(folded)) >= LONG and not is_stop_word(word):
        slips = slip_lexemes(to_latin(word))
        return " ".join([*found, *(f"'{slip}':{SLIPPED_HERE}" for slip in slips)])
    return " ".join(found)


def _tsvector_text(lexeme: str) -> str:
    """A lexeme as it stands in a tsvector, and its first letters, which only find an entry and mark nothing.

    As PostgreSQL reads it: lexemes hold letters, digits, spaces and our own marks only.
    """
    beginning = first_letters(lexeme)
    return f"'{lexeme}':{HERE} '{beginning}'" if beginning else f"'{lexeme}':{HERE}"


def _name_lexemes(words: Sequence[str]) -> Spots:
    """The lexemes of a name: of several words in one and of the whole; with a slip in a word or the whole."""
    for start, end in word_runs(len(words)):
        run = joined_form(words[start:end])
        slips = slip_lexemes(join_latin(words[start:end])) if end - start in (1, len(words)) else ()
        for place in range(start, end):
            yield place, run, NAME
            for slip in slips:
                yield place, slip, SLIPPED
    whole = whole_name(words)
    for place in range(len(words)):
        for lexeme in whole:
            yield place, lexeme, NAME
