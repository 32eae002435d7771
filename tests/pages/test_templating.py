"""The templates in a language: they contain its words, read responses member by member, and macros are made once."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError, nodes
from markupsafe import Markup, escape

from service.pages.template_code import KNOWN_BEFORE, to_html
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


def test_a_macro_is_made_once_and_finds_the_values_of_each_page_that_imports_it() -> None:
    page = environment("en").from_string('{% from "macros.html" import link %}{{ link(entry) }}')
    for host, new_tab in (("one", ""), ("two", Markup(" x"))):
        view = replace(view_of("network", {}), site=f"https://{host}.example")
        entry = {"__typename": "Person", "slug": "kim", "label": "Kim & Co"}
        made = page.render(view=view, entry=entry, new_tab=new_tab)
        assert made == f'<a href="https://{host}.example/people/kim"{new_tab}>Kim &amp; Co</a>'
    macros = environment("en").get_template("macros.html")
    assert macros.module is macros.module


def test_no_macro_is_made_of_the_values_of_one_page() -> None:
    for name in NAMES:
        parsed = environment("en").parse((TEMPLATES / name).read_text(encoding="utf-8"))
        assert not any(each.with_context for each in parsed.find_all(nodes.FromImport)), name
        assert not [*parsed.find_all(nodes.Import)], name


def unused_imports(template: nodes.Template) -> set[str | tuple[str, str]]:
    imported = {name for each in template.find_all(nodes.FromImport) for name in each.names}
    read = {each.name for each in template.find_all(nodes.Name) if each.ctx == "load"}
    return {name for name in imported if (name if isinstance(name, str) else name[1]) not in read}


def test_every_template_uses_what_it_imports() -> None:
    parsed = {name: environment("en").parse((TEMPLATES / name).read_text(encoding="utf-8")) for name in NAMES}
    assert {name: unused for name, template in parsed.items() if (unused := unused_imports(template))} == {}


def test_an_unused_import_is_found() -> None:
    template = environment("en").parse('{% from "macros.html" import day, link, pager as pages %}{{ link(entry.day) }}')
    assert unused_imports(template) == {"day", ("pager", "pages")}


@given(st.one_of(st.text(), st.text().map(Markup), st.integers(), st.floats(), st.booleans(), st.none()))
def test_values_are_written_as_the_library_escapes_them(value: object) -> None:
    assert to_html(value) == str(escape(value))


@given(st.lists(st.tuples(st.text(), st.text()), min_size=1))
def test_parameters_are_written_as_the_library_writes_them(pairs: list[tuple[str, str]]) -> None:
    view = replace(view_of("network", {}), parameters=pairs)
    assert view.form_url("json") == f"https://register.example/here.json?{urlencode(pairs)}"
