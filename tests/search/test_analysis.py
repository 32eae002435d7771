"""What words and texts are found by, and the queries that find them."""

from datetime import date

import psycopg
import pytest

from service.store.search.analysers import lexemes, parts, senses
from service.store.search.document import Text, name, search_document, words_of_source
from service.store.search.folding import to_latin
from service.store.search.lexemes import lexemes_a_slip_apart, slip_lexemes
from service.store.search.query import parse_search
from service.store.search.suggestions import beginnings, typed_keys

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("words", "shared"),
    [
        ("Горбачёв Gorbachev", "gorbachev"),
        ("Шойгу Schoigu Shoigu", "shoigu"),
        ("Медведев Medwedew Medvedev", "medvedev"),
        ("Сергей Sergej Sergey", "sergei"),
        ("Österreich Oesterreich Osterreich", "ostereich"),
        ("Straße Strasse", "strase"),
        ("Gespräche Gespraech gesprachs", "gesprach"),
        ("meetings Meeting", "meet"),
        ("neue neuen neuer", "neu"),
        ("Stephan Stefan", "stefan"),
        ("armoured armored", "armor"),
        ("denuclearisation denuclearization denuclearised", "denuclear"),
        ("centre center centres", "center"),
        ("defence defense", "defens"),
        ("обвинение обвинения обвинением", "obvinen"),
        ("Путина Путину Путиным", "putin"),
        ("Ханой Ханое", "khan"),
        ("négociations négociation", "negoci"),
        ("l'accord accord", "acord"),
        ("trafen getroffen Treffen meeting met rencontre встретились 만났나", ">meeting"),
        ("absagen abgesagt cancelled annulé отменил 취소했나", ">cancelled"),
        ("04 4", "4"),
        ("김정은이 김정은의 김정은", "김정은"),
        ("2018년 2018", "2018"),
    ],
)
def test_words_that_are_the_same_share_a_lexeme(words: str, shared: str) -> None:
    assert [word for word in words.split() if shared not in lexemes(word)] == []


def test_a_word_of_hangul_is_found_in_latin_letters_as_a_whole_and_not_by_its_beginning() -> None:
    assert lexemes("슬로바키아") == ("슬로바키아", "&seulrobakia")
    assert "'&pieongiang'" in parse_search("Pyeongyang").all_words
    assert "'pieongiang'" in parse_search("평양").all_words
    assert "&" not in parse_search("Seoul").all_words.replace("'&seul'", "").replace(" & ", "")


@pytest.mark.parametrize(
    ("typed", "name_"),
    [
        # a letter missing, added, wrong, two swapped; before the word is folded
        ("Khruschev", "Khrushchev"),
        ("Kruschev", "Khrushchev"),
        ("Roosevvelt", "Roosevelt"),
        ("Rooseaelt", "Roosevelt"),
        ("Rosoevelt", "Roosevelt"),
        ("Trdueau", "Trudeau"),
        ("Wladiwustok", "Vladivostok"),
    ],
)
def test_one_slip_finds_a_name(typed: str, name_: str) -> None:
    assert {*slip_lexemes(to_latin(name_))} & {*lexemes_a_slip_apart(to_latin(typed))}


@pytest.mark.parametrize(
    ("typed", "name_"),
    [
        ("Hanoi", "Thani"),
        ("Hanoi", "Ghani"),
        ("Moscow", "Mojsov"),
        ("Cairo", "Ciampi"),
        ("Bonn", "Boni"),
        ("Bush", "Bash"),
    ],
)
def test_two_slips_find_none_nor_one_in_a_word_of_four_letters(typed: str, name_: str) -> None:
    assert not {*slip_lexemes(to_latin(name_))} & {*lexemes_a_slip_apart(to_latin(typed))}


def test_a_word_that_tells_nothing_has_one_lexeme_that_no_beginning_finds() -> None:
    assert lexemes("Und") == ("-und",)


def test_a_text_is_read_in_its_own_language_and_a_query_in_each() -> None:
    assert "trefen" in lexemes("Treffen", "en")
    assert "tref" not in lexemes("Treffen", "en")
    assert {"tref", "trefen"} <= {*lexemes("Treffen"), *lexemes("Treffen", "de")}


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("정상회담", (("정상", "상회", "회담"),)),
        ("하노이에서", (("하노", "노이"),)),
        ("金正恩", (("金正", "正恩"),)),
        ("회담", ()),
        ("Waffentest", ((">weapon", ">test"),)),
        ("Abrüstungsgipfel", ((">disarmament", ">summit"),)),
        ("Grenzverkehr", ((">border", "verkehr"),)),
        ("Programme", ()),
    ],
)
def test_what_is_joined_of_words_is_found_by_its_parts(word: str, found: tuple[tuple[str, ...], ...]) -> None:
    assert parts(word) == found


@pytest.mark.parametrize(
    ("texts", "shared"),
    [
        (["Foreign Minister of Russia", "russian foreign minister"], "%>minister >russia foreign"),
        (["Außenminister Russlands", "russischer Außenminister"], "%>russia ausenminist"),
        (["Северная Корея", "Северной Корее"], "%>korea severn"),
        (["Hanoi 2019", "2019 Hanoi"], "%2019 hanoi"),
    ],
)
def test_whole_texts_that_mean_the_same_share_a_lexeme(texts: list[str], shared: str) -> None:
    assert [text for text in texts if shared not in senses(text.split())] == []


def test_a_whole_text_of_numbers_means_nothing() -> None:
    assert senses(["2019"]) == senses(["2018", "6"]) == senses([]) == []


@pytest.mark.parametrize(
    ("text", "looked_up", "marked"),
    [
        ("Kim Pu", "'pu':*", "'pu':*"),
        ("Kim Put", "'put' | '<put'", "'put':*"),
        ("Kim Puti", "'puti':*", "'puti':*"),
        ('"Kim Put', "('kim' | '&kim') <-> ('&put' | 'put':*)", "'put':*"),
    ],
)
def test_three_letters_that_a_word_begins_with_are_looked_up_as_a_lexeme(
    text: str, looked_up: str, marked: str
) -> None:
    queries = parse_search(text)
    assert looked_up in queries.all_words
    assert marked in queries.hits
    assert "'<" not in "".join([queries.hits, queries.forms, queries.called, queries.typed, *queries.words])


def test_a_year_is_no_slip_for_another() -> None:
    queries = parse_search("summit 2019")
    assert not any("~" in leaf for leaf in queries.words[1].split(" | "))
    assert "~summit201" not in queries.all_words


def test_what_is_stored_keeps_texts_apart_and_words_in_place() -> None:
    entry: dict[str, object] = {"typename": "Talks", "slug": "ems"}
    texts = [name("Bad Ems"), Text("Über Ems,\n am 1.", "de"), Text("Bad Ems"), words_of_source("Depesche", "de")]
    row = search_document(entry, date(1870, 7, 13), date.max, texts)
    pieces = str(row["text"]).split("\x1f")
    assert pieces[1::2] == ["\x1e", "Bad", "Ems", "\x1e", "Über", "Ems", "am", "1", "\x1e", "Depesche"]
    assert pieces[0::2] == ["", "", " ", "", "", " ", ", ", " ", ".", "", ""]
    found = str(row["lexemes"]).removeprefix("'").split(" '")
    places: dict[str, list[str]] = {}
    for lexeme, _, at in (each.partition("'") for each in found):
        places.setdefault(lexeme, []).extend(filter(None, at.removeprefix(":").split(",")))
    # initials only find a text
    assert [lexeme for lexeme, at in places.items() if not at] == ["<bad", "<dep"]
    held = {"@Talks": ["1B"], "ems": ["3A", "6B"], "=bad ems": ["2A", "3A"], "+badems": ["2A", "3A"], "-am": ["7B"]}
    held |= {"~b?dems": ["2D", "3D"], "depesche": ["10C"], "~depes?he": ["10D"]}
    assert {lexeme: places[lexeme] for lexeme in held} == held


def test_a_name_is_typed_from_any_of_its_words_on_in_any_alphabet() -> None:
    typed = {key: each.name for each in beginnings(["Vladimir Putin", "Путин"]) for key in [each.key]}
    assert typed == {
        "vladimirputin": "Vladimir Putin",
        "putin": "Vladimir Putin",
        "путин": "Путин",
    }
    assert typed_keys("Пут") == ["пут", "put"]
    assert typed_keys("Wlad") == ["wlad", "vlad"]
    assert typed_keys(" ?! ") == []


def test_whatever_is_typed_is_a_query(database: str) -> None:
    with psycopg.connect(database) as connection:
        for code in range(1, 0x3000):
            letter = chr(code)
            queries = parse_search(f'{letter} x{letter}y -{letter}z "{letter} a{letter}').as_array()
            connection.execute("SELECT %s::tsquery[]", [queries])
