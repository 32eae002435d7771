"""The search document of an entry: its texts in pieces, and their lexemes with positions and weights."""

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
"""The separator between two pieces, and the word before each text (ASCII: unit and record separator)."""

NAME, OWN, TOLD, SLIPPED = "A", "B", "C", "D"
"""Weights of lexemes: of a name, of the entry's own text, of its context, of a word with a slip."""
Spots = Iterable[tuple[int, str, str]]
"""The index of a word in a text, one of its lexemes, and the weight of that."""
HERE, SLIPPED_HERE = "\x1d", "\x1c"
"""Placeholders for a word's positions in its lexemes (ASCII: group and file separator)."""


class Text(NamedTuple):
    """A text that an entry is found by; without a language, it is analysed in each that its letters fit."""

    text: str
    language: str | None = None
    weight: str = OWN
    is_whole: bool = False
    """Whether it identifies the entry if a search has all of its words and no others."""
    is_told: bool = False
    """Whether a source wrote it: its long words are found with a slip, but our own are spelt as they are."""


def name(text: str, language: str | None = None) -> Text:
    return Text(text, language, NAME, is_whole=True)


def words_of_source(text: str, language: str | None = None) -> Text:
    """Return a text of words of a source, as the source spells them."""
    return Text(text, language, TOLD, is_told=True)


def title(text: str, language: str | None = None) -> Text:
    """Return the text of a title, or of words that somebody used."""
    return Text(text, language, is_whole=True)


def search_document(
    entry: dict[str, object], known_from: date, known_until: date, texts: Iterable[Text], prominence: float = 1
) -> dict[str, object]:
    """Return the row of an entry that has these texts between two days; `entry` identifies the entry.

    prominence: 0 to 1, the factor for matches in it.
    """
    text, lexemes = _document(str(entry["typename"]), tuple(texts))
    if entry["typename"] in HIDDEN:
        # a search shows where it has found something, a filter does not
        text = ""
    days: dict[str, object] = {"known_from": known_from, "known_until": known_until}
    return {**entry, **days, "prominence": prominence, "text": text, "lexemes": lexemes}


@lru_cache(maxsize=16)
def _document(typename: str, texts: tuple[Text, ...]) -> tuple[str, str]:
    """Return the text in pieces, and the lexemes; both are the same for an entry that only becomes better known."""
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
    """Return the lexemes of a word with its positions; PostgreSQL merges lexemes that several words share."""
    found = lexemes.replace(HERE, places[0] if len(places) == 1 else ",".join(places))
    if SLIPPED_HERE in found:
        found = found.replace(SLIPPED_HERE, ",".join(place[:-1] + SLIPPED for place in places))
    return found


@lru_cache(maxsize=512)
def _analyse(text: Text) -> tuple[Sequence[str], Sequence[str], Spots]:
    """Return a text split into words, the lexemes of each, and those of several words together or of the whole text."""
    split = _split_words(text.text)
    words = split[1::2]
    # different runs of a name's words may be the same when folded
    further = [*dict.fromkeys(_name_lexemes(words))] if text.weight == NAME else []
    if text.is_whole:
        further += [
            (place, lexeme, text.weight) for lexeme in senses(words, text.language) for place in range(len(words))
        ]
    own = [_lexemes_of_word(word, text.language, text.is_told) for word in words]
    return split, own, [(place, _tsvector_text(lexeme), weight) for place, lexeme, weight in further]


def _unique(texts: Iterable[Text]) -> Iterable[Text]:
    """Return each wording once, with its greatest weight, in order of weight."""
    weightiest: dict[str, Text] = {}
    for text in sorted(texts, key=lambda text: text.weight):
        weightiest.setdefault(text.text, text)
    return weightiest.values()


def _split_words(text: str) -> Sequence[str]:
    """Return the text between words and the words, alternately; white space becomes a single space."""
    return WORDS.split(unicodedata.normalize("NFC", " ".join(text.split())))


@lru_cache(maxsize=16_384)
def _lexemes_of_word(word: str, language: str | None, is_told: bool) -> str:
    """Return the lexemes of a word and of its parts in tsvector notation; words of sources also with a slip."""
    own = dict.fromkeys([*lexemes(word, language), *chain.from_iterable(parts(word, language))])
    found = map(_tsvector_text, own)
    folded = key(word)
    if is_told and max(len(word), len(folded)) >= LONG and not is_stop_word(word):
        slips = slip_lexemes(to_latin(word))
        return " ".join([*found, *(f"'{slip}':{SLIPPED_HERE}" for slip in slips)])
    return " ".join(found)


def _tsvector_text(lexeme: str) -> str:
    """Return a lexeme in tsvector notation, and its first letters, which only find an entry and highlight nothing.

    The notation is valid because lexemes contain only letters, digits, spaces and our own marks.
    """
    beginning = first_letters(lexeme)
    return f"'{lexeme}':{HERE} '{beginning}'" if beginning else f"'{lexeme}':{HERE}"


def _name_lexemes(words: Sequence[str]) -> Spots:
    """Yield the lexemes of a name: of several words joined and of the whole; with a slip in a word or in the whole."""
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
