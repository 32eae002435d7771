"""The templates in a language: their words stand in them, answers are read member by member, macros are made once."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError, nodes

from service.pages.template_code import KNOWN_BEFORE
from service.pages.templating import TEMPLATES, environment
from service.pages.words import languages
from tests.pages.answers import view_of

NAMES = sorted(path.name for path in TEMPLATES.glob("*.html"))


@pytest.mark.parametrize("language", languages())
def test_no_page_asks_for_a_word_that_its_template_can_have(language: str) -> None:
    for name in NAMES:
        parsed = environment(language).parse((TEMPLATES / name).read_text(encoding="utf-8"))
        called = [each for each in parsed.find_all(nodes.Call) if getattr(each.node, "name", "") in KNOWN_BEFORE]
        assert [each for each in called if all(isinstance(text, nodes.Const) for text in each.args)] == []


def test_a_word_stands_in_place_of_its_call() -> None:
    written = (
        '{{ _("Search") }} {{ noun("SUMMIT") ~ "!" }} {{ word("Hearsay", key) }} {{ _(text) }} {{ x._("Search") }}'
    )
    made = environment("de").from_string(written).render(key="true", text="Map", x={"_": str.upper})
    assert made == "Suche Gipfel! vom Hörensagen Karte SEARCH"


def test_a_member_comes_before_the_attribute_of_its_name_and_what_is_missing_is_a_mistake() -> None:
    template = environment("en").from_string("{{ counted.keys[0] }} {{ counted.items() | list }}{{ counted.gone }}")
    with pytest.raises(UndefinedError, match="gone"):
        template.render(counted={"keys": [1]})
    assert environment("en").from_string("{{ a.keys[0] }} {{ a.get('b') }}").render(a={"keys": [1], "b": 2}) == "1 2"


def test_what_two_templates_of_a_page_import_is_made_once() -> None:
    page: dict[str, object] = {"imported": {}}
    macros = environment("en").get_template("macros.html")
    assert macros.make_module(page) is macros.make_module({**page, "more": 1})
    assert macros.make_module({"imported": {}}) is not macros.make_module(page)


@given(st.lists(st.tuples(st.text(), st.text()), min_size=1))
def test_parameters_are_written_as_the_library_writes_them(pairs: list[tuple[str, str]]) -> None:
    view = replace(view_of("network", {}), parameters=pairs)
    assert view.form_url("json") == f"https://register.example/here.json?{urlencode(pairs)}"
