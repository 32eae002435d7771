"""Strings in a document: each is read as what it says, however it is written and wherever it occurs.

If a filter is given a value that nothing has, a warning repeats the value, which shows what was bound.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from graphql import build_schema, parse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schema import print_sdl, schema
from service.language.validation import validation_errors
from tests.http.conftest import Ask

SCHEMA = build_schema(print_sdl())
KIM, TRUMP = "kim-jong-un", "donald-trump"
SPELT = {
    '"a"': "a",
    '""': "",
    '" "': " ",
    r'"\""': '"',
    r'"\\"': "\\",
    r'"\\\""': '\\"',
    r'"a\\"': "a\\",
    r'"\/\b\f\n\r\t"': "/\b\f\n\r\t",
    r'"\u0041\u00e4"': "Aä",
    r'"\u{41}\u{1F600}\u{00000e4}"': "A😀ä",
    r'"\uD83D\uDE00"': "😀",
    r'"\\u0041"': r"\u0041",
    '"ä ü 김 😀"': "ä ü 김 😀",
    '"\u202e\u200b\ufeff"': "\u202e\u200b\ufeff",
    '"#"': "#",
    '"# no comment"': "# no comment",
    '"$s"': "$s",
    '"$1"': "$1",
    '"$1::text"': "$1::text",
    '"0"': "0",
    '"1"': "1",
    '"-1"': "-1",
    '"1e400"': "1e400",
    '"true"': "true",
    '"null"': "null",
    '"NAME_ASC"': "NAME_ASC",
    '"2019-02-28"': "2019-02-28",
    '"{ leader(slug: 1) }"': "{ leader(slug: 1) }",
    '"@skip(if: true)"': "@skip(if: true)",
    '"\'"': "'",
    "\"''; --\"": "''; --",
    '"/* */"': "/* */",
    '"%s {0} :x ?"': "%s {0} :x ?",
    '""""""': "",
    '"""a"""': "a",
    '"""a"b"""': 'a"b',
    '"""a""b"""': 'a""b',
    r'"""\""" """': '""" ',
    r'"""\"""a\""""""': '"""a"""',
    r'"""a\nb\\u0041"""': r"a\nb\\u0041",
    '"""\n  a\n    b\n  """': "a\n  b",
    '"""a\r\n  b\rc"""': "a\n  b\nc",
    '"""# a\n# b"""': "# a\n# b",
    '"""\n\n"""': "",
    '"""0"""': "0",
}
"""A text, by how a document writes it."""


def unknown_slugs(ask: Ask, query: str, variables: dict[str, Any] | None = None) -> list[str]:
    """Return the slugs that are reported to name nothing."""
    body = ask(query, variables).body
    assert "data" in body, body
    return [each["value"] for each in body.get("extensions", {}).get("warnings", [])]


@pytest.mark.parametrize("spelt", SPELT)
def test_a_text_is_what_it_says(ask: Ask, spelt: str) -> None:
    text = SPELT[spelt]
    assert unknown_slugs(ask, f"{{ people(filter: {{slug: [{spelt}]}}) {{ totalCount }} }}") == [text]
    assert unknown_slugs(ask, f"{{ people(filter: {{slug: {spelt}}}) {{ totalCount }} }}") == [text]
    by_variable = "query ($s: [String!]) { people(filter: {slug: $s}) { totalCount } }"
    assert unknown_slugs(ask, by_variable, {"s": [text]}) == [text]
    by_default = f"query ($s: [String!] = [{spelt}]) {{ people(filter: {{slug: $s}}) {{ totalCount }} }}"
    assert unknown_slugs(ask, by_default) == [text]
    assert unknown_slugs(ask, by_default, {"s": ["b"]}) == ["b"]
    in_an_object = f"query ($f: PersonFilter = {{slug: [{spelt}]}}) {{ people(filter: $f) {{ totalCount }} }}"
    assert unknown_slugs(ask, in_an_object) == [text]


def test_texts_beside_each_other_in_one_list(ask: Ask) -> None:
    query = f"{{ people(filter: {{slug: [{' '.join(SPELT)}]}}) {{ totalCount }} }}"
    assert unknown_slugs(ask, query) == list(dict.fromkeys(SPELT.values()))
    assert unknown_slugs(ask, '{ people(filter: {slug: ["1" "0" "0" "1" "" "2"]}) { totalCount } }') == unknown_slugs(
        ask, "query ($s: [String!]) { people(filter: {slug: $s}) { totalCount } }", {"s": ["1", "0", "0", "1", "", "2"]}
    )
    assert unknown_slugs(ask, '{ people(filter: {slug:["a""b"]}) { totalCount } }') == ["a", "b"]
    assert unknown_slugs(ask, '{ people(filter: {slug:["a"\n#"c"\n"b",#"\n]}) { totalCount } }') == ["a", "b"]


@pytest.mark.parametrize("text", list(dict.fromkeys(SPELT.values())))
def test_a_text_stands_beside_one_that_names_something(ask: Ask, text: str) -> None:
    query = f"""{{
      a: leader(slug: {json.dumps(text)}) {{ slug }} b: leader(slug: "{KIM}") {{ slug }}
      c: leader(slug: {json.dumps(text)}) {{ slug }} d: leader(slug: "{TRUMP}") {{ slug }}
      e: leader(slug: "{KIM}") {{ slug }}
    }}"""
    kim, trump = {"slug": KIM}, {"slug": TRUMP}
    assert ask(query).body["data"] == {"a": None, "b": kim, "c": None, "d": trump, "e": kim}


def test_documents_that_differ_by_a_text_alone(ask: Ask) -> None:
    for _ in range(2):
        for slug in (KIM, TRUMP, "moon-jae-in", "0", "", KIM):
            found = ask(f'{{ leader(slug: "{slug}") {{ slug }} }}').body["data"]["leader"]
            assert found == (None if slug in ("0", "") else {"slug": slug})
            default = f'query ($s: String = "{slug}") {{ leader(slug: $s) {{ slug }} }}'
            assert ask(default).body["data"]["leader"] == found
            assert ask(default, {"s": TRUMP}).body["data"]["leader"] == {"slug": TRUMP}


def test_texts_of_other_types(ask: Ask) -> None:
    for language, label in (("de", "27.-28. Februar 2019"), ("en", "27-28 February 2019")):
        body = ask(f'{{ summit(slug: "hanoi-2019") {{ date {{ label(language: "{language}") }} }} }}').body
        assert body == {"data": {"summit": {"date": {"label": label}}}}
    for day, phase in (("2019-02-01", "PLANNED"), ("2019-04-18", "HELD")):
        data = ask(f'{{ summit(slug: "hanoi-2019", asOf: "{day}") {{ phase }} }}').body["data"]
        assert data == {"summit": {"phase": phase} if day > "2019-02-20" else None}
    for id_, slug in (("UGVyc29uOmtpbS1qb25nLXVu", KIM), ("UGVyc29uOmRvbmFsZC10cnVtcA", TRUMP)):
        body = ask(f'{{ node(id: "{id_}") {{ ... on Person {{ slug }} }} nodes(ids: ["{id_}", "0"]) {{ id }} }}').body
        assert body == {"data": {"node": {"slug": slug}, "nodes": [{"id": id_}, None]}}
    assert ask("{ node(id: 0) { id } nodes(ids: [0, 1, 12345678901]) { id } }").body == {
        "data": {"node": None, "nodes": [None, None, None]}
    }


def test_texts_in_questions_to_the_schema(ask: Ask) -> None:
    for _ in range(2):
        for name in ("Person", "Summit", "0", "", "Person"):
            query = f'{{ __type(name: "{name}") {{ name }} leader(slug: "{KIM}") {{ slug }} }}'
            known = {"name": name} if name in ("Person", "Summit") else None
            assert ask(query).body == {"data": {"__type": known, "leader": {"slug": KIM}}}
            query = f'query ($n: String! = "{name}") {{ __type(name: $n) {{ name }} }}'
            assert ask(query).body == {"data": {"__type": known}}


MISTAKES = {
    "a text for a number": '{ leaders(first: "kim") { totalCount } }',
    "a text for an enum": '{ leaders(orderBy: "NAME_ASC") { totalCount } }',
    "an enum for a text": "{ leader(slug: NAME_ASC) { slug } }",
    "a text for a condition": '{ dataset { name @include(if: "yes") } }',
    "a text for an object": '{ leaders(filter: "kim") { totalCount } }',
    "a text in the default of a number": 'query ($n: Int = "kim") { leaders(first: $n) { totalCount } }',
    "two fields of one name": '{ leader(slug: "a") { slug } leader(slug: "b") { name } }',
    "an argument that is not there": '{ leader(slug: "a", name: "b") { slug } }',
    "after a comment": '# "kim" is no text here\n{ leader(slug: "kim") { # "\n mountains } }',
    "after lines": '{\n  a: leader(slug: "kim jong un") { slug }\n  b: leader(slug: """x\n  y""") { mountains } }',
    "a text among others": '{ a: fact(slug: "x") { id } b: leaders(first: "two") { nodes { id } } }',
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_is_told_in_the_words_of_the_document(ask: Ask, case: str) -> None:
    query = MISTAKES[case]
    found = [(error["message"], error["locations"]) for error in ask(query).body["errors"]]
    expected = [error.formatted for error in validation_errors(schema._schema, parse(query), comparisons=1_000) or ()]
    assert found == [(error["message"], [dict(each) for each in error["locations"]]) for error in expected]


@pytest.mark.parametrize(
    "query",
    [
        '{ leader(slug: "kim) { slug } }',
        '{ leader(slug: "kim\n") { slug } }',
        '{ leader(slug: """kim) { slug } }',
        r'{ leader(slug: "\x") { slug } }',
        r'{ leader(slug: "\ud800") { slug } }',
        r'{ leader(slug: "\u{110000}") { slug } }',
        r'{ leader(slug: "\u00g0") { slug } }',
        '{ a: leader(slug: "x") { slug } leader(slug: "kim\u0007") { slug } } "',
        'query ($s: String = "a" "b") { leader(slug: $s) { slug } }',
        '"kim" { leader(slug: "a") { slug } }',
        '{ leader(slug: "a") { slug } } "kim"',
        '{ "kim" }',
    ],
)
def test_what_is_no_text_is_told_where_it_stands(ask: Ask, query: str) -> None:
    reply = ask(query)
    if reply.codes == {"GRAPHQL_PARSE_FAILED"}:
        with pytest.raises(Exception, match="Syntax Error") as failed:
            parse(query)
        expected: Any = failed.value
        assert [(error["message"], error["locations"]) for error in reply.body["errors"]] == [
            (expected.message, [dict(each.formatted) for each in expected.locations])
        ]
    else:
        assert parse(query)


LETTERS = st.text(st.sampled_from("aä\"\\#{}$0 \n\r\tu41\u202e😀'").filter(lambda letter: letter != "\r"), max_size=12)


@pytest.mark.slow
@given(texts=st.lists(LETTERS, min_size=1, max_size=4, unique=True), way=st.integers(0, 2))
@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_texts_come_back_as_they_were_written(ask: Ask, texts: list[str], way: int) -> None:
    spelt = [[json.dumps(text), json.dumps(text, ensure_ascii=False), in_escapes(text)][way] for text in texts]
    query = f"{{ people(filter: {{slug: [{', '.join(spelt)}]}}) {{ totalCount }} }}"
    assert unknown_slugs(ask, query) == texts


def in_escapes(text: str) -> str:
    return '"' + "".join(f"\\u{{{ord(letter):x}}}" for letter in text) + '"'
