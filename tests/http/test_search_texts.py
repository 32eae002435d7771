"""Search texts, up to the documented limits and beyond: results or TOO_MANY_WORDS, whatever they contain."""

from __future__ import annotations

import pytest

from tests.http.conftest import Ask, Reply

pytestmark = pytest.mark.slow

WORDS, CHARACTERS = 100, 10_000
"""The limits that the refusal states."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def distinct_words(word: str, count: int = WORDS) -> str:
    """Return this many words, each with two different letters in front."""
    pairs = (one + other for one in LETTERS for other in LETTERS)
    return " ".join(pair + word for pair, _ in zip(pairs, range(count), strict=False))


AT_THE_LIMITS = {
    "100 words of 98 letters": distinct_words("a" * 96),
    "100 words of 98 different letters": distinct_words((LETTERS * 4)[:96]),
    "100 words of 98 letters in quotation marks": f'"{distinct_words("a" * 96)[:9_998]}"',
    "50 pairs in quotation marks": " ".join(f'"{word} {word}b"' for word in distinct_words("a" * 40, 50).split()),
    "100 words of 95 letters, none wanted": " ".join(f"-{word}" for word in distinct_words("a" * 93).split()),
    "50 words, 49 of them not wanted": "kim " + " ".join(f"-{word}" for word in distinct_words("a" * 90, 49).split()),
    "50 words with `or` between them": " or ".join(distinct_words("a" * 90, 50).split()),
    "100 words of 98 Cyrillic letters": distinct_words("я" * 96),
    "100 words of 98 Hangul syllables": distinct_words("김" * 96),
    "100 words of 98 Greek letters with accents": distinct_words("ώ" * 96),
    "100 words of 98 umlauts": distinct_words("ü" * 96),
    "100 words of 98 letters of two scripts": distinct_words("aя" * 48),
    "100 words of 98 letters that fold into two": distinct_words("ß" * 96),
    "100 words of 49 letters with marks beside them": distinct_words("a\u0301" * 48),
    "100 words of 98 ligatures": distinct_words("\ufb03" * 96),
    "100 words of 98 digits": distinct_words("7" * 96),
    "100 words of 98 letters beyond the first plane": distinct_words("\U0001d51e" * 96),
    "one word of 10,000 letters": "a" * CHARACTERS,
    "one word of 10,000 different letters": (LETTERS * 400)[:CHARACTERS],
    "one word of 10,000 Cyrillic letters": "я" * CHARACTERS,
    "one word of 2,047 letters": "a" * 2_047,
    "one word of 2,048 Cyrillic letters": "я" * 2_048,
    "one word of 5,000 letters in quotation marks": f'"{"a" * 5_000}"',
    "100 words of one letter": " ".join((LETTERS * 4)[:WORDS]),
    "100 times the same word": " ".join(["kim"] * WORDS),
    "10,000 hyphens": "-" * CHARACTERS,
    "10,000 full stops": "." * CHARACTERS,
    "10,000 quotation marks": '"' * CHARACTERS,
    "10,000 blanks": " " * CHARACTERS,
    "words joined by hyphens": "-".join(["ab"] * WORDS),
    "one word with 9,000 marks on it": "a" + "\u0301" * 9_000,
}
"""Texts within 100 words and 10,000 characters."""

STRANGE = {
    "nothing": "",
    "blanks": " \t\r\n\u00a0\u3000",
    "punctuation": "!?.,;:()[]{}<>/\\|&*'`~@#$%^_=+",
    "operators of a tsquery": "a & b | !c <-> d:* <2> 'e' :A",
    "an open quotation mark": '"kim jong',
    "quotation marks of other kinds": "«kim» „jong“ “un”",
    "an apostrophe": "o'brien d''un 'a",
    "a backslash": "a\\'b\\\\ \\",
    "question words": "who what when where why how",
    "question words in German": "wer was wann wo warum wie",
    "words that tell nothing": "the of and der die das und",
    "minus words": "-kim -trump -putin",
    "minus a phrase": '-"kim jong un"',
    "minus alone": "- -- --- -",
    "or alone": "or",
    "or around": "or kim or",
    "or twice": "kim or or trump",
    "minus or": "-or",
    "two scripts": "Kim Ким 김정은 金正恩",
    "one word of two scripts": "Kимk김",
    "bidi marks": "\u202ekim\u202c \u2066trump\u2069 \u200fputin\u200e",
    "zero width": "ki\u200bm \u200d\u200c \ufeffkim\u00adjong",
    "emoji": "😀 👩‍👩‍👧 🇰🇵",
    "private use": "\ue000\uf8ff\U000f0000",
    "no characters": "\ufffe\uffff\U0001fffe",
    "combining marks alone": "\u0301\u0300\u0345",
    "a dotless i": "ıİKI",
    "Turkish capitals": "KİM IŞIK",
    "a long s": "ſummit ﬁne ß ẞ",
    "numbers": "2019 1e400 -1 0x10 ٢٠١٩ ²",
    "lines": "kim\njong\r\nun\u2028\u2029",
    "controls": "\u0001\u0007\u001b[0m\u007f\u0085",
    "our own marks": "@ '@' kim@trump",
    "SQL": "'); DROP TABLE fact; --",
    "placeholders": "$1 $2::text %s {0} ${x}",
}

BEYOND = {
    "101 words": " ".join(["kim"] * (WORDS + 1)),
    "101 words in quotation marks": f'"{" ".join(["kim"] * (WORDS + 1))}"',
    "101 minus words": " ".join(["-kim"] * (WORDS + 1)),
    "101 words with `or`": " or ".join(["kim"] * (WORDS + 1)),
    "10,001 letters": "a" * (CHARACTERS + 1),
    "10,001 full stops": "." * (CHARACTERS + 1),
    "10,001 blanks": " " * (CHARACTERS + 1),
}

SEARCH = (
    "query ($t: String!) { search(text: $t, first: 3) { totalCount edges { matched { text } node { __typename } } } }"
)
FILTERS = (
    "facts",
    "people",
    "organisations",
    "countries",
    "places",
    "sources",
    "summits",
    "quotes",
    "events",
    "offices",
)


def found_by(ask: Ask, text: str) -> list[Reply]:
    """Return the response to a text in a search, in the filter of each kind of list, and below another field."""
    filters = [f"{name}(filter: {{text: $t}}) {{ totalCount }}" for name in FILTERS]
    inner = "all: people(first: 2) { nodes { facts(filter: {text: $t}) { totalCount } } }"
    queries = [SEARCH, *(f"query ($t: String!) {{ {field} }}" for field in [*filters, inner])]
    return [ask(query, {"t": text}) for query in queries]


@pytest.mark.parametrize("case", [*AT_THE_LIMITS, *STRANGE])
def test_a_text_within_the_limits(ask: Ask, case: str) -> None:
    text = AT_THE_LIMITS.get(case) or STRANGE[case]
    assert len(text) <= CHARACTERS
    for reply in found_by(ask, text):
        if reply.codes:
            # a text whose words are each searched in many forms may exceed the limits
            (error,) = reply.body["errors"]
            assert case in AT_THE_LIMITS
            assert (error["extensions"]["code"], error["extensions"].get("limit")) == ("QUERY_TOO_COMPLEX", "work")


@pytest.mark.parametrize("case", BEYOND)
def test_a_text_beyond_the_limits(ask: Ask, case: str) -> None:
    search, *filters = found_by(ask, BEYOND[case])
    assert search.error_places == {("BAD_USER_INPUT", ("search",), "text")}
    paths = [*((name,) for name in FILTERS), ("all", "nodes", "facts")]
    assert [reply.error_places for reply in filters] == [{("BAD_USER_INPUT", path, "filter.text")} for path in paths]
    for reply in (search, *filters):
        assert reply.body["data"] is None
        assert {error["extensions"]["reason"] for error in reply.body["errors"]} == {"TOO_MANY_WORDS"}


def test_a_text_that_holds_nothing_but_a_nul(ask: Ask) -> None:
    for query, variables in ((SEARCH, {"t": "kim\0"}), ('{ search(text: "kim\\u0000") { totalCount } }', {})):
        reply = ask(query, variables)
        assert reply.error_places == {("BAD_USER_INPUT", ("search",), "text")}
        assert {error["extensions"]["reason"] for error in reply.body["errors"]} == {"INVALID_TEXT"}


@pytest.mark.parametrize("text", ["kim", "Лавров", "gipfel -hanoi", '"kim jong un"', "x\\y", "a'b"])
def test_a_text_is_looked_for_alike_by_literal_and_by_variable(ask: Ask, text: str) -> None:
    written = text.replace("\\", "\\\\").replace('"', '\\"')
    literal = SEARCH.replace("query ($t: String!) ", "").replace("$t", f'"{written}"')
    assert ask(literal).body == ask(SEARCH, {"t": text}).body
