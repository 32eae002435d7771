"""Every line of the register is in one language: the reader's, or completely in English.

A line may also contain names, the headline of a document, and its own words in quotation marks.
"""

import asyncio
import re
import unicodedata
from typing import Any, NamedTuple

import pytest

from service.store.i18n.languages import LANGUAGES
from tests.schema.asking import answer

SPOKEN, UNSPOKEN = LANGUAGES, ("it", "zh-Hans", "ja")
SCRIPTS = {"ko": "HANGUL", "ru": "CYRILLIC"}
LABELS = " ".join(f'{tag.replace("-", "")}: label(language: "{tag}")' for tag in SPOKEN + UNSPOKEN)
NAMED = ("people", "organisations", "countries", "places")
LISTS = {
    **dict.fromkeys((*NAMED, "conflicts"), ""),
    "meetings": "",
    "facts": f"date {{ {LABELS} }} ... on Meeting {{ plannedDate {{ {LABELS} }} }}",
    "claims": f"property valueDate {{ {LABELS} }}",
    "sources": f"title publishedOn {{ {LABELS} }}",
}
"""The root lists that together contain every label, and what else is queried on their entries."""
OWN_WORDS = ("title", "designation", "ending")
QUOTED = re.compile("“[^”]*”|„[^“]*“|«[^»]*»")
SHARED = {
    *("April", "September", "November", "in", "In", "Steak", "Test", "bilateral"),
    *("Panmunjom", "Kim", "Putin", "Pompeo", "Trump", "Korea", "Koreas", "Air", "Force", "One", "Pukguksong"),
}
"""Words that English and German have in common, and parts of names."""


class Line(NamedTuple):
    """Entry of a list, in each language; `title`: a document's, `is_quoting`: whether it has words of one."""

    list: str
    labels: dict[str, str]
    is_quoting: bool = False
    title: str = ""


async def fetch_all(url: str, name: str, more: str) -> list[Any]:
    """Return every entry of a list."""
    query = f"""query ($after: String) {{ {name}(first: 100, after: $after) {{
        pageInfo {{ hasNextPage endCursor }} nodes {{ slug {LABELS} {more} }} }} }}"""
    found: list[Any] = []
    after = None
    while True:
        page = (await answer(url, query, {"after": after}))["data"][name]
        found += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


def labels(labelled: Any) -> dict[str, str]:
    return {tag: labelled[tag.replace("-", "")] for tag in SPOKEN + UNSPOKEN}


async def every_line(url: str) -> list[Line]:
    found: list[Line] = []
    for name, more in LISTS.items():
        for entry in await fetch_all(url, name, more):
            title = entry.get("title") or ""
            found.append(Line(name, labels(entry), entry.get("property") in OWN_WORDS, title))
            dates = (entry.get(field) for field in ("date", "plannedDate", "valueDate", "publishedOn"))
            found += [Line("dates", labels(date)) for date in dates if date]
    return found


@pytest.fixture(scope="module")
def lines(database: str) -> list[Line]:
    return asyncio.run(every_line(database))


@pytest.fixture(scope="module")
def names(lines: list[Line]) -> dict[str, list[str]]:
    """Return everything that has a name, in each language, the longest first."""
    named = [line.labels for line in lines if line.list in (*NAMED, "meetings")]
    return {tag: sorted({each[tag] for each in named}, key=len, reverse=True) for tag in SPOKEN}


def remaining_words(line: Line, tag: str, names: dict[str, list[str]]) -> str:
    """Return what is left of a line without names and without a document's own words."""
    text = line.labels[tag].replace(line.title, "")
    text = QUOTED.sub("", text) if line.is_quoting else text
    for name in names[tag]:
        text = text.replace(name, "")
    return text


def test_every_list_has_lines(lines: list[Line]) -> None:
    assert {line.list for line in lines} == {*LISTS, "dates"}
    assert len(lines) > 1000


@pytest.mark.parametrize("tag", SCRIPTS)
def test_a_line_is_in_the_letters_of_its_language_or_english_as_a_whole(
    lines: list[Line], names: dict[str, list[str]], tag: str
) -> None:
    told = [line for line in lines if line.labels[tag] != line.labels["en"] and line.list not in (*NAMED, "meetings")]
    assert len(told) > 500
    others = [
        line.labels[tag]
        for line in told
        if any(
            each.isalpha() and not unicodedata.name(each).startswith(SCRIPTS[tag])
            for each in remaining_words(line, tag, names)
        )
    ]
    assert others == []


def test_what_english_and_german_lines_share_is_no_word_of_the_other(
    lines: list[Line], names: dict[str, list[str]]
) -> None:
    shared: set[str] = set()
    for line in lines:
        if line.labels["de"] != line.labels["en"]:
            english, german = (set(re.findall(r"[^\W\d_]+", remaining_words(line, tag, names))) for tag in ("en", "de"))
            shared |= english & german
    assert shared - SHARED == set()
    assert len(shared) > 10


@pytest.mark.parametrize("tag", UNSPOKEN)
def test_a_line_is_english_in_a_language_that_labels_are_not_told_in(lines: list[Line], tag: str) -> None:
    assert [line for line in lines if line.list not in NAMED and line.labels[tag] != line.labels["en"]] == []
    assert [line for line in lines if line.list == "countries" and line.labels[tag] != line.labels["en"]] != []
