"""Numbers on the pages, in the notation of each language."""

from __future__ import annotations

from dataclasses import replace

import pytest
from babel.numbers import format_decimal
from jinja2 import nodes

from service.pages.drawing.chart import draw_chart
from service.pages.forms.png import picture_of
from service.pages.numbers import format_count, format_score, format_size
from service.pages.templating import TEMPLATES, environment
from service.pages.words import languages
from tests.pages.answers import fact, timeline, view_of

COUNTING_FILTERS = ("length", "sum")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("number", [0, 7, 999, 1_000, 20_655, 1_234_567])
def test_counts_are_grouped_as_in_cldr(language: str, number: int) -> None:
    assert format_count(number, language) == format_decimal(number, locale=language)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("number", [-10.0, -0.25, 0.0, 2.6])
def test_means_have_the_decimal_separator_of_cldr(language: str, number: float) -> None:
    written = format_decimal(abs(round(number, 1)), format="0.0", locale=language)
    assert format_score(number, language) == f"{number:+.1f}"[0] + written


@pytest.mark.parametrize(
    ("language", "size"),
    [("en", "5.4\u00a0MB"), ("de", "5,4\u00a0MB"), ("fr", "5,4\u00a0MB"), ("de-AT", "5,4\u00a0MB")],
)
def test_sizes_are_in_units_that_people_read(language: str, size: str) -> None:
    assert format_size(5_400_000, language) == size
    assert format_size(1, language) == "1\u00a0Byte"


def test_other_languages_are_written_as_in_english() -> None:
    assert format_count(20_655, "zh-Hans") == "20,655"


def is_count(node: nodes.Node) -> bool:
    """Whether a template writes this expression as the number of something."""
    if isinstance(node, nodes.Getattr):
        return node.attr.lower().endswith("count") or node.attr in ("unplaced", "undated", "nowhere")
    return isinstance(node, nodes.Filter) and node.name in COUNTING_FILTERS


def test_every_count_on_a_page_is_formatted() -> None:
    plain = []
    for path in sorted(TEMPLATES.glob("*.html")):
        parsed = environment("en").parse(path.read_text(encoding="utf-8"))
        written = [node for output in parsed.find_all(nodes.Output) for node in output.nodes]
        plain += [(path.name, node.attr) for node in written if is_count(node) and isinstance(node, nodes.Getattr)]
        plain += [(path.name, node.name) for node in written if is_count(node) and isinstance(node, nodes.Filter)]
    # an attribute that a module reads
    assert plain == [("map.html", "count")]


@pytest.mark.parametrize("language", languages())
def test_the_axis_of_a_chart_has_formatted_numbers(language: str) -> None:
    counts = [{"keys": ["2018-01-01"], "labels": ["2018"], "count": 20_655}]
    drawing = draw_chart(view_of("summit_counts", {"summits": {"counts": counts, "totalCount": 20_655}}, by="YEAR"))
    grid = '{% from "chart_parts.html" import grid %}{{ grid(drawing.periods, drawing.width, drawing.height) }}'
    written = environment(language).from_string(grid).render(drawing=drawing)
    assert f">{format_count(20_000, language)}</text>" in written
    assert ">20000</text>" not in written


@pytest.mark.parametrize("language", languages())
def test_a_picture_has_formatted_numbers(language: str) -> None:
    quotes = {"totalCount": 1_000, "pageInfo": {"hasNextPage": False}, "nodes": [fact("a", None)] * 1_000}
    picture = picture_of(replace(view_of("timeline", timeline(quotes=quotes)), language=language))
    assert picture.lines[0].endswith(format_count(1_000, language))
