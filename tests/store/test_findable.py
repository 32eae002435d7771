"""What words and texts are found by, and the queries that ask for them."""

from datetime import date

import psycopg
import pytest

from service.planner.websearch import asked
from service.store.loading.findable import findable
from service.store.wording.lexemes import lexemes


@pytest.mark.parametrize(
    ("words", "shared"),
    [
        ("Горбачёв Gorbachev", "gorbachev"),
        ("Шойгу Schoigu Shoigu", "shoigu"),
        ("Медведев Medwedew Medvedev", "medvedev"),
        ("Сергей Sergej Sergey", "sergei"),
        ("Österreich Oesterreich Osterreich", "ostereich"),
        ("Straße Strasse", "strase"),
        ("평양 Pyeongyang", "pieongiang"),
        ("Gespräche Gespraech gesprachs", "gesprach"),
        ("meetings Meeting", "meet"),
        ("neue neuen neuer", "neu"),
    ],
)
def test_words_that_are_the_same_share_a_lexeme(words: str, shared: str) -> None:
    assert [word for word in words.split() if shared not in lexemes(word)] == []


def test_a_word_that_tells_nothing_has_one_lexeme_that_no_beginning_finds() -> None:
    assert lexemes("Und") == ("-und",)


def test_what_is_stored_keeps_texts_apart_and_words_in_place() -> None:
    entry: dict[str, object] = {"typename": "Talks", "slug": "ems"}
    row = findable(entry, date(1870, 7, 13), date.max, ["Bad Ems"], ["Über Ems,\n am 1.", "Bad Ems"])
    pieces = str(row["text"]).split("\x1f")
    assert pieces[1::2] == ["\x1e", "Bad", "Ems", "\x1e", "Über", "Ems", "am", "1"]
    assert pieces[0::2] == ["", "", " ", "", "", " ", ", ", " ", "."]
    places = dict(each.split("':") for each in str(row["lexemes"]).removeprefix("'").split(" '"))
    held = {"@Talks": "1B", "ems": "3A,6B", "=bad ems": "2A,3A", "+badems": "2A,3A", "~bdems": "2D,3D", "-am": "7B"}
    assert {lexeme: places[lexeme] for lexeme in held} == held


def test_whatever_is_typed_is_a_query(database: str) -> None:
    with psycopg.connect(database) as connection:
        for code in range(1, 0x3000):
            letter = chr(code)
            queries = list(asked(f'{letter} x{letter}y -{letter}z "{letter} a{letter}'))
            connection.execute("SELECT %s::tsquery[]", [queries])
