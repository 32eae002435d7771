"""What narrows a list down: each value that was asked for, in words, and the same page without it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from service.pages.parameters import parameter_name
from service.pages.view import KEPT_PARAMETERS, PAGING, View
from service.pages.words import translate, word_for
from service.store.i18n.enum_labels import ENUM_LABELS

NO_FILTERS = {*KEPT_PARAMETERS, *PAGING, "order_by", "by"}
"""The parameters that choose how a list is shown, not what is in it."""

TIES = {"MEETING": "Meetings", "INVITATION": "Invitations", "QUOTE": "Quotes"}
"""What ties people in the network, as its form calls it."""


class ActiveFilter(NamedTuple):
    """One value of a parameter. `text`: as a reader is told it. `url_without`: the absolute address without it."""

    parameter: str
    text: str
    url_without: str


def active_filters(view: View) -> list[ActiveFilter]:
    """Each value that the page is narrowed down by, in the order in which the URL has them."""
    names = [name for name in dict.fromkeys(name for name, _ in view.parameters) if name not in NO_FILTERS]
    variables = {parameter_name(name): name for name in view.variables} if names else {}
    return [each for name in names if name in variables for each in _of_parameter(view, name, variables[name])]


def _of_parameter(view: View, parameter: str, variable: str) -> Iterator[ActiveFilter]:
    value, vocabulary = view.variables[variable], view.operation.type_names[variable]
    if not isinstance(value, list):
        # a day as it was asked: the year 2019, not its last day
        asked = next(text for name, text in view.parameters if name == parameter)
        text = _words(vocabulary, str(value), view.language) if vocabulary in ENUM_LABELS else asked
        yield ActiveFilter(parameter, text, view.changed_url(last=None, **{parameter: None}))
        return
    for item in value:
        others = ",".join(str(other) for other in value if other != item)
        url = view.changed_url(last=None, **{parameter: others or None})
        yield ActiveFilter(parameter, _words(vocabulary, str(item), view.language), url)


def _words(vocabulary: str, value: str, language: str) -> str:
    if vocabulary == "TieKind":
        return translate(TIES[value], language)
    return word_for(vocabulary, value, language) if value in ENUM_LABELS.get(vocabulary, {}) else value
