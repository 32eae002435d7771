"""The row that an entry is found by: its texts in pieces, and their lexemes with their places; it decides nothing."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from service.store.loading.rows import Row
from service.store.wording.lexemes import RUN, WORD, joined, lexemes, of_type, runs, slips, whole

PIECE, TEXT = "\x1f", "\x1e"
"""What stands between two pieces, and the word that stands before each text (ASCII: unit and record separator)."""

NAMED, TOLD, SLIPPED = "A", "B", "D"
"""What a lexeme weighs: of a name, of any other text, of a name with a slip."""

Places = dict[str, dict[int, str]]
"""The weight of each lexeme at each of its places: of the second, fourth, sixth ... piece."""


def findable(
    entry: Row, known_from: date, known_until: date, names: Iterable[str] = (), texts: Iterable[str] = ()
) -> Row:
    """The row of an entry that has these names and texts between two days; `entry` says which one it is."""
    names = list(dict.fromkeys(names))
    found = [(_split(name), _name) for name in names]
    found += [(_split(text), _text) for text in dict.fromkeys(texts) if text not in names]
    pieces, places = [""], {of_type(str(entry["typename"])): {1: TOLD}}
    for split, lexed in found:
        pieces += [TEXT, *split]
        words = split[1::2]
        last = (len(pieces) - 1) // 2
        for place, lexeme, weight in lexed(words):
            places.setdefault(lexeme, {})[last - len(words) + 1 + place] = weight
    return {
        **entry,
        "known_from": known_from,
        "known_until": known_until,
        "text": PIECE.join(pieces),
        "lexemes": _written(places),
    }


def _split(text: str) -> Sequence[str]:
    """What stands between the words, and the words, by turns; white space is a space."""
    found: list[str] = [""]
    end = 0
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    for match in WORD.finditer(text):
        found[-1] = text[end : match.start()]
        end = match.end()
        found += [match[0], ""]
    found[-1] = text[end:]
    return found


def _text(words: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    for place, word in enumerate(words):
        for lexeme in lexemes(word):
            yield place, lexeme, TOLD


def _name(words: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """The lexemes of a name: of its words, of several in one and of the whole; with a slip in a word or the whole."""
    for place, lexeme, _ in _text(words):
        yield place, lexeme, NAMED
    for start, end in runs(len(words)):
        run = joined(words[start:end])
        is_forgiven = end - start in (1, len(words))
        for place in range(start, end):
            yield place, RUN + run, NAMED
            for slip in slips(run) if is_forgiven else ():
                yield place, slip, SLIPPED
    for place in range(len(words)):
        for lexeme in whole(words):
            yield place, lexeme, NAMED


def _written(places: Places) -> str:
    """As PostgreSQL reads a tsvector; lexemes hold letters, digits, spaces and our own marks only."""
    return " ".join(
        f"'{lexeme}':" + ",".join(f"{place}{weight}" for place, weight in at.items()) for lexeme, at in places.items()
    )
