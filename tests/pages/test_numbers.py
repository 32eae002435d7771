"""Numbers on the pages, in the notation of each language."""

from __future__ import annotations

import pytest
from babel.numbers import format_decimal

from service.pages.numbers import format_count, format_mean, format_size
from service.pages.words import languages


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("number", [0, 7, 999, 1_000, 20_655, 1_234_567])
def test_counts_are_grouped_as_in_cldr(language: str, number: int) -> None:
    assert format_count(number, language) == format_decimal(number, locale=language)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("number", [-10.0, -0.25, 0.0, 2.6])
def test_means_have_the_decimal_separator_of_cldr(language: str, number: float) -> None:
    written = format_decimal(abs(round(number, 1)), format="0.0", locale=language)
    assert format_mean(number, language) == f"{number:+.1f}"[0] + written


@pytest.mark.parametrize(
    ("language", "size"),
    [("en", "5.4\u00a0MB"), ("de", "5,4\u00a0MB"), ("fr", "5,4\u00a0MB"), ("de-AT", "5,4\u00a0MB")],
)
def test_sizes_are_in_units_that_people_read(language: str, size: str) -> None:
    assert format_size(5_400_000, language) == size
    assert format_size(1, language) == "1\u00a0Byte"


def test_other_languages_are_written_as_in_english() -> None:
    assert format_count(20_655, "zh-Hans") == "20,655"
